import { passedDeadlines, passedRungs } from '../../prisma/stores/deadlines.ts'
import type { Dossier } from '../../prisma/stores/dossier.ts'
import { addMs, dayOf } from '../../domain/time/plain-date.ts'
import { enterEvents, type Entry, fileClocks, runsOf } from './enter-events.ts'
import { stableId } from '../../platform/stable-id.ts'

/**
 * Records what the mere passing of time has changed: limits that were breached, a notice period that has run out, rungs of
 * the ladder of supervision. Every filing does this first, so that nothing depends on a timer having fired in time. One
 * event may start the next clock, hence the loop.
 */
export async function recordWhatTimeBrought(dossier: Dossier): Promise<Dossier> {
  let current = dossier
  for (;;) {
    const next = await nextOfTime(current)
    if (next === null) return current
    if (next === 'RUNG_MOVED') await fileClocks(current)
    else current = await enterEvents(current, [next])
  }
}

/** The first of what time has brought; what is due at one instant begins with what is late. */
async function nextOfTime(dossier: Dossier): Promise<Entry | 'RUNG_MOVED' | null> {
  const { tx, row, now } = dossier
  const [passed] = await passedDeadlines(tx, row.id, now)
  const [climbed] = await passedRungs(tx, row.id, now)
  if (passed !== undefined && (climbed === undefined || passed.dueAt <= climbed.at))
    return passed.limit === 'PUBLIC_NOTICE' ? noticeEnded(dossier, passed) : breach(dossier, passed)
  if (climbed === undefined) return null
  return holds(dossier, climbed) ? rungClimbed(dossier, climbed) : 'RUNG_MOVED'
}

/** A rung is counted again when its instant has come: a calendar that came later may have moved it, and never too early. */
function holds(dossier: Dossier, { limit, run, rung, due }: Climbed): boolean {
  const counted = runsOf(dossier).find((one) => one.limit === limit && one.run === run)
  const next = counted?.nextFrom({ ...counted.due, ...due }) ?? null
  return next !== null && next.rung === rung && next.at <= dossier.now
}

type Passed = Awaited<ReturnType<typeof passedDeadlines>>[number]
type Climbed = Awaited<ReturnType<typeof passedRungs>>[number]

function rungClimbed({ row }: Dossier, { limit, run, rung, at }: Climbed): Entry {
  if (rung === 'URGING') throw new Error('The urging is the breach itself and has no instant of its own')
  const eventId = stableId(row.id, 'SUPERVISION_RAISED', limit, run, rung)
  return clockEntry(eventId, at, { type: 'SUPERVISION_RAISED', data: { limit, run, rung } })
}

function breach({ row }: Dossier, { limit, run, dueAt }: Passed): Entry {
  const eventId = stableId(row.id, 'LIMIT_BREACHED', limit, run)
  return clockEntry(eventId, dueAt, { type: 'LIMIT_BREACHED', data: { limit, run, dueAt } })
}

/** A notice period is no limit to breach: once it has run out without objection the township hands the file up. */
function noticeEnded({ row }: Dossier, { run, dueAt }: Passed): Entry {
  return clockEntry(stableId(row.id, 'NOTICE_ENDED', run), dueAt, {
    type: 'NOTICE_ENDED',
    data: { handUpOwed: true },
  })
}

function clockEntry(eventId: string, dueAt: Passed['dueAt'], fact: Entry['fact']): Entry {
  // Something due at 24:00 of a day happened on that day.
  const occurredOn = dayOf(addMs(dueAt, -1))
  return { eventId, fact, occurredOn, actor: null, action: null, cause: { kind: 'CLOCK', id: dueAt }, papers: [] }
}
