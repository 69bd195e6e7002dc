import { countedMembers, type Household } from '../household/household.ts'
import type { MatchedFact, SourceStanding } from '../household/matched-fact.ts'
import type { SurveyedIncome, SurveyedProperty } from '../household/survey.ts'
import { type Fen, zeroFen } from '../money.ts'
import type { PlainDate } from '../time/plain-date.ts'
import { type DibaoCategory, propertyKinds } from '../vocabulary.ts'
import type { Condition } from './condition.ts'
import { conditionsOf, householdIncome, isEligible } from './eligibility.ts'
import type { ParameterKey } from './parameters.ts'
import type { ParametersInForce } from './parameters-in-force.ts'
import { type SubsidyAmount, sharesOf, subsidyAmount } from './subsidy-amount.ts'
import { type IncomeUsed, incomeUsed, type PropertyUsed, propertyUsed } from './value-used.ts'

/** Raised whenever code here would answer differently for the same input; stored with every assessment and event. */
export const ruleVersion = 'dibao-2'

/** The parameters that an assessment reads. */
const parametersRead: readonly ParameterKey[] = [
  'dibao.standardMonthlyFen',
  'dibao.amountMethod',
  'dibao.categoryMonthlyFen',
  'dibao.roundingPolicy',
  'dibao.assetLimit.financialPerPersonFen',
  'dibao.assetLimit.vehicles',
  'dibao.assetLimit.dwellings',
  'dibao.exemptions',
]

/**
 * What the rules make of a household on a day. A proposal with its reasons for an officer to weigh: a machine neither
 * grants nor refuses (PIPL Art. 24). Amounts are fen a month, zero unless eligible; `calculation` stands either way.
 */
export type Assessment = {
  assessedOn: PlainDate
  eligible: boolean
  monthlyAmountFen: Fen
  perMember: { personId: string; amountFen: Fen }[]
  conditions: Condition[]
  income: IncomeUsed[]
  property: PropertyUsed[]
  incomeMonthlyFen: Fen
  calculation: SubsidyAmount
  ruleVersion: string
  /** The names of the parameter rows read, `;` between them. */
  parameterVersion: string
}

export type AssessmentInput = {
  household: Household
  facts: readonly MatchedFact[]
  /** Where each register asked stands; none at all means that nothing was asked, and that is said. */
  sources: readonly SourceStanding[]
  surveyed: readonly SurveyedIncome[]
  surveyedProperty?: readonly SurveyedProperty[]
  /** Assigned by officers where the place pays by category. */
  category?: DibaoCategory
  parameters: ParametersInForce
  today: PlainDate
}

/** True when two assessments propose the same: to the same people, the same amounts. */
export function isSameProposal(one: Assessment, other: Assessment): boolean {
  const told = ({ eligible, monthlyAmountFen, perMember }: Assessment) =>
    [eligible, monthlyAmountFen, ...perMember.map(({ personId, amountFen }) => `${personId} ${amountFen}`)].join()
  return told(one) === told(other)
}

/** Assesses a household. Throws `ParameterMissing` without a standard, a method or a rounding policy. */
export function assess(input: AssessmentInput): Assessment {
  const { household, facts, sources, surveyed, surveyedProperty = [], category, parameters, today } = input
  const members = countedMembers(household, today)
  const memberIds = members.map(({ personId }) => personId)
  const income = incomeUsed(members, household, facts, surveyed)
  const property = propertyUsed(propertyKinds, members, household, facts, surveyedProperty, parameters.exemptions())
  const assigned = category === undefined ? {} : { category }

  const conditions = conditionsOf(
    {
      memberIds,
      excludedCount: household.members.length - members.length,
      income,
      property,
      facts: facts.filter(({ personId }) => memberIds.includes(personId)),
      sources,
      ...assigned,
    },
    parameters,
    today,
  )
  const incomeMonthlyFen = householdIncome(income)
  const calculation = subsidyAmount({ members: members.length, incomeMonthlyFen, parameters, ...assigned })
  const eligible = isEligible(conditions)
  const monthlyAmountFen = eligible ? calculation.monthlyFen : zeroFen

  return {
    assessedOn: today,
    eligible,
    monthlyAmountFen,
    perMember: sharesOf(monthlyAmountFen, memberIds),
    conditions,
    income,
    property,
    incomeMonthlyFen,
    calculation,
    ruleVersion,
    parameterVersion: parameters.cite(parametersRead).join(';'),
  }
}
