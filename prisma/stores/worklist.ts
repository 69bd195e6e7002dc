import type { LimitKey } from '../../domain/policy/step-limits.ts'
import type { Instant, PlainDate } from '../../domain/time/plain-date.ts'
import type { Role, Stage } from '../../domain/vocabulary.ts'
import type { Db } from '../client.ts'
import { Prisma } from '../generated/client.ts'
import { dayOfRow, instantOfRow, rowOfInstant } from './rows.ts'
import { type CaseScope, withinScopeSql } from './scope.ts'

/** What a list shows of one task. */
export type WorkRow = {
  taskId: string
  caseId: string
  caseNumber: string
  headName: string
  memberCount: number
  placeId: string
  stage: Stage
  arrivedAt: Instant
  closedAt: Instant | null
  limit: LimitKey | null
  dueOn: PlainDate | null
  dueAt: Instant | null
  provisional: boolean
  breachedLimits: LimitKey[]
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
  after?: WorkMark | undefined
  take: number
}

type Row = Omit<WorkRow, 'arrivedAt' | 'closedAt' | 'dueOn' | 'dueAt'> & {
  arrivedAt: Date
  closedAt: Date | null
  dueOn: Date | null
  dueAt: Date | null
}

/** What lies on a desk, soonest due first; without any limit running, last. */
export async function readOpenWork(
  db: Db,
  desk: { officeId: string; role: Role },
  filter: WorkFilter,
): Promise<WorkRow[]> {
  const { after } = filter
  const dueAt = Prisma.sql`COALESCE(d."dueAt", 'infinity'::timestamptz)`
  const mark = after?.at ? Prisma.sql`${rowOfInstant(after.at)}::timestamptz` : Prisma.sql`'infinity'::timestamptz`
  const rows = await db.$queryRaw<Row[]>`
    ${selectWork(filter)}
    WHERE t."closedAt" IS NULL AND t."officeId" = ${desk.officeId} AND t.role = ${desk.role}::"Role"
      AND ${conditions(filter)}
      ${after ? Prisma.sql`AND (${dueAt}, t.id) > (${mark}, ${after.taskId})` : Prisma.empty}
    ORDER BY ${dueAt}, t.id LIMIT ${filter.take}`
  return rows.map(workOfRow)
}

/** What an officer has done, latest first. */
export async function readDoneWork(db: Db, officerId: string, filter: WorkFilter): Promise<WorkRow[]> {
  const { after } = filter
  const rows = await db.$queryRaw<Row[]>`
    ${selectWork(filter)}
    WHERE t."closedBy" = ${officerId} AND t."closedAt" IS NOT NULL AND ${conditions(filter)}
      ${after?.at ? Prisma.sql`AND (t."closedAt", t.id) < (${rowOfInstant(after.at)}::timestamptz, ${after.taskId})` : Prisma.empty}
    ORDER BY t."closedAt" DESC, t.id DESC LIMIT ${filter.take}`
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
      count(*) FILTER (WHERE d."dueAt" > ${at} AND d."dueAt" <= ${rowOfInstant(soonUntil)})::int AS "dueSoon",
      count(*) FILTER (WHERE d."dueAt" <= ${at})::int AS overdue
    FROM task t JOIN assistance_case c ON c.id = t."caseId"
    LEFT JOIN LATERAL (SELECT min("dueAt") AS "dueAt" FROM deadline
      WHERE "caseId" = t."caseId" AND "stoppedOn" IS NULL) d ON true
    WHERE t."closedAt" IS NULL AND t."officeId" = ${desk.officeId} AND t.role = ${desk.role}::"Role"
      AND ${withinScopeSql(scope)}`
  return counts as { open: number; dueSoon: number; overdue: number }
}

function selectWork({ limit }: WorkFilter): Prisma.Sql {
  return Prisma.sql`
    SELECT t.id AS "taskId", c.id AS "caseId", c."caseNumber", c."headName", c."memberCount", c."placeId",
      c.stage::text AS stage, t."openedAt" AS "arrivedAt", t."closedAt", d."limit", d."dueOn", d."dueAt",
      COALESCE(d.provisional, false) AS provisional,
      ARRAY(SELECT DISTINCT "limit" FROM deadline WHERE "caseId" = c.id AND "breachedAt" IS NOT NULL ORDER BY "limit")
        AS "breachedLimits"
    FROM task t JOIN assistance_case c ON c.id = t."caseId"
    LEFT JOIN LATERAL (SELECT "limit", "dueOn", "dueAt", provisional FROM deadline
      WHERE "caseId" = t."caseId" AND "stoppedOn" IS NULL
        ${limit === undefined ? Prisma.empty : Prisma.sql`AND "limit" = ${limit}`}
      ORDER BY "dueAt", "limit" LIMIT 1) d ON true`
}

function conditions({ scope, stage, limit, placeIds, search, dueUntil }: WorkFilter): Prisma.Sql {
  const parts = [withinScopeSql(scope)]
  if (stage !== undefined) parts.push(Prisma.sql`c.stage = ${stage}::"Stage"`)
  if (limit !== undefined) parts.push(Prisma.sql`d."limit" IS NOT NULL`)
  if (placeIds !== undefined) parts.push(Prisma.sql`c."placeId" = ANY(${[...placeIds]})`)
  if (dueUntil !== undefined) parts.push(Prisma.sql`d."dueAt" <= ${rowOfInstant(dueUntil)}`)
  if (search !== undefined) {
    parts.push(Prisma.sql`(strpos(c."headName", ${search}) > 0 OR strpos(c."caseNumber", ${search}) > 0)`)
  }
  return Prisma.join(parts, ' AND ')
}

function workOfRow(row: Row): WorkRow {
  return {
    ...row,
    arrivedAt: instantOfRow(row.arrivedAt),
    closedAt: row.closedAt === null ? null : instantOfRow(row.closedAt),
    dueOn: row.dueOn === null ? null : dayOfRow(row.dueOn),
    dueAt: row.dueAt === null ? null : instantOfRow(row.dueAt),
  }
}
