import { stageLabels } from '../../domain/procedures/words.ts'
import { dayOf } from '../../domain/time/plain-date.ts'
import { type Stage, stages } from '../../domain/procedures/words.ts'
import type { Archive } from '../../prisma/client.ts'
import { type BoardCount, countBoard } from '../../prisma/stores/oversight/board.ts'
import { readClock } from '../../prisma/stores/system/clock.ts'
import { readPlaces } from '../../prisma/stores/staff/places.ts'
import type { Board, BoardCell, BoardQuery } from './board-contract.ts'
import type { Asker } from '../http/identity.ts'
import { type AskedBoard, askedBoard } from './board-frame.ts'
import { countingDays } from '../matters/counting-days.ts'

/** Stages in which a case is open, in their order. */
const openStages = stages.filter((stage) => stage !== 'CLOSED')

/** Open cases by place and stage, and how they stand to their limits. */
export async function boardView({ db }: Archive, asker: Asker, { placeId }: BoardQuery): Promise<Board> {
  const now = await readClock(db)
  const board = await askedBoard(db, asker, { placeId, now })
  const { topIds, rowIds, today } = board
  const aged = agesOf(await countBoard(db, board), board)
  const places = await readPlaces(db, [...new Set([...topIds, ...rowIds])], today)
  const counted = new Set(aged.map(({ rowId }) => rowId))
  const [top, ...others] = topIds
  return {
    placeId: top === undefined || others.length > 0 ? null : top,
    placeName: places
      .filter((place) => topIds.includes(place.placeId))
      .map(({ name }) => name)
      .join('、'),
    now,
    stages: openStages.map((stage) => ({ stage, label: stageLabels[stage] })),
    rows: places
      .filter((place) => rowIds.includes(place.placeId) || counted.has(place.placeId))
      .map((place) => rowOf(place, aged)),
    columns: cellsOf(aged),
    total: cellOf(aged),
  }
}

type AgedCount = BoardCount & { oldestWorkingDays: number }

/** Age counts by the calendar of the place, of which a row may have several. */
function agesOf(counts: readonly BoardCount[], { calendars, today }: AskedBoard): AgedCount[] {
  const counting = countingDays(today)
  return counts.map((count) => {
    const calendar = calendars[count.calendar]
    if (calendar === undefined) throw new Error(`No calendar ${count.calendar} was asked for`)
    return { ...count, oldestWorkingDays: counting.since(dayOf(count.oldestSince), calendar) }
  })
}

function rowOf(
  { placeId, name, level }: Awaited<ReturnType<typeof readPlaces>>[number],
  counts: readonly AgedCount[],
): Board['rows'][number] {
  const own = counts.filter(({ rowId }) => rowId === placeId)
  return { placeId, placeName: name, level, cells: cellsOf(own), total: cellOf(own) }
}

function cellsOf(counts: readonly AgedCount[]): BoardCell[] {
  const byStage = Map.groupBy(counts, ({ stage }): Stage => stage)
  return openStages.map((stage) => cellOf(byStage.get(stage) ?? []))
}

function cellOf(counts: readonly AgedCount[]): BoardCell {
  const cell = { ...emptyCell }
  for (const count of counts) for (const figure of figures) cell[figure] += count[figure]
  return {
    ...cell,
    dueSoon: cell.dueIn1 + cell.dueIn2 + cell.dueIn3,
    oldestWorkingDays:
      counts.length === 0 ? null : Math.max(...counts.map(({ oldestWorkingDays }) => oldestWorkingDays)),
  }
}

const emptyCell = { open: 0, notDue: 0, dueIn1: 0, dueIn2: 0, dueIn3: 0, overdue: 0, overdueWaiting: 0, noLimit: 0 }
const figures = Object.keys(emptyCell) as (keyof typeof emptyCell)[]
