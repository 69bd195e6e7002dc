import type { IdentityNumber } from '../../domain/household/identity-number.ts'
import type { Archive } from '../client.ts'
import { Prisma } from '../generated/client.ts'
import { lookUpValuesSql } from './look-up-values.ts'
import { nameIndexesOf } from './member-names.ts'
import { numberIndexesOf } from './persons.ts'
import { type CaseScope, withinScopeSql } from './scope.ts'

/** What a case is looked for by. */
export type SoughtBy = { caseNumber: string } | { name: string } | { identityNumber: IdentityNumber }

/** Ids of cases within a scope, the latest first. Names and numbers are found by what stands for them, and opened nowhere. */
export async function searchCases(
  { db, cipher }: Pick<Archive, 'db' | 'cipher'>,
  by: SoughtBy,
  { scope, take }: { scope: CaseScope; take: number },
): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT c.id FROM assistance_case c WHERE ${found(by)} AND ${withinScopeSql(scope)}
    ORDER BY c."createdAt" DESC, c.id LIMIT ${take}`
  return rows.map(({ id }) => id)

  function found(sought: SoughtBy): Prisma.Sql {
    if ('caseNumber' in sought) return Prisma.sql`c."caseNumber" = ${sought.caseNumber}`
    if ('name' in sought)
      return Prisma.sql`c.id IN (SELECT "caseId" FROM case_person
        WHERE "nameIndex" = ANY(${lookUpValuesSql(nameIndexesOf(cipher, sought.name))}))`
    return Prisma.sql`c.id IN (SELECT p."caseId" FROM person_identity i JOIN case_person p ON p."personId" = i."personId"
      WHERE i."numberIndex" = ANY(${lookUpValuesSql(numberIndexesOf(cipher, sought.identityNumber))}))`
  }
}
