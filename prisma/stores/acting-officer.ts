import type { ActingOfficer } from '../../domain/case/circumstances.ts'
import { type HouseholdTies, recusalOf } from '../../domain/case/recusal.ts'
import type { Capacity, Role } from '../../domain/vocabulary.ts'
import type { Dossier } from './dossier.ts'
import { heldOn, seatedOn } from './post-fillings.ts'
import { tiesSql } from './recusals.ts'

type OfficerRow = HouseholdTies & {
  role: Role
  officeId: string
  standsInFor: string | null
  holdsPost: boolean
  coversPlace: boolean
  capacityHeld: Capacity | null
}

/** The officer as the archive knows them at this moment, with the office of the post; null for a post nobody made. */
export async function findActingOfficer(
  { tx, row, placeChain, today }: Dossier,
  { officerId, postId }: { officerId: string; postId: string },
): Promise<ActingOfficer | null> {
  const [found] = await tx.$queryRaw<OfficerRow[]>`
    SELECT p.role::text AS role, p."officeId", seat."standsInFor", COALESCE(seat.held, false) AS "holdsPost",
      EXISTS (SELECT FROM jurisdiction j WHERE j."officeId" = p."officeId" AND j."placeId" = ANY(${placeChain})
        AND ${heldOn('j', today)}) AS "coversPlace",
      (SELECT capacity::text FROM participation WHERE "caseId" = ${row.id} AND "officerId" = ${officerId}) AS "capacityHeld",
      ${tiesSql({ officerId, caseId: row.id, today })}
    FROM post p LEFT JOIN LATERAL (
      SELECT true AS held, s."standsInFor" FROM ${seatedOn(today)} s JOIN officer o ON o.id = s."officerId"
      WHERE s."postId" = p.id AND s."officerId" = ${officerId} AND o."disabledAt" IS NULL
      ORDER BY s."standsInFor" NULLS FIRST LIMIT 1
    ) seat ON true
    WHERE p.id = ${postId}`
  return found ? { officerId, ...found } : null
}

/**
 * Of these officers, those who may investigate: on a post today in an office of the case's village or township, neither
 * of the household nor a relative, and in no other part of the case than handling it.
 */
export async function findInvestigators(dossier: Dossier, officerIds: readonly string[]): Promise<string[]> {
  const onPost = await onPostInTownship(dossier, officerIds)
  const free = await Promise.all(onPost.map((post) => findActingOfficer(dossier, post)))
  return free
    .filter((officer) => officer !== null)
    .filter(({ holdsPost }) => holdsPost)
    .filter((officer) => recusalOf(officer) === null)
    .filter(({ capacityHeld }) => capacityHeld === null || capacityHeld === 'HANDLE')
    .map(({ officerId }) => officerId)
}

async function onPostInTownship(
  { tx, placeChain, today }: Dossier,
  officerIds: readonly string[],
): Promise<{ officerId: string; postId: string }[]> {
  return tx.$queryRaw`
    SELECT DISTINCT ON (s."officerId") s."officerId", s."postId"
    FROM ${seatedOn(today)} s JOIN post p ON p.id = s."postId" JOIN office f ON f.id = p."officeId"
    WHERE s."officerId" = ANY(${[...officerIds]}) AND f.kind IN ('VILLAGE_COMMITTEE', 'TOWNSHIP_GOVERNMENT')
      AND EXISTS (SELECT FROM jurisdiction j WHERE j."officeId" = f.id AND j."placeId" = ANY(${placeChain})
        AND ${heldOn('j', today)})
    ORDER BY s."officerId", s."postId"`
}
