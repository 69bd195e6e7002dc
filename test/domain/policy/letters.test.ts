import { describe, expect, it } from 'vitest'
import { yuan } from '../../../domain/money.ts'
import { assess } from '../../../domain/policy/assessment.ts'
import { explainAssessment } from '../../../domain/policy/explanation.ts'
import { RefusalWithoutReason, refusalLetter } from '../../../domain/policy/refusal-letter.ts'
import { reviewKindFor } from '../../../domain/policy/review-cycle.ts'
import { addMonths, plainDate } from '../../../domain/time/plain-date.ts'
import { aHousehold, allAnswered, foundIncome, today } from '../household/a-household.ts'
import { parametersOf } from './seeded-parameters.ts'

const parameters = parametersOf('nantong', 'URBAN', '2026-11-23')
const refused = assess({
  household: aHousehold(500, 0),
  facts: [foundIncome('f1', 'p1', 'TAX', yuan(2600))],
  sources: [...allAnswered.filter(({ source }) => source !== 'VEHICLES'), { source: 'VEHICLES', answer: 'NO_ANSWER' }],
  surveyed: [],
  parameters,
  today,
})

describe('an explanation', () => {
  it('shows the sum step by step and says that people decide', () => {
    const granted = assess({
      household: aHousehold(500, 0),
      facts: [],
      sources: allAnswered,
      surveyed: [],
      parameters,
      today,
    })
    const lines = explainAssessment(granted)
    expect(lines).toContain('低保标准780.00元×2人－家庭月收入500.00元＝1,060.00元。')
    expect(lines[0]).toContain('人民币壹仟零陆拾元整')
    expect(lines.at(-1)).toContain('由工作人员审核后作出决定')
  })

  it('puts names in only when asked', () => {
    expect(explainAssessment(refused).join()).not.toContain('p1')
    expect(explainAssessment(refused, (id) => `姓名${id}`).join()).toContain(
      '姓名p1：工资性收入每月2,600.00元，取自信息核对（税务），距今23天。',
    )
  })
})

describe('a refusal letter', () => {
  const input = {
    householdHead: '王建国',
    placeName: '示例街道幸福社区',
    officeName: '示例区民政局',
    appliedOn: plainDate('2026-11-02'),
    decidedOn: today,
    assessment: refused,
    reasons: [{ code: 'INCOME_OVER_STANDARD', text: '税务信息显示月工资2,600元，经电话核实属实。' }],
    reconsiderationBody: '示例区人民政府',
    court: '示例区人民法院',
  } as const

  it('gives reasons, rule, facts, calculation, what was favourable, what is unknown, and how to object', () => {
    const { title, paragraphs } = refusalLetter(input)
    const text = paragraphs.join('\n')
    expect(title).toBe('不予确认同意告知书')
    for (const part of [
      '《社会救助法》第四十五条',
      '人均1,300.00元/人月，不低于当地低保标准780.00元/人月',
      '信息核对（税务），数据距核算日23天',
      '低保标准780.00元×2人－家庭月收入2,600.00元＝-1,040.00元。',
      '五、对您家庭有利的情况',
      '家庭名下住房0套，未超过限额1套。',
      '车辆登记信息尚未反馈',
      '60日内向示例区人民政府申请行政复议',
      '6个月内依法向示例区人民法院提起行政诉讼',
      '2026年11月23日',
    ]) {
      expect(text).toContain(part)
    }
  })

  it('words every reason with its clause, and counts for the family only what speaks for it', () => {
    const reasons = [
      { code: 'INCOME_OVER_STANDARD', text: '月工资2,600元。' },
      { code: 'UNDECLARED_INCOME_OR_PROPERTY', text: '申报月收入500元。' },
      { code: 'OTHER', text: '另有说明。' },
    ] as const
    const { paragraphs } = refusalLetter({ ...input, reasons })
    const [first, second, third] = paragraphs.slice(paragraphs.indexOf('一、理由') + 1)
    expect(first).toMatch(/月工资2,600元。（依据《社会救助法》第十八条、.*第十二条）$/)
    expect(second).toMatch(/申报月收入500元。（依据.*第九条、第十八条）$/)
    expect(third).toMatch(/其他原因：另有说明。$/)
    const from = paragraphs.findIndex((line) => line.startsWith('五、'))
    const favourable = paragraphs.slice(
      from + 1,
      paragraphs.findIndex((line) => line.startsWith('六、')),
    )
    expect(favourable.length).toBeGreaterThan(0)
    for (const line of favourable) expect(line).not.toMatch(/核对来源|计入共同生活家庭成员|补助档次/)
  })

  it('is not written without a reason in words', () => {
    expect(() => refusalLetter({ ...input, reasons: [] })).toThrow(RefusalWithoutReason)
    expect(() => refusalLetter({ ...input, reasons: [{ code: 'OTHER', text: ' ' }] })).toThrow(RefusalWithoutReason)
  })
})

describe('the next review', () => {
  it('is a year away where income is stable, half a year where it is not', () => {
    expect(reviewKindFor({ stableIncome: true })).toBe('ANNUAL')
    expect(reviewKindFor({ stableIncome: false })).toBe('HALF_YEARLY')
    expect(addMonths(plainDate('2026-08-31'), 6)).toBe('2027-02-28')
  })
})
