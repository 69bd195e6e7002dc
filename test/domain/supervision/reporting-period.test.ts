import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  isReportingPeriod,
  NotAReportingPeriod,
  periodLabel,
  periodsOver,
  previousPeriod,
  reportingPeriod,
} from '../../../domain/supervision/reporting-period.ts'
import { addDays, plainDate } from '../../../domain/time/plain-date.ts'

const months = Array.from({ length: 12 }, (_, index) => `2026-${String(index + 1).padStart(2, '0')}`)

describe('a period of reporting', () => {
  it.each([
    ['2026-11', '2026-11-01', '2026-11-30', '2026年11月', '2026-10'],
    ['2026-01', '2026-01-01', '2026-01-31', '2026年1月', '2025-12'],
    ['2028-02', '2028-02-01', '2028-02-29', '2028年2月', '2028-01'],
    ['2026-Q4', '2026-10-01', '2026-12-31', '2026年第四季度', '2026-Q3'],
    ['2026-Q1', '2026-01-01', '2026-03-31', '2026年第一季度', '2025-Q4'],
    ['2026-H1', '2026-01-01', '2026-06-30', '2026年上半年', '2025-H1'],
    ['2026', '2026-01-01', '2026-12-31', '2026年度', '2025'],
  ])('%s goes from %s to %s and is called %s', (text, firstDay, lastDay, label, before) => {
    const period = reportingPeriod(text)
    expect(period).toMatchObject({ text, firstDay, lastDay })
    expect(periodLabel(period)).toBe(label)
    expect(previousPeriod(period)).toEqual(reportingPeriod(before))
  })

  it.each([
    '',
    '26',
    '2026-13',
    '2026-00',
    '2026-Q5',
    '2026-Q0',
    '2026-H2',
    '2026-q1',
    '2026-1',
    ' 2026',
    '2026-11-01',
  ])('%j is none', (text) => {
    expect(isReportingPeriod(text)).toBe(false)
    expect(() => reportingPeriod(text)).toThrow(NotAReportingPeriod)
  })

  it('longer ones are made of whole months', () => {
    const inside = (text: string) => {
      const { firstDay, lastDay } = reportingPeriod(text)
      return months.filter((month) => {
        const one = reportingPeriod(month)
        return one.firstDay >= firstDay && one.lastDay <= lastDay
      })
    }
    expect(['2026-Q1', '2026-Q2', '2026-Q3', '2026-Q4'].flatMap(inside)).toEqual(months)
    expect(inside('2026-H1')).toEqual([...inside('2026-Q1'), ...inside('2026-Q2')])
    expect(inside('2026')).toEqual(months)
  })
})

describe('the periods that are over', () => {
  const textsOver = (since: string, day: string) =>
    periodsOver({ since: plainDate(since), day: plainDate(day) }).map(({ text }) => text)

  it('are the months, and with the last month of each the quarter, half year and year', () => {
    expect(textsOver('2026-04-20', '2027-01-01')).toEqual([
      '2026-04',
      '2026-05',
      '2026-06',
      '2026-Q2',
      '2026-H1',
      '2026-07',
      '2026-08',
      '2026-09',
      '2026-Q3',
      '2026-10',
      '2026-11',
      '2026-12',
      '2026-Q4',
      '2026',
    ])
  })

  it('do not include the one that the day is in', () => {
    expect(textsOver('2026-11-03', '2026-11-30')).toEqual([])
    expect(textsOver('2026-11-03', '2026-12-01')).toEqual(['2026-11'])
  })

  it('only grow from day to day', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 900 }), fc.integer({ min: 0, max: 40 }), (ahead, more) => {
        const since = plainDate('2025-09-17')
        const one = periodsOver({ since, day: addDays(since, ahead) })
        const later = periodsOver({ since, day: addDays(since, ahead + more) })
        expect(later.slice(0, one.length)).toEqual(one)
        expect(one.every(({ lastDay }) => lastDay < addDays(since, ahead) && lastDay >= since)).toBe(true)
      }),
    )
  })
})
