import { describe, expect, it } from 'vitest'
import { noDocument, type Parameter, parameterId, parameterKeys } from '../../../domain/policy/parameters.ts'
import { ParameterAmbiguous, ParameterMissing, parametersInForce } from '../../../domain/policy/parameters-in-force.ts'
import { limitOf } from '../../../domain/procedures/assistance-case/limits.ts'
import { addDays, isPlainDate, plainDate } from '../../../domain/time/plain-date.ts'
import { clockKinds, residenceKinds } from '../../../domain/vocabulary.ts'
import { parametersOf, seededParameters } from './seeded-parameters.ts'

describe('parameters in force', () => {
  it.each([
    ['qingyang', 'URBAN', '2022-12-31', 680],
    ['qingyang', 'URBAN', '2023-01-01', 700],
    ['qingyang', 'RURAL', '2022-12-31', 439],
    ['qingyang', 'RURAL', '2023-01-01', 465],
    ['nantong', 'URBAN', '2022-06-30', 750],
    ['nantong', 'URBAN', '2022-07-01', 780],
    ['nantong', 'RURAL', '2022-07-01', 780],
  ] as const)('standard of %s, %s, on %s', (place, kind, on, yuanAMonth) => {
    expect(parametersOf(place, kind, on).standardMonthlyFen()).toBe(yuanAMonth * 100)
  })

  it('has rural categories whose yearly figures are those published', () => {
    const yearly = (on: string) => {
      const parameters = parametersOf('qingyang', 'RURAL', on)
      return (['I', 'II', 'III', 'IV'] as const).map((category) => (parameters.categoryMonthlyFen(category) * 12) / 100)
    }
    expect(yearly('2022-06-01')).toEqual([5268, 5004, 1008, 696])
    expect(yearly('2023-06-01')).toEqual([5580, 5304, 1068, 744])
  })

  it('says which value is missing, where and when', () => {
    const national = parametersOf('CN', 'URBAN', '2026-11-23')
    expect(() => national.standardMonthlyFen()).toThrow(ParameterMissing)
    expect(() => national.standardMonthlyFen()).toThrow(/dibao\.standardMonthlyFen.*URBAN.*2026-11-23.*CN/)
    expect(() => parametersOf('nantong', 'URBAN', '2021-06-30').standardMonthlyFen()).toThrow(ParameterMissing)
  })

  it('falls back to a wider place when the local row has ended', () => {
    const local: Parameter = {
      place: 'nantong',
      programme: 'DIBAO',
      key: 'limit.publicNotice',
      value: { kind: 'NATURAL_DAYS', amount: 10 },
      effectiveFrom: plainDate('2024-01-01'),
      effectiveTo: plainDate('2024-12-31'),
      source: 'test',
      assumed: true,
      datePickedBy: 'ACCEPTANCE',
    }
    const daysOn = (on: string) =>
      parametersInForce([...seededParameters, local], {
        placeChain: ['nantong', 'CN'],
        programme: 'DIBAO',
        residenceKind: 'URBAN',
        on: plainDate(on),
      }).publicNoticeDays()
    expect([daysOn('2023-12-31'), daysOn('2024-01-01'), daysOn('2024-12-31'), daysOn('2025-01-01')]).toEqual([
      7, 10, 10, 7,
    ])
  })

  it('refuses two rows of one name', () => {
    const [row] = seededParameters as [Parameter]
    expect(() =>
      parametersInForce([row, row], {
        placeChain: [row.place],
        programme: 'DIBAO',
        residenceKind: 'URBAN',
        on: row.effectiveFrom,
      }),
    ).toThrow(ParameterAmbiguous)
  })

  it('has one version for equal values, another when a row begins', () => {
    const versionOn = (on: string) => parametersOf('qingyang', 'URBAN', on).version
    expect(versionOn('2022-11-01')).toBe(versionOn('2022-12-31'))
    expect(versionOn('2023-01-01')).not.toBe(versionOn('2022-12-31'))
    expect(versionOn('2023-01-01')).toContain('qingyang/dibao.standardMonthlyFen/URBAN@2023-01-01')
  })
})

describe('seeded parameters', () => {
  it('know only keys of the list, real days and kinds of clock, and are called by one name each', () => {
    for (const { key, effectiveFrom, value } of seededParameters) {
      expect(parameterKeys).toContain(key)
      expect(isPlainDate(effectiveFrom)).toBe(true)
      if (key.startsWith('limit.')) expect(clockKinds).toContain((value as { kind: string }).kind)
    }
    const ids = seededParameters.map(parameterId)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('mark what no document states', () => {
    expect(seededParameters.filter(({ source, assumed }) => source === noDocument && !assumed)).toEqual([])
    expect(seededParameters.some(({ source }) => source === noDocument)).toBe(true)
    expect(seededParameters.filter(({ key, assumed }) => key.startsWith('dibao.assetLimit') && !assumed)).toEqual([])
  })

  it('pick the date of each key in one way', () => {
    const choices = Map.groupBy(seededParameters, ({ key }) => key)
    for (const rows of choices.values()) expect(new Set(rows.map(({ datePickedBy }) => datePickedBy)).size).toBe(1)
  })

  it('leave nothing missing on any day since 57 came into force, and follow 57 until 83 came', () => {
    for (const place of ['qingyang', 'nantong'] as const) {
      for (const kind of residenceKinds) {
        for (let on = plainDate('2021-07-01'); on < '2024-01-01'; on = addDays(on, 1)) {
          const parameters = parametersOf(place, kind, on)
          const missing = parameterKeys.filter((key) => parameters.find(key) === undefined)
          const unneeded = parameters.amountMethod() === 'DIFFERENCE' ? ['dibao.categoryMonthlyFen'] : []
          expect([on, missing.filter((key) => key !== 'pause.rules' && !unneeded.includes(key))]).toEqual([on, []])
        }
      }
    }
    const before = parametersOf('qingyang', 'RURAL', '2022-10-19')
    const after = parametersOf('qingyang', 'RURAL', '2022-10-20')
    expect(before.extensionCauses()).toEqual(['SPECIAL_CIRCUMSTANCES'])
    expect(after.extensionCauses()).not.toContain('SPECIAL_CIRCUMSTANCES')
    expect(before.row('extension.causes').source).toContain('民发〔2021〕57号')
    const delegatedTotal = (parameters: typeof before) =>
      limitOf('TOTAL', { parameters, delegated: true, extended: false }).amount
    expect([delegatedTotal(before), delegatedTotal(after)]).toEqual([30, 20])
  })

  it.each([
    ['qingyang', 'URBAN'],
    ['qingyang', 'RURAL'],
    ['nantong', 'URBAN'],
    ['nantong', 'RURAL'],
  ] as const)('leave nothing missing in %s for %s households', (place, kind) => {
    const parameters = parametersOf(place, kind, '2026-11-23')
    const categoryOnly = parameters.amountMethod() === 'DIFFERENCE' ? ['dibao.categoryMonthlyFen'] : []
    // No national text pauses a clock: without a document of the place there is no such row.
    const missing = [...categoryOnly, 'pause.rules']
    expect(parameterKeys.filter((key) => parameters.find(key) === undefined)).toEqual(missing)
  })
})

describe('a pause of clocks', () => {
  const rules = [{ waitsFor: 'HOUSEHOLD', limits: ['TOTAL'] }]
  const here = (assumed: boolean) =>
    parametersInForce(
      [
        ...seededParameters,
        {
          place: 'here',
          programme: 'DIBAO',
          key: 'pause.rules',
          value: rules,
          effectiveFrom: plainDate('2025-01-01'),
          source: '某县民发〔2025〕1号第三条',
          assumed,
          datePickedBy: 'ACCEPTANCE',
        } as Parameter,
      ],
      { placeChain: ['here', 'CN'], programme: 'DIBAO', residenceKind: 'RURAL', on: plainDate('2026-11-23') },
    )

  it('exists where the place cites a document', () => {
    expect(here(false).pauseRules()).toEqual({ rules, source: '某县民发〔2025〕1号第三条' })
  })

  it('does not exist by assumption, nor by silence', () => {
    expect(here(true).pauseRules()).toBeNull()
    expect(parametersOf('qingyang', 'RURAL', '2026-11-23').pauseRules()).toBeNull()
  })
})
