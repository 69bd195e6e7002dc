import { type DueDate, dueDate } from './deadline.ts'
import type { Instant, PlainDate } from './plain-date.ts'
import type { WorkCalendar } from './work-calendar.ts'

/** A limit in working days as it runs: when it began, how long it is, and when it is due by the calendar so far. */
export type RunningLimit = { startedOn: PlainDate; amount: number; dueAt: Instant }

/**
 * What a new calendar makes of a running limit. `MISSED`: it was due before the calendar was entered, so that the breach
 * stands whatever the new calendar says. `STANDS` keeps its instant, but may no longer be provisional.
 */
export type Redated = { outcome: 'MISSED' } | { outcome: 'STANDS' | 'MOVED'; due: DueDate }

/** Counts a running limit again by a calendar that was entered at `enteredAt`. */
export function redate(
  { startedOn, amount, dueAt }: RunningLimit,
  { calendar, enteredAt }: { calendar: WorkCalendar; enteredAt: Instant },
): Redated {
  if (dueAt <= enteredAt) return { outcome: 'MISSED' }
  const due = dueDate({ from: startedOn, limit: { kind: 'WORKING_DAYS', amount }, calendar })
  return { outcome: due.dueAt === dueAt ? 'STANDS' : 'MOVED', due }
}
