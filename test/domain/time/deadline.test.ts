import chineseDays from 'chinese-days'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addWorkingDays, dueDate, explainDeadline, LimitNotCountable } from '../../../domain/time/deadline.ts'
import { addDays, dayOf, instant, type PlainDate, plainDate } from '../../../domain/time/plain-date.ts'
import { seededCalendar as calendar } from './calendar-data.ts'

const anyDay = fc.integer({ min: 0, max: 4300 }).map((offset) => addDays(plainDate('2019-01-01'), offset))
const anyAmount = fc.integer({ min: 0, max: 60 })
const workingDays = (amount: number) => ({ kind: 'WORKING_DAYS', amount }) as const

describe('a limit in working days', () => {
  it.each([
    ['three days over a weekend', '2026-11-19', 3, '2026-11-24'],
    ['one day from a Friday', '2026-11-20', 1, '2026-11-23'],
    ['one day from a Saturday', '2026-11-21', 1, '2026-11-23'],
    ['one day from a Sunday', '2026-11-22', 1, '2026-11-23'],
    ['a Saturday that is worked', '2026-02-13', 1, '2026-02-14'],
    ['over the Spring Festival', '2026-02-13', 3, '2026-02-25'],
    ['twenty days over National Day', '2026-09-18', 20, '2026-10-22'],
    ['no days at all', '2026-11-20', 0, '2026-11-20'],
  ])('%s', (_, from, amount, expected) => {
    expect(addWorkingDays({ from: plainDate(from), days: amount, calendar })).toBe(expected)
  })

  it('lasts until 24:00 in Shanghai on its last day', () => {
    const due = dueDate({ from: plainDate('2026-11-19'), limit: workingDays(3), calendar })
    expect(due).toEqual({ dueOn: '2026-11-24', dueAt: '2026-11-24T16:00:00.000Z', provisional: false })
    expect(dayOf(instant(Date.parse(due.dueAt) - 1))).toBe('2026-11-24')
  })

  it('never ends early: exactly as many working days lie inside it, and it ends on one', () => {
    fc.assert(
      fc.property(anyDay, anyAmount, (from, amount) => {
        const { dueOn } = dueDate({ from, limit: workingDays(amount), calendar })
        let counted = 0
        for (let day = addDays(from, 1); day <= dueOn; day = addDays(day, 1))
          counted += Number(calendar.isWorkingDay(day))
        expect(counted).toBe(amount)
        if (amount > 0) expect(calendar.isWorkingDay(dueOn)).toBe(true)
      }),
    )
  })

  it('ends no earlier for a later start or a longer limit', () => {
    fc.assert(
      fc.property(anyDay, anyAmount, fc.integer({ min: 0, max: 20 }), (from, amount, more) => {
        const dueOn = addWorkingDays({ from, days: amount, calendar })
        expect(addWorkingDays({ from: addDays(from, more), days: amount, calendar }) >= dueOn).toBe(true)
        expect(addWorkingDays({ from, days: amount + more, calendar }) >= dueOn).toBe(true)
      }),
    )
  })

  it('ends on the same day whether its days are added one by one or at once', () => {
    fc.assert(
      fc.property(anyDay, anyAmount, (from, amount) => {
        let day = from
        for (let left = amount; left > 0; left -= 1) day = addWorkingDays({ from: day, days: 1, calendar })
        expect(day).toBe(addWorkingDays({ from, days: amount, calendar }))
      }),
    )
  })

  it('agrees with another way of counting on other data, for each day from 2007 and each length up to 60', {
    timeout: 60_000,
  }, () => {
    const [first, last] = [plainDate('2007-01-01'), plainDate('2026-12-31')]
    const worked: string[] = []
    // How many working days lie before each day, so that a due date is one look into a list.
    const starts: [from: PlainDate, before: number][] = []
    for (let day = first; day <= last; day = addDays(day, 1)) {
      if (chineseDays.isWorkday(day)) worked.push(day)
      starts.push([day, worked.length])
    }
    let compared = 0
    const different: string[] = []
    for (const [from, before] of starts) {
      let due = from
      for (let days = 1; days <= 60 && before + days <= worked.length; days += 1) {
        due = addWorkingDays({ from: due, days: 1, calendar })
        compared += 1
        if (due !== worked[before + days - 1]) different.push(`${from} + ${days}: ${due}`)
      }
    }
    expect(different).toEqual([])
    expect(compared).toBeGreaterThan(430_000)
  })

  it('is provisional when it touches a day that a notice may still move', () => {
    const until = (from: string, amount: number) =>
      dueDate({ from: plainDate(from), limit: workingDays(amount), calendar })
    expect(until('2026-12-18', 5)).toMatchObject({ dueOn: '2026-12-25', provisional: false })
    expect(until('2026-12-18', 10)).toMatchObject({ dueOn: '2027-01-04', provisional: true })
    expect(until('2027-03-01', 3).provisional).toBe(true)
  })
})

describe('other kinds of limits', () => {
  it('count every day for natural days, holidays too', () => {
    const limit = { kind: 'NATURAL_DAYS', amount: 7 } as const
    expect(dueDate({ from: plainDate('2026-09-28'), limit, calendar })).toEqual({
      dueOn: '2026-10-05',
      dueAt: '2026-10-05T16:00:00.000Z',
      provisional: false,
    })
  })

  it('run hours from the end of the day', () => {
    const limit = { kind: 'HOURS', amount: 48 } as const
    expect(dueDate({ from: plainDate('2026-11-20'), limit, calendar })).toMatchObject({
      dueOn: '2026-11-22',
      dueAt: '2026-11-22T16:00:00.000Z',
    })
  })

  it('end on the fixed day', () => {
    const limit = { kind: 'FIXED_DAY', amount: 10, dueDay: plainDate('2026-12-10') } as const
    expect(dueDate({ from: plainDate('2026-11-20'), limit, calendar }).dueAt).toBe('2026-12-10T16:00:00.000Z')
  })

  it('refuse an amount that cannot be counted', () => {
    const from = plainDate('2026-11-20')
    for (const limit of [workingDays(-1), workingDays(1.5), { kind: 'FIXED_DAY', amount: 10 } as const]) {
      expect(() => dueDate({ from, limit, calendar })).toThrow(LimitNotCountable)
    }
  })
})

describe('the strip of days behind a due date', () => {
  it('shows over the Spring Festival of 2026 what counted, what did not, and by which document', () => {
    const strip = explainDeadline({ from: plainDate('2026-02-13'), limit: workingDays(2), calendar })
    expect(strip.map(({ day, counted, number, reason }) => [day, counted, number, reason])).toEqual([
      ['2026-02-14', true, 1, 'MAKE_UP_WORKDAY'],
      ...[15, 16, 17, 18, 19, 20, 21, 22, 23].map((day) => [`2026-02-${day}`, false, undefined, 'HOLIDAY']),
      ['2026-02-24', true, 2, 'WORKDAY'],
    ])
    expect(strip[1]).toMatchObject({ name: '春节', source: '国办发明电〔2025〕7号', provisional: false })
  })

  it('ends on the due day with the whole amount counted, whatever the limit', () => {
    fc.assert(
      fc.property(
        anyDay,
        fc.integer({ min: 1, max: 40 }),
        fc.constantFrom('WORKING_DAYS' as const, 'NATURAL_DAYS' as const),
        (from, amount, kind) => {
          const limit = { kind, amount }
          const { dueOn, provisional } = dueDate({ from, limit, calendar })
          const strip = explainDeadline({ from, limit, calendar })
          expect(strip.at(-1)).toMatchObject({ day: dueOn, counted: true, number: amount })
          expect(strip.some((day) => day.provisional)).toBe(provisional)
        },
      ),
    )
  })
})
