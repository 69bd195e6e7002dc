import type { ChargedWait } from './charged-days.ts'
import { type DueDate, dueDate, ownDueAt } from './deadline.ts'
import type { Instant, PlainDate } from './plain-date.ts'
import type { WorkCalendar } from './work-calendar.ts'

/** A limit in working days as it runs: when it began, how long it is, when it is due so far, and whom it waited for. */
export type RunningLimit = {
  startedOn: PlainDate
  amount: number
  dueAt: Instant
  waits?: readonly ChargedWait[]
}

/**
 * What a new calendar makes of a running limit. `MISSED`: it was due before the calendar was entered, so that the breach
 * stands whatever the new calendar says. `STANDS` keeps its instant, but may no longer be provisional.
 */
export type Redated = { outcome: 'MISSED' } | { outcome: 'STANDS' | 'MOVED'; due: DueDate; ownDueAt: Instant | null }

/** Counts a running limit again by a calendar that was entered at `enteredAt`. */
export function redate(
  { startedOn, amount, dueAt, waits = [] }: RunningLimit,
  { calendar, enteredAt }: { calendar: WorkCalendar; enteredAt: Instant },
): Redated {
  if (dueAt <= enteredAt) return { outcome: 'MISSED' }
  const counting = { from: startedOn, limit: { kind: 'WORKING_DAYS' as const, amount }, calendar }
  const due = dueDate({ ...counting, standstills: waits.filter(({ paused }) => paused) })
  return {
    outcome: due.dueAt === dueAt ? 'STANDS' : 'MOVED',
    due,
    ownDueAt: ownDueAt({ ...counting, standstills: waits }),
  }
}
