import { describe, expect, it } from 'vitest'
import {
  type CaseLimit,
  caseLimits,
  limitOf,
  PaymentMonthMissing,
} from '../../../domain/procedures/assistance-case/limits.ts'
import { dueDate } from '../../../domain/time/deadline.ts'
import { plainDate, plainMonth } from '../../../domain/time/plain-date.ts'
import { seededCalendar as calendar } from '../time/calendar-data.ts'
import { parametersOf, parametersWith } from './seeded-parameters.ts'

const parameters = parametersOf('nantong', 'URBAN', '2026-11-23')
const ordinary = { parameters, delegated: false, extended: false, paymentMonth: plainMonth('2026-12') }

describe('limits of a case', () => {
  it.each([
    ['ACCEPTANCE', 'WORKING_DAYS', 1, true],
    ['SURVEY_START', 'WORKING_DAYS', 3, false],
    ['MATCHING_REPORT', 'WORKING_DAYS', 10, true],
    ['TOWNSHIP_OPINION', 'WORKING_DAYS', 15, true],
    ['PUBLIC_NOTICE', 'NATURAL_DAYS', 7, false],
    ['HANDING_UP', 'WORKING_DAYS', 3, true],
    ['COUNTY_DECISION', 'WORKING_DAYS', 10, false],
    ['REFUSAL_NOTICE', 'WORKING_DAYS', 3, false],
    ['TOTAL', 'WORKING_DAYS', 30, false],
    ['FIRST_PAYMENT', 'FIXED_DAY', 10, true],
    ['RETURNED_PAYMENT', 'WORKING_DAYS', 5, true],
  ] satisfies [CaseLimit, string, number, boolean][])('%s', (key, kind, amount, assumed) => {
    expect(limitOf(key, ordinary)).toMatchObject({ kind, amount, assumed })
  })

  it('are all tested above', () => {
    expect(Object.keys(caseLimits)).toHaveLength(11)
  })

  it('shorten the total to 20 working days where the township confirms, and stretch it to 45 once extended', () => {
    expect(limitOf('TOTAL', { ...ordinary, delegated: true }).amount).toBe(20)
    expect(limitOf('TOTAL', { ...ordinary, extended: true }).amount).toBe(45)
    expect(limitOf('TOTAL', { ...ordinary, delegated: true, extended: true }).amount).toBe(45)
  })

  it('fall on the last day of a month that has no 29th, 30th or 31st', () => {
    for (const [day, month, dueOn] of [
      [31, '2026-02', '2026-02-28'],
      [30, '2028-02', '2028-02-29'],
      [31, '2026-04', '2026-04-30'],
      [31, '2026-05', '2026-05-31'],
      [28, '2026-02', '2026-02-28'],
    ] as const) {
      const local = parametersWith({ 'limit.firstPaymentDayOfMonth': { kind: 'FIXED_DAY', amount: day } })
      const limit = limitOf('FIRST_PAYMENT', { ...ordinary, parameters: local, paymentMonth: plainMonth(month) })
      expect(limit.dueDay).toBe(dueOn)
    }
  })

  it('cite the document', () => {
    expect(limitOf('SURVEY_START', ordinary).source).toContain('民发〔2021〕57号')
  })

  it('make the first payment due on a day of the first month paid', () => {
    const limit = limitOf('FIRST_PAYMENT', ordinary)
    expect(limit.dueDay).toBe('2026-12-10')
    expect(dueDate({ from: plainDate('2026-11-23'), limit, calendar }).dueAt).toBe('2026-12-10T16:00:00.000Z')
    const { paymentMonth: _, ...beforeDecision } = ordinary
    expect(() => limitOf('FIRST_PAYMENT', beforeDecision)).toThrow(PaymentMonthMissing)
  })
})
