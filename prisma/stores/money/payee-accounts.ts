import { looksUnlikeACard, tailOfAccountNumber } from '../../../domain/household/bank-account.ts'
import type { Instant } from '../../../domain/time/plain-date.ts'
import type { AccountKind } from '../../../domain/vocabulary.ts'
import type { FieldCipher } from '../../../platform/field-cipher.ts'
import type { Archive, Db } from '../../client.ts'
import type { PayeeAccount } from '../../generated/client.ts'
import { rowOfInstant } from '../system/rows.ts'

type Sealed = Pick<Archive, 'cipher'> & { db: Db }

export const keeperPurpose = 'payee_account.keeper'

const keeperPlace = (rowId: string) => ({ table: 'payee_account', column: 'keeperCipher', rowId })
const place = (rowId: string) => ({ table: 'payee_account', column: 'numberCipher', rowId })

/** The account into which a household wants to be paid. A new account is a new row; payments say which they used. */
export type NewPayeeAccount = {
  accountId: string
  matterId: string
  countyId: string
  holderName: string
  nameAtBank?: string | undefined
  kind?: AccountKind | undefined
  bankName: string
  accountNumber: string
  keeper?: Keeper | undefined
  now: Instant
}

/** Who keeps card or passbook for the holder (代管), and since when it is agreed. */
export type Keeper = { name: string; identityNumber: string; relation: string; agreedOn: string }

export async function keepPayeeAccount({ db, cipher }: Sealed, account: NewPayeeAccount): Promise<void> {
  const { accountId, matterId, countyId, holderName, nameAtBank, kind = 'CARD', bankName, accountNumber } = account
  await db.payeeAccount.createMany({
    data: [
      {
        id: accountId,
        matterId,
        countyId,
        holderName,
        nameAtBank: nameAtBank ?? null,
        kind,
        numberLooksWrong: looksUnlikeACard(accountNumber, kind),
        bankName,
        numberCipher: cipher.seal(accountNumber, place(accountId)),
        numberIndex: cipher.blindIndex('payee_account.number', accountNumber),
        numberTail: tailOfAccountNumber(accountNumber),
        ...(account.keeper === undefined ? {} : keptBy(cipher, accountId, account.keeper)),
        createdAt: rowOfInstant(account.now),
      },
    ],
    skipDuplicates: true,
  })
}

function keptBy(cipher: FieldCipher, accountId: string, keeper: Keeper) {
  return {
    keeperCipher: cipher.seal(JSON.stringify(keeper), keeperPlace(accountId)),
    keeperIndex: cipher.blindIndex(keeperPurpose, keeper.identityNumber),
  }
}

/** The keeper of an account; null where its holder keeps it. */
export async function findKeeper({ db, cipher }: Sealed, accountId: string): Promise<Keeper | null> {
  const row = await db.payeeAccount.findUnique({ where: { id: accountId }, select: { keeperCipher: true } })
  return row?.keeperCipher ? (JSON.parse(cipher.open(row.keeperCipher, keeperPlace(accountId))) as Keeper) : null
}

/** @throws when the account or its row is not there: nobody is paid into a guess. */
export async function getPayeeAccount({ db, cipher }: Sealed, accountId: string): Promise<OpenAccount> {
  return openAccount(cipher, await db.payeeAccount.findUniqueOrThrow({ where: { id: accountId } }))
}

/** An account of this case in clear, with its bank; null when there is none of that id. */
export async function findPayeeAccount({ db, cipher }: Sealed, matterId: string, accountId: string) {
  const row = await db.payeeAccount.findFirst({ where: { id: accountId, matterId } })
  return row === null ? null : { ...openAccount(cipher, row), bankName: row.bankName }
}

/** An account as it is paid into, in clear; the holder by the name that the bank knows. */
export type OpenAccount = { accountId: string; holderName: string; accountNumber: string }

/**
 * Stands for holder and number of an account where neither may be written. Keyed: whoever has only the archive can neither
 * guess a number from it nor make one that fits another account.
 */
export function accountDigest(cipher: FieldCipher, account: OpenAccount): string {
  return textOfDigest(cipher.blindIndex(digestPurpose, digestText(account)))
}

/** True when a digest stands for this account, under any key that is on the ring. */
export function isAccountDigest(cipher: FieldCipher, digest: string, account: OpenAccount): boolean {
  return cipher.blindIndexCandidates(digestPurpose, digestText(account)).some((one) => textOfDigest(one) === digest)
}

/** The digest of an account of this case; null when there is none of that id. */
export async function findAccountDigest(archive: Sealed, matterId: string, accountId: string): Promise<string | null> {
  const row = await archive.db.payeeAccount.findFirst({ where: { id: accountId, matterId } })
  return row === null ? null : accountDigest(archive.cipher, openAccount(archive.cipher, row))
}

export function openAccount(
  cipher: FieldCipher,
  row: Pick<PayeeAccount, 'id' | 'holderName' | 'nameAtBank' | 'numberCipher'>,
): OpenAccount {
  const accountNumber = cipher.open(row.numberCipher, place(row.id))
  return { accountId: row.id, holderName: row.nameAtBank ?? row.holderName, accountNumber }
}

export function textOfDigest(digest: Uint8Array): string {
  return Buffer.from(digest).toString('base64url')
}

const digestPurpose = 'payee_account.digest'

function digestText({ accountId, holderName, accountNumber }: OpenAccount): string {
  return JSON.stringify([1, accountId, holderName, accountNumber])
}
