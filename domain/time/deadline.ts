import type { ClockKind } from '../vocabulary.ts'
import { addDays, addMs, dayOf, daysBetween, endOf, type Instant, type PlainDate } from './plain-date.ts'
import { hasOpenEnd, type Standstill, standsStill } from './standstill.ts'
import type { DayExplanation, WorkCalendar } from './work-calendar.ts'

const msPerHour = 3_600_000

/** What may be counted. `dueDay` is the day itself where the kind is `FIXED_DAY`; `amount` is then not read. */
export type CountedLimit = { kind: ClockKind; amount: number; dueDay?: PlainDate }

/**
 * When something is due. In time until `dueAt`, exclusive. `provisional` when a holiday notice still to come may move
 * it.
 */
export type DueDate = { dueOn: PlainDate; dueAt: Instant; provisional: boolean }

/**
 * One day of the strip that shows why a due date falls where it falls; `number` is the count reached on that day. A day
 * that would count but on which the clock stands still is `paused`.
 */
export type DeadlineDay = Omit<DayExplanation, 'working'> & { counted: boolean; paused: boolean; number?: number }

/** A limit that cannot be counted: a negative or broken amount, or a fixed day that is not given. */
export class LimitNotCountable extends Error {
  override name = 'LimitNotCountable'
  constructor(limit: CountedLimit) {
    super(`Expected a whole, non-negative amount, or a due day for FIXED_DAY, got ${JSON.stringify(limit)}.`)
  }
}

/** A due date was asked for while the clock stands still without an end. */
export class StandstillHasNoEnd extends Error {
  override name = 'StandstillHasNoEnd'
  constructor() {
    super('The clock stands still and nobody has said until when: a due date exists only when every pause has an end.')
  }
}

type Counting = {
  from: PlainDate
  limit: CountedLimit
  calendar: WorkCalendar
  /** Days on which the clock stands still. A fixed day and hours know none: an emergency does not wait. */
  standstills?: readonly Standstill[]
}

/**
 * The day on which a limit that begins on `from` ends. The day of the event is not counted: the next day is day 1, and
 * the last day counts until 24:00 +08:00. Hours run from the end of `from`, since a day has no hour: never early.
 * Natural days end where they end, on a holiday too. Days on which the clock stands still do not count, so that a pause
 * adds exactly its length. Throws `LimitNotCountable` and `StandstillHasNoEnd`.
 *
 * Source: the day of the event is not counted, 民法典 Art. 201; that limits in days without the word 工作日 are calendar
 * days is inferred, since 57 and 83 use both words side by side.
 */
export function dueDate({ from, limit, calendar, standstills = [] }: Counting): DueDate {
  refuseUncountable(limit)
  switch (limit.kind) {
    case 'WORKING_DAYS': {
      const dueOn = addCounted({ from, days: limit.amount, standstills, counts: calendar.isWorkingDay })
      return { dueOn, dueAt: endOf(dueOn), provisional: daysAfter(from, dueOn).some(calendar.isProvisional) }
    }
    case 'NATURAL_DAYS':
      return certain(addCounted({ from, days: limit.amount, standstills, counts: () => true }))
    case 'FIXED_DAY':
      return certain(limit.dueDay as PlainDate)
    case 'HOURS': {
      const dueAt = addMs(endOf(from), limit.amount * msPerHour)
      return { dueOn: dayOf(addMs(dueAt, -1)), dueAt, provisional: false }
    }
  }
}

/**
 * When the days of whoever holds the limit run out: those that are waited for another do not count against them. Null
 * while such a wait has no end yet, for a day on which it might end cannot be told.
 */
export function ownDueAt({ standstills = [], ...counting }: Counting): Instant | null {
  const { kind } = counting.limit
  if (kind === 'FIXED_DAY' || kind === 'HOURS') return dueDate(counting).dueAt
  const ended = standstills.filter(({ through }) => through !== null)
  const open = standstills.filter(({ through }) => through === null)
  const { dueOn, dueAt } = dueDate({ ...counting, standstills: ended })
  // What had run out before the open wait began has run out.
  return open.some(({ from }) => from < dueOn) ? null : dueAt
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
  return addCounted({ from, days, standstills: [], counts: calendar.isWorkingDay })
}

/** The day that is `days` calendar days after `from`. */
export function addNaturalDays({ from, days }: { from: PlainDate; days: number }): PlainDate {
  refuseUncountable({ kind: 'NATURAL_DAYS', amount: days })
  return addDays(from, days)
}

/** Day by day from the day after `from` to the due day: counted or not, and why. */
export function explainDeadline({ from, limit, calendar, standstills = [] }: Counting): DeadlineDay[] {
  const { dueOn } = dueDate({ from, limit, calendar, standstills })
  const mayPause = limit.kind === 'WORKING_DAYS' || limit.kind === 'NATURAL_DAYS'
  let number = 0
  return daysAfter(from, dueOn).map((day) => {
    const { working, provisional, ...explanation } = calendar.explain(day)
    const workingDaysOnly = limit.kind === 'WORKING_DAYS'
    const countable = working || !workingDaysOnly
    const paused = countable && mayPause && standsStill(day, standstills)
    const counted = countable && !paused
    if (counted) number += 1
    return {
      ...explanation,
      counted,
      paused,
      ...(counted ? { number } : {}),
      provisional: provisional && workingDaysOnly,
    }
  })
}

/** The last of `days` days after `from` that count and on which the clock does not stand still. */
function addCounted({
  from,
  days,
  standstills,
  counts,
}: {
  from: PlainDate
  days: number
  standstills: readonly Standstill[]
  counts: (day: PlainDate) => boolean
}): PlainDate {
  if (hasOpenEnd(standstills)) throw new StandstillHasNoEnd()
  let day = from
  for (let left = days; left > 0; ) {
    day = addDays(day, 1)
    if (counts(day) && !standsStill(day, standstills)) left -= 1
  }
  return day
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
