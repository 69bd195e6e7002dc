import type { CalendarYear } from '../../../domain/time/work-calendar.ts'
import type { Db } from '../../client.ts'

/** The latest edition of one year; null for a year without a notice. */
export async function findCalendarYear(db: Db, year: number): Promise<CalendarYear | null> {
  const row = await db.calendarYear.findFirst({ where: { year }, orderBy: { edition: 'desc' } })
  if (row === null) return null
  return { year: row.year, status: row.status, notice: row.notice, days: row.days } as unknown as CalendarYear
}
