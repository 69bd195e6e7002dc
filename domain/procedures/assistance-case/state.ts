import { blankMatter, type MatterState } from '../../matter/state.ts'
import { addDays, dayOf, type Instant, type PlainDate, type PlainMonth } from '../../time/plain-date.ts'
import type { AccountCheckResult, HoldReason, MatchingSource, RiskMark, SourceAnswer } from '../../vocabulary.ts'
import type { AnswerDoubts, CaseFacts, Finding, OwedSignature, StatedStatus } from './facts.ts'
import type { CaseOutcome, CaseStage } from './words.ts'

/** The last word of one source, and when it was given. */
export type SourceWord = {
  source: MatchingSource
  answer: SourceAnswer | 'PENDING'
  answeredAt: Instant | null
  factIds: string[]
  doubts?: AnswerDoubts
  statuses?: StatedStatus[]
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

/** What an application adds to the state of every matter. */
export type OwnOfCase = {
  appliedOn: PlainDate | null
  acceptedOn: PlainDate | null
  decidedOn: PlainDate | null
  delegated: boolean
  extended: boolean
  /** The stage that a correction goes back to once the household has mended its application. */
  correctionFor: CaseStage | null
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
  settledStatuses: CaseFacts['CIVIL_STATUS_SETTLED'][]
  /** Accounts of which somebody has signed why several households are paid by them or their keeper. */
  explainedAccountIds: string[]
  /** The account whose holder has died: nothing is paid into it, nor into another of theirs. */
  payeeGone: string | null
  /** The registers are to be asked anew, and nobody has yet. */
  matchingOwed: boolean
  countyVisitedOn: PlainDate | null
  opinion: Finding | null
  review: Finding | null
  decision: Finding | null
  benefitId: string | null
  firstMonth: PlainMonth | null
  noticeThroughDay: PlainDate | null
  /** The notice of the standing opinion ran out without objection. */
  noticeHeld: boolean
  instruction: InstructionStanding | null
}

/** What the log of a case adds up to. Derived, never stored as truth; rows that show it are filings of it. */
export type CaseState = MatterState<CaseStage, CaseOutcome> & OwnOfCase

export const blankCase: CaseState = {
  ...blankMatter('APPLIED'),
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
  countyVisitedOn: null,
  opinion: null,
  review: null,
  decision: null,
  benefitId: null,
  firstMonth: null,
  noticeThroughDay: null,
  noticeHeld: false,
  instruction: null,
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

/** Marks for which the county has to see the household itself before anybody confirms (57 Art. 20). */
const visitMarks: readonly RiskMark[] = ['RELATIVE_FILED', 'COMPLAINT']

export function owesCountyVisit({ riskMarks, countyVisitedOn }: CaseState): boolean {
  return countyVisitedOn === null && riskMarks.some((mark) => visitMarks.includes(mark))
}
