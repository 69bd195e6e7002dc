import { allocate, type Fen, fen } from '../money.ts'
import type { DibaoCategory, RoundingPolicy } from '../vocabulary.ts'
import type { ParametersInForce } from './parameters-in-force.ts'

/** How a monthly amount came about. `exactFen` is before rounding; both are for the household. */
export type SubsidyAmount =
  | {
      method: 'DIFFERENCE'
      standardMonthlyFen: Fen
      members: number
      incomeMonthlyFen: Fen
      exactFen: Fen
      rounding: RoundingPolicy
      monthlyFen: Fen
    }
  | { method: 'CATEGORY'; category: DibaoCategory | null; perMemberFen: Fen; members: number; monthlyFen: Fen }

/**
 * The monthly amount of a household by the method of its place. Throws `ParameterMissing`.
 *
 * Source: 57 Art. 23; Social Assistance Law Art. 18 (by difference or by category).
 */
export function subsidyAmount(input: {
  members: number
  incomeMonthlyFen: Fen
  category?: DibaoCategory
  parameters: ParametersInForce
}): SubsidyAmount {
  return input.parameters.amountMethod() === 'DIFFERENCE' ? byDifference(input) : byCategory(input)
}

/**
 * Standard × members − household income, never below zero and never above standard × members. It is computed for the
 * household and rounded once: per person, a third of a fen becomes a whole yuan (three people, 632 yuan, 1,894 yuan of
 * income are 2 yuan; rounding each person's share makes 3).
 */
function byDifference({
  members,
  incomeMonthlyFen,
  parameters,
}: {
  members: number
  incomeMonthlyFen: Fen
  parameters: ParametersInForce
}): SubsidyAmount {
  const standardMonthlyFen = parameters.standardMonthlyFen()
  const rounding = parameters.roundingPolicy()
  const most = fen(standardMonthlyFen * members)
  const exactFen = fen(Math.min(most, Math.max(0, most - incomeMonthlyFen)))
  const monthlyFen = fen(Math.min(most, rounded(exactFen, rounding)))
  return { method: 'DIFFERENCE', standardMonthlyFen, members, incomeMonthlyFen, exactFen, rounding, monthlyFen }
}

/** A fixed amount for each member by the category that officers assigned; it is never derived from income. */
function byCategory({
  members,
  category,
  parameters,
}: {
  members: number
  category?: DibaoCategory
  parameters: ParametersInForce
}): SubsidyAmount {
  const perMemberFen = category === undefined ? fen(0) : parameters.categoryMonthlyFen(category)
  const monthlyFen = fen(perMemberFen * members)
  return { method: 'CATEGORY', category: category ?? null, perMemberFen, members, monthlyFen }
}

const yuanInFen = 100

/**
 * Applies a rounding policy to an amount of zero or above. There is no national rule; each place has its own. Whoever is
 * below the standard gets something: where half a yuan decides, what would come to nothing is the least unit.
 */
export function rounded(amount: Fen, policy: RoundingPolicy): Fen {
  switch (policy) {
    case 'HOUSEHOLD_UP_TO_YUAN':
      return fen(Math.ceil(amount / yuanInFen) * yuanInFen)
    case 'HOUSEHOLD_HALF_UP_TO_YUAN': {
      const least = amount > 0 ? yuanInFen : 0
      return fen(Math.max(least, Math.floor((amount + yuanInFen / 2) / yuanInFen) * yuanInFen))
    }
    case 'EXACT_FEN':
      return amount
  }
}

/** What each counted member gets of the household's amount: equal shares that sum to it, by person id. */
export function sharesOf(monthlyFen: Fen, personIds: readonly string[]): { personId: string; amountFen: Fen }[] {
  if (personIds.length === 0) return []
  const inOrder = [...personIds].sort()
  const shares = allocate(
    monthlyFen,
    inOrder.map(() => 1),
  )
  return inOrder.map((personId, index) => ({ personId, amountFen: shares[index] as Fen }))
}
