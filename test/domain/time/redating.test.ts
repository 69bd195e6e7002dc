import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addWorkingDays, dueDate } from '../../../domain/time/deadline.ts'
import { nameCalendar, readCalendarName } from '../../../domain/time/calendar-name.ts'
import { missedNotices } from '../../../domain/time/notice-warning.ts'
import { addDays, endOf, instant, plainDate } from '../../../domain/time/plain-date.ts'
import { redate } from '../../../domain/time/redating.ts'
import { calendarYearsKnownOn, createWorkCalendar } from '../../../domain/time/work-calendar.ts'
import { seededYears } from './calendar-data.ts'

const knownOn = (day: string) =>
  createWorkCalendar({ version: day, years: calendarYearsKnownOn(seededYears, plainDate(day)) })
const before = knownOn('2020-01-26')
const after = knownOn('2020-01-27')
/** 27 January 2020, about noon in Beijing. */
const enteredAt = instant('2020-01-27T04:00:00.000Z')

const running = (startedOn: string, amount: number) => {
  const from = plainDate(startedOn)
  const { dueOn, dueAt } = dueDate({ from, limit: { kind: 'WORKING_DAYS', amount }, calendar: before })
  return { startedOn: from, amount, dueOn, dueAt }
}

describe('the Spring Festival of 2020, made longer on 27 January', () => {
  it.each([
    ['2020-01-22', 2, '2020-01-31', '2020-02-03'],
    ['2020-01-22', 3, '2020-02-01', '2020-02-04'],
    ['2020-01-22', 10, '2020-02-11', '2020-02-13'],
    ['2020-01-22', 20, '2020-02-25', '2020-02-27'],
    ['2020-01-22', 30, '2020-03-10', '2020-03-12'],
    ['2020-01-17', 6, '2020-01-31', '2020-02-03'],
    ['2020-02-03', 3, '2020-02-06', '2020-02-06'],
  ])('from %s, %i working days: %s becomes %s', (startedOn, amount, dueOn, movedTo) => {
    const limit = running(startedOn, amount)
    expect(limit.dueOn).toBe(dueOn)
    expect(redate(limit, { calendar: after, enteredAt })).toMatchObject({
      outcome: dueOn === movedTo ? 'STANDS' : 'MOVED',
      due: { dueOn: movedTo, dueAt: endOf(plainDate(movedTo)) },
    })
  })

  it('helps nobody who was late already', () => {
    expect(redate(running('2020-01-22', 1), { calendar: after, enteredAt })).toEqual({
      outcome: 'MISSED',
    })
    const atThatVeryInstant = { ...running('2020-01-22', 2), dueAt: enteredAt }
    expect(redate(atThatVeryInstant, { calendar: after, enteredAt })).toEqual({ outcome: 'MISSED' })
  })

  it('moves nothing earlier, keeps the order of limits, and counted again moves nothing more', () => {
    const anyStart = fc.integer({ min: 0, max: 60 }).map((offset) => addDays(plainDate('2019-12-20'), offset))
    fc.assert(
      fc.property(anyStart, fc.integer({ min: 1, max: 45 }), fc.integer({ min: 0, max: 10 }), (from, amount, more) => {
        const due = (days: number) => addWorkingDays({ from, days, calendar: after })
        expect(due(amount) >= addWorkingDays({ from, days: amount, calendar: before })).toBe(true)
        expect(due(amount + more) >= due(amount)).toBe(true)
        const limit = { startedOn: from, amount, dueAt: endOf(due(amount)) }
        const again = redate(limit, { calendar: after, enteredAt: instant('2019-01-01T00:00:00.000Z') })
        expect(again.outcome).toBe('STANDS')
      }),
    )
  })
})

describe('the own days of an office', () => {
  it('move with the limit: what was waited for another still does not count', () => {
    const limit = running('2020-01-17', 10)
    const waits = [
      {
        waitsFor: 'HOUSEHOLD' as const,
        from: plainDate('2020-01-20'),
        through: plainDate('2020-02-05'),
        paused: false,
      },
    ]
    const moved = redate({ ...limit, waits }, { calendar: after, enteredAt })
    const ends = (days: number) => endOf(addWorkingDays({ from: limit.startedOn, days, calendar: after }))
    const waited = [21, 22, 23].map((day) => `2020-01-${day}`).concat('2020-02-03', '2020-02-04', '2020-02-05')
    expect(waited.filter((day) => after.isWorkingDay(plainDate(day)))).toHaveLength(6)
    expect(moved).toMatchObject({ outcome: 'MOVED', due: { dueAt: ends(10) }, ownDueAt: ends(10 + 6) })
  })
})

describe('the name of a calendar', () => {
  const editions = [
    { year: 2025, edition: 1 },
    { year: 2026, edition: 1 },
    { year: 2025, edition: 2 },
  ]

  it('differs once anything was added, and says how much was known', () => {
    const names = [
      nameCalendar(editions.slice(0, 2), { localDays: 0 }),
      nameCalendar(editions, { localDays: 0 }),
      nameCalendar(editions, { localDays: 4 }),
    ]
    expect(new Set(names).size).toBe(3)
    expect(names.map(readCalendarName)).toEqual([
      { editions: 2, localDays: 0 },
      { editions: 3, localDays: 0 },
      { editions: 3, localDays: 4 },
    ])
  })
})

describe('a notice that is missing', () => {
  const known = new Set([2025, 2026])
  const years = (day: string, confirmed = known) => missedNotices(plainDate(day), confirmed).map(({ year }) => year)

  it('is asked for from October on, and until it is there', () => {
    expect(years('2026-09-30')).toEqual([])
    expect(years('2026-10-01')).toEqual([2027])
    expect(years('2026-12-31')).toEqual([2027])
    expect(years('2027-01-01')).toEqual([2027])
    expect(years('2027-10-01')).toEqual([2027, 2028])
    expect(years('2026-12-31', new Set([2026, 2027]))).toEqual([])
  })

  it('is told in a sentence that says what to do', () => {
    const [warning] = missedNotices(plainDate('2026-11-23'), known)
    expect(warning).toMatchObject({ year: 2027, since: '2026-10-01' })
    expect(warning?.text).toContain('npm run import-calendar')
  })
})
