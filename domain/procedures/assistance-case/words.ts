/** Where an application stands while it is open, in the order of its course. 环节. */
export const caseStages = [
  'APPLIED',
  'CORRECTION',
  'SURVEY',
  'TOWNSHIP_OPINION',
  'PUBLIC_NOTICE',
  'TOWNSHIP_CONFIRMATION',
  'HANDING_UP',
  'COUNTY_REVIEW',
  'COUNTY_CONFIRMATION',
  'REFUSAL_NOTICE',
  'FIRST_PAYMENT',
] as const
export type CaseStage = (typeof caseStages)[number]

/** How an application ended. */
export const caseOutcomes = ['GRANTED', 'REFUSED', 'WITHDRAWN'] as const
export type CaseOutcome = (typeof caseOutcomes)[number]

/** What a person may do in an application, beside what may be done in every matter. */
export const caseActs = [
  'SUBMIT',
  'RESUBMIT',
  'ACCEPT',
  'RETURN',
  'BEGIN_SURVEY',
  'COMPLETE_SURVEY',
  'SIGN_SURVEY',
  'ASK_REGISTERS',
  'GIVE_OPINION',
  'POST_NOTICE',
  'HAND_UP',
  'REVIEW_FILE',
  'VISIT_HOUSEHOLD',
  'CONFIRM',
  'REFUSE',
  'SERVE_REFUSAL',
  'CORRECT_ACCOUNT',
  'AGREE_ACCOUNT',
  'EXPLAIN_ACCOUNT',
  'SETTLE_STATUS',
  'END_BENEFIT',
  'PREPARE_PAYMENT',
  'RELEASE_PAYMENT',
  'EXTEND',
  'WITHDRAW',
] as const
export type CaseAct = (typeof caseActs)[number]
