import { hasPaper } from '../../matter/circumstances.ts'
import type { CaseState } from './state.ts'
import type { CaseCircumstances, CaseVerdict } from './circumstances.ts'
import type { CaseCommand } from './details.ts'
import type { Refusal } from '../../matter/refusals.ts'
import { refuse } from './refusals.ts'

/** One account, or one hand that keeps accounts, for several households (57 Art. 26). */
export function judgeAccountUse(command: CaseCommand, state: CaseState, circumstances: CaseCircumstances): CaseVerdict {
  if (command.action !== 'EXPLAIN_ACCOUNT') return refuse('notPermittedAtThisStage', { stage: state.stage })
  const { accountId } = command.details
  if (accountId !== state.accountId) return refuse('accountChangedSinceSeen')
  if (state.explainedAccountIds.includes(accountId)) return refuse('accountExplained')
  if (!hasPaper(circumstances, 'REASON')) return refuse('paperMissing', { paper: 'REASON' })
  return { type: 'ACCOUNT_EXPLAINED', data: { accountId } }
}

/**
 * Nobody agrees to a household or releases a payment past an account that pays others, too, or a hand that keeps more than
 * the place lets it, before somebody has signed why; never past a keeper without an agreement.
 */
export function barredByAccountUse(
  state: CaseState,
  { accountUse, parameters }: CaseCircumstances,
): Refusal | undefined {
  if (accountUse === null) return undefined
  const { households, otherCounty, keptHouseholds, agreementMissing } = accountUse
  if (agreementMissing) return refuse('keeperAgreementMissing')
  const keepsMany = keptHouseholds > parameters.mostHouseholdsOfKeeper()
  const explained = state.accountId !== null && state.explainedAccountIds.includes(state.accountId)
  if (explained || (households === 0 && otherCounty === null && !keepsMany)) return undefined
  return refuse('accountShared', {
    households,
    ...(otherCounty === null ? {} : { office: otherCounty }),
    ...(keepsMany ? { keptHouseholds } : {}),
  })
}
