import type { ActingOfficer } from '../../../domain/matter/circumstances.ts'
import { type HouseholdTies, recusalOf } from '../../../domain/matter/recusal.ts'
import type { Capacity, Role } from '../../../domain/vocabulary.ts'
import type { LockedMatter } from './locked-matter.ts'
import { accountsOf, personSql } from '../staff/duties.ts'
import { heldOn, seatedOn } from '../staff/post-fillings.ts'
import { tiesSql } from './recusals.ts'

type OfficerRow = HouseholdTies & {
  role: Role
  officeId: string
  standsInFor: string | null
  holdsPost: boolean
  coversPlace: boolean
  capacityHeld: Capacity | null
  answeredOrder: boolean
}

/**
 * The officer as the archive knows them at this moment, with the office of the post; null for a post nobody made. What the
 * person did in the case, and to whom they are related, counts whatever account they used.
 */
export async function findActingOfficer(
  { tx, row, placeChain, today }: LockedMatter,
  { officerId, postId }: { officerId: string; postId: string },
): Promise<ActingOfficer | null> {
  const [found] = await tx.$queryRaw<OfficerRow[]>`
    SELECT p.role::text AS role, p."officeId", seat."standsInFor", COALESCE(seat.held, false) AS "holdsPost",
      EXISTS (SELECT FROM jurisdiction j WHERE j."officeId" = p."officeId" AND j."placeId" = ANY(${placeChain})
        AND ${heldOn('j', today)}) AS "coversPlace",
      (SELECT part.capacity::text FROM participation part JOIN ${accountsOf(officerId)} own ON own.id = part."officerId"
        WHERE part."matterId" = ${row.id} LIMIT 1) AS "capacityHeld",
      EXISTS (SELECT FROM supervision_order so JOIN ${accountsOf(officerId)} own ON own.id = so."answeredBy"
        WHERE so."matterId" = ${row.id} AND so."closedAt" IS NULL) AS "answeredOrder",
      ${tiesSql({ officerId, matterId: row.id, today })}
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
 * of the household nor a relative, and in no other part of the case than handling it. Two accounts of one person are one.
 */
export async function findInvestigators(
  matter: LockedMatter,
  officerIds: readonly string[],
): Promise<{ officerId: string; role: Role }[]> {
  if (officerIds.length === 0) return []
  const onPost = await onPostInTownship(matter, officerIds)
  const free = await Promise.all(onPost.map((post) => findActingOfficer(matter, post)))
  return free
    .filter((officer) => officer !== null)
    .filter(({ holdsPost }) => holdsPost)
    .filter((officer) => recusalOf(officer) === null)
    .filter(({ capacityHeld }) => capacityHeld === null || capacityHeld === 'HANDLE')
    .map(({ officerId, role }) => ({ officerId, role }))
}

async function onPostInTownship(
  { tx, placeChain, today }: LockedMatter,
  officerIds: readonly string[],
): Promise<{ officerId: string; postId: string }[]> {
  return tx.$queryRaw`
    SELECT DISTINCT ON (${personSql('o')}) s."officerId", s."postId"
    FROM ${seatedOn(today)} s JOIN officer o ON o.id = s."officerId" JOIN post p ON p.id = s."postId" JOIN office f ON f.id = p."officeId"
    WHERE s."officerId" = ANY(${[...officerIds]}) AND f.kind IN ('VILLAGE_COMMITTEE', 'TOWNSHIP_GOVERNMENT')
      AND EXISTS (SELECT FROM jurisdiction j WHERE j."officeId" = f.id AND j."placeId" = ANY(${placeChain})
        AND ${heldOn('j', today)})
    ORDER BY ${personSql('o')}, s."officerId", s."postId"`
}
