import { isOpen } from '../../matter/state.ts'
import type { CaseState } from './state.ts'

/** What the procedure owes an application beyond what people do: derived from the log, so that a lost engine starts it anew. */
export const caseDuties = [
  'REQUEST_MATCHING',
  'ASK_MATCHING_CENTRE',
  'CHECK_ACCOUNT',
  'SEND_PAYMENT',
  'ASK_BANK',
] as const
export type CaseDuty = (typeof caseDuties)[number]

/** Duties in the order in which they are met. Asking again is a duty from the instant that the archive names. */
export function dutiesOf(state: CaseState): CaseDuty[] {
  if (!isOpen(state)) return []
  const owed: CaseDuty[] = []
  const gathering = state.stage === 'SURVEY' || state.stage === 'TOWNSHIP_OPINION'
  if (state.matchingOwed || (gathering && state.matching === null)) owed.push('REQUEST_MATCHING')
  else if (state.matching?.answers.some(({ answer }) => answer === 'PENDING')) owed.push('ASK_MATCHING_CENTRE')
  if (state.stage === 'FIRST_PAYMENT' && state.proposedAccount?.checked === null) owed.push('CHECK_ACCOUNT')
  if (state.stage === 'FIRST_PAYMENT' && state.instruction?.state === 'RELEASED') owed.push('SEND_PAYMENT')
  if (state.stage === 'FIRST_PAYMENT' && state.instruction?.state === 'SENT') owed.push('ASK_BANK')
  return owed
}
