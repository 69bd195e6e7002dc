import { type NoticeWarning, missedNotices } from '../../../domain/time/notice-warning.ts'
import { dayOf } from '../../../domain/time/plain-date.ts'
import type { Db } from '../../client.ts'
import { readClock } from '../system/clock.ts'

/** The years whose notice is missed, by the deployment's clock and what the archive holds. */
export async function readNoticeWarnings(db: Db): Promise<NoticeWarning[]> {
  const rows = await db.calendarYear.findMany({
    where: { status: 'CONFIRMED' },
    distinct: ['year'],
    select: { year: true },
  })
  return missedNotices(dayOf(await readClock(db)), new Set(rows.map(({ year }) => year)))
}
