import { describe, expect, it } from 'vitest'
import { discrepancies, isFresh, unknownSources } from '../../../domain/household/matched-fact.ts'
import { yuan } from '../../../domain/money.ts'
import { plainDate } from '../../../domain/time/plain-date.ts'
import { aHousehold, foundIncome, foundProperty } from './a-household.ts'

describe('matched facts', () => {
  it('may be relied on through their last day', () => {
    const fact = foundIncome('f1', 'p1', 'TAX', yuan(1000))
    expect(isFresh(fact, plainDate('2027-02-08'))).toBe(true)
    expect(isFresh(fact, plainDate('2027-02-09'))).toBe(false)
  })

  it('leave unknown what is pending or was not answered, and only that', () => {
    expect(
      unknownSources([
        { source: 'TAX', answer: 'PENDING' },
        { source: 'VEHICLES', answer: 'NO_ANSWER' },
        { source: 'REAL_ESTATE', answer: 'NONE_FOUND' },
        { source: 'BANK_DEPOSITS', answer: 'FOUND' },
      ]),
    ).toEqual(['TAX', 'VEHICLES'])
  })
})

describe('declared against found', () => {
  it('shows what differs and nothing else', () => {
    const table = discrepancies(aHousehold(1000, 500), [
      foundIncome('f1', 'p1', 'TAX', yuan(1000)),
      foundIncome('f2', 'p2', 'TAX', yuan(800)),
    ])
    expect(table).toEqual([
      {
        personId: 'p2',
        subject: 'INCOME',
        kind: 'WAGE',
        declaredFen: 50_000,
        foundFen: 80_000,
        differenceFen: 30_000,
        factIds: ['f2'],
      },
    ])
  })

  it('counts one wage that two registers know once, and two wages that one register knows twice', () => {
    const found = [
      foundIncome('f1', 'p1', 'TAX', yuan(1000)),
      foundIncome('f2', 'p1', 'SOCIAL_INSURANCE', yuan(900)),
      foundIncome('f3', 'p1', 'TAX', yuan(200)),
    ]
    expect(discrepancies(aHousehold(0), found)).toMatchObject([{ foundFen: 120_000, factIds: ['f1', 'f2', 'f3'] }])
  })

  it('shows a thing without a value that nobody declared', () => {
    const found = [foundProperty('f1', 'p1', 'VEHICLES', 'VEHICLE', yuan(0))]
    expect(discrepancies(aHousehold(0), found)).toMatchObject([
      { subject: 'PROPERTY', kind: 'VEHICLE', differenceFen: 0 },
    ])
  })
})
