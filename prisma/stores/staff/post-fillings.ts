import type { PlainDate } from '../../../domain/time/plain-date.ts'
import { Prisma } from '../../generated/client.ts'
import { familySql, personSql } from './duties.ts'
import { rowOfDay } from '../system/rows.ts'

/**
 * Who may sit on a post on a day, as rows of post, officer and `standsInFor` (null for a holder): the query that says what
 * `domain/staff/who-fills.ts` says. Whether the account is disabled is for the caller to ask.
 */
export function seatedOn(day: PlainDate): Prisma.Sql {
  const older = Prisma.sql`AND (e."effectiveFrom", e."postId" COLLATE "C") < (h."effectiveFrom", h."postId" COLLATE "C")`
  return Prisma.sql`(
    SELECT h."postId", h."officerId", NULL::text AS "standsInFor" FROM post_holding h JOIN post p ON p.id = h."postId"
    WHERE ${heldOn('h', day)} AND NOT ${hasOtherDuties('h."officerId"', day, older)}
    UNION ALL
    SELECT a."postId", a."standInId", a."officerId" FROM absence a JOIN post p ON p.id = a."postId"
    WHERE a."standInId" IS NOT NULL AND a."standInAgreedBy" IS NOT NULL AND ${awayOn('a', day)}
      AND EXISTS (SELECT FROM post_holding h WHERE h."postId" = a."postId" AND h."officerId" = a."officerId"
        AND ${heldOn('h', day)} AND NOT ${hasOtherDuties('h."officerId"', day, older)})
      AND EXISTS (SELECT FROM post_holding h WHERE h."officerId" = a."standInId" AND ${heldOn('h', day)})
      AND NOT ${hasOtherDuties('a."standInId"', day)}
  )`
}

/** Whether the person behind an account holds, on whatever account, a post of another family than that of the post `p`. */
function hasOtherDuties(officerId: string, day: PlainDate, which = Prisma.empty): Prisma.Sql {
  return Prisma.sql`EXISTS (
    SELECT FROM officer mine JOIN officer eo ON ${personSql('eo')} = ${personSql('mine')}
    JOIN post_holding e ON e."officerId" = eo.id JOIN post ep ON ep.id = e."postId"
    WHERE mine.id = ${Prisma.raw(officerId)} AND eo."disabledAt" IS NULL AND ${heldOn('e', day)}
      AND ${familySql('ep')} <> ${familySql('p')} ${which}
  )`
}

/** Who fills a post on a day, so that something may be expected of them: neither disabled nor away. */
export function presentOn(day: PlainDate): Prisma.Sql {
  return Prisma.sql`(
    SELECT DISTINCT s."postId", s."officerId" FROM ${seatedOn(day)} s JOIN officer o ON o.id = s."officerId"
    WHERE o."disabledAt" IS NULL AND NOT EXISTS (SELECT FROM absence a WHERE a."officerId" = s."officerId"
      AND (s."standsInFor" IS NOT NULL OR a."postId" = s."postId") AND ${awayOn('a', day)})
  )`
}

/** True of a dated row, by its name in the query, that is in force on a day: a holding, a jurisdiction, a relative. */
export function heldOn(name: string, day: PlainDate): Prisma.Sql {
  const row = Prisma.raw(name)
  const on = rowOfDay(day)
  return Prisma.sql`${row}."effectiveFrom" <= ${on} AND (${row}."effectiveTo" IS NULL OR ${row}."effectiveTo" >= ${on})`
}

/** True of an absence, by its name in the query, that counts on a day. */
export function awayOn(name: string, day: PlainDate): Prisma.Sql {
  const absence = Prisma.raw(name)
  const on = rowOfDay(day)
  return Prisma.sql`${absence}."fromOn" <= ${on} AND LEAST(${absence}."throughOn", ${absence}."endedOn") >= ${on}`
}
