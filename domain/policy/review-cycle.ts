import type { ReviewKind } from '../vocabulary.ts'

/** Reviews that come round by themselves. */
export type PeriodicReview = Extract<ReviewKind, 'ANNUAL' | 'HALF_YEARLY'>

/**
 * How often a household in receipt is verified again: once a year where income is stable, half-yearly where it is not or
 * a member can work. The investigators say which, having seen the household.
 *
 * Source: 57 Art. 31.
 */
export function reviewKindFor({ stableIncome }: { stableIncome: boolean }): PeriodicReview {
  return stableIncome ? 'ANNUAL' : 'HALF_YEARLY'
}
