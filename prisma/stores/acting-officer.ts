import type { ActingOfficer } from '../../domain/case/circumstances.ts'
import type { Capacity, Role } from '../../domain/vocabulary.ts'
import type { Dossier } from './dossier.ts'
import { rowOfDay } from './rows.ts'

type OfficerRow = {
  role: Role
  officeId: string
  holdsPost: boolean
  coversPlace: boolean
  capacityHeld: Capacity | null
  memberOfHousehold: boolean
  relativeOfHousehold: boolean
}

/** The officer as the archive knows them at this moment, with the office of the post; null for a post nobody made. */
export async function findActingOfficer(
  { tx, row, placeChain, today }: Dossier,
  { officerId, postId }: { officerId: string; postId: string },
): Promise<(ActingOfficer & { officeId: string }) | null> {
  const day = rowOfDay(today)
  const [found] = await tx.$queryRaw<OfficerRow[]>`
    SELECT p.role::text AS role, p."officeId",
      EXISTS (SELECT FROM post_holding h WHERE h."postId" = p.id AND h."officerId" = ${officerId}
        AND h."effectiveFrom" <= ${day} AND (h."effectiveTo" IS NULL OR h."effectiveTo" >= ${day})) AS "holdsPost",
      EXISTS (SELECT FROM jurisdiction j WHERE j."officeId" = p."officeId" AND j."placeId" = ANY(${placeChain})
        AND j."effectiveFrom" <= ${day} AND (j."effectiveTo" IS NULL OR j."effectiveTo" >= ${day})) AS "coversPlace",
      (SELECT capacity::text FROM participation WHERE "caseId" = ${row.id} AND "officerId" = ${officerId}) AS "capacityHeld",
      EXISTS (SELECT FROM officer o JOIN person_identity i ON i."numberIndex" = o."identityIndex"
        JOIN case_person c ON c."personId" = i."personId" WHERE o.id = ${officerId} AND c."caseId" = ${row.id}) AS "memberOfHousehold",
      EXISTS (SELECT FROM officer_relative r JOIN person_identity i ON i."numberIndex" = r."identityIndex"
        JOIN case_person c ON c."personId" = i."personId" WHERE r."officerId" = ${officerId} AND c."caseId" = ${row.id}
        AND r."effectiveFrom" <= ${day} AND (r."effectiveTo" IS NULL OR r."effectiveTo" >= ${day})) AS "relativeOfHousehold"
    FROM post p WHERE p.id = ${postId}`
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
    .filter(({ memberOfHousehold, relativeOfHousehold }) => !memberOfHousehold && !relativeOfHousehold)
    .filter(({ capacityHeld }) => capacityHeld === null || capacityHeld === 'HANDLE')
    .map(({ officerId }) => officerId)
}

async function onPostInTownship({ tx, placeChain, today }: Dossier, officerIds: readonly string[]) {
  const inForce = {
    effectiveFrom: { lte: rowOfDay(today) },
    OR: [{ effectiveTo: null }, { effectiveTo: { gte: rowOfDay(today) } }],
  }
  return tx.postHolding.findMany({
    where: {
      officerId: { in: [...officerIds] },
      ...inForce,
      post: {
        office: {
          kind: { in: ['VILLAGE_COMMITTEE', 'TOWNSHIP_GOVERNMENT'] },
          jurisdictions: { some: { placeId: { in: placeChain }, ...inForce } },
        },
      },
    },
    select: { officerId: true, postId: true },
    distinct: ['officerId'],
  })
}
