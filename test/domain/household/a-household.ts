import type { Household, HouseholdMember } from '../../../domain/household/household.ts'
import type { MatchedFact, SourceStanding } from '../../../domain/household/matched-fact.ts'
import { type Fen, yuan } from '../../../domain/money.ts'
import { plainDate } from '../../../domain/time/plain-date.ts'
import { type IncomeKind, type MatchingSource, matchingSources, type PropertyKind } from '../../../domain/vocabulary.ts'

export const today = plainDate('2026-11-23')

/** Someone of forty who lives in the household, earns and owns nothing. */
export function aMember(personId: string, overrides: Partial<HouseholdMember> = {}): HouseholdMember {
  return {
    personId,
    relation: 'OTHER_SUPPORTED',
    birthDate: plainDate('1986-05-01'),
    residesInHousehold: true,
    workCapable: false,
    income: [],
    property: [],
    ...overrides,
  }
}

/** As many members as incomes, wages in yuan a month; the first is the applicant. */
export function aHousehold(...wages: number[]): Household {
  return householdOf(
    wages.map((wage, index) =>
      aMember(`p${index + 1}`, {
        relation: index === 0 ? 'APPLICANT' : 'OTHER_SUPPORTED',
        income: wage === 0 ? [] : [{ kind: 'WAGE', monthlyFen: yuan(wage) }],
      }),
    ),
  )
}

export function householdOf(members: HouseholdMember[]): Household {
  return { placeResidenceKind: 'URBAN', declaredOn: plainDate('2026-11-02'), members }
}

const found = {
  observedOn: plainDate('2026-10-31'),
  answeredOn: plainDate('2026-11-10'),
  validUntil: plainDate('2027-02-08'),
}

export function foundIncome(
  factId: string,
  personId: string,
  source: MatchingSource,
  amountFen: Fen,
  incomeKind: IncomeKind = 'WAGE',
): MatchedFact {
  return { factId, personId, source, kind: 'INCOME', incomeKind, amountFen, description: '核对记录', ...found }
}

export function foundProperty(
  factId: string,
  personId: string,
  source: MatchingSource,
  propertyKind: PropertyKind,
  amountFen: Fen,
): MatchedFact {
  return { factId, personId, source, kind: 'PROPERTY', propertyKind, amountFen, description: '核对记录', ...found }
}

/** Every register has answered. */
export const allAnswered: SourceStanding[] = matchingSources.map((source) => ({ source, answer: 'NONE_FOUND' }))
