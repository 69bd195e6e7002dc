import type { LimitKey } from '../../../domain/matter/limit-keys.ts'
import { limitsOffDesk } from '../../../domain/matter/limit-holders.ts'
import type { Instant, PlainDate } from '../../../domain/time/plain-date.ts'
import type { ChargedWait } from '../../../domain/time/charged-days.ts'
import type { Role } from '../../../domain/vocabulary.ts'
import type { Stage } from '../../../domain/procedures/words.ts'
import type { Db } from '../../client.ts'
import { Prisma } from '../../generated/client.ts'
import { dayOfRow, instantOfRow, rowOfInstant, waitsOfRow } from '../system/rows.ts'
import { type CaseScope, openTaskWithinScopeSql, withinScopeSql } from './scope.ts'

/** What a list shows of one task. */
export type WorkRow = {
  taskId: string
  matterId: string
  matterNumber: string
  title: string
  memberCount: number
  placeId: string
  stage: Stage
  arrivedAt: Instant
  closedAt: Instant | null
  limit: LimitKey | null
  dueOn: PlainDate | null
  dueAt: Instant | null
  provisional: boolean
  /** Waits in the days of that limit. */
  waits: ChargedWait[]
  breachedLimits: LimitKey[]
  /** The one of the post's holders whom a leader named. */
  assigneeId: string | null
}

/** Where a page ends: the sort value and the task. */
export type WorkMark = { at: Instant | null; taskId: string }

export type WorkFilter = {
  scope: CaseScope
  stage?: Stage | undefined
  limit?: LimitKey | undefined
  placeIds?: readonly string[] | undefined
  search?: string | undefined
  dueUntil?: Instant | undefined
  /** Only what this officer was named for, or, with null, what nobody was. */
  assigneeId?: string | null | undefined
  after?: WorkMark | undefined
  take: number
}

type Row = Omit<WorkRow, 'arrivedAt' | 'closedAt' | 'dueOn' | 'dueAt' | 'waits'> & {
  arrivedAt: Date
  closedAt: Date | null
  dueOn: Date | null
  dueAt: Date | null
  waits: unknown
}

/**
 * What lies on a desk, soonest due first; without any limit running, last. The page is found in the index of the desk alone,
 * in its order, and only then is more looked up; a name or one limit that is asked for makes it look at the whole desk.
 */
export async function readOpenWork(
  db: Db,
  desk: { officeId: string; role: Role },
  filter: WorkFilter,
): Promise<WorkRow[]> {
  const { limit, search, take } = filter
  const due = limit === undefined ? Prisma.sql`t` : Prisma.sql`d`
  const dueAt = Prisma.sql`COALESCE(${due}."dueAt", 'infinity'::timestamptz)`
  const rows = await db.$queryRaw<Row[]>`
    WITH page AS (
      SELECT t.id, ${dueAt} AS due FROM task t
      ${search === undefined ? Prisma.empty : Prisma.sql`JOIN matter c ON c.id = t."matterId"`}
      ${limit === undefined ? Prisma.empty : Prisma.sql`CROSS JOIN ${soonestLimit(limit)} d`}
      WHERE t."closedAt" IS NULL AND t."officeId" = ${desk.officeId} AND t.role = ${desk.role}::"Role"
        AND ${onDesk(filter, dueAt)}
      ORDER BY ${dueAt}, t.id LIMIT ${take}
    )
    ${selectWork({ dueAt: Prisma.sql`${due}."dueAt"` })} FROM page JOIN task t ON t.id = page.id ${withCaseAndLimit(limit)}
    ORDER BY page.due, t.id`
  return rows.map(workOfRow)
}

/**
 * The cases in which an officer has done something, by the last thing they did, latest first: whether or not it took the case
 * off a desk. `closedAt` is when they did it.
 */
export async function readDoneWork(db: Db, officerId: string, filter: WorkFilter): Promise<WorkRow[]> {
  const { after, limit } = filter
  const rows = await db.$queryRaw<Row[]>`
    ${selectWork({ dueAt: Prisma.sql`d."dueAt"`, at: Prisma.sql`t."recordedAt"` })}
    FROM (SELECT DISTINCT ON (e."matterId") e."eventId" AS id, e."matterId", e."recordedAt", NULL::text AS "assigneeId"
      FROM matter_event e WHERE e."officerId" = ${officerId} ORDER BY e."matterId", e.seq DESC) t ${withCaseAndLimit(limit)}
    WHERE ${ofDoneWork(filter)}
      ${after?.at ? Prisma.sql`AND (t."recordedAt", t.id) < (${rowOfInstant(after.at)}::timestamptz, ${after.taskId})` : Prisma.empty}
    ORDER BY t."recordedAt" DESC, t.id DESC LIMIT ${filter.take}`
  return rows.map(workOfRow)
}

/** How much lies on a desk, how much of it is due until an instant, and how much is late. */
export async function countWork(
  db: Db,
  desk: { officeId: string; role: Role },
  { scope, now, soonUntil }: { scope: CaseScope; now: Instant; soonUntil: Instant },
): Promise<{ open: number; dueSoon: number; overdue: number }> {
  const at = rowOfInstant(now)
  const [counts] = await db.$queryRaw<{ open: number; dueSoon: number; overdue: number }[]>`
    SELECT count(*)::int AS open,
      count(*) FILTER (WHERE t."dueAt" > ${at} AND t."dueAt" <= ${rowOfInstant(soonUntil)})::int AS "dueSoon",
      count(*) FILTER (WHERE t."dueAt" <= ${at})::int AS overdue
    FROM task t WHERE t."closedAt" IS NULL AND t."officeId" = ${desk.officeId} AND t.role = ${desk.role}::"Role"
      AND ${openTaskWithinScopeSql(scope, { all: true })}`
  return counts as { open: number; dueSoon: number; overdue: number }
}

function selectWork({ dueAt, at }: { dueAt: Prisma.Sql; at?: Prisma.Sql }): Prisma.Sql {
  const opened = at ?? Prisma.sql`t."openedAt"`
  const closed = at ?? Prisma.sql`t."closedAt"`
  return Prisma.sql`
    SELECT t.id AS "taskId", c.id AS "matterId", c.number AS "matterNumber", c.title, c."memberCount", c."placeId",
      c.stage, ${opened} AS "arrivedAt", ${closed} AS "closedAt", t."assigneeId", d."limit", d."dueOn",
      ${dueAt} AS "dueAt", COALESCE(d.provisional, false) AS provisional, COALESCE(d.waits, '[]') AS waits,
      ARRAY(SELECT DISTINCT "limit" FROM deadline WHERE "matterId" = c.id AND "breachedAt" IS NOT NULL ORDER BY "limit")
        AS "breachedLimits"`
}

/** The case of a task and the limit in it that is due soonest, or the one asked for. */
function withCaseAndLimit(limit: LimitKey | undefined): Prisma.Sql {
  return Prisma.sql`JOIN matter c ON c.id = t."matterId" LEFT JOIN ${soonestLimit(limit)} d ON true`
}

function soonestLimit(limit: LimitKey | undefined): Prisma.Sql {
  return Prisma.sql`LATERAL (SELECT "limit", "dueOn", "dueAt", provisional, waits FROM deadline
    WHERE "matterId" = t."matterId" AND "stoppedOn" IS NULL
      ${limit === undefined ? Prisma.sql`AND "limit" <> ALL(${limitsOffDesk})` : Prisma.sql`AND "limit" = ${limit}`}
    ORDER BY "dueAt", "limit" LIMIT 1)`
}

/** Which tasks of a desk are shown, by their own columns as far as they go. */
function onDesk(
  { scope, stage, placeIds, assigneeId, search, dueUntil, after }: WorkFilter,
  dueAt: Prisma.Sql,
): Prisma.Sql {
  const mark = after?.at ? Prisma.sql`${rowOfInstant(after.at)}::timestamptz` : Prisma.sql`'infinity'::timestamptz`
  const parts = [
    openTaskWithinScopeSql(scope),
    ...(stage === undefined ? [] : [Prisma.sql`t.stage = ${stage}`]),
    ...(placeIds === undefined ? [] : [Prisma.sql`t."placeId" = ANY(${[...placeIds]})`]),
    ...(assigneeId === null ? [Prisma.sql`t."assigneeId" IS NULL`] : []),
    ...(typeof assigneeId === 'string' ? [Prisma.sql`t."assigneeId" = ${assigneeId}`] : []),
    ...(search === undefined ? [] : [searchSql(search)]),
    ...(dueUntil === undefined ? [] : [Prisma.sql`${dueAt} <= ${rowOfInstant(dueUntil)}`]),
    ...(after === undefined ? [] : [Prisma.sql`(${dueAt}, t.id) > (${mark}, ${after.taskId})`]),
  ]
  return Prisma.join(parts, ' AND ')
}

/** Which cases are shown among those that somebody is done with: they may since have come to any stage. */
function ofDoneWork({ scope, stage, limit, placeIds, search, dueUntil }: WorkFilter): Prisma.Sql {
  const parts = [
    withinScopeSql(scope),
    ...(stage === undefined ? [] : [Prisma.sql`c.stage = ${stage}`]),
    ...(limit === undefined ? [] : [Prisma.sql`d."limit" IS NOT NULL`]),
    ...(placeIds === undefined ? [] : [Prisma.sql`c."placeId" = ANY(${[...placeIds]})`]),
    ...(search === undefined ? [] : [searchSql(search)]),
    ...(dueUntil === undefined ? [] : [Prisma.sql`d."dueAt" <= ${rowOfInstant(dueUntil)}`]),
  ]
  return Prisma.join(parts, ' AND ')
}

function searchSql(search: string): Prisma.Sql {
  return Prisma.sql`(strpos(c.title, ${search}) > 0 OR strpos(c.number, ${search}) > 0)`
}

function workOfRow(row: Row): WorkRow {
  return {
    ...row,
    arrivedAt: instantOfRow(row.arrivedAt),
    closedAt: row.closedAt === null ? null : instantOfRow(row.closedAt),
    dueOn: row.dueOn === null ? null : dayOfRow(row.dueOn),
    dueAt: row.dueAt === null ? null : instantOfRow(row.dueAt),
    waits: waitsOfRow(row.waits),
  }
}
