import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createDayCounter } from '../../../domain/supervision/day-counter.ts'
import {
  type ClockAge,
  type Durations,
  forecast,
  hasTownshipPace,
  isForeseen,
  lateChance,
  type OpenClocks,
  type Pace,
  rollUp,
  sumForecast,
} from '../../../domain/supervision/forecast.ts'
import { limitKeys } from '../../../domain/matter/limit-keys.ts'
import { addDays, plainDate } from '../../../domain/time/plain-date.ts'
import { seededCalendar } from '../time/calendar-data.ts'

const lasting = (...days: number[]): Durations => days.map((one) => ({ days: one, runs: 1 }))
const anyDays = fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 40 })
const anyAge: fc.Arbitrary<ClockAge> = fc
  .tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 20 }))
  .map(([ranDays, left]) => ({ ranDays, allowedDays: ranDays + left }))

/** A township's runs are among those of its county. */
const paceOf = (own: readonly number[], elsewhere: readonly number[]): Pace => ({
  office: lasting(...own),
  county: lasting(...own, ...elsewhere),
})
const chanceOf = (age: ClockAge, pace: Pace) => lateChance(age, pace)?.chance ?? Number.NaN

describe('the chance that an open run will be late', () => {
  it('is unknown, and not made up, where no run ended lately', () => {
    expect(lateChance({ ranDays: 3, allowedDays: 10 }, { office: [], county: [] })).toBeNull()
    expect(lateChance({ ranDays: 3, allowedDays: 10 }, { office: null, county: [] })).toBeNull()
  })

  it('is the share that lasted longer of those not done sooner, once there are many', () => {
    const many = Array.from({ length: 1000 }, (_, index) => (index % 4 === 0 ? 12 : index % 2 === 0 ? 2 : 8))
    // A quarter lasts 12 days, half of them 8, a quarter 2: on day 5 the quick ones no longer count.
    expect(chanceOf({ ranDays: 5, allowedDays: 10 }, paceOf(many, []))).toBeCloseTo(1 / 3, 2)
    expect(chanceOf({ ranDays: 0, allowedDays: 10 }, paceOf(many, []))).toBeCloseTo(1 / 4, 2)
    expect(chanceOf({ ranDays: 9, allowedDays: 10 }, paceOf(many, []))).toBeCloseTo(1, 1)
  })

  it('leans on the county while the township has little to show, and says so', () => {
    const slowCounty = paceOf(
      [1],
      Array.from({ length: 100 }, () => 20),
    )
    const late = lateChance({ ranDays: 1, allowedDays: 10 }, slowCounty)
    expect(late?.chance).toBeGreaterThan(0.7)
    expect(late?.observed).toBe(1)
    expect(
      chanceOf(
        { ranDays: 1, allowedDays: 10 },
        paceOf(
          Array.from({ length: 200 }, () => 1),
          [20],
        ),
      ),
    ).toBeLessThan(0.05)
  })

  it('is cautious after a single run: neither certain nor impossible', () => {
    for (const days of [1, 30]) {
      const chance = chanceOf({ ranDays: 1, allowedDays: 10 }, { office: null, county: lasting(days) })
      expect([chance > 0.3, chance < 0.7]).toEqual([true, true])
    }
  })

  it('lies between 0 and 1', () => {
    fc.assert(
      fc.property(anyAge, anyDays, anyDays, (age, own, elsewhere) => {
        const late = lateChance(age, paceOf(own, elsewhere))
        const known = late !== null && late.chance > 0 && late.chance < 1
        expect(own.length + elsewhere.length === 0 ? late === null : known).toBe(true)
      }),
    )
  })

  it('never falls while a run goes on', () => {
    fc.assert(
      fc.property(anyAge, anyDays, fc.array(fc.nat(40), { minLength: 1 }), fc.nat(20), (age, own, elsewhere, more) => {
        const pace = paceOf(own, elsewhere)
        const older = { ...age, ranDays: Math.min(age.ranDays + more, age.allowedDays) }
        expect(chanceOf(older, pace)).toBeGreaterThanOrEqual(chanceOf(age, pace) - 1e-12)
      }),
    )
  })

  it('never falls when the office takes longer over what it had not done by this age', () => {
    const slower = fc.array(fc.tuple(fc.nat(40), fc.nat(15)), { minLength: 1, maxLength: 40 })
    fc.assert(
      fc.property(anyAge, slower, anyDays, (age, runs, elsewhere) => {
        const before = runs.map(([days]) => days)
        const after = runs.map(([days, more]) => (days >= age.ranDays ? days + more : days))
        expect(chanceOf(age, paceOf(after, elsewhere))).toBeGreaterThanOrEqual(
          chanceOf(age, paceOf(before, elsewhere)) - 1e-12,
        )
      }),
    )
  })

  it('of a run that has just begun never falls when the office is slower in anything', () => {
    const slower = fc.array(fc.tuple(fc.nat(40), fc.nat(15)), { minLength: 1, maxLength: 40 })
    fc.assert(
      fc.property(fc.nat(30), slower, anyDays, (allowedDays, runs, elsewhere) => {
        const age = { ranDays: 0, allowedDays }
        const before = paceOf(
          runs.map(([days]) => days),
          elsewhere,
        )
        const after = paceOf(
          runs.map(([days, more]) => days + more),
          elsewhere,
        )
        expect(chanceOf(age, after)).toBeGreaterThanOrEqual(chanceOf(age, before) - 1e-12)
      }),
    )
  })

  it('never falls when one more run was late', () => {
    fc.assert(
      fc.property(
        anyAge,
        anyDays,
        fc.array(fc.nat(40), { minLength: 1 }),
        fc.integer({ min: 1, max: 9 }),
        (age, own, elsewhere, by) => {
          const oneMoreLate = paceOf([...own, age.allowedDays + by], elsewhere)
          expect(chanceOf(age, oneMoreLate)).toBeGreaterThanOrEqual(chanceOf(age, paceOf(own, elsewhere)) - 1e-12)
        },
      ),
    )
  })
})

describe('the forecast of a place', () => {
  const villages = ['v1', 'v2', 'v3'] as const
  const dueDays = [0, 1, 2, 3].map((ahead) => addDays(plainDate('2026-09-28'), ahead))
  const anyOpen: fc.Arbitrary<OpenClocks> = fc
    .record({
      placeId: fc.constantFrom(...villages),
      limit: fc.constantFrom('SURVEY_START' as const, 'TOTAL' as const),
      dueOn: fc.constantFrom(...dueDays),
      clocks: fc.integer({ min: 1, max: 30 }),
      age: anyAge,
    })
    .map(({ age, ...rest }) => ({ ...rest, ...age }))
  const anyOffice = fc.dictionary(fc.constantFrom(...villages), anyDays)
  const paces = (own: Record<string, number[]>) => (clocks: OpenClocks) => paceOf(own[clocks.placeId] ?? [], [3, 9, 25])

  it('expects no fewer than none and no more than are open', () => {
    fc.assert(
      fc.property(fc.array(anyOpen), anyOffice, (open, own) => {
        const cells = forecast(open, paces(own))
        expect(cells.every(({ expected, open: clocks }) => expected >= 0 && expected <= clocks)).toBe(true)
        expect(sumForecast(cells).open).toBe(open.reduce((sum, { clocks }) => sum + clocks, 0))
      }),
    )
  })

  it('has one number for each place, limit and due day', () => {
    fc.assert(
      fc.property(fc.array(anyOpen), anyOffice, (open, own) => {
        const keys = forecast(open, paces(own)).map(({ placeId, limit, dueOn }) => `${placeId} ${limit} ${dueOn}`)
        expect(new Set(keys).size).toBe(keys.length)
      }),
    )
  })

  it('of villages adds up to that of their township, day by day', () => {
    const townshipOf = new Map([
      ['v1', 't1'],
      ['v2', 't1'],
      ['v3', 't2'],
    ])
    fc.assert(
      fc.property(fc.array(anyOpen), anyOffice, (open, own) => {
        const cells = forecast(open, paces(own))
        const above = rollUp(cells, townshipOf)
        for (const township of ['t1', 't2']) {
          for (const day of dueDays) {
            const below = sumForecast(
              cells.filter(({ placeId, dueOn }) => townshipOf.get(placeId) === township && dueOn === day),
            )
            const whole = sumForecast(above.filter(({ placeId, dueOn }) => placeId === township && dueOn === day))
            expect(whole.open).toBe(below.open)
            expect(whole.expected).toBeCloseTo(below.expected, 9)
          }
        }
      }),
    )
  })

  it('keeps apart what nothing is known about', () => {
    const open: OpenClocks = {
      placeId: 'v1',
      limit: 'TOTAL',
      dueOn: dueDays[0]!,
      clocks: 7,
      ranDays: 2,
      allowedDays: 30,
    }
    expect(forecast([open], () => ({ office: [], county: [] }))).toMatchObject([
      { open: 7, expected: 0, unknown: 7, few: 0 },
    ])
    expect(forecast([open], () => paceOf([], [1, 2]))).toMatchObject([{ open: 7, unknown: 0, few: 7 }])
  })
})

describe('the days that a run has run', () => {
  const count = createDayCounter(seededCalendar)
  const [before, after] = [plainDate('2026-09-30'), plainDate('2026-10-12')]

  it('leave out the holiday for a clock of working days, and make it up on its Saturday', () => {
    // 1 to 7 October 2026 are off, 10 October is worked: 8, 9, 10 and 12 October.
    expect(count('WORKING_DAYS', before, after)).toBe(4)
    expect(count('NATURAL_DAYS', before, after)).toBe(12)
    expect(count('FIXED_DAY', before, after)).toBe(12)
  })

  it('are none on the day on which it began', () => {
    expect(count('WORKING_DAYS', before, before)).toBe(0)
    expect(count('NATURAL_DAYS', after, before)).toBe(0)
  })

  it('of two parts make up the whole', () => {
    const anyDay = fc.integer({ min: 0, max: 400 }).map((ahead) => addDays(plainDate('2025-12-01'), ahead))
    fc.assert(
      fc.property(anyDay, fc.nat(60), fc.nat(60), (from, some, more) => {
        const middle = addDays(from, some)
        const end = addDays(middle, more)
        for (const kind of ['WORKING_DAYS', 'NATURAL_DAYS'] as const)
          expect(count(kind, from, middle) + count(kind, middle, end)).toBe(count(kind, from, end))
      }),
    )
  })
})

describe('limits that are foreseen', () => {
  it('are those of offices, and the township has a pace of its own only at its own and at the total', () => {
    expect(limitKeys.filter((limit) => !isForeseen(limit))).toEqual([
      'MATCHING_REPORT',
      'PUBLIC_NOTICE',
      'SUPERVISION_ORDER',
    ])
    const ofTheCounty = limitKeys.filter((limit) => isForeseen(limit) && !hasTownshipPace(limit))
    expect(ofTheCounty).toEqual(['COUNTY_DECISION', 'FIRST_PAYMENT', 'RETURNED_PAYMENT'])
  })
})
