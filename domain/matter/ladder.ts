import { type CountedLimit, type DueDate, dueDate } from '../time/deadline.ts'
import { addDays, daysBetween, endOf, type Instant, type PlainDate } from '../time/plain-date.ts'
import type { Standstill } from '../time/standstill.ts'
import type { WorkCalendar } from '../time/work-calendar.ts'
import type { SupervisionRung } from '../vocabulary.ts'

/**
 * When each rung is climbed, in the unit of the clock that it watches: the reminder after a share of the limit, the urging
 * when the limit has passed, order and circular so many units later.
 */
export type LadderValue = { remindAtPercent: number; orderAfter: number; circularAfter: number }

/** A run of a limit as the ladder watches it; `due` is what it is held to, which a later calendar may not have moved. */
export type WatchedRun = {
  startedOn: PlainDate
  limit: CountedLimit
  due: DueDate
  calendar: WorkCalendar
  standstills?: readonly Standstill[]
}

export type NextRung = { rung: SupervisionRung; at: Instant }

/**
 * The rung that time alone will climb next for a run, or null at the top. The urging is the breach itself, which filing
 * records when the due instant has passed. A limit too short to be reminded of has no reminder.
 *
 * Source: reminding at 80% and one level up at the limit is a design choice; that silence neither approves nor refuses
 * follows from L26, 57 and 83, none of which knows an approval by lapse of time.
 */
export function nextRung(run: WatchedRun, climbed: readonly SupervisionRung[], ladder: LadderValue): NextRung | null {
  if (!climbed.includes('URGING')) {
    const at = climbed.includes('REMINDER') ? null : reminderAt(run, ladder)
    return at === null ? null : { rung: 'REMINDER', at }
  }
  if (!climbed.includes('ORDER')) return { rung: 'ORDER', at: afterDue(run, ladder.orderAfter) }
  if (!climbed.includes('CIRCULAR')) return { rung: 'CIRCULAR', at: afterDue(run, ladder.circularAfter) }
  return null
}

function reminderAt({ startedOn, limit, due, ...rest }: WatchedRun, { remindAtPercent }: LadderValue): Instant | null {
  const whole = limit.kind === 'FIXED_DAY' ? daysBetween(startedOn, due.dueOn) : limit.amount
  const amount = Math.floor((whole * remindAtPercent) / 100)
  if (amount < 1 || amount >= whole) return null
  if (limit.kind === 'FIXED_DAY') return endOf(addDays(startedOn, amount))
  return dueDate({ ...rest, from: startedOn, limit: { kind: limit.kind, amount } }).dueAt
}

function afterDue({ limit, due, calendar, standstills = [] }: WatchedRun, amount: number): Instant {
  const kind = limit.kind === 'FIXED_DAY' ? 'NATURAL_DAYS' : limit.kind
  return dueDate({ from: due.dueOn, limit: { kind, amount }, calendar, standstills }).dueAt
}
