import { refuse } from '../../domain/matter/refusals.ts'
import { isCaseClosed } from '../../prisma/stores/matter/case-status.ts'
import { lockCase } from '../../prisma/stores/matter/lock-matter.ts'
import type { inOneTransaction } from '../../prisma/stores/system/transaction.ts'
import { refusal } from '../http/problem.ts'

type Tx = Parameters<Parameters<typeof inOneTransaction>[1]>[0]

/** Closed is closed: nothing is added to the file any more. Under the case's lock, so that it is not closed meanwhile. */
export async function refuseClosed(db: Tx, matterId: string): Promise<void> {
  await lockCase(db, matterId)
  if (await isCaseClosed(db, matterId)) throw refusal(refuse('caseClosed'))
}
