import { assistanceCase } from '../../../../domain/procedures/assistance-case/index.ts'
import { returnTargets } from '../../../../domain/procedures/assistance-case/procedure.ts'
import type { CaseFact } from '../../../../domain/procedures/assistance-case/facts.ts'
import type { CaseState } from '../../../../domain/procedures/assistance-case/state.ts'
import { handingOn } from '../../../../domain/procedures/assistance-case/limits.ts'
import { addDays, instant } from '../../../../domain/time/plain-date.ts'
import { personOf, type Walk } from '../a-matter.ts'
import { inOrder, lookupsInOrder, parameters } from './a-case.ts'

/** Two who visit a household, as the walk calls whoever acts for the first time in a part. */
const handler = personOf('TOWNSHIP_HANDLER', 'HANDLE')
const clerk = personOf('VILLAGE_CLERK', 'HANDLE')

/** Applications in memory: acts in order, registers that answer, a notice that ends, a bank that pays. */
export const walkOfCase: Walk = {
  procedure: assistanceCase,
  // Every other application is of a place that delegates confirmation.
  parametersOf: ({ luck }) => ({ ...parameters, confirmationDelegated: () => luck % 2 === 0 }),
  lookups: ({ parts, state }) => ({
    ...lookupsInOrder(parts),
    investigatorsOfTownship: [
      { officerId: handler, role: 'TOWNSHIP_HANDLER' },
      { officerId: clerk, role: 'VILLAGE_CLERK' },
    ],
    accountUse: null,
    benefitId: `b${state.version}`,
  }),
  detailsOf(action, { state, today, luck }) {
    const { stage, proposedAccount, owedSignatures } = state as CaseState
    switch (action) {
      case 'RETURN': {
        const targets = stage === 'CLOSED' ? [] : returnTargets(stage)
        return { to: targets[luck % Math.max(1, targets.length)] ?? 'CORRECTION' }
      }
      case 'BEGIN_SURVEY':
        return { investigatorIds: [handler, clerk] }
      case 'SIGN_SURVEY':
        return { agrees: owedSignatures.length > 0 }
      case 'GIVE_OPINION':
        return { ...inOrder.GIVE_OPINION, agrees: luck % 3 > 0 }
      case 'AGREE_ACCOUNT':
        return { accountId: proposedAccount?.accountId ?? 'a2' }
      case 'MARK_RISK':
        return { mark: luck % 7 === 0 ? 'COMPLAINT' : 'SAMPLED' }
      case 'AWAIT':
        return { waitsFor: 'HOUSEHOLD', throughDay: addDays(today, 10) }
      default:
        return inOrder[action as keyof typeof inOrder]
    }
  },
  news: (state) => newsOf(state as CaseState),
}

function newsOf({
  stage,
  delegated,
  matching,
  matchingOwed,
  noticeThroughDay,
  instruction,
  proposedAccount,
}: CaseState): CaseFact[] {
  // A closed application asks nothing of anybody.
  if (stage === 'CLOSED') return []
  const facts: CaseFact[] = []
  const settledAt = instant(0)
  if (matchingOwed || (matching === null && stage === 'SURVEY'))
    facts.push({ type: 'MATCHING_REQUESTED', data: { matchingRequestId: 'm1', sources: ['TAX'] } })
  if (matching?.answers.some(({ answer }) => answer === 'PENDING'))
    facts.push({
      type: 'MATCHING_ANSWERED',
      data: { matchingRequestId: 'm1', source: 'TAX', answer: 'NONE_FOUND', answeredAt: settledAt, factIds: [] },
    })
  if (stage === 'PUBLIC_NOTICE' && noticeThroughDay !== null)
    facts.push({ type: 'NOTICE_ENDED', data: handingOn(delegated) })
  if (proposedAccount?.checked === null)
    facts.push({ type: 'ACCOUNT_CHECKED', data: { accountId: proposedAccount.accountId, result: 'MATCHES' } })
  const instructionId = instruction?.instructionId ?? ''
  if (instruction?.state === 'RELEASED') facts.push({ type: 'PAYMENT_SENT', data: { instructionId } })
  if (instruction?.state === 'SENT')
    facts.push(
      { type: 'PAYMENT_PAID', data: { instructionId, settledAt } },
      { type: 'PAYMENT_RETURNED', data: { instructionId, reason: 'OTHER', settledAt } },
      { type: 'PAYMENT_RETURNED', data: { instructionId, reason: 'DECEASED', settledAt } },
    )
  return facts
}
