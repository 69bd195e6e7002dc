import type { PlainDate } from '../../../domain/time/plain-date.ts'
import type { Role } from '../../../domain/vocabulary.ts'
import type { Db } from '../../client.ts'
import { Prisma } from '../../generated/client.ts'
import { readRecusedCases } from './recusals.ts'
import { rowOfDay } from '../system/rows.ts'

/** Which cases are there for a post: those of these places, and for finance only those that are to be paid. */
export type CaseArea = { placeIds: readonly string[]; onlyPayable: boolean }

/** Which of them an officer may look into: all but those to keep away from, of which is told at most that they are there. */
export type CaseScope = CaseArea & { recusedMatterIds: readonly string[] }

/** The places that an office answers for today, those below them included, by the dated office-to-place table. */
export async function placesInScope(db: Db, officeId: string, today: PlainDate): Promise<string[]> {
  const day = rowOfDay(today)
  const rows = await db.$queryRaw<{ id: string }[]>`
    WITH RECURSIVE area AS (
      SELECT j."placeId" AS id FROM jurisdiction j
      WHERE j."officeId" = ${officeId} AND j."effectiveFrom" <= ${day}
        AND (j."effectiveTo" IS NULL OR j."effectiveTo" >= ${day})
      UNION
      SELECT p.id FROM place p JOIN area ON p."parentId" = area.id
    )
    SELECT p.id FROM place p JOIN area ON area.id = p.id`
  return rows.map(({ id }) => id)
}

/** What an officer may see. */
export async function caseScopeOf(
  db: Db,
  { officerId, ...post }: { officerId: string; officeId: string; role: Role },
  today: PlainDate,
): Promise<CaseScope> {
  return { ...(await areaOf(db, post, today)), recusedMatterIds: await readRecusedCases(db, officerId, today) }
}

/** Where a post looks, whoever sits on it. Administrators see no case at all. */
export async function areaOf(
  db: Db,
  { officeId, role }: { officeId: string; role: Role },
  today: PlainDate,
): Promise<CaseArea> {
  if (role === 'ADMINISTRATOR') return { placeIds: [], onlyPayable: false }
  return { placeIds: await placesInScope(db, officeId, today), onlyPayable: role === 'FINANCE_OFFICER' }
}

/**
 * Cases of the area that are there for an officer, those to keep away from among them: whoever reads one by this filter
 * refuses the recused next. A draft that was never filed is nobody's case.
 */
export function withinArea({ placeIds, onlyPayable }: CaseArea): Prisma.MatterWhereInput {
  return {
    placeId: { in: [...placeIds] },
    version: { gt: 0 },
    ...(onlyPayable ? { forFinance: true } : {}),
  }
}

/** True of cases that an officer may look into, in a query written by hand where the case is called `c`. */
export function withinScopeSql(scope: CaseScope): Prisma.Sql {
  return Prisma.sql`${countedInAreaSql(scope)} ${notRecusedSql('c.id', scope)}`
}

/** True of cases that count in an officer's figures: those to keep away from as well, which a figure tells nothing about. */
export function countedInAreaSql(area: CaseArea): Prisma.Sql {
  return Prisma.sql`c."placeId" = ANY(${[...area.placeIds]}) AND ${filedWithinScopeSql(area)}`
}

/** What that filter says besides the place, for a query that goes through the places of `placesWithin` one by one. */
export function filedWithinScopeSql({ onlyPayable }: CaseArea): Prisma.Sql {
  const payable = onlyPayable ? Prisma.sql`AND c."forFinance"` : Prisma.empty
  return Prisma.sql`c.version > 0 ${payable}`
}

// Nearly everybody has none, and then the query is the one that the indexes were made for.
function notRecusedSql(column: string, { recusedMatterIds }: CaseScope): Prisma.Sql {
  return recusedMatterIds.length === 0
    ? Prisma.empty
    : Prisma.sql`AND ${Prisma.raw(column)} <> ALL(${[...recusedMatterIds]})`
}

/** Of these places, those that a scope holds. */
export function placesWithin<T extends { placeId: string }>({ placeIds }: CaseArea, places: readonly T[]): T[] {
  const held = new Set(placeIds)
  return places.filter(({ placeId }) => held.has(placeId))
}

/**
 * True of open tasks, called `t`, that an officer may take, by their own columns: only what was filed lies on a desk. A page is found by going through the tasks in order, a count by
 * looking at `all`: for that the places are hashed once instead of being gone through for every task.
 */
export function openTaskWithinScopeSql(scope: CaseScope, { all = false }: { all?: boolean } = {}): Prisma.Sql {
  const { placeIds, onlyPayable } = scope
  const places = Prisma.sql`${[...placeIds]}::text[]`
  const within = all ? Prisma.sql`IN (SELECT unnest(${places}))` : Prisma.sql`= ANY(${places})`
  const payable = onlyPayable
    ? Prisma.sql`AND EXISTS (SELECT FROM matter m WHERE m.id = t."matterId" AND m."forFinance")`
    : Prisma.empty
  return Prisma.sql`t."placeId" ${within} ${payable} ${notRecusedSql('t."matterId"', scope)}`
}

/** A place and everything below it. */
export async function placesBelow(db: Db, placeId: string): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    WITH RECURSIVE area AS (
      SELECT id FROM place WHERE id = ${placeId}
      UNION
      SELECT p.id FROM place p JOIN area ON p."parentId" = area.id
    )
    SELECT id FROM area`
  return rows.map(({ id }) => id)
}
