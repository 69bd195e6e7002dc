import { cardNumberWarning } from '../../domain/household/bank-account.ts'
import { accountKindLabels } from '../../domain/labels.ts'
import type { AccountKind } from '../../domain/vocabulary.ts'
import { findAccountTail } from '../../prisma/stores/matter/case-status.ts'
import type { CaseView } from './case-contract.ts'

/** An account as a case shows it: all of its number but the end left out, with what speaks against it. */
export async function accountView(
  db: Parameters<typeof findAccountTail>[0],
  accountId: string,
): Promise<CaseView['household']['account']> {
  const account = await findAccountTail(db, accountId)
  if (account === null) return null
  const { kind, numberLooksWrong, ...shown } = account
  return {
    ...shown,
    kindLabel: accountKindLabels[kind as AccountKind],
    warning: numberLooksWrong ? cardNumberWarning : null,
  }
}
