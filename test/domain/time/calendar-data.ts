import data from '../../../prisma/seed/data/calendar.json' with { type: 'json' }
import { plainDate } from '../../../domain/time/plain-date.ts'
import { type CalendarYear, createWorkCalendar } from '../../../domain/time/work-calendar.ts'

/** The calendar that every new installation begins with. */
export const seededYears: CalendarYear[] = data.years.map(({ year, status, notice, publishedOn, days }) => ({
  year,
  status: status as CalendarYear['status'],
  notice,
  publishedOn: plainDate(publishedOn),
  days: days.map((day) => ({ ...day, day: plainDate(day.day), kind: day.kind as 'HOLIDAY' | 'MAKE_UP_WORKDAY' })),
}))

export const seededCalendar = createWorkCalendar({ version: data.version, years: seededYears })
