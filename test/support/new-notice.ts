import { dayOf, isWeekend, type PlainDate, yearOf } from '../../domain/time/plain-date.ts'
import { statutoryHolidays } from '../../domain/time/statutory-holidays.ts'
import type { Archive } from '../../prisma/client.ts'
import { findCalendarYear } from '../../prisma/stores/rules/calendar-years.ts'
import { enterCalendar } from '../../prisma/stores/rules/calendar-imports.ts'
import { readClock } from '../../prisma/stores/system/clock.ts'
import { inOneTransaction } from '../../prisma/stores/system/transaction.ts'

let published = 0

/** A notice that changes nothing in its year but these days: a weekday becomes a day off, a weekend day is worked. */
export async function noticeWith(archive: Archive, ...changed: PlainDate[]): Promise<Record<string, unknown>> {
  const year = yearOf(changed[0] as PlainDate)
  const known = await findCalendarYear(archive.db, year)
  const source = '国办发明电〔2000〕1号'
  const days = known?.days ?? statutoryHolidays(year).map(({ day, name }) => ({ day, kind: 'HOLIDAY', name, source }))
  published += 1
  return {
    year,
    title: `关于调整${year}年节假日安排的通知（测试）`,
    number: `国办发明电〔2000〕${published}号`,
    publishedOn: dayOf(await readClock(archive.db)),
    days: [
      ...days.filter(({ day }) => !changed.includes(day)),
      ...changed.map((day) => ({ day, kind: isWeekend(day) ? 'MAKE_UP_WORKDAY' : 'HOLIDAY', name: '测试' })),
    ],
  }
}

/** Enters such a notice as the operator's command does. Returns the id of the re-dating that follows. */
export async function enterNotice(archive: Archive, ...changed: PlainDate[]): Promise<string> {
  const typed = await noticeWith(archive, ...changed)
  return (await inOneTransaction(archive, async (tx) => enterCalendar(tx, typed, null))).redatingId
}
