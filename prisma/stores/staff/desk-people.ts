import type { PlainDate } from '../../../domain/time/plain-date.ts'
import type { Role } from '../../../domain/vocabulary.ts'
import type { Db } from '../../client.ts'
import { awayOn, heldOn, seatedOn } from './post-fillings.ts'

/** Somebody who sits on a desk on a day: a holder of its post, or who stands in for one; `away` when not expected there. */
export type DeskPerson = {
  officeId: string
  role: Role
  officerId: string
  name: string
  standsInForName: string | null
  away: boolean
}

/** Who sits on the desks of these offices on a day, each person once, for whoever asks who has a case in hand. */
export async function readDeskPeople(db: Db, officeIds: readonly string[], day: PlainDate): Promise<DeskPerson[]> {
  return db.$queryRaw<DeskPerson[]>`
    SELECT DISTINCT ON (p."officeId", p.role, o."staffNumber") p."officeId", p.role::text AS role, o.id AS "officerId", o.name,
      f.name AS "standsInForName",
      EXISTS (SELECT FROM absence a WHERE a."officerId" = s."officerId"
        AND (s."standsInFor" IS NOT NULL OR a."postId" = s."postId") AND ${awayOn('a', day)}) AS away
    FROM post p JOIN ${seatedOn(day)} s ON s."postId" = p.id
    JOIN officer o ON o.id = s."officerId" AND o."disabledAt" IS NULL
    LEFT JOIN officer f ON f.id = s."standsInFor"
    WHERE p."officeId" = ANY(${[...new Set(officeIds)]})
    ORDER BY p."officeId", p.role, o."staffNumber", s."standsInFor" NULLS FIRST`
}

/** Who sits today in the village and township of a place, for whoever names those who visit a household. */
export async function readTownshipPeople(
  db: Db,
  placeChain: readonly string[],
  day: PlainDate,
): Promise<{ officerId: string; name: string; officeName: string }[]> {
  return db.$queryRaw`
    SELECT DISTINCT ON (o."staffNumber") o.id AS "officerId", o.name, f.name AS "officeName"
    FROM jurisdiction j JOIN office f ON f.id = j."officeId" JOIN post p ON p."officeId" = f.id
    JOIN ${seatedOn(day)} s ON s."postId" = p.id JOIN officer o ON o.id = s."officerId" AND o."disabledAt" IS NULL
    WHERE j."placeId" = ANY(${[...placeChain]}) AND ${heldOn('j', day)} AND f.kind IN ('VILLAGE_COMMITTEE', 'TOWNSHIP_GOVERNMENT')
    ORDER BY o."staffNumber", f.name`
}
