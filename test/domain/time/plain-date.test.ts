import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addDays,
  addMonths,
  ageOn,
  dayOf,
  dayOfWeek,
  daysBetween,
  endOf,
  firstOfNextMonth,
  inChinese,
  instant,
  isPlainDate,
  monthOf,
  NotAnInstant,
  NotAPlainDate,
  nextMonth,
  plainDate,
  startOf,
} from '../../../domain/time/plain-date.ts'

const anyDay = fc.integer({ min: -20_000, max: 40_000 }).map((offset) => addDays(plainDate('2000-01-01'), offset))

describe('plain date', () => {
  it.each(['2026-02-30', '2025-02-29', '2026-13-01', '2026-1-1', '2026-01-01T00:00:00Z', '', '0000-00-00'])(
    'refuses %j',
    (text) => {
      expect(() => plainDate(text)).toThrow(NotAPlainDate)
    },
  )

  it('accepts the leap day of a leap year only', () => {
    expect(isPlainDate('2024-02-29')).toBe(true)
    expect(isPlainDate('2100-02-29')).toBe(false)
  })

  it('adds and subtracts days to the same result', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -5000, max: 5000 }), (day, days) => {
        expect(daysBetween(day, addDays(day, days))).toBe(days)
        expect(addDays(addDays(day, days), -days)).toBe(day)
      }),
    )
  })

  it('agrees with the platform on the day of the week', () => {
    fc.assert(fc.property(anyDay, (day) => dayOfWeek(day) === new Date(`${day}T00:00:00Z`).getUTCDay()))
  })

  it.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2024-01-31', 1, '2024-02-29'],
    ['2026-12-15', 1, '2027-01-15'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2026-08-31', 6, '2027-02-28'],
    ['2026-01-15', -13, '2024-12-15'],
  ])('%s and %i months is %s', (from, months, expected) => {
    expect(addMonths(plainDate(from), months)).toBe(expected)
  })

  it('knows the month of a day, the next month and its first day', () => {
    const day = plainDate('2026-12-31')
    expect(monthOf(day)).toBe('2026-12')
    expect(nextMonth(monthOf(day))).toBe('2027-01')
    expect(firstOfNextMonth(day)).toBe('2027-01-01')
  })

  it('counts a birthday from the day itself', () => {
    expect(ageOn(plainDate('2008-07-01'), plainDate('2026-06-30'))).toBe(17)
    expect(ageOn(plainDate('2008-07-01'), plainDate('2026-07-01'))).toBe(18)
    expect(ageOn(plainDate('2008-02-29'), plainDate('2026-02-28'))).toBe(17)
  })

  it('writes a day as letters do', () => {
    expect(inChinese(plainDate('2026-07-01'))).toBe('2026年7月1日')
  })
})

describe('instant', () => {
  it('reads text with a zone, and milliseconds', () => {
    expect(instant('2026-07-01T00:00:00+08:00')).toBe('2026-06-30T16:00:00.000Z')
    expect(instant(0)).toBe('1970-01-01T00:00:00.000Z')
  })

  it.each(['2026-07-01T00:00:00', '2026-07-01', 'today', ''])('refuses %j, which says no moment', (text) => {
    expect(() => instant(text)).toThrow(NotAnInstant)
  })

  it('gives a day the hours of Shanghai', () => {
    const day = plainDate('2026-12-31')
    expect(startOf(day)).toBe('2026-12-30T16:00:00.000Z')
    expect(endOf(day)).toBe('2026-12-31T16:00:00.000Z')
    expect(dayOf(instant('2026-12-31T15:59:59.999Z'))).toBe(day)
    expect(dayOf(endOf(day))).toBe('2027-01-01')
  })
})
