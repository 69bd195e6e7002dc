import { daysBetween, addDays, type PlainDate } from '../time/plain-date.ts'
import type { WorkCalendar } from '../time/work-calendar.ts'
import type { ClockKind } from '../vocabulary.ts'

/** Days after `from` until the end of `until`, in the unit of a clock: 0 where `until` is not later. */
export type DayCounter = (kind: ClockKind, from: PlainDate, until: PlainDate) => number

/**
 * Counts by one calendar and remembers what it has counted: thousands of runs share few pairs of days. Working days for a
 * clock that counts them, natural days for every other.
 */
export function createDayCounter(calendar: WorkCalendar): DayCounter {
  const counted = new Map<string, number>()
  return (kind, from, until) => {
    if (kind !== 'WORKING_DAYS') return Math.max(0, daysBetween(from, until))
    const key = `${from} ${until}`
    const known = counted.get(key) ?? workingDays(from, until, calendar)
    counted.set(key, known)
    return known
  }
}

function workingDays(from: PlainDate, until: PlainDate, calendar: WorkCalendar): number {
  let count = 0
  for (let day = addDays(from, 1); day <= until; day = addDays(day, 1)) if (calendar.isWorkingDay(day)) count += 1
  return count
}
