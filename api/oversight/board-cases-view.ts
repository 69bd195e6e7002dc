import { recusedLabel, roleLabels, supervisionRungLabels } from '../../domain/labels.ts'
import { stageLabels } from '../../domain/procedures/words.ts'
import { limitLabels } from '../../domain/matter/limit-keys.ts'
import { instantText, recordId } from '../../domain/schemas/nouns.ts'
import { z } from '../../domain/schemas/zod.ts'
import { dueStandingLabels, dueStandingOf } from '../../domain/supervision/due-standing.ts'
import { dayOf } from '../../domain/time/plain-date.ts'
import type { Archive } from '../../prisma/client.ts'
import {
  type BoardEntry,
  type BoardFilter,
  type BoardMark,
  findBoardCases,
} from '../../prisma/stores/oversight/board.ts'
import { type BoardCase as BoardCaseRow, readBoardCases } from '../../prisma/stores/oversight/board-cases.ts'
import { readHolders } from '../../prisma/stores/matter/case-status.ts'
import { readClock } from '../../prisma/stores/system/clock.ts'
import { type DeskPerson, readDeskPeople } from '../../prisma/stores/staff/desk-people.ts'
import { readPlaces, readTownshipNames } from '../../prisma/stores/staff/places.ts'
import { namesOfOfficers } from '../../prisma/stores/staff/staff.ts'
import { inOneSnapshot } from '../../prisma/stores/system/transaction.ts'
import type { BoardCase, BoardCases, BoardCasesQuery, BoardFilters } from './board-contract.ts'
import type { Asker } from '../http/identity.ts'
import { type AskedBoard, askedBoard } from './board-frame.ts'
import { countingDays } from '../matters/counting-days.ts'
import { readCursor, writeCursor } from '../http/cursor.ts'

const Mark = z.strictObject({ at: instantText.nullable(), matterId: recordId })

type Db = Parameters<typeof readBoardCases>[0]

/** One page of the cases behind a cell of the board, from one snapshot: what is due, at which version, in whose hands. */
export async function boardCasesView(archive: Archive, asker: Asker, query: BoardCasesQuery): Promise<BoardCases> {
  const after = readCursor(Mark, query.cursor) as BoardMark | undefined
  return inOneSnapshot(archive, async (db) => {
    const board = await askedBoard(db, asker, { placeId: query.placeId, now: await readClock(db) })
    const found = await findBoardCases(db, board, { ...filterOf(query), after, take: query.pageSize + 1 })
    const page = found.slice(0, query.pageSize)
    const last = page.at(-1)
    return {
      items: await describeCases(db, board, page, query),
      nextCursor: found.length > page.length && last ? writeCursor({ at: last.dueAt, matterId: last.matterId }) : null,
    }
  })
}

/** What a list and an export hold, by the same words. */
export function filterOf({ stage, status, dueIn, limit, assigneeId }: BoardFilters): BoardFilter {
  return { stage, standing: status, dueIn, limit, assigneeId }
}

/** Cases that were found on a board, as people read them: what is due, who has it in hand, who was told. */
export async function describeCases(
  db: Db,
  board: AskedBoard,
  entries: readonly BoardEntry[],
  { limit }: Pick<BoardFilters, 'limit'>,
): Promise<BoardCase[]> {
  const matterIds = entries.map(({ matterId }) => matterId)
  const rows = await readBoardCases(db, matterIds, { limit })
  const around = await readAround(db, rows, board)
  const recused = new Set(board.scope.recusedMatterIds)
  const entryOf = new Map(entries.map((entry) => [entry.matterId, entry]))
  return rows.flatMap((row) => {
    const entry = entryOf.get(row.matterId)
    if (entry === undefined) return []
    return [recused.has(row.matterId) ? recusedItemOf(row, entry, around) : itemOf(row, entry, around)]
  })
}

async function readAround(db: Db, rows: readonly BoardCaseRow[], { now, today, calendarOf, soonOf }: AskedBoard) {
  const placeIds = [...new Set(rows.map(({ placeId }) => placeId))]
  const places = await readPlaces(db, placeIds, today)
  const holders = await readHolders(
    db,
    rows.map(({ matterId }) => matterId),
  )
  const people = await readDeskPeople(
    db,
    holders.map(({ officeId }) => officeId),
    today,
  )
  return {
    today,
    calendarOf,
    standingOf: (entry: BoardEntry) => dueStandingOf(entry, { now, soon: soonOf(entry.placeId) }),
    counting: countingDays(today),
    holdersOf: Map.groupBy(holders, ({ matterId }) => matterId),
    peopleOf: Map.groupBy(people, deskOf),
    placeNames: new Map(places.map(({ placeId, name }) => [placeId, name])),
    townshipNames: await readTownshipNames(db, placeIds, today),
    officerNames: await namesOfOfficers(db, [
      ...holders.flatMap(({ assigneeId }) => assigneeId ?? []),
      ...rows.flatMap(({ receipt }) => receipt?.seenBy ?? []),
    ]),
  }
}

type Around = Awaited<ReturnType<typeof readAround>>

function itemOf(row: BoardCaseRow, entry: BoardEntry, around: Around): BoardCase {
  const { soonest, stage, rung, receipt, stageSince: _, ...shown } = row
  const calendar = around.calendarOf(row.placeId)
  const { standing, dueIn } = around.standingOf(entry)
  return {
    ...shown,
    recused: false,
    stage,
    placeName: around.placeNames.get(row.placeId) ?? '',
    townshipName: around.townshipNames.get(row.placeId) ?? '',
    stageLabel: stageLabels[stage],
    status: standing,
    statusLabel: dueStandingLabels[standing],
    dueIn,
    limit: soonest?.limit ?? null,
    limitLabel: soonest === null ? null : limitLabels[soonest.limit],
    run: soonest?.run ?? null,
    dueOn: soonest?.dueOn ?? null,
    dueAt: soonest?.dueAt ?? null,
    provisional: soonest?.provisional ?? false,
    remainingWorkingDays: soonest === null ? null : around.counting.left(soonest.dueOn, calendar),
    ageWorkingDays: around.counting.since(dayOf(row.stageSince), calendar),
    chargedDays: soonest === null ? null : around.counting.charged(soonest, calendar),
    holders: holdersOf(row, around),
    rung,
    rungLabel: rung === null ? null : supervisionRungLabels[rung],
    lastReceipt:
      receipt === null
        ? null
        : { seenByName: around.officerNames.get(receipt.seenBy) ?? receipt.seenBy, seenAt: receipt.seenAt },
  }
}

/** What the figures of the board tell anyway, so that rows add up to them; of the family and of whoever has it in hand nothing. */
function recusedItemOf(row: BoardCaseRow, entry: BoardEntry, around: Around): BoardCase {
  const { matterId, matterNumber, placeId, stage } = row
  const { standing, dueIn } = around.standingOf(entry)
  return {
    matterId,
    matterNumber,
    title: recusedLabel,
    recused: true,
    placeId,
    placeName: around.placeNames.get(placeId) ?? '',
    townshipName: around.townshipNames.get(placeId) ?? '',
    stage,
    stageLabel: stageLabels[stage],
    // No version: an act on the row is refused.
    version: 0,
    status: standing,
    statusLabel: dueStandingLabels[standing],
    dueIn,
    limit: null,
    limitLabel: null,
    run: null,
    dueOn: null,
    dueAt: null,
    provisional: false,
    remainingWorkingDays: null,
    ageWorkingDays: null,
    chargedDays: null,
    holders: [],
    rung: null,
    rungLabel: null,
    lastReceipt: null,
    orderOpen: false,
  }
}

function holdersOf({ matterId }: BoardCaseRow, { holdersOf: held, peopleOf, officerNames }: Around) {
  return (held.get(matterId) ?? []).map((holder) => ({
    ...holder,
    roleLabel: roleLabels[holder.role],
    people: peopleOf.get(deskOf(holder)) ?? [],
    assigneeName: holder.assigneeId === null ? null : (officerNames.get(holder.assigneeId) ?? null),
  }))
}

function deskOf({ officeId, role }: Pick<DeskPerson, 'officeId' | 'role'>): string {
  return `${officeId} ${role}`
}
