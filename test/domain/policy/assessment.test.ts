import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Household } from '../../../domain/household/household.ts'
import { type Fen, fen, sum, yuan } from '../../../domain/money.ts'
import { type Assessment, type AssessmentInput, assess, ruleVersion } from '../../../domain/policy/assessment.ts'
import type { ConditionKey } from '../../../domain/policy/condition.ts'
import { plainDate } from '../../../domain/time/plain-date.ts'
import { dibaoCategories, type ExemptionKey, incomeKinds, matchingSources } from '../../../domain/vocabulary.ts'
import {
  aHousehold,
  allAnswered,
  aMember,
  foundIncome,
  foundProperty,
  householdOf,
  today,
} from '../household/a-household.ts'
import { parametersOf, parametersWith } from './seeded-parameters.ts'

const nantong = parametersOf('nantong', 'URBAN', '2026-11-23')
const ruralQingyang = parametersOf('qingyang', 'RURAL', '2026-11-23')

function assessed(household: Household, more: Partial<AssessmentInput> = {}): Assessment {
  return assess({ household, facts: [], sources: allAnswered, surveyed: [], parameters: nantong, today, ...more })
}

function outcomeOf({ conditions }: Assessment, key: ConditionKey) {
  return conditions.find((condition) => condition.key === key)?.outcome
}

describe('an assessment', () => {
  it('proposes the difference and shares it among the members', () => {
    const result = assessed(aHousehold(800, 0, 0))
    expect(result).toMatchObject({ eligible: true, monthlyAmountFen: yuan(1540), ruleVersion })
    expect(result.perMember.map(({ amountFen }) => amountFen)).toEqual([51_334, 51_333, 51_333])
    expect(result.parameterVersion).toContain('nantong/dibao.standardMonthlyFen@2022-07-01')
  })

  it('asks for income below the standard, not at it', () => {
    expect(assessed(aHousehold(780)).eligible).toBe(false)
    expect(assessed(aHousehold(779.99))).toMatchObject({ eligible: true, monthlyAmountFen: yuan(1) })
    expect(outcomeOf(assessed(aHousehold(780)), 'INCOME')).toBe('NOT_MET')
  })

  it('leaves out the income and the share of a member who does not count', () => {
    const household = householdOf([
      aMember('p1', { relation: 'APPLICANT' }),
      aMember('p2', {
        relation: 'SPOUSE',
        exclusion: 'IMPRISONED',
        income: [{ kind: 'OTHER', monthlyFen: yuan(5000) }],
      }),
    ])
    expect(assessed(household)).toMatchObject({ eligible: true, perMember: [{ personId: 'p1', amountFen: yuan(780) }] })
  })

  it('has the date of its rules in its clauses', () => {
    const clauseOn = (on: string) =>
      assessed(aHousehold(0), {
        parameters: parametersOf('nantong', 'URBAN', on),
        today: plainDate(on),
      }).conditions.find(({ key }) => key === 'INCOME')?.clause
    expect(clauseOn('2026-07-01')).toContain('社会救助法')
    expect(clauseOn('2026-06-30')).toContain('社会救助暂行办法')
  })
})

describe('the value used', () => {
  const declared = aHousehold(500)
  const found = foundIncome('f1', 'p1', 'TAX', yuan(1200))
  const visited = { personId: 'p1', kind: 'WAGE', monthlyFen: yuan(600), surveyedOn: plainDate('2026-11-12') } as const
  const settled = { ...visited, settlesFactId: 'f1', reason: '已于10月离职，有解除劳动合同证明。' }

  it.each([
    ['declared, where nothing else is known', {}, 500, 'DECLARED'],
    ['surveyed before declared', { surveyed: [visited] }, 600, 'SURVEYED'],
    ['matched before surveyed', { surveyed: [visited], facts: [found] }, 1200, 'MATCHED'],
    ['settled by an officer with a reason before matched', { surveyed: [settled], facts: [found] }, 600, 'SETTLED'],
    ['matched, when the reason is blank', { surveyed: [{ ...settled, reason: ' ' }], facts: [found] }, 1200, 'MATCHED'],
  ] satisfies [string, Partial<AssessmentInput>, number, string][])('%s', (_, more, amount, origin) => {
    expect(assessed(declared, more).income).toMatchObject([{ monthlyFen: yuan(amount), origin }])
  })

  it('carries its register and its age in days', () => {
    const { conditions } = assessed(declared, { facts: [found] })
    expect(conditions.find(({ key }) => key === 'INCOME')).toMatchObject({ source: '信息核对（税务）', ageDays: 23 })
  })

  it('takes one wage known to two registers once, and the other stands when only one is settled', () => {
    const twice = [found, foundIncome('f2', 'p1', 'SOCIAL_INSURANCE', yuan(1000))]
    expect(assessed(declared, { facts: twice }).incomeMonthlyFen).toBe(yuan(1200))
    expect(assessed(declared, { facts: twice, surveyed: [settled] }).incomeMonthlyFen).toBe(yuan(1000))
  })

  it('lets a loss from business eat up no wage', () => {
    const visit = { personId: 'p1', kind: 'BUSINESS', monthlyFen: fen(-30_000) as Fen, surveyedOn: today } as const
    expect(assessed(declared, { surveyed: [visit] }).incomeMonthlyFen).toBe(yuan(500))
  })
})

describe('what is not known', () => {
  const silent = matchingSources.map((source) =>
    source === 'BANK_DEPOSITS'
      ? ({ source, answer: 'NO_ANSWER' } as const)
      : ({ source, answer: 'NONE_FOUND' } as const),
  )

  it('is said for every source without an answer, and is no zero and no refusal', () => {
    const result = assessed(aHousehold(0), { sources: silent })
    const unknown = result.conditions.filter(({ outcome }) => outcome === 'NOT_KNOWN')
    expect(unknown).toMatchObject([{ key: 'MATCHING', source: '银行存款' }])
    expect(unknown[0]?.sentence).toContain('情况不明')
    expect(result.eligible).toBe(true)
  })

  it('is said when nothing was asked at all', () => {
    expect(outcomeOf(assessed(aHousehold(0), { sources: [] }), 'MATCHING')).toBe('NOT_KNOWN')
  })

  it('is said of results that are too old, which still count', () => {
    const result = assessed(aHousehold(0), {
      facts: [foundIncome('f1', 'p1', 'TAX', yuan(300))],
      today: plainDate('2027-03-01'),
      parameters: parametersOf('nantong', 'URBAN', '2027-03-01'),
    })
    expect(outcomeOf(result, 'MATCHING_FRESH')).toBe('NOT_KNOWN')
    expect(result.incomeMonthlyFen).toBe(yuan(300))
  })
})

describe('property', () => {
  it('speaks against above the limit for the whole household', () => {
    const deposit = (amount: number) => [foundProperty('f1', 'p1', 'BANK_DEPOSITS', 'DEPOSIT', yuan(amount))]
    expect(assessed(aHousehold(0, 0), { facts: deposit(37_440) }).eligible).toBe(true)
    expect(assessed(aHousehold(0, 0), { facts: deposit(37_440.01) }).eligible).toBe(false)
  })

  it('leaves out what is theirs and does not count in this place, with its clause, and only there', () => {
    const facts = [foundProperty('f1', 'p1', 'VEHICLES', 'VEHICLE', yuan(0))]
    const carriage = {
      personId: 'p1',
      kind: 'VEHICLE',
      valueFen: yuan(0),
      held: true,
      surveyedOn: plainDate('2026-11-12'),
      settlesFactId: 'f1',
      reason: '残疾人机动轮椅车。',
    } as const
    const vehiclesWith = (exemption?: ExemptionKey) =>
      assessed(aHousehold(0), { facts, surveyedProperty: [{ ...carriage, exemption }] }).conditions.find(
        ({ key }) => key === 'VEHICLES',
      )
    expect(vehiclesWith('DISABLED_VEHICLE')).toMatchObject({
      outcome: 'MET',
      sentence: expect.stringMatching(/0辆.*另有1辆属于家庭所有但不计入：残疾人机动轮椅车/),
    })
    // Nantong knows of no vehicle that is a means of living.
    expect(vehiclesWith('LIVELIHOOD_VEHICLE')).toMatchObject({ outcome: 'NOT_MET', valueUsed: '1辆' })
    expect(vehiclesWith()).toMatchObject({ outcome: 'NOT_MET' })
  })

  it('counts vehicles, until an officer establishes that one is gone', () => {
    const facts = [foundProperty('f1', 'p1', 'VEHICLES', 'VEHICLE', yuan(0))]
    expect(outcomeOf(assessed(aHousehold(0), { facts }), 'VEHICLES')).toBe('NOT_MET')
    const scrapped = {
      personId: 'p1',
      kind: 'VEHICLE',
      valueFen: yuan(0),
      held: false,
      surveyedOn: plainDate('2026-11-12'),
      settlesFactId: 'f1',
      reason: '车辆已报废，有报废回收证明。',
    } as const
    const result = assessed(aHousehold(0), { facts, surveyedProperty: [scrapped] })
    expect(result).toMatchObject({ eligible: true, property: [{ count: 0, origin: 'SETTLED' }] })
  })

  it('is not assessed where the place has no limit, and where a share in a company has none', () => {
    const national = parametersOf('CN', 'URBAN', '2026-11-23')
    const withoutLimits = parametersWith({ 'dibao.standardMonthlyFen': yuan(700), 'dibao.amountMethod': 'DIFFERENCE' })
    expect(national.find('dibao.assetLimit.vehicles')).toBeUndefined()
    const find = ((key: string) => (key.includes('assetLimit') ? undefined : withoutLimits.find(key as never))) as never
    const result = assessed(aHousehold(0), {
      parameters: { ...withoutLimits, find },
      facts: [foundProperty('f1', 'p1', 'MARKET_REGULATION', 'COMPANY_SHARE', yuan(0))],
    })
    for (const key of ['FINANCIAL_PROPERTY', 'VEHICLES', 'DWELLINGS', 'OTHER_PROPERTY'] as const) {
      expect(outcomeOf(result, key)).toBe('NOT_ASSESSED')
    }
  })
})

describe('a place that pays by category', () => {
  it('waits for the officers before it names an amount', () => {
    const result = assessed(aHousehold(0, 0), { parameters: ruralQingyang })
    expect(outcomeOf(result, 'CATEGORY')).toBe('NOT_ASSESSED')
    expect(result.monthlyAmountFen).toBe(0)
  })

  it('pays the category whatever the income below the standard, and nothing above it', () => {
    for (const category of dibaoCategories) {
      const poor = assessed(aHousehold(0), { parameters: ruralQingyang, category })
      const lessPoor = assessed(aHousehold(400), { parameters: ruralQingyang, category })
      expect(lessPoor.monthlyAmountFen).toBe(poor.monthlyAmountFen)
    }
    expect(assessed(aHousehold(465), { parameters: ruralQingyang, category: 'I' })).toMatchObject({
      eligible: false,
      monthlyAmountFen: 0,
    })
  })
})

describe('laws of every assessment', () => {
  const anyMember = fc.record({
    income: fc.array(
      fc.record({ kind: fc.constantFrom(...incomeKinds), monthlyFen: fc.integer({ min: 0, max: 200_000 }).map(fen) }),
      { maxLength: 3 },
    ),
    residesInHousehold: fc.boolean(),
  })
  const anyHousehold = fc
    .array(anyMember, { minLength: 1, maxLength: 7 })
    .map((members) =>
      householdOf(
        members.map((member, index) =>
          aMember(`p${index}`, { ...member, relation: index === 0 ? 'APPLICANT' : 'PARENT' }),
        ),
      ),
    )

  it('the members sum to the household, which is never below zero', () => {
    fc.assert(
      fc.property(anyHousehold, (household) => {
        const { monthlyAmountFen, perMember } = assessed(household)
        expect(sum(perMember.map(({ amountFen }) => amountFen))).toBe(monthlyAmountFen)
        expect(monthlyAmountFen).toBeGreaterThanOrEqual(0)
      }),
    )
  })

  it('the order of members changes nothing', () => {
    fc.assert(
      fc.property(anyHousehold, (household) => {
        expect(assessed({ ...household, members: [...household.members].reverse() })).toEqual(assessed(household))
      }),
    )
  })

  it('more income never brings more money', () => {
    fc.assert(
      fc.property(anyHousehold, fc.integer({ min: 1, max: 300_000 }), (household, more) => {
        const [first, ...others] = household.members
        if (!first) return
        const income = [...first.income, { kind: 'TRANSFER' as const, monthlyFen: fen(more) }]
        const richer = assessed({ ...household, members: [{ ...first, income }, ...others] })
        expect(richer.monthlyAmountFen).toBeLessThanOrEqual(assessed(household).monthlyAmountFen)
      }),
    )
  })
})
