import type { IdentityNumber } from '../../../domain/household/identity-number.ts'
import type { Archive } from '../../client.ts'
import { Prisma } from '../../generated/client.ts'
import { lookUpValuesSql } from '../system/look-up-values.ts'
import { nameIndexesOf } from '../household/member-names.ts'
import { numberIndexesOf } from '../household/persons.ts'
import { type CaseScope, withinScopeSql } from './scope.ts'

/** What a case is looked for by. */
export type SoughtBy = { matterNumber: string } | { name: string } | { identityNumber: IdentityNumber }

/** Ids of cases within a scope, the latest first. Names and numbers are found by what stands for them, and opened nowhere. */
export async function searchCases(
  { db, cipher }: Pick<Archive, 'db' | 'cipher'>,
  by: SoughtBy,
  { scope, take }: { scope: CaseScope; take: number },
): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT c.id FROM matter c WHERE ${found(by)} AND ${withinScopeSql(scope)}
    ORDER BY c."createdAt" DESC, c.id LIMIT ${take}`
  return rows.map(({ id }) => id)

  function found(sought: SoughtBy): Prisma.Sql {
    if ('matterNumber' in sought) return Prisma.sql`c.number = ${sought.matterNumber}`
    if ('name' in sought)
      return Prisma.sql`c.id IN (SELECT "matterId" FROM matter_person
        WHERE "nameIndex" = ANY(${lookUpValuesSql(nameIndexesOf(cipher, sought.name))}))`
    return Prisma.sql`c.id IN (SELECT p."matterId" FROM person_identity i JOIN matter_person p ON p."personId" = i."personId"
      WHERE i."numberIndex" = ANY(${lookUpValuesSql(numberIndexesOf(cipher, sought.identityNumber))}))`
  }
}
