import { countedMembers, type Household } from '../household/household.ts'
import { addMonths, type PlainDate } from '../time/plain-date.ts'
import type { IncomeKind, ReviewKind } from '../vocabulary.ts'
import type { ParametersInForce } from './parameters-in-force.ts'

/** How often a household in receipt is verified again. */
export type ReviewCycle = { kind: ReviewKind; months: number }

const unsteadyIncome: readonly IncomeKind[] = ['WAGE', 'BUSINESS', 'OTHER']

/**
 * Half-yearly where a counted member can work or income is unsteady, else once a year. Which income is unsteady is a
 * design choice; the officer who surveyed may say otherwise. Throws `ParameterMissing`.
 *
 * Source: 57 Art. 31.
 */
export function reviewCycle(household: Household, parameters: ParametersInForce): ReviewCycle {
  const unsteady = countedMembers(household, parameters.scope.on).some(
    ({ workCapable, income }) =>
      workCapable || income.some(({ kind, monthlyFen }) => monthlyFen > 0 && unsteadyIncome.includes(kind)),
  )
  const kind = unsteady ? 'HALF_YEARLY' : 'ANNUAL'
  return { kind, months: parameters.reviewMonths(kind) }
}

/** The day by which the next verification is to be done. */
export function nextReviewOn(from: PlainDate, { months }: ReviewCycle): PlainDate {
  return addMonths(from, months)
}
