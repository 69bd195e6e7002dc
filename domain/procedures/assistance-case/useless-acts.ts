import { isPayeeGone, openStatuses } from './civil-status.ts'
import type { CaseState } from './state.ts'
import type { CaseAct } from './words.ts'

/** Acts that a stage allows and of which the application as it stands has no use. */
export function uselessActs(state: CaseState, officerId: string): CaseAct[] {
  const useless: Partial<Record<CaseAct, boolean>> = {
    SIGN_SURVEY: !state.owedSignatures.some((owed) => owed.officerId === officerId),
    EXPLAIN_ACCOUNT: state.accountId === null || state.explainedAccountIds.includes(state.accountId),
    SETTLE_STATUS: openStatuses(state).length === 0,
    END_BENEFIT: !isPayeeGone(state),
    EXTEND: state.extended,
    AGREE_ACCOUNT: state.proposedAccount?.checked !== 'MATCHES',
  }
  return (Object.keys(useless) as CaseAct[]).filter((act) => useless[act] === true)
}
