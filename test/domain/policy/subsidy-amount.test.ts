import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fen, sum, yuan } from '../../../domain/money.ts'
import { rounded, sharesOf, subsidyAmount } from '../../../domain/policy/subsidy-amount.ts'
import { dibaoCategories, roundingPolicies } from '../../../domain/vocabulary.ts'
import { parametersOf, parametersWith } from './seeded-parameters.ts'

const anyIncome = fc.integer({ min: -1_000_000, max: 10_000_000 }).map(fen)
const anyMembers = fc.integer({ min: 1, max: 12 })
const anyPolicy = fc.constantFrom(...roundingPolicies)

describe('amount by difference', () => {
  it('is 2 yuan for three people, a standard of 632 and an income of 1,894, and not 3', () => {
    const parameters = parametersWith({ 'dibao.standardMonthlyFen': yuan(632) })
    const amount = subsidyAmount({ members: 3, incomeMonthlyFen: yuan(1894), parameters })
    expect(amount).toMatchObject({ exactFen: 200, monthlyFen: 200 })
  })

  it.each([
    ['nantong', '2022-01-15', 1, 0, 750],
    ['nantong', '2022-08-15', 1, 0, 780],
    ['nantong', '2026-11-23', 3, 1000, 1340],
    ['nantong', '2026-11-23', 2, 912.7, 648],
    ['qingyang', '2022-06-15', 4, 2000, 720],
    ['qingyang', '2023-06-15', 4, 2000, 800],
    ['qingyang', '2023-06-15', 1, 700, 0],
    ['qingyang', '2023-06-15', 1, 699.99, 1],
  ] as const)('%s on %s: %i people with %d yuan get %d yuan', (place, on, members, income, expected) => {
    const amount = subsidyAmount({
      members,
      incomeMonthlyFen: yuan(income),
      parameters: parametersOf(place, 'URBAN', on),
    })
    expect(amount.monthlyFen).toBe(yuan(expected))
  })

  it('is never below zero nor above standard times members, whatever the rounding', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 200_000 }),
        anyMembers,
        anyIncome,
        anyPolicy,
        (standard, members, income, policy) => {
          const parameters = parametersWith({ 'dibao.standardMonthlyFen': standard, 'dibao.roundingPolicy': policy })
          const { monthlyFen } = subsidyAmount({ members, incomeMonthlyFen: income, parameters })
          expect(monthlyFen).toBeGreaterThanOrEqual(0)
          expect(monthlyFen).toBeLessThanOrEqual(standard * members)
        },
      ),
    )
  })

  it('is something for whoever is below the standard, whatever the rounding', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 200_000 }),
        anyMembers,
        anyIncome,
        anyPolicy,
        (standard, members, income, policy) => {
          const parameters = parametersWith({ 'dibao.standardMonthlyFen': standard, 'dibao.roundingPolicy': policy })
          const { monthlyFen } = subsidyAmount({ members, incomeMonthlyFen: income, parameters })
          expect(monthlyFen > 0).toBe(income < standard * members)
        },
      ),
    )
    const halfUp = parametersWith({ 'dibao.roundingPolicy': 'HOUSEHOLD_HALF_UP_TO_YUAN' })
    const almost = fen(halfUp.standardMonthlyFen() - 30)
    expect(subsidyAmount({ members: 1, incomeMonthlyFen: almost, parameters: halfUp }).monthlyFen).toBe(yuan(1))
  })

  it('never rises with income', () => {
    fc.assert(
      fc.property(
        anyMembers,
        anyIncome,
        fc.integer({ min: 0, max: 500_000 }),
        anyPolicy,
        (members, income, more, policy) => {
          const parameters = parametersWith({ 'dibao.roundingPolicy': policy })
          const less = subsidyAmount({ members, incomeMonthlyFen: income, parameters })
          const richer = subsidyAmount({ members, incomeMonthlyFen: fen(income + more), parameters })
          expect(richer.monthlyFen).toBeLessThanOrEqual(less.monthlyFen)
        },
      ),
    )
  })
})

describe('amount by category', () => {
  const monthly = (on: string) =>
    dibaoCategories.map((category) => {
      const parameters = parametersOf('qingyang', 'RURAL', on)
      return subsidyAmount({ members: 1, incomeMonthlyFen: fen(0), category, parameters }).monthlyFen / 100
    })

  it('is the fixed figure of each category before and from 2023', () => {
    expect(monthly('2022-06-15')).toEqual([439, 417, 84, 58])
    expect(monthly('2023-06-15')).toEqual([465, 442, 89, 62])
  })

  it('is for each member, and hangs on no income', () => {
    const parameters = parametersOf('qingyang', 'RURAL', '2026-11-23')
    for (const income of [0, 100, 400]) {
      const amount = subsidyAmount({ members: 3, incomeMonthlyFen: yuan(income), category: 'II', parameters })
      expect(amount.monthlyFen).toBe(yuan(1326))
    }
  })

  it('is nothing while officers have not assigned a category', () => {
    const parameters = parametersOf('qingyang', 'RURAL', '2026-11-23')
    expect(subsidyAmount({ members: 3, incomeMonthlyFen: fen(0), parameters })).toMatchObject({
      category: null,
      monthlyFen: 0,
    })
  })
})

describe('rounding', () => {
  it.each([
    ['HOUSEHOLD_UP_TO_YUAN', 101, 200],
    ['HOUSEHOLD_UP_TO_YUAN', 200, 200],
    ['HOUSEHOLD_HALF_UP_TO_YUAN', 149, 100],
    ['HOUSEHOLD_HALF_UP_TO_YUAN', 150, 200],
    ['EXACT_FEN', 149, 149],
  ] as const)('%s makes %i fen %i', (policy, amount, expected) => {
    expect(rounded(fen(amount), policy)).toBe(expected)
  })
})

describe('shares of members', () => {
  it('sum to the amount of the household, differ by one fen at most, and hang on no order', () => {
    const people = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 10 })
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000_000 }), people, (amount, ids) => {
        const shares = sharesOf(fen(amount), ids)
        const amounts = shares.map(({ amountFen }) => amountFen)
        expect(sum(amounts)).toBe(amount)
        expect(Math.max(...amounts) - Math.min(...amounts)).toBeLessThanOrEqual(1)
        expect(sharesOf(fen(amount), [...ids].reverse())).toEqual(shares)
      }),
    )
  })
})
