import type { CaseEvent } from '../../domain/case/case-events.ts'
import type { Instant } from '../../domain/time/plain-date.ts'
import type { Level } from '../../domain/vocabulary.ts'
import type { Db } from '../client.ts'
import type { AssistanceCase } from '../generated/client.ts'
import { rowOfInstant } from './rows.ts'

const firstRung = 1

/** Shows a breach to the next level. It adds a watcher; the task stays where it is. */
export async function openSupervisionItem(
  db: Db,
  row: AssistanceCase,
  { eventId, data }: Extract<CaseEvent, { type: 'LIMIT_BREACHED' }>,
  shownTo: Level,
  now: Instant,
): Promise<void> {
  await db.supervisionItem.createMany({
    data: [
      {
        id: eventId,
        caseId: row.id,
        countyId: row.countyId,
        placeId: row.placeId,
        limit: data.limit,
        run: data.run,
        rung: firstRung,
        shownTo,
        dueAt: rowOfInstant(data.dueAt),
        openedAt: rowOfInstant(now),
      },
    ],
    skipDuplicates: true,
  })
}
