/** What an assessment looks at, in the order in which it is shown. */
export const conditionKeys = [
  'MEMBERS',
  'INCOME',
  'FINANCIAL_PROPERTY',
  'VEHICLES',
  'DWELLINGS',
  'OTHER_PROPERTY',
  'CATEGORY',
  'MATCHING',
  'MATCHING_FRESH',
] as const
export type ConditionKey = (typeof conditionKeys)[number]

export const conditionOutcomes = ['MET', 'NOT_MET', 'NOT_KNOWN', 'NOT_ASSESSED'] as const
export type ConditionOutcome = (typeof conditionOutcomes)[number]

export const conditionLabels = {
  MEMBERS: '共同生活家庭成员',
  INCOME: '家庭人均月收入',
  FINANCIAL_PROPERTY: '家庭金融资产',
  VEHICLES: '机动车辆',
  DWELLINGS: '住房',
  OTHER_PROPERTY: '其他财产',
  CATEGORY: '补助档次',
  MATCHING: '信息核对',
  MATCHING_FRESH: '核对结果有效期',
} as const satisfies Record<ConditionKey, string>

export const conditionOutcomeLabels = {
  MET: '符合',
  NOT_MET: '不符合',
  NOT_KNOWN: '情况不明',
  NOT_ASSESSED: '未评定',
} as const satisfies Record<ConditionOutcome, string>

/**
 * One thing that the rule asks, with what was found. Texts are Chinese and for people; `valueUsed` and `threshold` carry
 * their units and are null where there is none. `ageDays` is the age of the oldest value that went in.
 */
export type Condition = {
  key: ConditionKey
  label: string
  clause: string
  valueUsed: string | null
  threshold: string | null
  source: string | null
  ageDays: number | null
  outcome: ConditionOutcome
  sentence: string
}
