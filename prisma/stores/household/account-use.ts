import type { AccountUse } from '../../../domain/procedures/assistance-case/circumstances.ts'
import type { ActingOfficer } from '../../../domain/matter/circumstances.ts'
import type { Archive, Db } from '../../client.ts'
import { Prisma } from '../../generated/client.ts'
import { lookUpValuesSql } from '../system/look-up-values.ts'
import { findKeeper, getPayeeAccount, keeperPurpose } from '../money/payee-accounts.ts'

type Sealed = Pick<Archive, 'cipher'> & { db: Db }
type OfCase = { matterId: string; countyId: string; accountId: string }

/** Who else in the county is paid by the account of a case, and by the hand that keeps it. */
export async function readAccountUse(
  archive: Sealed,
  { matterId, countyId, accountId }: OfCase,
): Promise<Omit<AccountUse, 'otherCounty'>> {
  const { db, cipher } = archive
  const keeper = await findKeeper(archive, accountId)
  const kept =
    keeper === null
      ? 0
      : await householdsOf(
          db,
          'keeperIndex',
          cipher.blindIndexCandidates(keeperPurpose, keeper.identityNumber),
          countyId,
        )
  const sharing = await householdsOf(db, 'numberIndex', await numberIndexesOf(archive, accountId), countyId, matterId)
  return {
    households: sharing,
    keptHouseholds: kept,
    agreementMissing: keeper !== null && !(await hasAgreement(db, matterId)),
  }
}

/** An office of another county where the account is named. The database writes down who asked. */
export async function findAccountElsewhere(
  archive: Sealed,
  { matterId, accountId }: Pick<OfCase, 'matterId' | 'accountId'>,
  { officerId, officeId, role }: ActingOfficer,
): Promise<string | null> {
  const indexes = lookUpValuesSql(await numberIndexesOf(archive, accountId))
  const [found] = await archive.db.$queryRaw<{ office: string | null }[]>`
    SELECT account_in_other_county(${matterId}, ${officerId}, ${officeId}, ${role}, ${indexes}) AS office`
  return found?.office ?? null
}

async function numberIndexesOf(archive: Sealed, accountId: string): Promise<Uint8Array[]> {
  const { accountNumber } = await getPayeeAccount(archive, accountId)
  return archive.cipher.blindIndexCandidates('payee_account.number', accountNumber)
}

/** Households with an open case or a benefit whose accounts have one of these look-up values. */
async function householdsOf(
  db: Db,
  column: 'numberIndex' | 'keeperIndex',
  indexes: readonly Uint8Array[],
  countyId: string,
  exceptCaseId: string | null = null,
): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>`
    SELECT count(DISTINCT c.id)::int AS count FROM payee_account a JOIN matter c ON c.id = a."matterId"
    LEFT JOIN benefit b ON b."matterId" = c.id
    WHERE a.${Prisma.raw(`"${column}"`)} = ANY(${lookUpValuesSql(indexes)}) AND a."countyId" = ${countyId}
      AND c.version > 0 AND (c."closedAt" IS NULL OR b.active) AND c.id IS DISTINCT FROM ${exceptCaseId}`
  return row?.count ?? 0
}

async function hasAgreement(db: Db, matterId: string): Promise<boolean> {
  return (await db.paper.count({ where: { matterId, evidenceKind: 'AGREEMENT', erasedAt: null } })) > 0
}
