import { procedure } from '../../matter/procedure.ts'
import type { CaseLookups } from './circumstances.ts'
import { pickingDates } from './dates.ts'
import { desksOf } from './desks.ts'
import type { CaseDetails } from './details.ts'
import { type CaseDuty, dutiesOf } from './duties.ts'
import type { CaseFacts } from './facts.ts'
import { judgeAccountUse } from './judge-account-use.ts'
import { judgeDecision } from './judge-decision.ts'
import { judgeFieldwork } from './judge-fieldwork.ts'
import { judgeIntake } from './judge-intake.ts'
import { judgePayment } from './judge-payment.ts'
import { judgeStatus } from './judge-status.ts'
import { caseLimits } from './limits.ts'
import { caseCourse, submission } from './procedure.ts'
import { blankCase, type OwnOfCase } from './state.ts'
import { caseSteps } from './steps.ts'
import { hiddenWhenHindered, hindrances } from './hindrances.ts'
import { waitedFor } from './waited-for.ts'
import type { CaseOutcome, CaseStage } from './words.ts'

export type CaseWords = {
  stage: CaseStage
  outcome: CaseOutcome
  facts: CaseFacts
  details: CaseDetails
  duty: CaseDuty
  own: OwnOfCase
  circumstances: CaseLookups
}

/** An application for dibao, from the village to its first payment or its refusal. */
export const assistanceCase = procedure<CaseWords>({
  kind: 'ASSISTANCE_CASE',
  version: 'dibao-1',
  opening: submission,
  blank: blankCase,
  course: caseCourse,
  steps: caseSteps,
  news: [
    'MATCHING_REQUESTED',
    'MATCHING_ANSWERED',
    'ACCOUNT_CHECKED',
    'PAYMENT_HELD',
    'PAYMENT_HOLD_ENDED',
    'PAYMENT_SENT',
    'PAYMENT_PAID',
    'PAYMENT_RETURNED',
  ],
  // Whoever signs a survey next signs the same sheet.
  immaterial: ['SURVEY_SIGNED', 'LIMIT_EXTENDED', 'MATCHING_REQUESTED', 'PAYMENT_HELD', 'PAYMENT_HOLD_ENDED'],
  rules: {
    SUBMIT: judgeIntake,
    RESUBMIT: judgeIntake,
    ACCEPT: judgeIntake,
    RETURN: judgeIntake,
    WITHDRAW: judgeIntake,
    BEGIN_SURVEY: judgeFieldwork,
    COMPLETE_SURVEY: judgeFieldwork,
    SIGN_SURVEY: judgeFieldwork,
    ASK_REGISTERS: judgeFieldwork,
    POST_NOTICE: judgeFieldwork,
    HAND_UP: judgeFieldwork,
    GIVE_OPINION: judgeDecision,
    REVIEW_FILE: judgeDecision,
    VISIT_HOUSEHOLD: judgeDecision,
    CONFIRM: judgeDecision,
    REFUSE: judgeDecision,
    SERVE_REFUSAL: judgeDecision,
    EXTEND: judgeDecision,
    EXPLAIN_ACCOUNT: judgeAccountUse,
    SETTLE_STATUS: judgeStatus,
    END_BENEFIT: judgeStatus,
    CORRECT_ACCOUNT: judgePayment,
    AGREE_ACCOUNT: judgePayment,
    PREPARE_PAYMENT: judgePayment,
    RELEASE_PAYMENT: judgePayment,
  },
  // Watching moves nothing. Of decisions there are few, and none that signs a finding about a household: a first award, a
  // refusal, a cut or a stop is decided one by one, by somebody who has the file open.
  inBulk: {
    URGE: 'WATCHING',
    ASSIGN: 'WATCHING',
    ACCEPT: 'DECISION',
    PREPARE_PAYMENT: 'DECISION',
    RELEASE_PAYMENT: 'DECISION',
  },
  limits: caseLimits,
  lengthsHangOn: ({ delegated, extended, firstMonth }) => [delegated, extended, firstMonth],
  desksOf,
  dutiesOf,
  waitedFor,
  datesOf: pickingDates,
  forFinance: ({ stage, outcome }) => stage === 'FIRST_PAYMENT' || outcome === 'GRANTED',
  hindrances,
  hiddenWhenHindered,
})
