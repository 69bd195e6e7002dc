import type { Household, HouseholdMember } from '../household/household.ts'
import { type MatchedIncome, type MatchedFact, type MatchedProperty, reconciled } from '../household/matched-fact.ts'
import { settlementOf, type SurveyedIncome, type SurveyedProperty } from '../household/survey.ts'
import { matchingSourceLabels } from '../labels.ts'
import type { Exemption } from './parameters.ts'
import { type Fen, fen, sum } from '../money.ts'
import type { PlainDate } from '../time/plain-date.ts'
import { type IncomeKind, incomeKinds, type MatchingSource, type PropertyKind } from '../vocabulary.ts'

/** Where a value came from, weightiest first: an officer's settlement, a register, a visit, the household's own word. */
export const valueOrigins = ['SETTLED', 'MATCHED', 'SURVEYED', 'DECLARED'] as const
export type ValueOrigin = (typeof valueOrigins)[number]

export const valueOriginLabels = {
  SETTLED: '调查核定',
  MATCHED: '信息核对',
  SURVEYED: '入户调查',
  DECLARED: '家庭申报',
} as const satisfies Record<ValueOrigin, string>

/** The one value that counts for a person and a kind of income; fen a month. */
export type IncomeUsed = {
  personId: string
  kind: IncomeKind
  monthlyFen: Fen
  origin: ValueOrigin
  /** The register, where a matched value or its settlement counts. */
  source?: MatchingSource
  /** The day that the value describes. */
  observedOn: PlainDate
}

/** The one thing or sum that counts for a person and a kind of property. */
export type PropertyUsed = {
  personId: string
  kind: PropertyKind
  valueFen: Fen
  /** How many things of the kind: vehicles, dwellings. */
  count: number
  /** Things that are theirs and do not count, by the words of the place's document. */
  exempt?: readonly string[]
  origin: ValueOrigin
  source?: MatchingSource
  observedOn: PlainDate
}

/** `信息核对（税务）`. */
export function originInChinese({ origin, source }: { origin: ValueOrigin; source?: MatchingSource }): string {
  return valueOriginLabels[origin] + (source ? `（${matchingSourceLabels[source]}）` : '')
}

/**
 * The income that counts for each counted member, one value per kind: what a register found, unless a survey item
 * settles that fact with a reason; else what the visit established; else what was declared.
 */
export function incomeUsed(
  members: readonly HouseholdMember[],
  household: Household,
  facts: readonly MatchedFact[],
  surveyed: readonly SurveyedIncome[],
): IncomeUsed[] {
  return inOrderOf(members).flatMap((member) =>
    incomeKinds.flatMap((kind): IncomeUsed[] => {
      const { personId } = member
      const found = facts.filter(
        (fact): fact is MatchedIncome =>
          fact.kind === 'INCOME' && fact.personId === personId && fact.incomeKind === kind,
      )
      const visited = surveyed.filter((item) => item.personId === personId && item.kind === kind)
      const used =
        matchedIncome(found, visited) ??
        surveyedIncome(visited.filter(({ settlesFactId }) => settlesFactId === undefined)) ??
        declaredIncome(member, kind, household.declaredOn)
      return used ? [{ personId, kind, ...used }] : []
    }),
  )
}

type IncomeValue = Omit<IncomeUsed, 'personId' | 'kind'>

function matchedIncome(facts: readonly MatchedIncome[], surveyed: readonly SurveyedIncome[]): IncomeValue | undefined {
  const total = reconciled(
    facts.map((fact) => {
      const settled = settlementOf(fact.factId, surveyed)
      return settled
        ? { source: fact.source, amountFen: settled.monthlyFen, observedOn: settled.surveyedOn, settled: true }
        : { source: fact.source, amountFen: fact.amountFen, observedOn: fact.observedOn, settled: false }
    }),
  )
  if (!total) return undefined
  return {
    monthlyFen: total.amountFen,
    origin: total.facts.some(({ settled }) => settled) ? 'SETTLED' : 'MATCHED',
    observedOn: oldest(total.facts.map(({ observedOn }) => observedOn)),
    ...sourceOf(total.facts),
  }
}

function surveyedIncome(surveyed: readonly SurveyedIncome[]): IncomeValue | undefined {
  if (surveyed.length === 0) return undefined
  const observedOn = latest(surveyed.map(({ surveyedOn }) => surveyedOn))
  // A later visit replaces an earlier one; the items of one visit are added.
  const ofLastVisit = surveyed.filter(({ surveyedOn }) => surveyedOn === observedOn)
  return { monthlyFen: sum(ofLastVisit.map(({ monthlyFen }) => monthlyFen)), origin: 'SURVEYED', observedOn }
}

function declaredIncome(member: HouseholdMember, kind: IncomeKind, observedOn: PlainDate): IncomeValue | undefined {
  const declared = member.income.filter((income) => income.kind === kind)
  if (declared.length === 0) return undefined
  return { monthlyFen: sum(declared.map(({ monthlyFen }) => monthlyFen)), origin: 'DECLARED', observedOn }
}

/** The property of given kinds that counts for each counted member, by the same order of weight as income. */
export function propertyUsed(
  kinds: readonly PropertyKind[],
  members: readonly HouseholdMember[],
  household: Household,
  facts: readonly MatchedFact[],
  surveyed: readonly SurveyedProperty[],
  exemptions: readonly Exemption[] = [],
): PropertyUsed[] {
  return inOrderOf(members).flatMap((member) =>
    kinds.flatMap((kind): PropertyUsed[] => {
      const { personId } = member
      const found = facts.filter(
        (fact): fact is MatchedProperty =>
          fact.kind === 'PROPERTY' && fact.personId === personId && fact.propertyKind === kind,
      )
      const visited = surveyed.filter((item) => item.personId === personId && item.kind === kind)
      const used =
        matchedProperty(found, visited, exemptions) ??
        surveyedProperty(
          visited.filter(({ settlesFactId }) => settlesFactId === undefined),
          exemptions,
        ) ??
        declaredProperty(member, kind, household.declaredOn)
      return used ? [{ personId, kind, ...used }] : []
    }),
  )
}

type PropertyValue = Omit<PropertyUsed, 'personId' | 'kind'>

function matchedProperty(
  facts: readonly MatchedProperty[],
  surveyed: readonly SurveyedProperty[],
  exemptions: readonly Exemption[],
): PropertyValue | undefined {
  const weighed = facts.map((fact) => {
    const settled = settlementOf(fact.factId, surveyed)
    const exempt = settled === undefined ? null : clauseOf(settled, exemptions)
    const held = (settled?.held ?? true) && exempt === null
    return {
      source: fact.source,
      amountFen: settled ? (held ? settled.valueFen : fen(0)) : fact.amountFen,
      held,
      exempt,
      settled: settled !== undefined,
      observedOn: settled?.surveyedOn ?? fact.observedOn,
    }
  })
  const total = reconciled(weighed)
  if (!total) return undefined
  const perSource = Map.groupBy(
    weighed.filter(({ held }) => held),
    ({ source }) => source,
  )
  return {
    valueFen: total.amountFen,
    count: Math.max(0, ...[...perSource.values()].map(({ length }) => length)),
    origin: total.facts.some(({ settled }) => settled) ? 'SETTLED' : 'MATCHED',
    observedOn: oldest(total.facts.map(({ observedOn }) => observedOn)),
    ...sourceOf(total.facts),
    ...exemptOf(weighed.map(({ exempt }) => exempt)),
  }
}

function surveyedProperty(
  surveyed: readonly SurveyedProperty[],
  exemptions: readonly Exemption[],
): PropertyValue | undefined {
  if (surveyed.length === 0) return undefined
  const observedOn = latest(surveyed.map(({ surveyedOn }) => surveyedOn))
  const ofLastVisit = surveyed.filter((item) => item.surveyedOn === observedOn && item.held)
  const held = ofLastVisit.filter((item) => clauseOf(item, exemptions) === null)
  return {
    valueFen: sum(held.map(({ valueFen }) => valueFen)),
    count: held.length,
    origin: 'SURVEYED',
    observedOn,
    ...exemptOf(ofLastVisit.map((item) => clauseOf(item, exemptions))),
  }
}

/** The words by which a thing does not count; null for one that does, or that the place does not know of (any more). */
function clauseOf(item: SurveyedProperty, exemptions: readonly Exemption[]): string | null {
  if (!item.held || item.exemption === undefined) return null
  const found = exemptions.find(({ key, propertyKind }) => key === item.exemption && propertyKind === item.kind)
  return found?.clause ?? null
}

function exemptOf(clauses: readonly (string | null)[]): { exempt?: readonly string[] } {
  const exempt = clauses.filter((clause) => clause !== null)
  return exempt.length === 0 ? {} : { exempt }
}

function declaredProperty(
  member: HouseholdMember,
  kind: PropertyKind,
  observedOn: PlainDate,
): PropertyValue | undefined {
  const declared = member.property.filter((property) => property.kind === kind)
  if (declared.length === 0) return undefined
  const valueFen = sum(declared.map((property) => property.valueFen))
  return { valueFen, count: declared.length, origin: 'DECLARED', observedOn }
}

/** By person id, so that the order in which members are listed changes nothing. */
function inOrderOf(members: readonly HouseholdMember[]): HouseholdMember[] {
  return [...members].sort((a, b) => (a.personId < b.personId ? -1 : 1))
}

function sourceOf(facts: readonly { source: MatchingSource }[]): { source?: MatchingSource } {
  const [first] = facts
  return first ? { source: first.source } : {}
}

function oldest(days: readonly PlainDate[]): PlainDate {
  return days.reduce((a, b) => (a < b ? a : b))
}

function latest(days: readonly PlainDate[]): PlainDate {
  return days.reduce((a, b) => (a > b ? a : b))
}
