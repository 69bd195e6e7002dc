import { type HouseholdTies, type Recusal, recusalOf } from '../../../domain/matter/recusal.ts'
import type { PlainDate } from '../../../domain/time/plain-date.ts'
import type { Db } from '../../client.ts'
import { Prisma } from '../../generated/client.ts'
import { accountsOf, personSql } from '../staff/duties.ts'
import { heldOn } from '../staff/post-fillings.ts'

/** Whoever asks has to keep away from this case; `code` is the refusal that says why. */
export class Recused extends Error {
  override readonly name = 'Recused'
  readonly code: Recusal
  constructor(code: Recusal) {
    super(code)
    this.code = code
  }
}

/** @throws Recused for a member of the household or a relative of one. */
export async function refuseRecused(db: Db, about: { officerId: string; matterId: string; today: PlainDate }) {
  const [ties] = await db.$queryRaw<[HouseholdTies]>`SELECT ${tiesSql(about)}`
  const recusal = recusalOf(ties)
  if (recusal !== null) throw new Recused(recusal)
}

/** Two columns that say what ties an officer to the household of a case: `HouseholdTies`. */
export function tiesSql(about: { officerId: string; matterId: string; today: PlainDate }): Prisma.Sql {
  const { officerId, matterId, today } = about
  return Prisma.sql`
    EXISTS (SELECT FROM officer o JOIN person_identity i ON i."numberIndex" = o."identityIndex"
      JOIN matter_person c ON c."personId" = i."personId"
      WHERE o.id = ${officerId} AND c."matterId" = ${matterId}) AS "memberOfHousehold",
    EXISTS (SELECT FROM officer_relative r JOIN person_identity i ON i."numberIndex" = r."identityIndex"
      JOIN matter_person c ON c."personId" = i."personId" JOIN ${accountsOf(officerId)} own ON own.id = r."officerId"
      WHERE c."matterId" = ${matterId} AND ${heldOn('r', today)}) AS "relativeOfHousehold"`
}

/** Every case that an officer has to keep away from today, open or closed. They are few: what lists leave out or mask. */
export async function readRecusedCases(db: Db, officerId: string, today: PlainDate): Promise<string[]> {
  const rows = await db.$queryRaw<{ matterId: string }[]>`
    SELECT DISTINCT c."matterId" FROM (${kinSql(Prisma.sql`(${officerId})`, today)}) k
    JOIN person_identity i ON i."numberIndex" = k.index JOIN matter_person c ON c."personId" = i."personId"`
  return rows.map(({ matterId }) => matterId)
}

/** Every officer who has to keep away from a case today, on whatever post. */
export async function readRecusedOfficers(db: Db, matterId: string, today: PlainDate): Promise<string[]> {
  const rows = await db.$queryRaw<{ officerId: string }[]>`
    SELECT DISTINCT k."officerId" FROM matter_person c JOIN person_identity i ON i."personId" = c."personId"
    JOIN (${everybodysKinSql(today)}) k ON k.index = i."numberIndex" WHERE c."matterId" = ${matterId}`
  return rows.map(({ officerId }) => officerId)
}

/** The look-up values of all officers and of their relatives filed today. */
export function everybodysKinSql(today: PlainDate): Prisma.Sql {
  return Prisma.sql`
    SELECT o.id AS "officerId", o."identityIndex" AS index FROM officer o WHERE o."identityIndex" IS NOT NULL
    UNION ALL
    SELECT k."officerId", k.index FROM (${relativesSql(today)}) k`
}

/** Officers of a parenthesised list or query, each with the look-up values of themselves and of relatives filed today. */
export function kinSql(officers: Prisma.Sql, today: PlainDate): Prisma.Sql {
  return Prisma.sql`
    SELECT o.id AS "officerId", o."identityIndex" AS index FROM officer o
    WHERE o."identityIndex" IS NOT NULL AND o.id IN ${officers}
    UNION
    SELECT k."officerId", k.index FROM (${relativesSql(today)}) k WHERE k."officerId" IN ${officers}`
}

/** The relatives filed today, for every account of the person who filed them. */
function relativesSql(today: PlainDate): Prisma.Sql {
  return Prisma.sql`
    SELECT mine.id AS "officerId", r."identityIndex" AS index FROM officer_relative r
    JOIN officer filed ON filed.id = r."officerId" JOIN officer mine ON ${personSql('mine')} = ${personSql('filed')}
    WHERE ${heldOn('r', today)}`
}
