import type { Instant } from '../../../domain/time/plain-date.ts'
import type { Db } from '../../client.ts'
import { rowOfInstant } from '../system/rows.ts'

/** Accounts between the county's budget and the household. */
export const accounts = ['BUDGET', 'RELEASED', 'HOUSEHOLDS'] as const
export type Account = (typeof accounts)[number]

/**
 * Moves an amount between two accounts as one balanced entry. The entry id is made from the instruction and the kind of
 * move, so that a second telling of the same news posts nothing.
 */
export async function post(
  db: Db,
  move: {
    kind: 'RELEASE' | 'PAY' | 'RETURN'
    instructionId: string
    countyId: string
    from: Account
    to: Account
    amountFen: bigint
    at: Instant
  },
): Promise<void> {
  const entry = {
    entryId: `${move.instructionId}#${move.kind}`,
    instructionId: move.instructionId,
    countyId: move.countyId,
    postedAt: rowOfInstant(move.at),
  }
  await db.journalPosting.createMany({
    data: [
      { ...entry, line: 1, account: move.from, amountFen: -move.amountFen },
      { ...entry, line: 2, account: move.to, amountFen: move.amountFen },
    ],
    skipDuplicates: true,
  })
}
