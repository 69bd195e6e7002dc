import type { PlainDate } from '../time/plain-date.ts'
import type { LimitKey } from '../policy/step-limits.ts'
import type {
  Action,
  DibaoCategory,
  ExtensionCause,
  MatchingSource,
  ReceivingCapacity,
  RefusalReason,
  RiskMark,
  Role,
  ServiceManner,
  Stage,
  StatusAnswer,
  WaitedForParty,
} from '../vocabulary.ts'

/**
 * What an act says beyond its name, by action: ids, codes and days only. The papers that go with it were written
 * before and are cited by the request.
 */
export type ActDetails = {
  SUBMIT: { memberPersonIds: string[]; applicantPersonId: string; accountId: string }
  RESUBMIT: { accountId: string }
  ACCEPT: Record<never, never>
  RETURN: { to: Stage }
  BEGIN_SURVEY: { investigatorIds: string[] }
  COMPLETE_SURVEY: { stableIncome: boolean }
  SIGN_SURVEY: { agrees: boolean }
  ASK_REGISTERS: Record<never, never>
  GIVE_OPINION: FindingDetails
  POST_NOTICE: Record<never, never>
  HAND_UP: Record<never, never>
  REVIEW_FILE: FindingDetails
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
  AWAIT: { waitsFor: WaitedForParty; throughDay: PlainDate }
  END_WAITING: Record<never, never>
  MARK_RISK: { mark: RiskMark }
  ASSIGN: { role: Role; officerId: string }
  URGE: { limit: LimitKey; run: number }
  ISSUE_ORDER: { limit: LimitKey; run: number; officeId: string }
  ANSWER_ORDER: Record<never, never>
  CLOSE_ORDER: Record<never, never>
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

/** An act asked for by a person. */
export type Command = {
  [A in Action]: { action: A; details: ActDetails[A] }
}[Action] & {
  requestId: string
  /** The version of the case that the officer saw when deciding. */
  versionSeen: number
  /** The day in life on which it happened; limits run from it. */
  occurredOn: PlainDate
  /** One row of many ticked at once: decided only if nothing at all has changed since it was shown. */
  inBulk?: true
}
