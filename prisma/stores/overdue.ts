import type { LimitKey } from '../../domain/policy/step-limits.ts'
import type { Instant, PlainDate } from '../../domain/time/plain-date.ts'
import type { Level, Stage } from '../../domain/vocabulary.ts'
import type { Db } from '../client.ts'
import { Prisma } from '../generated/client.ts'
import { dayOfRow, instantOfRow, rowOfInstant } from './rows.ts'
import { type CaseScope, withinScope, withinScopeSql } from './scope.ts'

/** A limit that has passed while its work is still not done. */
export type OverdueRow = {
  caseId: string
  caseNumber: string
  headName: string
  placeId: string
  stage: Stage
  limit: LimitKey
  run: number
  dueOn: PlainDate
  dueAt: Instant
  provisional: boolean
}

export type OverdueMark = Pick<OverdueRow, 'dueAt' | 'caseId' | 'limit' | 'run'>

type Row = Omit<OverdueRow, 'dueOn' | 'dueAt'> & { dueOn: Date; dueAt: Date }

/** What is overdue within a scope, the oldest due instant first. */
export async function readOverdue(
  db: Db,
  page: { scope: CaseScope; placeIds?: readonly string[]; now: Instant; after?: OverdueMark; take: number },
): Promise<OverdueRow[]> {
  const { scope, placeIds, now, after, take } = page
  const below = placeIds === undefined ? Prisma.empty : Prisma.sql`AND c."placeId" = ANY(${[...placeIds]})`
  const since = after
    ? Prisma.sql`AND (d."dueAt", d."caseId", d."limit", d.run)
        > (${rowOfInstant(after.dueAt)}::timestamptz, ${after.caseId}, ${after.limit}, ${after.run})`
    : Prisma.empty
  const rows = await db.$queryRaw<Row[]>`
    SELECT c.id AS "caseId", c."caseNumber", c."headName", c."placeId", c.stage::text AS stage,
      d."limit", d.run, d."dueOn", d."dueAt", d.provisional
    FROM deadline d JOIN assistance_case c ON c.id = d."caseId"
    WHERE d."stoppedOn" IS NULL AND d."dueAt" <= ${rowOfInstant(now)} AND ${withinScopeSql(scope)} ${below} ${since}
    ORDER BY d."dueAt", d."caseId", d."limit", d.run LIMIT ${take}`
  return rows.map((row) => ({ ...row, dueOn: dayOfRow(row.dueOn), dueAt: instantOfRow(row.dueAt) }))
}

export type SupervisionRow = {
  supervisionItemId: string
  caseId: string
  limit: string
  run: number
  rung: number
  shownTo: Level
  openedAt: Instant
  seenBy: string | null
  seenAt: Instant | null
}

/** Who was shown the breaches of these cases, and who has looked. */
export async function readSupervision(db: Db, caseIds: readonly string[]): Promise<SupervisionRow[]> {
  const rows = await db.supervisionItem.findMany({
    where: { caseId: { in: [...caseIds] } },
    orderBy: [{ openedAt: 'asc' }, { rung: 'asc' }],
  })
  return rows.map((row) => ({
    supervisionItemId: row.id,
    caseId: row.caseId,
    limit: row.limit,
    run: row.run,
    rung: row.rung,
    shownTo: row.shownTo,
    openedAt: instantOfRow(row.openedAt),
    seenBy: row.seenBy,
    seenAt: row.seenAt === null ? null : instantOfRow(row.seenAt),
  }))
}

/** A supervision item of a case within a scope. */
export async function findSupervisionItem(db: Db, id: string, scope: CaseScope) {
  const item = await db.supervisionItem.findUnique({ where: { id } })
  if (item === null) return null
  const visible = await db.assistanceCase.count({ where: { id: item.caseId, ...withinScope(scope) } })
  return visible > 0 ? { caseId: item.caseId, placeId: item.placeId, shownTo: item.shownTo } : null
}

/** Notes who saw an item first; whoever comes later changes nothing. */
export async function markSeen(
  db: Db,
  id: string,
  by: string,
  at: Instant,
): Promise<{ seenBy: string; seenAt: Instant }> {
  await db.supervisionItem.updateMany({ where: { id, seenAt: null }, data: { seenBy: by, seenAt: rowOfInstant(at) } })
  const item = await db.supervisionItem.findUniqueOrThrow({ where: { id } })
  return { seenBy: item.seenBy as string, seenAt: instantOfRow(item.seenAt as Date) }
}
