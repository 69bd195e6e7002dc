import { isFresh, type MatchedFact, type SourceStanding, unknownSources } from '../household/matched-fact.ts'
import { dibaoCategoryLabels, matchingSourceLabels } from '../labels.ts'
import { type Fen, fen, formatYuan, sum } from '../money.ts'
import { daysBetween, type PlainDate } from '../time/plain-date.ts'
import type { DibaoCategory, PropertyKind } from '../vocabulary.ts'
import { type Condition, type ConditionKey, conditionLabels } from './condition.ts'
import { type LegalBasis, legalBasisOn } from './legal-basis.ts'
import type { ParametersInForce } from './parameters-in-force.ts'
import { type IncomeUsed, originInChinese, type PropertyUsed } from './value-used.ts'

/** What the conditions are judged from: the counted members and the one value that counts for each thing. */
export type Findings = {
  memberIds: readonly string[]
  excludedCount: number
  income: readonly IncomeUsed[]
  property: readonly PropertyUsed[]
  facts: readonly MatchedFact[]
  sources: readonly SourceStanding[]
  category?: DibaoCategory
}

/**
 * Every condition with its outcome. A household is eligible when its income per head is **below** the standard and its
 * property within the limits. What nobody knows is said, and never taken for nothing.
 *
 * Source: Social Assistance Law Art. 18 (until 30 June 2026: Interim Measures Art. 9); 57 Art. 7, 12, 14, 17, 18.
 */
export function conditionsOf(findings: Findings, parameters: ParametersInForce, today: PlainDate): Condition[] {
  const basis = legalBasisOn(parameters.scope.on)
  return [
    membersCondition(findings, basis),
    incomeCondition(findings, parameters, basis, today),
    financialPropertyCondition(findings, parameters, basis, today),
    countCondition('VEHICLES', 'VEHICLE', findings, parameters.find('dibao.assetLimit.vehicles'), basis, today),
    countCondition('DWELLINGS', 'REAL_ESTATE', findings, parameters.find('dibao.assetLimit.dwellings'), basis, today),
    ...otherPropertyCondition(findings, basis, today),
    ...categoryCondition(findings, parameters, basis),
    ...matchingConditions(findings, basis),
    ...freshnessCondition(findings, basis, today),
  ]
}

/** A proposal, and no decision: nothing speaks against. What is not known or not assessed is for the officer to weigh. */
export function isEligible(conditions: readonly Condition[]): boolean {
  return conditions.every(({ outcome }) => outcome !== 'NOT_MET')
}

/** Fen a month of the whole household; a loss of one kind does not eat up another's income. */
export function householdIncome(income: readonly IncomeUsed[]): Fen {
  return sum(income.map(({ monthlyFen }) => Math.max(0, monthlyFen)))
}

function membersCondition({ memberIds, excludedCount }: Findings, basis: LegalBasis): Condition {
  const count = memberIds.length
  const excluded = excludedCount > 0 ? `，另有${excludedCount}人依规定不计入` : ''
  return condition('MEMBERS', {
    clause: basis.members,
    valueUsed: `${count}人`,
    threshold: '至少1人',
    outcome: count > 0 ? 'MET' : 'NOT_MET',
    sentence: `计入共同生活家庭成员${count}人${excluded}。`,
  })
}

function incomeCondition(
  { memberIds, income }: Findings,
  parameters: ParametersInForce,
  basis: LegalBasis,
  today: PlainDate,
): Condition {
  const total = householdIncome(income)
  const standard = parameters.standardMonthlyFen()
  const members = memberIds.length
  const below = total < standard * members
  const perHead = members === 0 ? '—' : `${formatYuan(fen(Math.floor(total / members)))}元/人月`
  return condition('INCOME', {
    clause: `${basis.eligibility}、${basis.income}`,
    valueUsed: perHead,
    threshold: `低于${formatYuan(standard)}元/人月`,
    ...provenance(income, today),
    outcome: below ? 'MET' : 'NOT_MET',
    sentence:
      `家庭月收入合计${formatYuan(total)}元，计入${members}人，人均${perHead}，` +
      `${below ? '低于' : '不低于'}当地低保标准${formatYuan(standard)}元/人月。`,
  })
}

const financialKinds: readonly PropertyKind[] = ['DEPOSIT', 'SECURITIES']

function financialPropertyCondition(
  { memberIds, property }: Findings,
  parameters: ParametersInForce,
  basis: LegalBasis,
  today: PlainDate,
): Condition {
  const financial = property.filter(({ kind }) => financialKinds.includes(kind))
  const total = sum(financial.map(({ valueFen }) => valueFen))
  const perPerson = parameters.find('dibao.assetLimit.financialPerPersonFen')
  if (perPerson === undefined) return limitUnknown('FINANCIAL_PROPERTY', basis, `${formatYuan(total)}元`)
  const limit = fen(perPerson * memberIds.length)
  const within = total <= limit
  return condition('FINANCIAL_PROPERTY', {
    clause: basis.property,
    valueUsed: `${formatYuan(total)}元`,
    threshold: `不超过${formatYuan(limit)}元`,
    ...provenance(financial, today),
    outcome: within ? 'MET' : 'NOT_MET',
    sentence:
      `家庭金融资产合计${formatYuan(total)}元，${within ? '未超过' : '超过'}限额${formatYuan(limit)}元。` +
      exemptInWords(financial, '项'),
  })
}

function countCondition(
  key: 'VEHICLES' | 'DWELLINGS',
  kind: PropertyKind,
  { property }: Findings,
  limit: number | undefined,
  basis: LegalBasis,
  today: PlainDate,
): Condition {
  const ofKind = property.filter((item) => item.kind === kind)
  const count = ofKind.reduce((total, item) => total + item.count, 0)
  const unit = key === 'VEHICLES' ? '辆' : '套'
  if (limit === undefined) return limitUnknown(key, basis, `${count}${unit}`)
  const within = count <= limit
  return condition(key, {
    clause: basis.property,
    valueUsed: `${count}${unit}`,
    threshold: `不超过${limit}${unit}`,
    ...provenance(ofKind, today),
    outcome: within ? 'MET' : 'NOT_MET',
    sentence:
      `家庭名下${conditionLabels[key]}${count}${unit}，${within ? '未超过' : '超过'}限额${limit}${unit}。` +
      exemptInWords(ofKind, unit),
  })
}

/** What is theirs and does not count is told with the words by which it does not. */
function exemptInWords(property: readonly PropertyUsed[], unit: string): string {
  const clauses = property.flatMap(({ exempt = [] }) => exempt)
  return clauses.length === 0
    ? ''
    : `另有${clauses.length}${unit}属于家庭所有但不计入：${[...new Set(clauses)].join('；')}。`
}

function otherPropertyCondition({ property }: Findings, basis: LegalBasis, today: PlainDate): Condition[] {
  const other = property.filter(({ kind, count }) => (kind === 'COMPANY_SHARE' || kind === 'OTHER') && count > 0)
  if (other.length === 0) return []
  const count = other.reduce((total, item) => total + item.count, 0)
  return [
    condition('OTHER_PROPERTY', {
      clause: basis.property,
      valueUsed: `${count}项`,
      ...provenance(other, today),
      outcome: 'NOT_ASSESSED',
      sentence: `家庭有市场主体出资或其他财产${count}项，没有统一限额，由工作人员核实评定。`,
    }),
  ]
}

function categoryCondition({ category }: Findings, parameters: ParametersInForce, basis: LegalBasis): Condition[] {
  if (parameters.amountMethod() !== 'CATEGORY') return []
  return [
    condition('CATEGORY', {
      clause: basis.category,
      valueUsed: category ? dibaoCategoryLabels[category] : null,
      outcome: category ? 'MET' : 'NOT_ASSESSED',
      sentence: category
        ? `经工作人员评定，补助档次为${dibaoCategoryLabels[category]}。`
        : '补助档次尚未评定，由工作人员评定后确定补助金额。',
    }),
  ]
}

function matchingConditions({ sources }: Findings, basis: LegalBasis): Condition[] {
  if (sources.length === 0) {
    const sentence = '尚未开展家庭经济状况信息核对，收入和财产情况不明。'
    return [condition('MATCHING', { clause: basis.matching, outcome: 'NOT_KNOWN', sentence })]
  }
  const unknown = unknownSources(sources)
  const answered = sources.length - unknown.length
  const silent = unknown.map((source) =>
    condition('MATCHING', {
      clause: basis.matching,
      source: matchingSourceLabels[source],
      outcome: 'NOT_KNOWN',
      sentence: `${matchingSourceLabels[source]}信息尚未反馈，该项情况不明，不作为没有收入或者财产处理。`,
    }),
  )
  if (silent.length > 0) return silent
  return [
    condition('MATCHING', {
      clause: basis.matching,
      valueUsed: `${answered}个来源`,
      outcome: 'MET',
      sentence: `${answered}个核对来源均已反馈。`,
    }),
  ]
}

function freshnessCondition({ facts }: Findings, basis: LegalBasis, today: PlainDate): Condition[] {
  const stale = facts.filter((fact) => !isFresh(fact, today))
  if (stale.length === 0) return []
  return [
    condition('MATCHING_FRESH', {
      clause: basis.matching,
      valueUsed: `${stale.length}项`,
      ageDays: Math.max(...stale.map(({ answeredOn }) => daysBetween(answeredOn, today))),
      outcome: 'NOT_KNOWN',
      sentence: `有${stale.length}项核对结果已超过有效期，仅供参考，需重新核对。`,
    }),
  ]
}

function limitUnknown(key: ConditionKey, basis: LegalBasis, valueUsed: string): Condition {
  return condition(key, {
    clause: basis.property,
    valueUsed,
    outcome: 'NOT_ASSESSED',
    sentence: `${conditionLabels[key]}为${valueUsed}，系统未录入当地限额，由工作人员核实评定。`,
  })
}

/** Where values came from, each origin once, and the age of the oldest in days. */
function provenance(
  values: readonly (IncomeUsed | PropertyUsed)[],
  today: PlainDate,
): { source: string | null; ageDays: number | null } {
  if (values.length === 0) return { source: null, ageDays: null }
  return {
    source: [...new Set(values.map(originInChinese))].join('、'),
    ageDays: Math.max(0, ...values.map(({ observedOn }) => daysBetween(observedOn, today))),
  }
}

function condition(
  key: ConditionKey,
  { clause, outcome, sentence, ...rest }: Pick<Condition, 'clause' | 'outcome' | 'sentence'> & Partial<Condition>,
): Condition {
  const empty = { valueUsed: null, threshold: null, source: null, ageDays: null }
  return { key, label: conditionLabels[key], clause, ...empty, ...rest, outcome, sentence }
}
