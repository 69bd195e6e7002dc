import type { Instant } from '../../../domain/time/plain-date.ts'
import type { Role } from '../../../domain/vocabulary.ts'
import type { Db } from '../../client.ts'
import { Prisma } from '../../generated/client.ts'
import { instantOfRow, rowOfInstant } from './rows.ts'

/** One line of what was done or looked at. `lineId` is unique over both. */
export type AuditLine = {
  lineId: string
  at: Instant
  source: 'ACT' | 'LOOK'
  kind: string
  result: string
  officerId: string | null
  postId: string | null
  officeId: string | null
  role: Role | null
  matterId: string | null
  subject: string | null
  purpose: string | null
  address: string | null
  /** Whether the case lies in the area: whoever tried a case elsewhere is told of, the case is not. */
  caseInArea: boolean
}

export type AuditFilter = {
  /** The area of whoever searches: its offices and its places. */
  area: { officeIds: readonly string[]; placeIds: readonly string[] }
  /** Cases that the one who searches has to keep away from: nothing of them is told. */
  recusedMatterIds: readonly string[]
  officerId?: string | undefined
  matterId?: string | undefined
  kind?: string | undefined
  result?: string | undefined
  from?: Instant | undefined
  /** Exclusive. */
  until?: Instant | undefined
  after?: { at: Instant; lineId: string } | undefined
  take: number
}

/** Acts and looks together, the latest first. What belongs to no office and no place is shown to every auditor. */
export async function searchAudit(db: Db, filter: AuditFilter): Promise<AuditLine[]> {
  const rows = await db.$queryRaw<(Omit<AuditLine, 'at'> & { at: Date })[]>`
    SELECT * FROM ((${selectActs(filter)}) UNION ALL (${selectLooks(filter)})) line
    ORDER BY at DESC, "lineId" COLLATE "C" DESC LIMIT ${filter.take}`
  return rows.map((row) => ({ ...row, at: instantOfRow(row.at) }))
}

const actId = Prisma.sql`(a.register || '#' || lpad(a.seq::text, 10, '0')) COLLATE "C"`
const lookId = Prisma.sql`('look#' || lpad(a.id::text, 19, '0')) COLLATE "C"`
const caseOfAct = Prisma.sql`CASE WHEN a.register LIKE 'case:%' THEN substr(a.register, 6) END`

function selectActs(filter: AuditFilter): Prisma.Sql {
  const { area, recusedMatterIds, matterId, kind } = filter
  const parts = [
    ...commonParts(filter, actId),
    Prisma.sql`a.register <> ALL(${recusedMatterIds.map((id) => `case:${id}`)}::text[])`,
    ...(matterId === undefined ? [] : [Prisma.sql`a.register = ${`case:${matterId}`}`]),
    ...(kind === undefined ? [] : [Prisma.sql`a.action = ${kind}`]),
    Prisma.sql`(a."officeId" = ANY(${[...area.officeIds]}) OR a."placeId" = ANY(${[...area.placeIds]})
      OR (a."officeId" IS NULL AND a."placeId" IS NULL AND a."officerId" IS NULL))`,
  ]
  return Prisma.sql`
    SELECT ${actId} AS "lineId", a.at, 'ACT' AS source, a.action AS kind, a.result, a."officerId", a."postId", a."officeId",
      a.role::text AS role, ${caseOfAct} AS "matterId", a.subject, a.detail->>'purpose' AS purpose, NULL::text AS address,
      COALESCE(a."placeId" = ANY(${[...area.placeIds]}), false) AS "caseInArea"
    FROM audit_record a WHERE ${Prisma.join(parts, ' AND ')} ORDER BY a.at DESC, ${actId} DESC LIMIT ${filter.take}`
}

function selectLooks(filter: AuditFilter): Prisma.Sql {
  const { area, recusedMatterIds, matterId, kind } = filter
  const inArea = Prisma.sql`EXISTS (SELECT FROM matter c WHERE c.id = a."matterId"
    AND c."placeId" = ANY(${[...area.placeIds]}))`
  const offices = Prisma.sql`${[...area.officeIds]}::text[]`
  const parts = [
    ...commonParts(filter, lookId),
    Prisma.sql`(a."matterId" IS NULL OR a."matterId" <> ALL(${[...recusedMatterIds]}::text[]))`,
    ...(matterId === undefined ? [] : [Prisma.sql`a."matterId" = ${matterId}`]),
    ...(kind === undefined ? [] : [Prisma.sql`a.kind = ${kind}`]),
    // A sign-in that failed names no post: whoever has or had one in the area belongs to it.
    Prisma.sql`(a."officeId" = ANY(${offices})
      OR ${inArea}
      OR (a."officeId" IS NULL AND (a."officerId" IS NULL OR EXISTS (
        SELECT FROM post_holding h JOIN post p ON p.id = h."postId"
        WHERE h."officerId" = a."officerId" AND p."officeId" = ANY(${offices})))))`,
  ]
  return Prisma.sql`
    SELECT ${lookId} AS "lineId", a.at, 'LOOK' AS source, a.kind, a.result, a."officerId", a."postId", a."officeId",
      a.role::text AS role, a."matterId", a.subject, a.purpose, a.source AS address,
      ${inArea} AS "caseInArea"
    FROM read_record a WHERE ${Prisma.join(parts, ' AND ')} ORDER BY a.at DESC, ${lookId} DESC LIMIT ${filter.take}`
}

function commonParts({ officerId, result, from, until, after }: AuditFilter, lineId: Prisma.Sql): Prisma.Sql[] {
  return [
    ...(officerId === undefined ? [] : [Prisma.sql`a."officerId" = ${officerId}`]),
    ...(result === undefined ? [] : [Prisma.sql`a.result = ${result}`]),
    ...(from === undefined ? [] : [Prisma.sql`a.at >= ${rowOfInstant(from)}`]),
    ...(until === undefined ? [] : [Prisma.sql`a.at < ${rowOfInstant(until)}`]),
    ...(after === undefined
      ? []
      : [
          Prisma.sql`a.at <= ${rowOfInstant(after.at)}`,
          Prisma.sql`(a.at < ${rowOfInstant(after.at)} OR ${lineId} < ${after.lineId} COLLATE "C")`,
        ]),
  ]
}
