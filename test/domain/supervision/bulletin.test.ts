import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { limitKeys } from '../../../domain/matter/limit-keys.ts'
import {
  addUp,
  besideFacts,
  changesSince,
  type Count,
  type CountedFact,
  countsByPlace,
  factLabels,
  figureKeys,
  figureOf,
  figures,
  onTimeRate,
  ratedLimits,
  runOutcomes,
} from '../../../domain/supervision/bulletin.ts'
import { supervisionRungs } from '../../../domain/vocabulary.ts'

const facts: CountedFact[] = [...runOutcomes, ...besideFacts, ...supervisionRungs]
const anyCount = fc.record({
  fact: fc.constantFrom(...facts),
  limit: fc.constantFrom(null, ...limitKeys),
  count: fc.integer({ min: 1, max: 50 }),
}) as fc.Arbitrary<Count>
const anyCounts = fc.array(anyCount, { maxLength: 30 })
const everyFigure = (counts: readonly Count[]) =>
  figureKeys.flatMap((key) => [figureOf(counts, key), ...limitKeys.map((limit) => figureOf(counts, key, limit))])

describe('a rate', () => {
  it('is nothing, and above all not a hundred percent, where nothing fell due', () => {
    expect(onTimeRate([], 'ACCEPTANCE')).toBeNull()
    expect(onTimeRate([{ fact: 'MENDING_NOTICE', limit: null, count: 9 }], 'ACCEPTANCE')).toBeNull()
  })

  it('counts what was done in time and typed in late as in time, and shows how much that was', () => {
    const counts: Count[] = [
      { fact: 'MET', limit: 'SURVEY_START', count: 5 },
      { fact: 'ENTERED_LATE', limit: 'SURVEY_START', count: 1 },
      { fact: 'LATE_BY_OFFICE', limit: 'SURVEY_START', count: 1 },
      { fact: 'OPEN_BY_OTHERS', limit: 'SURVEY_START', count: 1 },
    ]
    expect(onTimeRate(counts, 'SURVEY_START')).toBe(0.75)
    expect(figureOf(counts, 'CORRECTION')).toBe(1)
    expect(figureOf(counts, 'LATE_BY_OFFICE', 'SURVEY_START')).toBe(1)
    expect(figureOf(counts, 'LATE_BY_OTHERS', 'SURVEY_START')).toBe(1)
  })

  it('lies between 0 and 1, and its parts make up what fell due', () => {
    fc.assert(
      fc.property(anyCounts, fc.constantFrom(...ratedLimits), (counts, limit) => {
        const due = figureOf(counts, 'DUE', limit)
        const rate = onTimeRate(counts, limit)
        expect(rate === null ? due === 0 : rate >= 0 && rate <= 1).toBe(true)
        const part = (key: 'IN_TIME' | 'DONE_LATE' | 'STILL_OPEN' | 'LATE_BY_OFFICE' | 'LATE_BY_OTHERS') =>
          figureOf(counts, key, limit)
        expect(part('IN_TIME') + part('DONE_LATE') + part('STILL_OPEN')).toBe(due)
        expect(part('LATE_BY_OFFICE') + part('LATE_BY_OTHERS')).toBe(part('DONE_LATE') + part('STILL_OPEN'))
      }),
    )
  })

  it('of a quarter comes from the sums of its months, not from the mean of their rates', () => {
    const october: Count[] = [{ fact: 'MET', limit: 'TOTAL', count: 1 }]
    const november: Count[] = [{ fact: 'LATE_BY_OFFICE', limit: 'TOTAL', count: 9 }]
    expect(onTimeRate(addUp([...october, ...november]), 'TOTAL')).toBe(0.1)
  })
})

describe('counts', () => {
  it('added up give every figure what its parts give together', () => {
    fc.assert(
      fc.property(fc.array(anyCounts, { maxLength: 4 }), (parts) => {
        const whole = everyFigure(addUp(parts.flat()))
        const sums = parts.map(everyFigure).reduce(
          (sum, part) => sum.map((one, index) => one + (part[index] as number)),
          whole.map(() => 0),
        )
        expect(whole).toEqual(sums)
      }),
    )
  })

  it('come out the same in whatever order they were read', () => {
    fc.assert(
      fc.property(anyCounts, (counts) => {
        expect(addUp(counts.toReversed())).toEqual(addUp(counts))
        expect(addUp(addUp(counts))).toEqual(addUp(counts))
      }),
    )
  })

  it('of a county are those of its townships, and a township where nothing happened has its line', () => {
    const township: Record<string, string> = { v1: 't1', v2: 't1', v3: 't2' }
    const above = (village: string) => ['county', township[village] as string]
    const counted = [
      { placeId: 'v1', fact: 'MET', limit: 'TOTAL', count: 2 },
      { placeId: 'v2', fact: 'MET', limit: 'TOTAL', count: 3 },
      { placeId: 'v3', fact: 'EXTENSION', limit: null, count: 1 },
    ] as const
    expect(countsByPlace(counted, ['county', 't1', 't2', 't3'], above)).toEqual([
      {
        placeId: 'county',
        counts: [
          { fact: 'EXTENSION', limit: null, count: 1 },
          { fact: 'MET', limit: 'TOTAL', count: 5 },
        ],
      },
      { placeId: 't1', counts: [{ fact: 'MET', limit: 'TOTAL', count: 5 }] },
      { placeId: 't2', counts: [{ fact: 'EXTENSION', limit: null, count: 1 }] },
      { placeId: 't3', counts: [] },
    ])
  })

  it('are counted once where a case lies at the county itself', () => {
    const counted = [{ placeId: 'county', fact: 'MET', limit: 'TOTAL', count: 2 }] as const
    const [line] = countsByPlace(counted, ['county'], () => ['county', 'county'])
    expect(line?.counts).toEqual([{ fact: 'MET', limit: 'TOTAL', count: 2 }])
  })
})

describe('what changed since a bulletin', () => {
  it('is told with both counts, and nothing that stayed', () => {
    const issued: Count[] = [
      { fact: 'MET', limit: 'TOTAL', count: 4 },
      { fact: 'OPEN_BY_OFFICE', limit: 'SURVEY_START', count: 2 },
    ]
    const now: Count[] = [
      { fact: 'MET', limit: 'TOTAL', count: 4 },
      { fact: 'OPEN_BY_OFFICE', limit: 'SURVEY_START', count: 1 },
      { fact: 'ENTERED_LATE', limit: 'SURVEY_START', count: 1 },
    ]
    expect(changesSince(issued, now)).toEqual([
      { fact: 'ENTERED_LATE', limit: 'SURVEY_START', issued: 0, now: 1 },
      { fact: 'OPEN_BY_OFFICE', limit: 'SURVEY_START', issued: 2, now: 1 },
    ])
  })

  it('is nothing between equal counts, and the same the other way round', () => {
    fc.assert(
      fc.property(anyCounts, anyCounts, (some, others) => {
        const [one, other] = [addUp(some), addUp(others)]
        expect(changesSince(one, one)).toEqual([])
        const turned = changesSince(other, one).map((change) => ({ ...change, issued: change.now, now: change.issued }))
        expect(changesSince(one, other)).toEqual(turned)
      }),
    )
  })
})

describe('the tables of figures', () => {
  it('use every fact, and call everything by its name', () => {
    const used = new Set(Object.values(figures).flatMap((figure) => figure.facts))
    expect(facts.filter((fact) => !used.has(fact))).toEqual([])
    expect(Object.keys(factLabels).toSorted()).toEqual(facts.toSorted())
    expect(new Set(Object.values(factLabels)).size).toBe(facts.length)
  })

  it('rate every limit but the one that nobody can miss', () => {
    expect(limitKeys.filter((limit) => !ratedLimits.includes(limit))).toEqual(['PUBLIC_NOTICE'])
  })
})
