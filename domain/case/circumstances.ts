import type { ParametersInForce } from '../policy/parameters-in-force.ts'
import type { PlainDate } from '../time/plain-date.ts'
import type {
  Capacity,
  DibaoCategory,
  HoldReason,
  MatchingSource,
  PaperKind,
  RefusalReason,
  Role,
} from '../vocabulary.ts'
import type { CaseEventType, CaseFact, CitedPaper, OwedSignature } from './case-events.ts'
import type { HouseholdTies } from './recusal.ts'
import type { Refusal } from './refusals.ts'

/** The officer as the archive knows them at the moment of filing, not as the request claims. */
export type ActingOfficer = HouseholdTies & {
  officerId: string
  officeId: string
  role: Role
  /** The holder whose post this person has today as a stand-in; null for who holds it. */
  standsInFor: string | null
  /** The post is held today by this officer, or filled by them as a stand-in. */
  holdsPost: boolean
  /** The post's office has the case's place in its area today. */
  coversPlace: boolean
  /** The part this person already took in this case. */
  capacityHeld: Capacity | null
  /** This person answered the supervision order that is open. */
  answeredOrder: boolean
}

/** The assessment that an act rests on, and whether its basis is still what the archive holds. */
export type AssessmentStanding = {
  assessmentId: string
  /** What it was made from is what the archive holds, and it proposes the same by the rules of the day of the act. */
  current: boolean
  /** It would be current for an act of this other day. */
  madeForDay: PlainDate | null
  favourable: boolean
  amountFen: number
  /** What the same household would get by the rules of its opinion, and the rows that are new since; null where it is no more than was posted. */
  byPostedRules: { amountFen: number; newRows: readonly string[] } | null
  category: DibaoCategory | null
  categoryNeeded: boolean
}

/** Who else is paid by an account, and by the hand that keeps it for its holder (代管). */
export type AccountUse = {
  /** Other households of the county whose open case or benefit names the same account. */
  households: number
  /** An office of another county where the same account is named; nothing else is told of it. */
  otherCounty: string | null
  /** Households whose accounts this keeper holds, this one included; 0 without a keeper. */
  keptHouseholds: number
  /** The account is kept by another, and no agreement is in the file. */
  agreementMissing: boolean
}

/** A prepared payment as the archive holds it at this moment. */
export type PaymentInView = {
  digest: string
  /** What the releaser says to have seen stands for the same; null when nothing was said. */
  asSeen: boolean | null
  differs: readonly HoldReason[]
}

/** What the archive knows besides the state; loaded by filing in the same transaction. */
export type Circumstances = {
  today: PlainDate
  officer: ActingOfficer
  parameters: ParametersInForce
  papers: readonly CitedPaper[]
  eventsSinceSeen: readonly CaseEventType[]
  assessment: AssessmentStanding | null
  /** The reasons for a refusal that assessment and file bear out; none are looked for with other acts. */
  reasonsBorneOut: readonly RefusalReason[]
  /** Sources whose answer may not be relied on any more on the day of the act. */
  expiredSources: readonly MatchingSource[]
  /** The day on which the total runs out; null where it does not matter or does not run. */
  totalDueOn: PlainDate | null
  /** Of those named in the act, or who visit the household already, who may investigate, and from which desk. */
  investigatorsOfTownship: readonly OwedSignature[]
  /** Somebody who would count here counts already where the two exclude each other. */
  memberConflict: Refusal | null
  preparedBy: string | null
  /** Who else is paid by the account that is signed or paid into; null with other acts. */
  accountUse: AccountUse | null
  /** Whose account is paid into, where the act deals with what a register says of persons. */
  payeePersonId: string | null
  /** The account that the act gives is of somebody who has died. */
  holderGone: boolean
  /** Stands for the account that the act gives, holder and number; null when it gives none. */
  accountDigest: string | null
  /** The payment that is to be released, held against what was signed; null for other acts. */
  payment: PaymentInView | null
  benefitId: string
  /** The desks on which the case lies now, by office and role. */
  holders: readonly { officeId: string; role: Role }[]
  /** Whoever is to be named fills a post of that desk today and is barred by nothing in this case. */
  assigneeMayAct: boolean
  orderId: string
  /** Somebody of the household is, or is related to, somebody who works in assistance (57 Art. 11). */
  relativeFiled: boolean
}

/** What a group of rules answers: the fact to file, or why not. */
export type Verdict = CaseFact | Refusal

/** True when a paper of this kind goes with the act. */
export function hasPaper(circumstances: Circumstances, kind: PaperKind): boolean {
  return circumstances.papers.some((paper) => paper.kind === kind)
}

/** What an act says of an account, with what stands for holder and number as the archive holds them. */
export function withDigest<T extends { accountId: string }>(details: T, { accountDigest }: Circumstances) {
  return accountDigest === null ? details : { ...details, accountDigest }
}
