import { type BulletinBody, type Count, countsByPlace, type PlaceCounts } from '../../../domain/supervision/bulletin.ts'
import type { LimitKey } from '../../../domain/matter/limit-keys.ts'
import type { Stage } from '../../../domain/procedures/words.ts'
import type { Db } from '../../client.ts'
import { Prisma } from '../../generated/client.ts'
import { type Counted, countedFactsSql } from './bulletin-facts.ts'
import { readBranches } from '../staff/place-branches.ts'
import { type CaseArea, countedInAreaSql } from '../matter/scope.ts'

/** One county in one period. */
export type CountyPeriod = Omit<Counted, 'countyIds'> & { countyId: string; scope: CaseArea }

/**
 * The counts of a county and of each of its townships, of the cases within a scope: those that the scope holds whole have a
 * line, whether or not anything happened there.
 */
export async function readFigures(db: Db, { countyId, scope, ...counted }: CountyPeriod): Promise<PlaceCounts[]> {
  const rows = await db.$queryRaw<(Count & { placeId: string })[]>`
    SELECT c."placeId", f."limit", f.fact, count(*)::int AS count
    FROM (${countedFactsSql({ ...counted, countyIds: [countyId] })}) f
    JOIN matter c ON c.id = f."matterId"
    WHERE ${countedInAreaSql(scope)} GROUP BY 1, 2, 3`
  const townshipOf = await readBranches(db, [countyId])
  const lines = [countyId, ...new Set(townshipOf.values())].filter((place) => scope.placeIds.includes(place))
  return countsByPlace(rows, lines.toSorted(), (placeId) => [countyId, townshipOf.get(placeId) ?? placeId])
}

/** Cases on the top rung of the ladder, by number. */
export async function readCirculars(
  db: Db,
  { countyId, scope, ...counted }: CountyPeriod,
): Promise<BulletinBody['circulars']> {
  return db.$queryRaw<BulletinBody['circulars']>`
    SELECT c.number AS "caseNumber", c."placeId", f."limit"
    FROM (${countedFactsSql({ ...counted, countyIds: [countyId] })}) f
    JOIN matter c ON c.id = f."matterId"
    WHERE f.fact = 'CIRCULAR' AND ${countedInAreaSql(scope)} ORDER BY c.number, f."limit"`
}

/** A case behind a figure, and how often it counts there. */
export type FigureCase = { matterId: string; matterNumber: string; placeId: string; stage: Stage; times: number }

/** The cases behind a figure as it stands now, by number. */
export async function readFigureCases(
  db: Db,
  counted: Counted,
  {
    scope,
    facts,
    limit,
    after,
    take,
  }: {
    scope: CaseArea
    facts: readonly Count['fact'][]
    limit?: LimitKey | undefined
    after?: string | undefined
    take: number
  },
): Promise<FigureCase[]> {
  return db.$queryRaw<FigureCase[]>`
    SELECT c.id AS "matterId", c.number AS "matterNumber", c."placeId", c.stage, count(*)::int AS times
    FROM (${countedFactsSql(counted)}) f JOIN matter c ON c.id = f."matterId"
    WHERE f.fact = ANY(${[...facts]}) AND ${countedInAreaSql(scope)}
      ${limit === undefined ? Prisma.empty : Prisma.sql`AND f."limit" = ${limit}`}
      ${after === undefined ? Prisma.empty : Prisma.sql`AND c.number > ${after}`}
    GROUP BY c.id ORDER BY c.number LIMIT ${take}`
}
