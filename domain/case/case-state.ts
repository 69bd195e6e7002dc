import type { LimitKey, PausableLimit } from '../policy/step-limits.ts'
import { addDays, dayOf, type Instant, type PlainDate, type PlainMonth } from '../time/plain-date.ts'
import type {
  AccountCheckResult,
  HoldReason,
  MatchingSource,
  Outcome,
  RiskMark,
  Role,
  SourceAnswer,
  Stage,
  SupervisionRung,
  WaitedForParty,
} from '../vocabulary.ts'
import type {
  AnswerDoubts,
  CaseEvent,
  CaseEventData,
  CaseEventType,
  Finding,
  GivenAccount,
  OwedSignature,
  StatedStatus,
} from './case-events.ts'
import { followWaits } from './follow-waits.ts'

/** One run of a limit: a case that comes back starts a new run of the same limit. */
export type LimitRun = { limit: LimitKey; run: number; startedOn: PlainDate; stoppedOn: PlainDate | null }

/** The last word of one source, and when it was given. */
export type SourceWord = {
  source: MatchingSource
  answer: SourceAnswer | 'PENDING'
  answeredAt: Instant | null
  factIds: string[]
  doubts?: AnswerDoubts
  statuses?: StatedStatus[]
}

/** For whom the case waited, from the day after `from` until the end of `through`; no end yet when that is null. */
export type CaseWait = {
  waitsFor: WaitedForParty
  from: PlainDate
  through: PlainDate | null
  pausedLimits: PausableLimit[]
  /** Said by an officer, and not by the course of the case. */
  registered: boolean
}

/** The supervision order (督办单) that is open, and the office that owes an answer. */
export type OrderStanding = {
  orderId: string
  number: number
  officeId: string
  issuedAs: Role
  answered: boolean
}

export type MatchingStanding = {
  matchingRequestId: string
  answers: SourceWord[]
}

export type InstructionStanding = {
  instructionId: string
  lineId: string
  issue: number
  month: PlainMonth
  amountFen: number
  accountId: string | null
  /** What the releaser signed; null before, and where it was released before digests were kept. */
  releasedDigest: string | null
  /** Why it is not sent, while that stands. */
  heldFor: HoldReason[]
  state: 'PREPARED' | 'VOIDED' | 'RELEASED' | 'SENT' | 'PAID' | 'RETURNED'
}

/** An account that was put right after the decision and is not used before another officer has agreed. */
export type ProposedAccount = {
  accountId: string
  accountDigest: string
  correctedBy: string | null
  /** What the bank says of name and number; null until it has answered. */
  checked: AccountCheckResult | null
}

/** What the log of a case adds up to. Derived, never stored as truth; rows that show it are filings of it. */
export type CaseState = {
  version: number
  stage: Stage
  outcome: Outcome | null
  appliedOn: PlainDate | null
  acceptedOn: PlainDate | null
  decidedOn: PlainDate | null
  delegated: boolean
  extended: boolean
  /** The stage that a correction goes back to once the household has mended its application. */
  correctionFor: Stage | null
  memberPersonIds: string[]
  accountId: string | null
  /** Null for an account that was given before digests were kept. */
  accountDigest: string | null
  /** The account is another one than when the county decided: whoever releases looks at it in full. */
  accountChanged: boolean
  proposedAccount: ProposedAccount | null
  investigatorIds: string[]
  surveyComplete: boolean
  /** Investigators who have not signed the sheet that was entered; empty while there is none. */
  owedSignatures: OwedSignature[]
  stableIncome: boolean
  matching: MatchingStanding | null
  /** What was answered to what registers said of persons. */
  settledStatuses: CaseEventData['CIVIL_STATUS_SETTLED'][]
  /** Accounts of which somebody has signed why several households are paid by them or their keeper. */
  explainedAccountIds: string[]
  /** The account whose holder has died: nothing is paid into it, nor into another of theirs. */
  payeeGone: string | null
  /** The registers are to be asked anew, and nobody has yet. */
  matchingOwed: boolean
  opinion: Finding | null
  review: Finding | null
  decision: Finding | null
  benefitId: string | null
  firstMonth: PlainMonth | null
  noticeThroughDay: PlainDate | null
  /** The notice of the standing opinion ran out without objection. */
  noticeHeld: boolean
  instruction: InstructionStanding | null
  limits: LimitRun[]
  breached: { limit: LimitKey; run: number }[]
  /** Rungs of the ladder that each run of a limit has seen. */
  climbed: { limit: LimitKey; run: number; rung: SupervisionRung }[]
  urged: { limit: LimitKey; run: number }[]
  waits: CaseWait[]
  riskMarks: RiskMark[]
  /** Who of a desk was named to act; whoever else fills the post may act all the same. */
  assignees: { role: Role; officerId: string }[]
  order: OrderStanding | null
  ordersIssued: number
  /** The day of the last act, as it happened in life; news and clocks do not count. */
  lastActOn: PlainDate | null
}

export const blankCase: CaseState = {
  version: 0,
  stage: 'APPLIED',
  outcome: null,
  appliedOn: null,
  acceptedOn: null,
  decidedOn: null,
  delegated: false,
  extended: false,
  correctionFor: null,
  memberPersonIds: [],
  accountId: null,
  accountDigest: null,
  accountChanged: false,
  proposedAccount: null,
  investigatorIds: [],
  surveyComplete: false,
  owedSignatures: [],
  stableIncome: false,
  matching: null,
  matchingOwed: false,
  settledStatuses: [],
  explainedAccountIds: [],
  payeeGone: null,
  opinion: null,
  review: null,
  decision: null,
  benefitId: null,
  firstMonth: null,
  noticeThroughDay: null,
  noticeHeld: false,
  instruction: null,
  limits: [],
  breached: [],
  climbed: [],
  urged: [],
  waits: [],
  riskMarks: [],
  assignees: [],
  order: null,
  ordersIssued: 0,
  lastActOn: null,
}

/** The present state of a case: the one fold that archive, counter and screen share. */
export function foldCase(events: readonly CaseEvent[]): CaseState {
  return events.reduce(applyEvent, blankCase)
}

/** The state after one more event. */
export function applyEvent(state: CaseState, event: CaseEvent): CaseState {
  const lastActOn = news.includes(event.type) ? state.lastActOn : later(state.lastActOn, event.occurredOn)
  const step = steps[event.type] as (state: CaseState, event: CaseEvent) => CaseState
  const after = step({ ...state, version: event.seq, lastActOn }, event)
  return followStage(state, followWaits(state, after, event.occurredOn))
}

/** Who was named for a desk was named for the work that lay there. */
function followStage(before: CaseState, after: CaseState): CaseState {
  return before.stage === after.stage || after.assignees.length === 0 ? after : { ...after, assignees: [] }
}

/**
 * What reaches a case from outside, by the clock, from those who watch or by registering a wait: an act may have happened
 * before it and be typed in after.
 */
const news: readonly CaseEventType[] = [
  'MATCHING_REQUESTED',
  'MATCHING_ANSWERED',
  'ACCOUNT_CHECKED',
  'PAYMENT_HELD',
  'PAYMENT_HOLD_ENDED',
  'PAYMENT_SENT',
  'PAYMENT_PAID',
  'PAYMENT_RETURNED',
  'LIMIT_BREACHED',
  'WAITING_BEGUN',
  'WAITING_ENDED',
  'SUPERVISION_RAISED',
  'RISK_MARKED',
  'TASK_ASSIGNED',
  'URGED',
  'ORDER_ISSUED',
  'ORDER_ANSWERED',
  'ORDER_CLOSED',
]

/** True while someone, or something, still has to act. */
export function isOpen(state: CaseState): boolean {
  return state.stage !== 'CLOSED'
}

/** Sources asked that have not said anything yet. */
export function pendingSources(state: CaseState): MatchingSource[] {
  return sourcesWith(state, 'PENDING')
}

/**
 * Sources of which not everything is known: still silent, asked and without an answer, or with something in it that could
 * not be placed or understood. Unknown is never zero.
 */
export function unknownSources(state: CaseState): MatchingSource[] {
  // Whoever has them asked anew no longer goes by what they said.
  if (state.matchingOwed) return (state.matching?.answers ?? []).map(({ source }) => source)
  return [...sourcesWith(state, 'PENDING'), ...sourcesWith(state, 'NO_ANSWER'), ...sourcesInDoubt(state)]
}

/**
 * Sources whose answer may not be relied on any more on a day: it is older than the place lets it be, or one of its facts has
 * run out. Like what is not known it is asked again, or signed for by name.
 */
export function expiredSources(
  { matching }: CaseState,
  {
    on,
    shelfLifeDays,
    validUntil,
  }: { on: PlainDate; shelfLifeDays: number; validUntil: ReadonlyMap<string, PlainDate> },
): MatchingSource[] {
  return (matching?.answers ?? [])
    .filter(({ answeredAt, factIds }) => {
      if (answeredAt === null) return false
      const tooOld = addDays(dayOf(answeredAt), shelfLifeDays) < on
      return tooOld || factIds.some((factId) => (validUntil.get(factId) ?? on) < on)
    })
    .map(({ source }) => source)
}

function sourcesInDoubt({ matching }: CaseState): MatchingSource[] {
  return (matching?.answers ?? []).filter(({ doubts }) => doubts !== undefined).map(({ source }) => source)
}

function sourcesWith(state: CaseState, wanted: SourceAnswer | 'PENDING'): MatchingSource[] {
  return (state.matching?.answers ?? []).filter(({ answer }) => answer === wanted).map(({ source }) => source)
}

type Step<T extends CaseEventType> = (state: CaseState, event: Extract<CaseEvent, { type: T }>) => CaseState

const steps: { [T in CaseEventType]: Step<T> } = {
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
    return data.handUpOwed === true ? oweHandingUp(given, occurredOn) : reachCounty(given, occurredOn)
  },

  NOTICE_POSTED: (state, { data, occurredOn }) => ({
    ...start(state, occurredOn, 'PUBLIC_NOTICE'),
    noticeThroughDay: data.throughDay,
  }),

  NOTICE_ENDED: (state, { data, occurredOn }) => {
    const held = { ...stop(state, occurredOn, 'PUBLIC_NOTICE'), noticeHeld: true }
    return data.handUpOwed === true ? oweHandingUp(held, occurredOn) : reachCounty(held, occurredOn)
  },

  FILE_HANDED_UP: (state, { occurredOn }) => reachCounty(stop(state, occurredOn, 'HANDING_UP'), occurredOn),

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

  LIMIT_BREACHED: (state, { data }) => ({
    ...state,
    breached: [...state.breached, { limit: data.limit, run: data.run }],
    climbed: [...state.climbed, { limit: data.limit, run: data.run, rung: 'URGING' }],
  }),

  LIMIT_EXTENDED: (state) => ({ ...state, extended: true }),

  CASE_WITHDRAWN: (state, { occurredOn }) => close(state, 'WITHDRAWN', occurredOn),

  BENEFIT_ENDED: (state, { occurredOn }) => close(state, 'GRANTED', occurredOn),

  WAITING_BEGUN: (state, { data, occurredOn }) => {
    const { waitsFor, throughDay, pausedLimits } = data
    const wait = { waitsFor, from: occurredOn, through: throughDay, pausedLimits, registered: true }
    return { ...state, waits: [...state.waits, wait] }
  },

  WAITING_ENDED: (state, { occurredOn }) => ({
    ...state,
    waits: state.waits.map((wait) => (isRegistered(wait, occurredOn) ? { ...wait, through: occurredOn } : wait)),
  }),

  RISK_MARKED: (state, { data }) => ({ ...state, riskMarks: [...state.riskMarks, data.mark] }),

  TASK_ASSIGNED: (state, { data: { role, officerId } }) => ({
    ...state,
    assignees: [...state.assignees.filter((named) => named.role !== role), { role, officerId }],
  }),

  SUPERVISION_RAISED: (state, { data }) => ({ ...state, climbed: [...state.climbed, data] }),

  URGED: (state, { data: { limit, run } }) => ({ ...state, urged: [...state.urged, { limit, run }] }),

  ORDER_ISSUED: (state, { data: { orderId, number, officeId, issuedAs }, occurredOn }) => ({
    ...start(state, occurredOn, 'SUPERVISION_ORDER'),
    order: { orderId, number, officeId, issuedAs, answered: false },
    ordersIssued: number,
  }),

  ORDER_ANSWERED: (state, { occurredOn }) => ({
    ...stop(state, occurredOn, 'SUPERVISION_ORDER'),
    order: state.order === null ? null : { ...state.order, answered: true },
  }),

  ORDER_CLOSED: (state, { occurredOn }) => ({ ...stop(state, occurredOn, 'SUPERVISION_ORDER'), order: null }),
}

/** The wait that an officer registered and that is not over yet on a day. */
export function registeredWait(state: CaseState, on: PlainDate): CaseWait | undefined {
  return state.waits.find((wait) => isRegistered(wait, on))
}

function isRegistered({ registered, from, through }: CaseWait, on: PlainDate): boolean {
  return registered && from <= on && through !== null && through > on
}

/** What a source says later takes the place of what it said before. */
function wordOf(said: CaseEventData['MATCHING_ANSWERED']): SourceWord {
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

function start(state: CaseState, startedOn: PlainDate, ...limits: LimitKey[]): CaseState {
  const runs = limits.map((limit) => ({
    limit,
    run: state.limits.filter((known) => known.limit === limit).length + 1,
    startedOn,
    stoppedOn: null,
  }))
  return { ...state, limits: [...state.limits, ...runs] }
}

function stop(state: CaseState, stoppedOn: PlainDate, ...limits: LimitKey[]): CaseState {
  const stopped = state.limits.map((run) =>
    run.stoppedOn === null && limits.includes(run.limit) ? { ...run, stoppedOn } : run,
  )
  return { ...state, limits: stopped }
}

/** The survey is complete when every investigator has put their name to the sheet. */
function signedBy(state: CaseState, owedSignatures: OwedSignature[]): CaseState {
  if (owedSignatures.length > 0) return { ...state, owedSignatures }
  return { ...state, owedSignatures, stage: 'TOWNSHIP_OPINION', surveyComplete: true }
}

function close(state: CaseState, outcome: Outcome, on: PlainDate): CaseState {
  const limits = state.limits.map((run) => (run.stoppedOn === null ? { ...run, stoppedOn: on } : run))
  return { ...state, stage: 'CLOSED', outcome, limits, order: null }
}

/** The desk asks for another part in the case now: whoever was named took the one before. */
function withoutAssignee(state: CaseState, role: Role): CaseState {
  return state.assignees.some((named) => named.role === role)
    ? { ...state, assignees: state.assignees.filter((named) => named.role !== role) }
    : state
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

function later(one: PlainDate | null, other: PlainDate): PlainDate {
  return one !== null && one > other ? one : other
}
