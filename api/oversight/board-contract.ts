import { limitKeys } from '../../domain/matter/limit-keys.ts'
import { lineText } from '../../domain/schemas/nouns.ts'
import { z } from '../../domain/schemas/zod.ts'
import { dueStandings } from '../../domain/supervision/due-standing.ts'
import { levels, supervisionRungs } from '../../domain/vocabulary.ts'
import { stages } from '../../domain/procedures/words.ts'
import { ChargedDays, Holder } from '../assistance-cases/case-contract.ts'
import { at, cursor, day, id, pageSize } from '../http/nouns.ts'

export const BoardQuery = z.strictObject({ placeId: id.optional() })
export type BoardQuery = z.output<typeof BoardQuery>

const dueIn = z.union([z.literal(1), z.literal(2), z.literal(3)])

/** Which cases of the board a list or an export holds. With a `limit`, they are judged by that one limit. */
const filters = {
  placeId: id.optional(),
  stage: z.enum(stages).optional(),
  status: z.enum(dueStandings).optional(),
  /** Due within so many working days, and not in fewer. */
  dueIn: z.coerce.number().pipe(dueIn).optional(),
  limit: z.enum(limitKeys).optional(),
  assigneeId: id.optional(),
}

export const BoardCasesQuery = z.strictObject({ ...filters, cursor: cursor.optional(), pageSize })
export type BoardCasesQuery = z.output<typeof BoardCasesQuery>

const longestPurpose = 100

export const BoardExportQuery = z.strictObject({
  ...filters,
  /** What the file is for; kept with who took it out. */
  purpose: lineText(longestPurpose, { empty: '请填写导出用途。', tooLong: `导出用途不超过${longestPurpose}个字。` }),
})
export type BoardExportQuery = z.output<typeof BoardExportQuery>
export type BoardFilters = Omit<BoardExportQuery, 'purpose'>

/** Each open case is in one of `notDue`, `dueSoon`, `overdue`, `overdueWaiting` and `noLimit`, which add up to `open`. */
const BoardCell = z.object({
  open: z.int(),
  notDue: z.int(),
  dueSoon: z.int(),
  dueIn1: z.int(),
  dueIn2: z.int(),
  dueIn3: z.int(),
  overdue: z.int(),
  /** Overdue in law, by days that are charged to somebody else. */
  overdueWaiting: z.int(),
  noLimit: z.int(),
  /** Working days since the oldest of them reached its stage; null where there is none. */
  oldestWorkingDays: z.int().nullable(),
})
export type BoardCell = z.infer<typeof BoardCell>

/** Open cases by place and stage (超期预警); cells and columns stand in the order of `stages`. */
export const Board = z
  .object({
    /** Null where the asker's area has several parts, each of which is a row. */
    placeId: id.nullable(),
    placeName: z.string(),
    now: at,
    stages: z.array(z.object({ stage: z.enum(stages), label: z.string() })),
    rows: z.array(
      z.object({
        placeId: id,
        placeName: z.string(),
        level: z.enum(levels),
        cells: z.array(BoardCell),
        total: BoardCell,
      }),
    ),
    columns: z.array(BoardCell),
    total: BoardCell,
  })
  .meta({ id: 'Board' })
export type Board = z.infer<typeof Board>

/** On whose desk a case lies, who sits there today, and whom a leader named. */
const BoardHolder = Holder.extend({
  officeId: id,
  people: z.array(
    z.object({
      officerId: id,
      name: z.string(),
      /** For whom they stand in. */
      standsInForName: z.string().nullable(),
      away: z.boolean(),
    }),
  ),
  assigneeId: id.nullable(),
  assigneeName: z.string().nullable(),
})

const BoardCase = z.object({
  matterId: id,
  matterNumber: z.string(),
  title: z.string(),
  /** The asker has to keep away from it: it is counted, and number, place, stage and standing are all that is told. */
  recused: z.boolean(),
  placeId: id,
  placeName: z.string(),
  townshipName: z.string(),
  stage: z.enum(stages),
  stageLabel: z.string(),
  /** The version shown: an act on the row is refused once the case has moved on. */
  version: z.int(),
  status: z.enum(dueStandings),
  statusLabel: z.string(),
  dueIn: dueIn.nullable(),
  /** The limit that is due soonest; null when none runs. */
  limit: z.enum(limitKeys).nullable(),
  limitLabel: z.string().nullable(),
  run: z.int().nullable(),
  dueOn: day.nullable(),
  /** As shown: an urging on the row is refused once a calendar has moved it. */
  dueAt: at.nullable(),
  provisional: z.boolean(),
  /** Below zero by the working days that have passed since. */
  remainingWorkingDays: z.int().nullable(),
  /** Working days since the case reached its stage; null for whoever has to keep away from it. */
  ageWorkingDays: z.int().nullable(),
  /** Days of that limit so far, by whoever used them. */
  chargedDays: ChargedDays.nullable(),
  holders: z.array(BoardHolder),
  /** The highest rung of supervision that a running limit has reached. */
  rung: z.enum(supervisionRungs).nullable(),
  rungLabel: z.string().nullable(),
  lastReceipt: z.object({ seenByName: z.string(), seenAt: at }).nullable(),
  orderOpen: z.boolean(),
})

/** The cases behind a cell of the board, soonest due first. */
export const BoardCases = z
  .object({ items: z.array(BoardCase), nextCursor: cursor.nullable() })
  .meta({ id: 'BoardCases' })
export type BoardCases = z.infer<typeof BoardCases>
export type BoardCase = BoardCases['items'][number]
