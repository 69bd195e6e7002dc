import type { PlainDate } from '../../../domain/time/plain-date.ts'
import type { Role } from '../../../domain/vocabulary.ts'
import type { Db } from '../../client.ts'
import { presentOn } from '../staff/post-fillings.ts'
import { everybodysKinSql } from '../matter/recusals.ts'

/** An open item of supervision that nobody may read: all who fill the posts it is addressed to have to keep away. */
export type UnseenItemRow = { itemId: string; matterId: string; countyId: string; officeId: string; role: Role }

/**
 * Such items on a day, each told by the first of the offices that it is addressed to. Only cases to which an officer is
 * tied are looked at, and they are few.
 */
export async function findUnseenItems(
  db: Db,
  { officeIds, day }: { officeIds: readonly string[]; day: PlainDate },
): Promise<UnseenItemRow[]> {
  return db.$queryRaw`
    WITH tied AS MATERIALIZED (
      SELECT k."officerId", c."matterId" FROM (${everybodysKinSql(day)}) k
      JOIN person_identity i ON i."numberIndex" = k.index JOIN matter_person c ON c."personId" = i."personId"
    ), reader AS MATERIALIZED (
      SELECT r."itemId", f."officerId" FROM supervision_item i JOIN supervision_recipient r ON r."itemId" = i.id
      JOIN post p ON p."officeId" = r."officeId" AND p.role = r.role JOIN ${presentOn(day)} f ON f."postId" = p.id
      WHERE i."closedAt" IS NULL AND i."matterId" IN (SELECT "matterId" FROM tied)
    )
    SELECT i.id AS "itemId", i."matterId", i."countyId", first."officeId", first.role::text AS role
    FROM supervision_item i CROSS JOIN LATERAL (
      SELECT r."officeId", r.role FROM supervision_recipient r WHERE r."itemId" = i.id ORDER BY r."officeId", r.role LIMIT 1
    ) first
    WHERE i.id IN (SELECT "itemId" FROM reader) AND first."officeId" = ANY(${[...officeIds]})
      AND NOT EXISTS (SELECT FROM reader d WHERE d."itemId" = i.id
        AND NOT EXISTS (SELECT FROM tied t WHERE t."officerId" = d."officerId" AND t."matterId" = i."matterId"))
    ORDER BY i.id`
}
