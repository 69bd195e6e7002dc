import type { PlainDate, Instant } from '../time/plain-date.ts'
import type { PlainMonth } from '../time/plain-date.ts'
import type { ServiceDetails } from './commands.ts'
import type { LimitKey, PausableLimit } from '../policy/step-limits.ts'
import type {
  AccountCheckResult,
  Capacity,
  CivilStatus,
  DibaoCategory,
  ExtensionCause,
  HoldReason,
  MatchingSource,
  PaperKind,
  RefusalReason,
  ReturnReason,
  RiskMark,
  Role,
  SourceAnswer,
  Stage,
  StatusAnswer,
  SupervisionRung,
  WaitedForParty,
} from '../vocabulary.ts'

/**
 * A paper that an event rests on: the digest stays in the chain when the paper itself is lawfully erased. `sealedDigest` is
 * that of the body as it lies sealed in the archive, for whoever checks it without keys; events before it have none.
 */
export type CitedPaper = { paperId: string; kind: PaperKind; digest: string; sealedDigest?: string }

/**
 * Parts of an answer that could not be placed (about somebody who was not asked about) or understood, by number, and for
 * whom the rest of it is an answer. Only there when there are any.
 */
export type AnswerDoubts = { unplaced: number; notUnderstood: number; answeredFor: string[] }

/**
 * What may happen to a case, by type. Only ids, codes, fen, days and instants: words of people live in papers.
 * Amounts are fen a month for the household.
 */
export type CaseEventData = {
  APPLICATION_SUBMITTED: GivenAccount & { memberPersonIds: string[]; applicantPersonId: string }
  APPLICATION_RESUBMITTED: GivenAccount
  CASE_RETURNED: { from: Stage; to: Stage }
  APPLICATION_ACCEPTED: { delegated: boolean }
  MATCHING_REQUESTED: { matchingRequestId: string; sources: MatchingSource[] }
  MATCHING_ANSWERED: {
    matchingRequestId: string
    source: MatchingSource
    answer: SourceAnswer
    answeredAt: Instant
    factIds: string[]
    doubts?: AnswerDoubts
    /** What the register says of persons beside income and property; none in version 1. */
    statuses?: StatedStatus[]
  }
  /** `payeeGone`: the account that is paid into was theirs, and they have died. */
  CIVIL_STATUS_SETTLED: StatedStatus & { answer: StatusAnswer; on: PlainDate | null; payeeGone?: true }
  /** Somebody has the registers asked anew: what they said has run out, or something speaks against it. */
  MATCHING_RENEWED: Record<never, never>
  SURVEY_BEGUN: { investigatorIds: string[] }
  /** Of version 2 the other investigators owe their signatures; of version 1 whoever entered it signed for all. */
  SURVEY_COMPLETED: { stableIncome: boolean; signaturesOwed?: OwedSignature[] }
  SURVEY_SIGNED: { officerId: string }
  /** An investigator does not put their name to the sheet: it is void, and written anew. */
  SURVEY_DISPUTED: { officerId: string }
  /** Of version 2 a negative one is handed up by the township; of version 1 it was at the county at once. */
  OPINION_GIVEN: Finding & { handUpOwed?: true }
  NOTICE_POSTED: { throughDay: PlainDate }
  /** Of version 2 the township hands the file up; of version 1 it was at the county at once. */
  NOTICE_ENDED: { handUpOwed?: true }
  FILE_HANDED_UP: Record<never, never>
  FILE_REVIEWED: Finding
  CONFIRMED: Finding & { benefitId: string; firstMonth: PlainMonth; nextReviewOn: PlainDate }
  REFUSED: { assessmentId: string; reasons: RefusalReason[] }
  /** Version 1 says nothing of how. */
  REFUSAL_SERVED: ServiceDetails
  /** Of version 2, with a digest, it is used once another officer has agreed; of version 1 it was used at once. */
  ACCOUNT_CORRECTED: GivenAccount
  /** Several households are paid by this account or its keeper, and somebody has signed why. */
  ACCOUNT_EXPLAINED: { accountId: string }
  ACCOUNT_CHECKED: { accountId: string; result: AccountCheckResult }
  ACCOUNT_AGREED: { accountId: string }
  PAYMENT_PREPARED: { lineId: string; instructionId: string; issue: number; month: PlainMonth; amountFen: number }
  /** `digest` stands for everything that was released: number, line, month, amount and account; none in version 1. */
  PAYMENT_RELEASED: { instructionId: string; digest?: string }
  /** Nothing was sent, because what the archive holds is not what was signed. */
  PAYMENT_HELD: { instructionId: string; reasons: HoldReason[] }
  /** The archive again holds what was signed. */
  PAYMENT_HOLD_ENDED: { instructionId: string }
  PAYMENT_SENT: { instructionId: string }
  PAYMENT_PAID: { instructionId: string; settledAt: Instant }
  PAYMENT_RETURNED: { instructionId: string; reason: ReturnReason; settledAt: Instant }
  LIMIT_BREACHED: { limit: LimitKey; run: number; dueAt: Instant }
  LIMIT_EXTENDED: { cause: ExtensionCause }
  CASE_WITHDRAWN: Record<never, never>
  /** Whom it was paid to has died, and nobody is left to be paid. */
  BENEFIT_ENDED: Record<never, never>
  /** `pausedLimits` stand still because of `pauseSource`, a document of the place; without one the days are charged. */
  WAITING_BEGUN: {
    waitsFor: WaitedForParty
    throughDay: PlainDate
    pausedLimits: PausableLimit[]
    pauseSource: string | null
  }
  WAITING_ENDED: Record<never, never>
  RISK_MARKED: { mark: RiskMark }
  TASK_ASSIGNED: { role: Role; officerId: string }
  /** A rung that time alone climbed; the urging is `LIMIT_BREACHED` itself. */
  SUPERVISION_RAISED: { limit: LimitKey; run: number; rung: Exclude<SupervisionRung, 'URGING'> }
  /** Urged by hand, as often as somebody sees fit. */
  URGED: { limit: LimitKey; run: number; number: number }
  ORDER_ISSUED: { orderId: string; limit: LimitKey; run: number; number: number; officeId: string; issuedAs: Role }
  ORDER_ANSWERED: { orderId: string }
  ORDER_CLOSED: { orderId: string }
}

/** A person and what a register says of them, by the number under which its words are kept. */
export type StatedStatus = { statusId: string; personId: string; status: CivilStatus }

/** An investigator who has not signed the survey sheet yet, and the role of the desk at which they will. */
export type OwedSignature = { officerId: string; role: Role }

/** An account to be paid into. The digest is keyed and stands for holder and number; version 1 has none. */
export type GivenAccount = { accountId: string; accountDigest?: string }

/** Types of which there is a later version than 1; what an earlier one lacks is optional in its data. */
export const caseEventVersions: Partial<Record<CaseEventType, number>> = {
  APPLICATION_SUBMITTED: 2,
  APPLICATION_RESUBMITTED: 2,
  MATCHING_ANSWERED: 2,
  SURVEY_COMPLETED: 2,
  OPINION_GIVEN: 2,
  NOTICE_ENDED: 2,
  REFUSAL_SERVED: 2,
  ACCOUNT_CORRECTED: 2,
  PAYMENT_RELEASED: 2,
}

/** What an officer found, resting on an assessment that was current when it was signed. */
export type Finding = {
  agrees: boolean
  assessmentId: string
  amountFen: number
  category: DibaoCategory | null
  /** Sources that never answered or whose answer had run out, signed for by name (unknown is never zero). */
  unknownSources: MatchingSource[]
  /** More than was posted, because of these rows alone that came into force since. */
  raised?: { postedFen: number; parameterRows: string[] }
}

export type CaseEventType = keyof CaseEventData

/**
 * Who did it and as what; null for what the system records itself (an answer, a due date that passed). `capacity` is null
 * for an act that takes no part in the case; `standsInFor` names the holder whose post a stand-in filled that day.
 */
export type EventActor = {
  officerId: string
  postId: string
  officeId: string
  role: Role
  capacity: Capacity | null
  standsInFor: string | null
}

/** Why it is in the log: a request of a person, a callback from outside, or the clock. */
export type EventCause = { kind: 'REQUEST' | 'CALLBACK' | 'CLOCK' | 'PROCEDURE'; id: string }

/** One fact in the life of a case, before it is numbered and dated by filing. */
export type CaseFact = {
  [T in CaseEventType]: { type: T; data: CaseEventData[T] }
}[CaseEventType]

/**
 * A filed fact. `seq` counts from 1 within the case; `occurredOn` is the day in life, from which limits run;
 * `recordedAt` is when it was filed.
 */
export type CaseEvent = CaseFact & {
  eventId: string
  seq: number
  occurredOn: PlainDate
  recordedAt: Instant
  actor: EventActor | null
  cause: EventCause
  papers: CitedPaper[]
}
