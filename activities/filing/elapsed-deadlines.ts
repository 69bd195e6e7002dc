import { passedDeadlines, passedRungs } from '../../prisma/stores/matter/deadlines.ts'
import type { LockedMatter } from '../../prisma/stores/matter/locked-matter.ts'
import { addMs, dayOf } from '../../domain/time/plain-date.ts'
import { appendEvents, fileClocks } from './append-events.ts'
import type { Entry } from './entry.ts'
import { runsOf } from './runs.ts'
import { stableId } from '../../platform/stable-id.ts'

/**
 * Records what the mere passing of time has changed: limits that were breached, a notice period that has run out, rungs of
 * the ladder of supervision. Every filing does this first, so that nothing depends on a timer having fired in time. One
 * event may start the next clock, hence the loop.
 */
export async function recordElapsedDeadlines(matter: LockedMatter): Promise<LockedMatter> {
  let current = matter
  for (;;) {
    const next = nextOfTime(current)
    if (next === null) return current
    if (next === 'RUNG_MOVED') current = await fileClocks(current)
    else current = await appendEvents(current, [next])
  }
}

/** The first of what time has brought; what is due at one instant begins with what is late. */
function nextOfTime(matter: LockedMatter): Entry | 'RUNG_MOVED' | null {
  const { deadlines, now } = matter
  const [passed] = passedDeadlines(deadlines, now)
  const [climbed] = passedRungs(deadlines, now)
  if (passed !== undefined && (climbed === undefined || passed.dueAt <= climbed.at))
    return ended(matter, passed) ?? breach(matter, passed)
  if (climbed === undefined) return null
  return holds(matter, climbed) ? rungClimbed(matter, climbed) : 'RUNG_MOVED'
}

/** A rung is counted again when its instant has come: a calendar that came later may have moved it, and never too early. */
function holds(matter: LockedMatter, { limit, run, rung, due }: Climbed): boolean {
  const counted = runsOf(matter).find((one) => one.limit === limit && one.run === run)
  const next = counted?.nextFrom({ ...counted.due, ...due }) ?? null
  return next !== null && next.rung === rung && next.at <= matter.now
}

type Passed = ReturnType<typeof passedDeadlines>[number]
type Climbed = ReturnType<typeof passedRungs>[number]

function rungClimbed({ row }: LockedMatter, { limit, run, rung, at }: Climbed): Entry {
  if (rung === 'URGING') throw new Error('The urging is the breach itself and has no instant of its own')
  const eventId = stableId(row.id, 'SUPERVISION_RAISED', limit, run, rung)
  return clockEntry(eventId, at, { type: 'SUPERVISION_RAISED', data: { limit, run, rung } })
}

function breach({ row }: LockedMatter, { limit, run, dueAt }: Passed): Entry {
  const eventId = stableId(row.id, 'LIMIT_BREACHED', limit, run)
  return clockEntry(eventId, dueAt, { type: 'LIMIT_BREACHED', data: { limit, run, dueAt } })
}

/** A period that only has to pass is no limit to breach: its end is a fact of the procedure. */
function ended({ row, procedure, state }: LockedMatter, { limit, run, dueAt }: Passed): Entry | null {
  const fact = procedure.limits[limit]?.endsAs?.(state)
  return fact === undefined ? null : clockEntry(stableId(row.id, fact.type, run), dueAt, fact)
}

function clockEntry(eventId: string, dueAt: Passed['dueAt'], fact: Entry['fact']): Entry {
  // Something due at 24:00 of a day happened on that day.
  const occurredOn = dayOf(addMs(dueAt, -1))
  return { eventId, fact, occurredOn, actor: null, action: null, cause: { kind: 'CLOCK', id: dueAt }, papers: [] }
}
