import type { LimitKey } from '../../../domain/matter/limit-keys.ts'
import type { Instant, PlainDate } from '../../../domain/time/plain-date.ts'
import type { ChargedWait } from '../../../domain/time/charged-days.ts'
import type { ClockKind, Level, SupervisionRung } from '../../../domain/vocabulary.ts'
import type { Stage } from '../../../domain/procedures/words.ts'
import type { Db } from '../../client.ts'
import { Prisma } from '../../generated/client.ts'
import { dayOfRow, instantOfRow, rowOfInstant } from '../system/rows.ts'
import { type CaseScope, withinScopeSql } from '../matter/scope.ts'

/** A limit that has passed while its work is still not done. */
export type OverdueRow = {
  matterId: string
  matterNumber: string
  version: number
  title: string
  placeId: string
  stage: Stage
  limit: LimitKey
  run: number
  dueOn: PlainDate
  dueAt: Instant
  provisional: boolean
  kind: ClockKind
  startedOn: PlainDate
  waits: ChargedWait[]
  /** Overdue in law, but not by the days of the office itself: it waits, or waited, for another. */
  waitingForAnother: boolean
}

export type OverdueMark = Pick<OverdueRow, 'dueAt' | 'matterId' | 'limit' | 'run'>

type Row = Omit<OverdueRow, 'dueOn' | 'dueAt' | 'startedOn'> & { dueOn: Date; dueAt: Date; startedOn: Date }

/** What is overdue within a scope, the oldest due instant first. */
export async function readOverdue(
  db: Db,
  page: { scope: CaseScope; placeIds?: readonly string[]; now: Instant; after?: OverdueMark; take: number },
): Promise<OverdueRow[]> {
  const { scope, placeIds, now, after, take } = page
  const below = placeIds === undefined ? Prisma.empty : Prisma.sql`AND c."placeId" = ANY(${[...placeIds]})`
  const since = after
    ? Prisma.sql`AND (d."dueAt", d."matterId", d."limit", d.run)
        > (${rowOfInstant(after.dueAt)}::timestamptz, ${after.matterId}, ${after.limit}, ${after.run})`
    : Prisma.empty
  const rows = await db.$queryRaw<Row[]>`
    SELECT c.id AS "matterId", c.number AS "matterNumber", c.version, c.title, c."placeId", c.stage,
      d."limit", d.run, d."dueOn", d."dueAt", d.provisional, d.kind::text AS kind, d."startedOn", d.waits,
      COALESCE(d."ownDueAt" > ${rowOfInstant(now)}, true) AS "waitingForAnother"
    FROM deadline d JOIN matter c ON c.id = d."matterId"
    WHERE d."stoppedOn" IS NULL AND d."dueAt" <= ${rowOfInstant(now)} AND ${withinScopeSql(scope)} ${below} ${since}
    ORDER BY d."dueAt", d."matterId", d."limit", d.run LIMIT ${take}`
  return rows.map((row) => ({
    ...row,
    dueOn: dayOfRow(row.dueOn),
    dueAt: instantOfRow(row.dueAt),
    startedOn: dayOfRow(row.startedOn),
  }))
}

export type SupervisionRow = {
  supervisionItemId: string
  matterId: string
  limit: string
  run: number
  rung: SupervisionRung
  shownTo: Level
  openedAt: Instant
  /** Who saw it first, and when. */
  seenBy: string | null
  seenAt: Instant | null
}

/** What these cases' limits were watched by, and who has looked. */
export async function readSupervision(db: Db, matterIds: readonly string[]): Promise<SupervisionRow[]> {
  const rows = await db.$queryRaw<
    (Omit<SupervisionRow, 'openedAt' | 'seenAt'> & { openedAt: Date; seenAt: Date | null })[]
  >`
    SELECT i.id AS "supervisionItemId", i."matterId", i."limit", i.run, i.rung::text AS rung, i."shownTo"::text AS "shownTo",
      i."openedAt", r."officerId" AS "seenBy", r."seenAt"
    FROM supervision_item i
    LEFT JOIN LATERAL (SELECT "officerId", "seenAt" FROM supervision_receipt WHERE "itemId" = i.id
      ORDER BY "seenAt", "officerId" LIMIT 1) r ON true
    WHERE i."matterId" = ANY(${[...matterIds]}) ORDER BY i."openedAt", i.rung, i.number`
  return rows.map((row) => ({
    ...row,
    openedAt: instantOfRow(row.openedAt),
    seenAt: row.seenAt === null ? null : instantOfRow(row.seenAt),
  }))
}
