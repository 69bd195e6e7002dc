import { describe, expect, it } from 'vitest'
import { excludedBy } from '../../../domain/policy/exclusions.ts'
import { sentenceOf } from '../../../domain/procedures/refusals.ts'
import { refuse } from '../../../domain/procedures/assistance-case/refusals.ts'
import { plainDate } from '../../../domain/time/plain-date.ts'

describe('one person, one benefit', () => {
  it('holds for dibao from the day on which its document is in force', () => {
    expect(excludedBy('DIBAO', plainDate('2021-06-30'))).toEqual([])
    expect(excludedBy('DIBAO', plainDate('2021-07-01'))).toEqual(['DIBAO'])
  })

  it('names the office that has the person, in words', () => {
    const refusal = refuse('memberInBenefitOfOtherCounty', { office: '西峰区民政局' })
    expect(sentenceOf(refusal)).toContain('请与西峰区民政局联系核实')
  })
})
