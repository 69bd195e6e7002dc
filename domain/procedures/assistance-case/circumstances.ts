import type { Circumstances } from '../../matter/circumstances.ts'
import type { Refusal } from '../../matter/refusals.ts'
import type { PlainDate } from '../../time/plain-date.ts'
import type { DibaoCategory, HoldReason, MatchingSource, RefusalReason } from '../../vocabulary.ts'
import type { CaseFact, OwedSignature } from './facts.ts'

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

/** What the rules of an application ask for, beside the circumstances of every matter. */
export type CaseLookups = {
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
}

export type CaseCircumstances = Circumstances & CaseLookups

/** What a group of rules answers: the fact to file, or why not. */
export type CaseVerdict = CaseFact | Refusal

/** What an act says of an account, with what stands for holder and number as the archive holds them. */
export function withDigest<T extends { accountId: string }>(details: T, { accountDigest }: CaseLookups) {
  return accountDigest === null ? details : { ...details, accountDigest }
}
