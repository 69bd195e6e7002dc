import type { ClockKind } from '../vocabulary.ts'
import { addDays, addMs, dayOf, daysBetween, endOf, type Instant, type PlainDate } from './plain-date.ts'
import type { DayExplanation, WorkCalendar } from './work-calendar.ts'

const msPerHour = 3_600_000

/** What may be counted. `dueDay` is the day itself where the kind is `FIXED_DAY`; `amount` is then not read. */
export type CountedLimit = { kind: ClockKind; amount: number; dueDay?: PlainDate }

/**
 * When something is due. In time until `dueAt`, exclusive. `provisional` when a holiday notice still to come may move
 * it.
 */
export type DueDate = { dueOn: PlainDate; dueAt: Instant; provisional: boolean }

/** One day of the strip that shows why a due date falls where it falls; `number` is the count reached on that day. */
export type DeadlineDay = Omit<DayExplanation, 'working'> & { counted: boolean; number?: number }

/** A limit that cannot be counted: a negative or broken amount, or a fixed day that is not given. */
export class LimitNotCountable extends Error {
  override name = 'LimitNotCountable'
  constructor(limit: CountedLimit) {
    super(`Expected a whole, non-negative amount, or a due day for FIXED_DAY, got ${JSON.stringify(limit)}.`)
  }
}

/**
 * The day on which a limit that begins on `from` ends. The day of the event is not counted: the next day is day 1, and
 * the last day counts until 24:00 +08:00. Hours run from the end of `from`, since a day has no hour: never early.
 * Natural days end where they end, on a holiday too. Throws `LimitNotCountable`.
 *
 * Source: the day of the event is not counted, 民法典 Art. 201; that limits in days without the word 工作日 are calendar
 * days is inferred, since 57 and 83 use both words side by side.
 */
export function dueDate({
  from,
  limit,
  calendar,
}: {
  from: PlainDate
  limit: CountedLimit
  calendar: WorkCalendar
}): DueDate {
  refuseUncountable(limit)
  switch (limit.kind) {
    case 'WORKING_DAYS': {
      const dueOn = addWorkingDays({ from, days: limit.amount, calendar })
      return { dueOn, dueAt: endOf(dueOn), provisional: daysAfter(from, dueOn).some(calendar.isProvisional) }
    }
    case 'NATURAL_DAYS':
      return certain(addNaturalDays({ from, days: limit.amount }))
    case 'FIXED_DAY':
      return certain(limit.dueDay as PlainDate)
    case 'HOURS': {
      const dueAt = addMs(endOf(from), limit.amount * msPerHour)
      return { dueOn: dayOf(addMs(dueAt, -1)), dueAt, provisional: false }
    }
  }
}

/** The day that is `days` working days after `from`; the day after `from` is the first that may count. */
export function addWorkingDays({
  from,
  days,
  calendar,
}: {
  from: PlainDate
  days: number
  calendar: WorkCalendar
}): PlainDate {
  refuseUncountable({ kind: 'WORKING_DAYS', amount: days })
  let day = from
  for (let left = days; left > 0; ) {
    day = addDays(day, 1)
    if (calendar.isWorkingDay(day)) left -= 1
  }
  return day
}

/** The day that is `days` calendar days after `from`. */
export function addNaturalDays({ from, days }: { from: PlainDate; days: number }): PlainDate {
  refuseUncountable({ kind: 'NATURAL_DAYS', amount: days })
  return addDays(from, days)
}

/** Day by day from the day after `from` to the due day: counted or not, and why. */
export function explainDeadline({
  from,
  limit,
  calendar,
}: {
  from: PlainDate
  limit: CountedLimit
  calendar: WorkCalendar
}): DeadlineDay[] {
  const { dueOn } = dueDate({ from, limit, calendar })
  let number = 0
  return daysAfter(from, dueOn).map((day) => {
    const { working, provisional, ...explanation } = calendar.explain(day)
    const workingDaysOnly = limit.kind === 'WORKING_DAYS'
    const counted = working || !workingDaysOnly
    if (counted) number += 1
    return { ...explanation, counted, ...(counted ? { number } : {}), provisional: provisional && workingDaysOnly }
  })
}

function certain(dueOn: PlainDate): DueDate {
  return { dueOn, dueAt: endOf(dueOn), provisional: false }
}

function daysAfter(from: PlainDate, until: PlainDate): PlainDate[] {
  return Array.from({ length: Math.max(0, daysBetween(from, until)) }, (_, index) => addDays(from, index + 1))
}

function refuseUncountable(limit: CountedLimit): void {
  if (limit.kind === 'FIXED_DAY') {
    if (limit.dueDay === undefined) throw new LimitNotCountable(limit)
  } else if (!Number.isSafeInteger(limit.amount) || limit.amount < 0) {
    throw new LimitNotCountable(limit)
  }
}
