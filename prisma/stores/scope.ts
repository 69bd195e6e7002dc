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
export function withinScopeSql({ placeIds, onlyPayable }: CaseScope): Prisma.Sql {
  const payable = onlyPayable ? Prisma.sql`AND (c.stage = 'FIRST_PAYMENT' OR c.outcome = 'GRANTED')` : Prisma.empty
  return Prisma.sql`c."placeId" = ANY(${[...placeIds]}) AND c.version > 0 ${payable}`
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
