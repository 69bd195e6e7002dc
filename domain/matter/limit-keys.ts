/** The limits that run in a case. */
export const limitKeys = [
  'ACCEPTANCE',
  'SURVEY_START',
  'MATCHING_REPORT',
  'TOWNSHIP_OPINION',
  'PUBLIC_NOTICE',
  'HANDING_UP',
  'COUNTY_DECISION',
  'REFUSAL_NOTICE',
  'TOTAL',
  'FIRST_PAYMENT',
  'RETURNED_PAYMENT',
  'SUPERVISION_ORDER',
] as const
export type LimitKey = (typeof limitKeys)[number]

export const limitLabels = {
  ACCEPTANCE: '受理时限',
  SURVEY_START: '启动调查时限',
  MATCHING_REPORT: '核对报告时限',
  TOWNSHIP_OPINION: '乡镇初审时限',
  PUBLIC_NOTICE: '公示期',
  HANDING_UP: '报送时限',
  COUNTY_DECISION: '县级审核确认时限',
  REFUSAL_NOTICE: '不予确认告知时限',
  TOTAL: '办理总时限',
  FIRST_PAYMENT: '首次发放时限',
  RETURNED_PAYMENT: '退回款项处理时限',
  SUPERVISION_ORDER: '督办单答复时限',
} as const satisfies Record<LimitKey, string>

/** Limits that a document of the place may stop, at the stages where a wait can be registered. */
export const pausableLimits = [
  'SURVEY_START',
  'TOWNSHIP_OPINION',
  'HANDING_UP',
  'COUNTY_DECISION',
  'TOTAL',
] as const satisfies readonly LimitKey[]
export type PausableLimit = (typeof pausableLimits)[number]
