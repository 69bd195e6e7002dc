import type { CommonFacts, EventOf, FactOf } from '../../matter/facts.ts'
import type { Instant, PlainDate, PlainMonth } from '../../time/plain-date.ts'
import type {
  AccountCheckResult,
  CivilStatus,
  DibaoCategory,
  ExtensionCause,
  HoldReason,
  MatchingSource,
  RefusalReason,
  ReturnReason,
  Role,
  SourceAnswer,
  StatusAnswer,
} from '../../vocabulary.ts'
import type { ServiceDetails } from './details.ts'
import type { CaseStage } from './words.ts'

/**
 * Parts of an answer that could not be placed (about somebody who was not asked about) or understood, by number, and for
 * whom the rest of it is an answer. Only there when there are any.
 */
export type AnswerDoubts = { unplaced: number; notUnderstood: number; answeredFor: string[] }

/**
 * What may happen to an application, by type, beside what may happen to every matter. Only ids, codes, fen, days and instants: words of people live in papers.
 * Amounts are fen a month for the household.
 */
export type CaseFacts = {
  APPLICATION_SUBMITTED: GivenAccount & { memberPersonIds: string[]; applicantPersonId: string }
  APPLICATION_RESUBMITTED: GivenAccount
  CASE_RETURNED: { from: CaseStage; to: CaseStage }
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
  /** Of version 3 the township decides where it may; of version 2 it hands up; of version 1 it was at the county at once. */
  OPINION_GIVEN: Finding & { handUpOwed?: true; townshipDecides?: true }
  NOTICE_POSTED: { throughDay: PlainDate }
  NOTICE_ENDED: { handUpOwed?: true; townshipDecides?: true }
  FILE_HANDED_UP: Record<never, never>
  FILE_REVIEWED: Finding
  /** The county has been to the household, as it must where a relative is filed or somebody complained (57 Art. 20). */
  COUNTY_VISITED: Record<never, never>
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
  LIMIT_EXTENDED: { cause: ExtensionCause }
  CASE_WITHDRAWN: Record<never, never>
  /** Whom it was paid to has died, and nobody is left to be paid. */
  BENEFIT_ENDED: Record<never, never>
}

/** A person and what a register says of them, by the number under which its words are kept. */
export type StatedStatus = { statusId: string; personId: string; status: CivilStatus }

/** An investigator who has not signed the survey sheet yet, and the role of the desk at which they will. */
export type OwedSignature = { officerId: string; role: Role }

/** An account to be paid into. The digest is keyed and stands for holder and number; version 1 has none. */
export type GivenAccount = { accountId: string; accountDigest?: string }

/** Types of which there is a later version than 1; what an earlier one lacks is optional in its data. */
export const caseFactVersions: Partial<Record<keyof CaseFacts, number>> = {
  APPLICATION_SUBMITTED: 2,
  APPLICATION_RESUBMITTED: 2,
  MATCHING_ANSWERED: 2,
  SURVEY_COMPLETED: 2,
  OPINION_GIVEN: 3,
  NOTICE_ENDED: 3,
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

/** All facts of a case, the common ones among them. */
export type CaseEventData = CaseFacts & CommonFacts

export type CaseEventType = keyof CaseEventData

export type CaseFact = FactOf<CaseEventData>

export type CaseEvent = EventOf<CaseEventData>
