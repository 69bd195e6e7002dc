import type { Refusal } from '../../matter/refusals.ts'
import type { PlainDate } from '../../time/plain-date.ts'
import { openStatuses } from './civil-status.ts'
import {
  barredFromAgreeingAccount,
  barredFromPreparing,
  barredFromReleasing,
  isAccountInQuestion,
} from './judge-payment.ts'
import { barredByStatus, barredFromEnding } from './judge-status.ts'
import { refuse } from './refusals.ts'
import { type CaseState, owesCountyVisit, pendingSources } from './state.ts'
import type { CaseAct } from './words.ts'

/** Who would act, and on which day. */
type Actor = { officerId: string; today: PlainDate }

/** What stands in the way of acts that the stage allows, as far as it is known before their forms are filled in. */
export function hindrances(state: CaseState, { officerId, today }: Actor): Partial<Record<CaseAct, Refusal>> {
  const status = barredByStatus(state)
  const found: Partial<Record<CaseAct, Refusal | undefined>> = {
    COMPLETE_SURVEY: state.investigatorIds.length === 0 ? refuse('surveyNotBegun') : undefined,
    SIGN_SURVEY: state.owedSignatures.some((owed) => owed.officerId === officerId)
      ? undefined
      : refuse('noSignatureOwed'),
    ASK_REGISTERS: areRegistersUnderWay(state) ? refuse('matchingUnderway') : undefined,
    POST_NOTICE: barredFromPosting(state),
    GIVE_OPINION: status,
    REVIEW_FILE: status,
    CONFIRM: barredFromConfirming(state) ?? status,
    REFUSE: status,
    VISIT_HOUSEHOLD:
      state.countyVisitedOn === null ? undefined : refuse('countyVisited', { visitedOn: state.countyVisitedOn }),
    EXTEND: state.extended ? refuse('alreadyExtended') : undefined,
    EXPLAIN_ACCOUNT: barredFromExplaining(state),
    SETTLE_STATUS: openStatuses(state).length === 0 ? refuse('civilStatusNotOpen') : undefined,
    END_BENEFIT: barredFromEnding(state),
    CORRECT_ACCOUNT: isAccountInQuestion(state) ? undefined : refuse('accountNotInQuestion'),
    AGREE_ACCOUNT: barredFromAgreeingAccount(state, officerId),
    PREPARE_PAYMENT: barredFromPreparing(state),
    RELEASE_PAYMENT: barredFromReleasing(state, today),
  }
  return Object.fromEntries(Object.entries(found).filter(([, refusal]) => refusal !== undefined))
}

/** Acts that are not even shown while something stands in their way: most applications never have a use for them. */
export const hiddenWhenHindered: readonly CaseAct[] = [
  'SIGN_SURVEY',
  'EXPLAIN_ACCOUNT',
  'SETTLE_STATUS',
  'END_BENEFIT',
  'EXTEND',
  'AGREE_ACCOUNT',
]

function areRegistersUnderWay(state: CaseState): boolean {
  return state.matching === null || state.matchingOwed || pendingSources(state).length > 0
}

function barredFromPosting({ noticeThroughDay }: CaseState): Refusal | undefined {
  return noticeThroughDay === null ? undefined : refuse('noticeAlreadyPosted', { throughDay: noticeThroughDay })
}

function barredFromConfirming(state: CaseState): Refusal | undefined {
  if (!state.noticeHeld) return refuse('noticeNotHeld')
  return owesCountyVisit(state) ? refuse('countyVisitMissing') : undefined
}

function barredFromExplaining({ accountId, explainedAccountIds }: CaseState): Refusal | undefined {
  if (accountId === null) return refuse('accountChangedSinceSeen')
  return explainedAccountIds.includes(accountId) ? refuse('accountExplained') : undefined
}
