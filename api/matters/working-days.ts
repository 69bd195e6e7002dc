import { addDays, type PlainDate } from '../../domain/time/plain-date.ts'
import type { WorkCalendar } from '../../domain/time/work-calendar.ts'

/** Working days left from the day after `today` through `dueOn`; below zero by those that have passed since. */
export function workingDaysLeft(today: PlainDate, dueOn: PlainDate, calendar: WorkCalendar): number {
  const late = dueOn < today
  const [from, until] = late ? [dueOn, today] : [today, dueOn]
  let count = 0
  for (let day = addDays(from, 1); day <= until; day = addDays(day, 1)) if (calendar.isWorkingDay(day)) count += 1
  // Never -0: it would be written as "-0" nowhere, but compares oddly.
  return late && count > 0 ? -count : count
}

/** Working days that have passed since a day, today among them. */
export function workingDaysSince(day: PlainDate, today: PlainDate, calendar: WorkCalendar): number {
  return day < today ? -workingDaysLeft(today, day, calendar) : 0
}
