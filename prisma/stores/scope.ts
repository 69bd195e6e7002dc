import type { PlainDate } from '../../domain/time/plain-date.ts'
import type { Role } from '../../domain/vocabulary.ts'
import type { Db } from '../client.ts'
import { Prisma } from '../generated/client.ts'
import { rowOfDay } from './rows.ts'

/** Which cases somebody may see: those of these places, and for finance only those that are to be paid. */
export type CaseScope = { placeIds: readonly string[]; onlyPayable: boolean }

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

/** What an officer may see. Administrators see no case at all. */
export async function caseScopeOf(
  db: Db,
  { officeId, role }: { officeId: string; role: Role },
  today: PlainDate,
): Promise<CaseScope> {
  if (role === 'ADMINISTRATOR') return { placeIds: [], onlyPayable: false }
  return { placeIds: await placesInScope(db, officeId, today), onlyPayable: role === 'FINANCE_OFFICER' }
}

/** The filter that every reading of cases carries. A draft that was never filed is nobody's case. */
export function withinScope({ placeIds, onlyPayable }: CaseScope): Prisma.AssistanceCaseWhereInput {
  return {
    placeId: { in: [...placeIds] },
    version: { gt: 0 },
    ...(onlyPayable ? { OR: [{ stage: 'FIRST_PAYMENT' }, { outcome: 'GRANTED' }] } : {}),
  }
}

/** The same filter for a query written by hand, where the case is called `c`. */
export function withinScopeSql(scope: CaseScope): Prisma.Sql {
  return Prisma.sql`c."placeId" = ANY(${[...scope.placeIds]}) AND ${filedWithinScopeSql(scope)}`
}

/** What that filter says besides the place, for a query that goes through the places of `placesWithin` one by one. */
export function filedWithinScopeSql({ onlyPayable }: CaseScope): Prisma.Sql {
  const payable = onlyPayable ? Prisma.sql`AND (c.stage = 'FIRST_PAYMENT' OR c.outcome = 'GRANTED')` : Prisma.empty
  return Prisma.sql`c.version > 0 ${payable}`
}

/** Of these places, those that a scope holds. */
export function placesWithin<T extends { placeId: string }>({ placeIds }: CaseScope, places: readonly T[]): T[] {
  const held = new Set(placeIds)
  return places.filter(({ placeId }) => held.has(placeId))
}

/**
 * The same for an open task, called `t`, by its own columns: only what was filed lies on a desk, and what is to be paid
 * lies there for its first payment. A page is found by going through the tasks in order, a count by looking at `all`: for
 * that the places are hashed once instead of being gone through for every task.
 */
export function openTaskWithinScopeSql(
  { placeIds, onlyPayable }: CaseScope,
  { all = false }: { all?: boolean } = {},
): Prisma.Sql {
  const places = Prisma.sql`${[...placeIds]}::text[]`
  const within = all ? Prisma.sql`IN (SELECT unnest(${places}))` : Prisma.sql`= ANY(${places})`
  return Prisma.sql`t."placeId" ${within} ${onlyPayable ? Prisma.sql`AND t.stage = 'FIRST_PAYMENT'` : Prisma.empty}`
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
