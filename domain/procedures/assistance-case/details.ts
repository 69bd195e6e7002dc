import type { CommandOf, CommonDetails } from '../../matter/acts.ts'
import type { PlainDate } from '../../time/plain-date.ts'
import type {
  DibaoCategory,
  ExtensionCause,
  MatchingSource,
  ReceivingCapacity,
  RefusalReason,
  ServiceManner,
  StatusAnswer,
} from '../../vocabulary.ts'
import type { CaseStage } from './words.ts'

/**
 * What an act says beyond its name, by action: ids, codes and days only. The papers that go with it were written
 * before and are cited by the request.
 */
export type CaseDetails = {
  SUBMIT: { memberPersonIds: string[]; applicantPersonId: string; accountId: string }
  RESUBMIT: { accountId: string }
  ACCEPT: Record<never, never>
  RETURN: { to: CaseStage }
  BEGIN_SURVEY: { investigatorIds: string[] }
  COMPLETE_SURVEY: { stableIncome: boolean }
  SIGN_SURVEY: { agrees: boolean }
  ASK_REGISTERS: Record<never, never>
  GIVE_OPINION: FindingDetails
  POST_NOTICE: Record<never, never>
  HAND_UP: Record<never, never>
  REVIEW_FILE: FindingDetails
  VISIT_HOUSEHOLD: Record<never, never>
  CONFIRM: Omit<FindingDetails, 'agrees'>
  REFUSE: { assessmentId: string; reasons: RefusalReason[] }
  SERVE_REFUSAL: ServiceDetails
  CORRECT_ACCOUNT: { accountId: string }
  AGREE_ACCOUNT: { accountId: string }
  /** Why one account, or one keeper, may serve several households. */
  EXPLAIN_ACCOUNT: { accountId: string }
  /** `on` is the day of death, of imprisonment or of moving; none where the register is wrong. */
  SETTLE_STATUS: { statusId: string; answer: StatusAnswer; on: PlainDate | null }
  END_BENEFIT: Record<never, never>
  PREPARE_PAYMENT: Record<never, never>
  /** The digest that was shown with the full account; asked for where the account was changed after the decision. */
  RELEASE_PAYMENT: { seenDigest?: string }
  EXTEND: { cause: ExtensionCause }
  WITHDRAW: Record<never, never>
}

/** How a letter reached the household; what was served before this was kept says nothing. */
export type ServiceDetails = { manner?: ServiceManner; receivedAs?: ReceivingCapacity }

export type FindingDetails = {
  agrees: boolean
  assessmentId: string
  category: DibaoCategory | null
  /** Sources without an answer, or whose answer has run out, that the signer goes on with as they are, by name. */
  unknownSources: MatchingSource[]
}

/** What every act in an application says, those of every matter among them. */
export type ActDetails = CaseDetails & CommonDetails

/** An act in an application, asked for by a person. */
export type CaseCommand = CommandOf<ActDetails>
