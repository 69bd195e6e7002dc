import { type ChargedDays, chargedDays } from '../../domain/time/charged-days.ts'
import type { PlainDate } from '../../domain/time/plain-date.ts'
import type { WorkCalendar } from '../../domain/time/work-calendar.ts'
import type { SoonestLimit } from '../../prisma/stores/oversight/board-cases.ts'
import { workingDaysLeft, workingDaysSince } from './working-days.ts'

/** Counts from and until today. Many rows of a long list share their days: each count is made once. */
export function countingDays(today: PlainDate) {
  const counts = remembering<number>()
  const charges = remembering<ChargedDays>()
  return {
    left: (dueOn: PlainDate, calendar: WorkCalendar) =>
      counts(calendar, `left ${dueOn}`, () => workingDaysLeft(today, dueOn, calendar)),
    since: (day: PlainDate, calendar: WorkCalendar) =>
      counts(calendar, `since ${day}`, () => workingDaysSince(day, today, calendar)),
    charged: ({ startedOn: from, kind, waits }: SoonestLimit, calendar: WorkCalendar) =>
      charges(calendar, `${from} ${kind} ${JSON.stringify(waits)}`, () =>
        chargedDays({ from, through: today, kind, waits, calendar }),
      ),
  }
}

/** By the calendar itself: two places with days of their own may have calendars of one name. */
function remembering<T>() {
  const known = new Map<WorkCalendar, Map<string, T>>()
  return (calendar: WorkCalendar, key: string, count: () => T): T => {
    const ofCalendar = known.get(calendar) ?? new Map<string, T>()
    known.set(calendar, ofCalendar)
    const value = ofCalendar.get(key) ?? count()
    ofCalendar.set(key, value)
    return value
  }
}
