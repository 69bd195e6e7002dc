import type { PlainDate } from '../time/plain-date.ts'
import type { Action, Role } from '../vocabulary.ts'
import { type CaseState, registeredWait } from './case-state.ts'
import { isPayeeGone, openStatuses } from './civil-status.ts'
import { actionsFor } from './permitted-actions.ts'

/**
 * What an officer is offered: of the acts that the stage allows to the role, those that the case as it stands has a use
 * for. A courtesy to whoever looks for the button; the judge alone decides.
 */
export function offeredActions(
  state: CaseState,
  { officerId, role, officeId, today }: { officerId: string; role: Role; officeId: string; today: PlainDate },
): Action[] {
  const waits = registeredWait(state, today) !== undefined
  const { order } = state
  const useless: Partial<Record<Action, boolean>> = {
    AWAIT: waits,
    END_WAITING: !waits,
    SIGN_SURVEY: !state.owedSignatures.some((owed) => owed.officerId === officerId),
    EXPLAIN_ACCOUNT: state.accountId === null || state.explainedAccountIds.includes(state.accountId),
    SETTLE_STATUS: openStatuses(state).length === 0,
    END_BENEFIT: !isPayeeGone(state),
    EXTEND: state.extended,
    ISSUE_ORDER: order !== null,
    ANSWER_ORDER: order === null || order.answered || order.officeId !== officeId,
    CLOSE_ORDER: order === null,
    AGREE_ACCOUNT: state.proposedAccount?.checked !== 'MATCHES',
  }
  return actionsFor(state.stage, role).filter((action) => useless[action] !== true)
}
