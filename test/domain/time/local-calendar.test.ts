import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addWorkingDays, explainDeadline } from '../../../domain/time/deadline.ts'
import { type LocalCalendarDay, localDaysOf } from '../../../domain/time/local-calendar.ts'
import { addDays, plainDate } from '../../../domain/time/plain-date.ts'
import { createWorkCalendar } from '../../../domain/time/work-calendar.ts'
import { seededCalendar, seededYears } from './calendar-data.ts'

const source = '凉府办发〔2010〕31号'
const own = (day: string, kind: LocalCalendarDay['kind'], over: Partial<LocalCalendarDay> = {}): LocalCalendarDay => ({
  place: 'liangshan',
  day: plainDate(day),
  kind,
  name: '火把节',
  source,
  edition: 1,
  ...over,
})

/** The torch festival of 2011 in Liangshan: seven days off from Sunday, 24 July; the Sunday after is worked. */
const torchFestival = [
  ...[24, 25, 26, 27, 28, 29, 30].map((day) => own(`2011-07-${day}`, 'HOLIDAY')),
  own('2011-07-31', 'MAKE_UP_WORKDAY'),
]
const chain = ['xichang-beicheng', 'xichang', 'liangshan', 'sichuan', 'CN']
const calendarOf = (days: readonly LocalCalendarDay[], placeChain: readonly string[]) =>
  createWorkCalendar({ version: 'test', years: seededYears, local: localDaysOf(days, placeChain) })

describe('a place with days of its own', () => {
  it('counts by them, and everybody else by the nation’s', () => {
    const from = plainDate('2011-07-22')
    const here = calendarOf(torchFestival, chain)
    expect(addWorkingDays({ from, days: 3, calendar: here })).toBe('2011-08-02')
    expect(addWorkingDays({ from, days: 3, calendar: calendarOf(torchFestival, ['chengdu', 'sichuan', 'CN']) })).toBe(
      addWorkingDays({ from, days: 3, calendar: seededCalendar }),
    )
  })

  it('is named, with its document, on the strip of days', () => {
    const strip = explainDeadline({
      from: plainDate('2011-07-22'),
      limit: { kind: 'WORKING_DAYS', amount: 1 },
      calendar: calendarOf(torchFestival, chain),
    })
    expect(strip.at(-1)).toMatchObject({ day: '2011-07-31', counted: true, place: 'liangshan', source })
    expect(strip.filter(({ reason, place }) => reason === 'HOLIDAY' && place === 'liangshan')).toHaveLength(7)
  })

  it('is outranked by a place within it, and an edition by a later one of the same place', () => {
    const county = own('2011-07-25', 'MAKE_UP_WORKDAY', { place: 'xichang', name: '抢险' })
    const takenBack = own('2011-07-26', 'MAKE_UP_WORKDAY', { edition: 2 })
    for (const days of [
      [...torchFestival, county, takenBack],
      [takenBack, county, ...torchFestival],
    ]) {
      const calendar = calendarOf(days, chain)
      expect(['2011-07-25', '2011-07-26', '2011-07-27'].map(plainDate).map(calendar.isWorkingDay)).toEqual([
        true,
        true,
        false,
      ])
    }
  })

  it('never makes a date earlier by a day off, nor later by a day worked', () => {
    const anyDay = fc.integer({ min: 0, max: 900 }).map((offset) => addDays(plainDate('2024-01-01'), offset))
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 1, max: 40 }), anyDay, (from, days, day) => {
        const due = (kind: LocalCalendarDay['kind']) =>
          addWorkingDays({ from, days, calendar: calendarOf([own(day, kind)], ['liangshan']) })
        const plain = addWorkingDays({ from, days, calendar: seededCalendar })
        expect(due('HOLIDAY') >= plain).toBe(true)
        expect(due('MAKE_UP_WORKDAY') <= plain).toBe(true)
      }),
    )
  })
})
