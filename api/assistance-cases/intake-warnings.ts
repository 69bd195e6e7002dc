import { cardNumberWarning, looksUnlikeACard } from '../../domain/household/bank-account.ts'
import { implausibleIn, type Warning } from '../../domain/household/implausible.ts'
import type { PlainDate } from '../../domain/time/plain-date.ts'
import type { ApplicationIntake } from './act-contract.ts'

/** What a clerk looks at again in an application that is taken all the same. */
export function warningsOfIntake({ members, bankAccount }: ApplicationIntake, on: PlainDate): Warning[] {
  const looksWrong = looksUnlikeACard(bankAccount.accountNumber, bankAccount.kind)
  return [
    ...implausibleIn(members, on),
    ...(looksWrong ? [{ path: ['bankAccount', 'accountNumber'], message: cardNumberWarning }] : []),
  ]
}
