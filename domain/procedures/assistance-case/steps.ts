import { close, start, stop, withoutAssignee } from '../../matter/state.ts'
import type { EventOf } from '../../matter/facts.ts'
import type { PlainDate } from '../../time/plain-date.ts'
import type { CaseFacts, GivenAccount, OwedSignature } from './facts.ts'
import { type CaseState, type InstructionStanding, pendingSources, type SourceWord } from './state.ts'

type Step<T extends keyof CaseFacts> = (state: CaseState, event: EventOf<Pick<CaseFacts, T>>) => CaseState

/** What each fact of an application makes of it. */
export const caseSteps: { [T in keyof CaseFacts]: Step<T> } = {
  APPLICATION_SUBMITTED: (state, { data, occurredOn }) =>
    start(
      {
        ...state,
        stage: 'APPLIED',
        appliedOn: occurredOn,
        memberPersonIds: data.memberPersonIds,
        ...givenAccount(data),
      },
      occurredOn,
      'ACCEPTANCE',
    ),

  APPLICATION_RESUBMITTED: (state, { data, occurredOn }) => {
    const stage = state.correctionFor ?? 'APPLIED'
    const back = { ...state, stage, correctionFor: null, ...givenAccount(data) }
    return stage === 'APPLIED' ? start(back, occurredOn, 'ACCEPTANCE') : enterTownship(back, occurredOn)
  },

  CASE_RETURNED: (state, { data, occurredOn }) => {
    const stopped = stop(
      state,
      occurredOn,
      'ACCEPTANCE',
      'SURVEY_START',
      'TOWNSHIP_OPINION',
      'PUBLIC_NOTICE',
      'HANDING_UP',
      'COUNTY_DECISION',
    )
    const back = { ...stopped, stage: data.to, review: null, opinion: null, noticeThroughDay: null, noticeHeld: false }
    // A new survey asks the registers anew: what they said may have run out, or be what has to be mended.
    const anew = {
      ...stop(back, occurredOn, 'MATCHING_REPORT'),
      surveyComplete: false,
      owedSignatures: [],
      investigatorIds: [],
      countyVisitedOn: null,
      matching: null,
      matchingOwed: false,
    }
    switch (data.to) {
      case 'CORRECTION':
        return { ...anew, correctionFor: data.from === 'APPLIED' ? 'APPLIED' : 'SURVEY' }
      case 'SURVEY':
        return enterTownship(anew, occurredOn)
      case 'TOWNSHIP_OPINION':
        return start(back, occurredOn, 'TOWNSHIP_OPINION')
      case 'COUNTY_REVIEW':
        return { ...state, stage: data.to, review: null }
      default:
        return back
    }
  },

  APPLICATION_ACCEPTED: (state, { data, occurredOn }) => {
    const accepted = { ...stop(state, occurredOn, 'ACCEPTANCE'), acceptedOn: occurredOn, delegated: data.delegated }
    return start(enterTownship({ ...accepted, stage: 'SURVEY' }, occurredOn), occurredOn, 'TOTAL')
  },

  MATCHING_REQUESTED: (state, { data, occurredOn }) => ({
    ...start(stop(state, occurredOn, 'MATCHING_REPORT'), occurredOn, 'MATCHING_REPORT'),
    matchingOwed: false,
    matching: {
      matchingRequestId: data.matchingRequestId,
      answers: data.sources.map((source) => ({ source, answer: 'PENDING' as const, answeredAt: null, factIds: [] })),
    },
  }),

  MATCHING_ANSWERED: (state, { data, occurredOn }) => {
    if (state.matching?.matchingRequestId !== data.matchingRequestId) return state
    const answers = state.matching.answers.map((known) => (known.source === data.source ? wordOf(data) : known))
    const answered = { ...state, matching: { ...state.matching, answers } }
    return pendingSources(answered).length > 0 ? answered : stop(answered, occurredOn, 'MATCHING_REPORT')
  },

  // Who belongs to the household no more is asked about no more, and counts no more.
  CIVIL_STATUS_SETTLED: (state, { data }) => ({
    ...state,
    settledStatuses: [...state.settledStatuses, data],
    payeeGone: data.payeeGone === true ? state.accountId : state.payeeGone,
    memberPersonIds:
      data.answer === 'MEMBER_OFF'
        ? state.memberPersonIds.filter((personId) => personId !== data.personId)
        : state.memberPersonIds,
  }),

  MATCHING_RENEWED: (state) => ({ ...state, matchingOwed: true }),

  SURVEY_BEGUN: (state, { data, occurredOn }) => ({
    ...stop(state, occurredOn, 'SURVEY_START'),
    investigatorIds: data.investigatorIds,
    owedSignatures: [],
  }),

  SURVEY_COMPLETED: (state, { data: { stableIncome, signaturesOwed = [] } }) =>
    signedBy({ ...state, stableIncome }, signaturesOwed),

  SURVEY_SIGNED: (state, { data: { officerId } }) =>
    signedBy(
      state,
      state.owedSignatures.filter((owed) => owed.officerId !== officerId),
    ),

  SURVEY_DISPUTED: (state) => ({ ...state, owedSignatures: [] }),

  // A negative opinion goes straight to the county: there is nothing to post about a family that is to get nothing.
  OPINION_GIVEN: (state, { data, occurredOn }) => {
    const given = { ...stop(state, occurredOn, 'TOWNSHIP_OPINION'), opinion: data }
    if (data.agrees) return { ...given, stage: 'PUBLIC_NOTICE' }
    return handOn(given, data, occurredOn)
  },

  NOTICE_POSTED: (state, { data, occurredOn }) => ({
    ...start(state, occurredOn, 'PUBLIC_NOTICE'),
    noticeThroughDay: data.throughDay,
  }),

  NOTICE_ENDED: (state, { data, occurredOn }) => {
    const held = { ...stop(state, occurredOn, 'PUBLIC_NOTICE'), noticeHeld: true }
    return handOn(held, data, occurredOn)
  },

  FILE_HANDED_UP: (state, { occurredOn }) => reachCounty(stop(state, occurredOn, 'HANDING_UP'), occurredOn),

  COUNTY_VISITED: (state, { occurredOn }) => ({ ...state, countyVisitedOn: occurredOn }),

  FILE_REVIEWED: (state, { data }) => ({ ...state, stage: 'COUNTY_CONFIRMATION', review: data }),

  CONFIRMED: (state, { data, occurredOn }) => {
    const { benefitId, firstMonth, nextReviewOn: _reviewIsOfTheBenefit, ...finding } = data
    const decided = stop(state, occurredOn, 'COUNTY_DECISION', 'TOTAL', 'MATCHING_REPORT')
    const confirmed = {
      ...decided,
      matchingOwed: false,
      decision: finding,
      decidedOn: occurredOn,
      benefitId,
      firstMonth,
    }
    return start({ ...confirmed, stage: 'FIRST_PAYMENT' }, occurredOn, 'FIRST_PAYMENT')
  },

  REFUSED: (state, { occurredOn }) => {
    const decided = stop(state, occurredOn, 'COUNTY_DECISION', 'TOTAL', 'MATCHING_REPORT')
    const refused: CaseState = { ...decided, matchingOwed: false, stage: 'REFUSAL_NOTICE', decidedOn: occurredOn }
    return start(refused, occurredOn, 'REFUSAL_NOTICE')
  },

  REFUSAL_SERVED: (state, { occurredOn }) => close(state, 'REFUSED', occurredOn),

  // What was prepared for the account before is void: it is prepared anew, for an account that two have answered for.
  ACCOUNT_CORRECTED: (state, { data, actor }) => {
    if (data.accountDigest === undefined) return usedAtOnce(state, data.accountId)
    const { accountId, accountDigest } = data
    const proposed = { accountId, accountDigest, correctedBy: actor?.officerId ?? null, checked: null }
    const corrected = { ...state, proposedAccount: proposed }
    return state.instruction?.state === 'PREPARED' ? instructed(corrected, 'VOIDED') : corrected
  },

  ACCOUNT_EXPLAINED: (state, { data: { accountId } }) => ({
    ...state,
    explainedAccountIds: [...state.explainedAccountIds, accountId],
  }),

  ACCOUNT_CHECKED: (state, { data: { accountId, result } }) =>
    state.proposedAccount?.accountId === accountId
      ? { ...state, proposedAccount: { ...state.proposedAccount, checked: result } }
      : state,

  ACCOUNT_AGREED: (state) => ({
    ...state,
    accountId: state.proposedAccount?.accountId ?? state.accountId,
    accountDigest: state.proposedAccount?.accountDigest ?? state.accountDigest,
    accountChanged: true,
    proposedAccount: null,
  }),

  PAYMENT_PREPARED: (state, { data }) => ({
    ...withoutAssignee(state, 'FINANCE_OFFICER'),
    instruction: {
      instructionId: data.instructionId,
      lineId: data.lineId,
      issue: data.issue,
      month: data.month,
      amountFen: data.amountFen,
      accountId: state.accountId,
      releasedDigest: null,
      heldFor: [],
      state: 'PREPARED',
    },
  }),

  PAYMENT_RELEASED: (state, { data, occurredOn }) =>
    instructed(stop(state, occurredOn, 'RETURNED_PAYMENT'), 'RELEASED', { releasedDigest: data.digest ?? null }),
  PAYMENT_HELD: (state, { data }) =>
    state.instruction === null ? state : instructed(state, state.instruction.state, { heldFor: data.reasons }),
  PAYMENT_HOLD_ENDED: (state) => (state.instruction === null ? state : instructed(state, state.instruction.state)),
  PAYMENT_SENT: (state) => instructed(state, 'SENT'),
  PAYMENT_PAID: (state, { occurredOn }) => close(instructed(state, 'PAID'), 'GRANTED', occurredOn),
  // Money that comes back after it was paid opens the case again at its payment: somebody must own it until it is paid.
  PAYMENT_RETURNED: (state, { data: { reason }, occurredOn }) => {
    const back = withoutAssignee(instructed(state, 'RETURNED'), 'FINANCE_OFFICER')
    const anew = reason === 'DECEASED' ? { ...back, payeeGone: state.instruction?.accountId ?? state.accountId } : back
    const returned = start(anew, occurredOn, 'RETURNED_PAYMENT')
    return state.outcome === 'GRANTED' ? { ...returned, stage: 'FIRST_PAYMENT', outcome: null } : returned
  },

  LIMIT_EXTENDED: (state) => ({ ...state, extended: true }),

  CASE_WITHDRAWN: (state, { occurredOn }) => close(state, 'WITHDRAWN', occurredOn),

  BENEFIT_ENDED: (state, { occurredOn }) => close(state, 'GRANTED', occurredOn),
}

/** What a source says later takes the place of what it said before. */
function wordOf(said: CaseFacts['MATCHING_ANSWERED']): SourceWord {
  const { source, answer, answeredAt, factIds, doubts, statuses } = said
  return {
    source,
    answer,
    answeredAt,
    factIds,
    ...(doubts === undefined ? {} : { doubts }),
    ...(statuses === undefined ? {} : { statuses }),
  }
}

/** Whoever decides gets the file: the township itself where it may, the county when the township hands it up. */
function handOn(
  state: CaseState,
  { townshipDecides, handUpOwed }: CaseFacts['NOTICE_ENDED'],
  on: PlainDate,
): CaseState {
  if (townshipDecides === true) return { ...state, stage: 'TOWNSHIP_CONFIRMATION' }
  return handUpOwed === true ? oweHandingUp(state, on) : reachCounty(state, on)
}

/** The file is complete, and the township owes handing it up. */
function oweHandingUp(state: CaseState, on: PlainDate): CaseState {
  return start({ ...state, stage: 'HANDING_UP' }, on, 'HANDING_UP')
}

/** The county's days run from the day on which it has the file (57 Art. 20). */
function reachCounty(state: CaseState, on: PlainDate): CaseState {
  return start({ ...state, stage: 'COUNTY_REVIEW' }, on, 'COUNTY_DECISION')
}

/** The township's clocks run again from the day on which the case reached its survey. */
function enterTownship(state: CaseState, on: PlainDate): CaseState {
  return start(state, on, 'SURVEY_START', 'TOWNSHIP_OPINION')
}

/** The survey is complete when every investigator has put their name to the sheet. */
function signedBy(state: CaseState, owedSignatures: OwedSignature[]): CaseState {
  if (owedSignatures.length > 0) return { ...state, owedSignatures }
  return { ...state, owedSignatures, stage: 'TOWNSHIP_OPINION', surveyComplete: true }
}

/** Whatever moves an instruction on ends what held it. */
function instructed(
  state: CaseState,
  standing: InstructionStanding['state'],
  more: Partial<InstructionStanding> = {},
): CaseState {
  if (state.instruction === null) return state
  return { ...state, instruction: { ...state.instruction, heldFor: [], ...more, state: standing } }
}

function givenAccount({ accountId, accountDigest }: GivenAccount): Pick<CaseState, 'accountId' | 'accountDigest'> {
  return { accountId, accountDigest: accountDigest ?? null }
}

/** How an account was put right before it took two: for what was prepared as well. */
function usedAtOnce(state: CaseState, accountId: string): CaseState {
  const corrected = { ...state, accountId, accountDigest: null }
  return state.instruction?.state === 'PREPARED' ? instructed(corrected, 'PREPARED', { accountId }) : corrected
}
