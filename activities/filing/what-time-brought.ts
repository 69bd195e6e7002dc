import { passedDeadlines } from '../../prisma/stores/deadlines.ts'
import type { Dossier } from '../../prisma/stores/dossier.ts'
import { addMs, dayOf } from '../../domain/time/plain-date.ts'
import { enterEvents, type Entry } from './enter-events.ts'
import { stableId } from '../../platform/stable-id.ts'

/**
 * Records what the mere passing of time has changed: limits that were breached, a notice period that has run out. Every
 * filing does this first, so that nothing depends on a timer having fired in time. One event may start the next clock,
 * hence the loop.
 */
export async function recordWhatTimeBrought(dossier: Dossier): Promise<Dossier> {
  let current = dossier
  for (;;) {
    const [passed] = await passedDeadlines(current.tx, current.row.id, current.now)
    if (passed === undefined) return current
    current = await enterEvents(current, [
      passed.limit === 'PUBLIC_NOTICE' ? noticeEnded(current, passed) : breach(current, passed),
    ])
  }
}

type Passed = Awaited<ReturnType<typeof passedDeadlines>>[number]

function breach({ row }: Dossier, { limit, run, dueAt }: Passed): Entry {
  const eventId = stableId(row.id, 'LIMIT_BREACHED', limit, run)
  return clockEntry(eventId, dueAt, { type: 'LIMIT_BREACHED', data: { limit, run, dueAt } })
}

/** A notice period is no limit to breach: once it has run out without objection the file goes to the county. */
function noticeEnded({ row }: Dossier, { run, dueAt }: Passed): Entry {
  return clockEntry(stableId(row.id, 'NOTICE_ENDED', run), dueAt, { type: 'NOTICE_ENDED', data: {} })
}

function clockEntry(eventId: string, dueAt: Passed['dueAt'], fact: Entry['fact']): Entry {
  // Something due at 24:00 of a day happened on that day.
  const occurredOn = dayOf(addMs(dueAt, -1))
  return { eventId, fact, occurredOn, actor: null, action: null, cause: { kind: 'CLOCK', id: dueAt }, papers: [] }
}
