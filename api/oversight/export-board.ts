import { dayOf, type Instant } from '../../domain/time/plain-date.ts'
import { stableId } from '../../platform/stable-id.ts'
import type { Archive } from '../../prisma/client.ts'
import { findBoardCases } from '../../prisma/stores/oversight/board.ts'
import { readClock } from '../../prisma/stores/system/clock.ts'
import { recordExport } from '../../prisma/stores/oversight/exports.ts'
import { readPlaces } from '../../prisma/stores/staff/places.ts'
import { namesOfOfficers, namesOfOffices } from '../../prisma/stores/staff/staff.ts'
import { inOneSnapshot } from '../../prisma/stores/system/transaction.ts'
import type { BoardCase, BoardExportQuery } from './board-contract.ts'
import type { Asker } from '../http/identity.ts'
import { fault } from '../http/problem.ts'
import type { Reply } from '../http/route.ts'
import { describeCases, filterOf } from './board-cases-view.ts'
import { askedBoard } from './board-frame.ts'
import type { ExportAbout } from './board-sheets.ts'
import { makeBoardWorkbook } from './board-workbook.ts'

/** Largest export. Whoever needs more wants figures, not rows. */
const mostRows = 20_000
const rowsAtOnce = 500
const snapshotMs = 60_000
export const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/**
 * Writes the cases of a board, as the list shows them, into a file for Excel. It leaves the counter only after it has been
 * recorded who took it out and what for. @throws tooManyRows
 */
export async function exportBoard(
  archive: Archive,
  { asker, query }: { asker: Asker; query: BoardExportQuery },
): Promise<NonNullable<Reply['bytes']>> {
  const now = await readClock(archive.db)
  const { rows, about, placeId } = await inOneSnapshot(archive, (db) => gather(db, { asker, query, now }), {
    timeoutMs: snapshotMs,
  })
  const content = await makeBoardWorkbook(about, rows)
  const { purpose, ...filter } = query
  const { officerId, postId, officeId, role } = asker
  await recordExport(archive, {
    exportId: about.exportId,
    at: now,
    placeId,
    by: { officerId, postId, officeId, role },
    action: 'EXPORT_BOARD',
    purpose,
    filter,
    rows: rows.length,
  })
  return { content, contentType: workbookType, fileName: `超期预警-${about.placeName}-${dayOf(now)}.xlsx` }
}

type Db = Parameters<Parameters<typeof inOneSnapshot>[1]>[0]

async function gather(
  db: Db,
  { asker, query, now }: { asker: Asker; query: BoardExportQuery; now: Instant },
): Promise<{ rows: BoardCase[]; about: ExportAbout; placeId: string | null }> {
  const board = await askedBoard(db, asker, { placeId: query.placeId, now })
  const found = await findBoardCases(db, board, { ...filterOf(query), take: mostRows + 1 })
  if (found.length > mostRows) throw fault('tooManyRows', { facts: { most: mostRows } })
  const rows: BoardCase[] = []
  for (let first = 0; first < found.length; first += rowsAtOnce) {
    rows.push(...(await describeCases(db, board, found.slice(first, first + rowsAtOnce), query)))
  }
  const places = await readPlaces(db, board.topIds, board.today)
  const { assigneeId } = query
  const about = {
    exportId: stableId('EXPORT', asker.officerId, now),
    asker: { name: asker.name, staffNumber: asker.staffNumber, role: asker.role },
    officeName: (await namesOfOffices(db, [asker.officeId])).get(asker.officeId) ?? '',
    at: now,
    placeName: places.map(({ name }) => name).join('、'),
    query,
    assigneeName:
      assigneeId === undefined ? null : ((await namesOfOfficers(db, [assigneeId])).get(assigneeId) ?? assigneeId),
  }
  return { rows, about, placeId: board.topIds.length === 1 ? (board.topIds[0] ?? null) : null }
}
