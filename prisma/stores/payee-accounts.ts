import type { Instant } from '../../domain/time/plain-date.ts'
import type { Archive, Db } from '../client.ts'
import { rowOfInstant } from './rows.ts'

type Sealed = Pick<Archive, 'cipher'> & { db: Db }

const place = (rowId: string) => ({ table: 'payee_account', column: 'numberCipher', rowId })

/** The account into which a household wants to be paid. A new account is a new row; payments say which they used. */
export type NewPayeeAccount = {
  accountId: string
  caseId: string
  countyId: string
  holderName: string
  bankName: string
  accountNumber: string
  now: Instant
}

export async function keepPayeeAccount({ db, cipher }: Sealed, account: NewPayeeAccount): Promise<void> {
  const { accountId, caseId, countyId, holderName, bankName, accountNumber } = account
  await db.payeeAccount.createMany({
    data: [
      {
        id: accountId,
        caseId,
        countyId,
        holderName,
        bankName,
        numberCipher: cipher.seal(accountNumber, place(accountId)),
        numberIndex: cipher.blindIndex('payee_account.number', accountNumber),
        numberTail: accountNumber.slice(-4),
        createdAt: rowOfInstant(account.now),
      },
    ],
    skipDuplicates: true,
  })
}

/** @throws when the account or its row is not there: nobody is paid into a guess. */
export async function getPayeeAccount({ db, cipher }: Sealed, accountId: string) {
  const row = await db.payeeAccount.findUniqueOrThrow({ where: { id: accountId } })
  return { holderName: row.holderName, accountNumber: cipher.open(row.numberCipher, place(accountId)) }
}
