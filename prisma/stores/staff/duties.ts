import { familyOf, refuseSecondFamily } from '../../../domain/staff/duty-families.ts'
import { StaffRefused } from '../../../domain/staff/staff-refusals.ts'
import type { PlainDate } from '../../../domain/time/plain-date.ts'
import { type DutyFamily, type Role, roles } from '../../../domain/vocabulary.ts'
import type { Db } from '../../client.ts'
import { Prisma } from '../../generated/client.ts'
import { rowOfDay } from '../system/rows.ts'

/** Days, without end where `throughOn` is null. */
export type Days = { fromOn: PlainDate; throughOn: PlainDate | null }

/** The person behind an account, by its name in the query: whoever has its identity, or the account itself. */
export function personSql(officer: string): Prisma.Sql {
  return Prisma.raw(`COALESCE(encode(${officer}."identityIndex", 'hex'), ${officer}.id)`)
}

/** All accounts of the person behind one. */
export function accountsOf(officerId: string): Prisma.Sql {
  return Prisma.sql`(SELECT mine.id FROM officer me JOIN officer mine ON ${personSql('mine')} = ${personSql('me')}
    WHERE me.id = ${officerId})`
}

/** The family of duties of a post, by its name in the query: `domain/staff/duty-families.ts` as an expression. */
export function familySql(post: string): Prisma.Sql {
  return Prisma.raw(`(CASE ${post}.role::text ${cases} END)`)
}

const cases = roles.map((role) => `WHEN '${role}' THEN '${familyOf[role]}'`).join(' ')

/** The person behind each of these accounts. Who is not there is a person of their own, like who has no identity. */
export async function personsOf(db: Db, officerIds: readonly string[]): Promise<(officerId: string) => string> {
  const rows = await db.$queryRaw<{ id: string; person: string }[]>`
    SELECT o.id, ${personSql('o')} AS person FROM officer o WHERE o.id = ANY(${[...officerIds]})`
  const persons = new Map(rows.map(({ id, person }) => [id, person]))
  return (officerId) => persons.get(officerId) ?? officerId
}

/**
 * The families in which a person has duties on any of these days, as holder or agreed stand-in, on this account or on
 * any other of theirs that is not disabled.
 */
export async function familiesOf(db: Db, officerId: string, { fromOn, throughOn }: Days): Promise<Set<DutyFamily>> {
  const from = rowOfDay(fromOn)
  const until = throughOn === null ? Prisma.sql`'infinity'::date` : Prisma.sql`${rowOfDay(throughOn)}::date`
  const rows = await db.$queryRaw<{ family: DutyFamily }[]>`
    SELECT DISTINCT ${familySql('p')} AS family
    FROM officer me JOIN officer o ON ${personSql('o')} = ${personSql('me')} AND (o."disabledAt" IS NULL OR o.id = me.id)
    JOIN (
      SELECT "officerId", "postId", "effectiveFrom" AS "fromOn", COALESCE("effectiveTo", 'infinity') AS "throughOn"
      FROM post_holding
      UNION ALL
      SELECT "standInId", "postId", "fromOn", LEAST("throughOn", "endedOn") FROM absence WHERE "standInAgreedBy" IS NOT NULL
    ) duty ON duty."officerId" = o.id AND duty."fromOn" <= ${until} AND duty."throughOn" >= GREATEST(${from}::date, duty."fromOn")
    JOIN post p ON p.id = duty."postId"
    WHERE me.id = ${officerId} ORDER BY family`
  return new Set(rows.map(({ family }) => family))
}

/** Why somebody cannot have a post of a role on these days as well, or null: nobody unknown, nobody with other duties. */
export async function findOtherDuties(
  db: Db,
  { officerId, role, ...days }: Days & { officerId: string; role: Role },
): Promise<StaffRefused | null> {
  await lockPerson(db, officerId)
  const officer = await db.officer.findUnique({ where: { id: officerId }, select: { identityIndex: true } })
  if (officer !== null && officer.identityIndex === null) return new StaffRefused('identityNotRecorded')
  return refuseSecondFamily(role, await familiesOf(db, officerId, days))
}

/** @throws StaffRefused for who cannot have a post of a role on these days as well */
export async function refuseOtherDuties(db: Db, asked: Days & { officerId: string; role: Role }): Promise<void> {
  const refused = await findOtherDuties(db, asked)
  if (refused !== null) throw refused
}

/** Whatever somebody has from a day on lies within one family of duties. @throws StaffRefused */
export async function refuseTwoFamilies(db: Db, officerId: string, fromOn: PlainDate): Promise<void> {
  await lockPerson(db, officerId)
  const [held, asked] = await familiesOf(db, officerId, { fromOn, throughOn: null })
  if (held !== undefined && asked !== undefined) throw new StaffRefused('otherFamilyOfDuties', { held, asked })
}

/** Of two changes of one person's duties at the same moment, in whatever registers, one is looked at after the other. */
async function lockPerson(db: Db, officerId: string): Promise<void> {
  const personOf = await personsOf(db, [officerId])
  await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`duties:${personOf(officerId)}`}))`
}
