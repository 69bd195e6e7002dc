import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ChargedWait, chargedDays, waitedForOn } from '../../../domain/time/charged-days.ts'
import { dueDate, explainDeadline, ownDueAt, StandstillHasNoEnd } from '../../../domain/time/deadline.ts'
import { addDays, daysBetween, endOf, type PlainDate, plainDate } from '../../../domain/time/plain-date.ts'
import { type Standstill, standsStill } from '../../../domain/time/standstill.ts'
import { waitedForParties } from '../../../domain/vocabulary.ts'
import { seededCalendar as calendar } from './calendar-data.ts'

const anyDay = fc.integer({ min: 0, max: 2200 }).map((offset) => addDays(plainDate('2020-01-01'), offset))
const anyAmount = fc.integer({ min: 1, max: 45 })
const anyKind = fc.constantFrom('WORKING_DAYS' as const, 'NATURAL_DAYS' as const)
/** Up to three pauses, begun within two months of the limit and up to forty days long. */
const pausesAfter = (from: PlainDate) =>
  fc.array(
    fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 40 })).map(
      ([begin, length]): Standstill => ({
        from: addDays(from, begin),
        through: addDays(from, begin + length),
      }),
    ),
    { maxLength: 3 },
  )
const anyPausedLimit = anyDay.chain((from) =>
  fc.record({ from: fc.constant(from), amount: anyAmount, kind: anyKind, standstills: pausesAfter(from) }),
)

/** The days between two days that a clock of this kind would count. */
function countable(kind: 'WORKING_DAYS' | 'NATURAL_DAYS', after: PlainDate, until: PlainDate): PlainDate[] {
  return Array.from({ length: Math.max(0, daysBetween(after, until)) }, (_, index) => addDays(after, index + 1)).filter(
    (day) => kind === 'NATURAL_DAYS' || calendar.isWorkingDay(day),
  )
}

describe('a clock that stands still by a document of the place', () => {
  it('adds exactly the length of the pause: the days that count are still as many as the limit has', () => {
    fc.assert(
      fc.property(anyPausedLimit, ({ from, amount, kind, standstills }) => {
        const { dueOn } = dueDate({ from, limit: { kind, amount }, calendar, standstills })
        const inside = countable(kind, from, dueOn)
        expect(inside.filter((day) => !standsStill(day, standstills)).length).toBe(amount)
        const paused = inside.filter((day) => standsStill(day, standstills)).length
        const plain = dueDate({ from, limit: { kind, amount: amount + paused }, calendar })
        expect(dueOn).toBe(plain.dueOn)
      }),
    )
  })

  it('is never due earlier for a pause more, and ends on a day that counts', () => {
    fc.assert(
      fc.property(anyPausedLimit, ({ from, amount, kind, standstills }) => {
        const without = dueDate({ from, limit: { kind, amount }, calendar })
        const { dueOn } = dueDate({ from, limit: { kind, amount }, calendar, standstills })
        expect(dueOn >= without.dueOn).toBe(true)
        expect(standsStill(dueOn, standstills)).toBe(false)
      }),
    )
  })

  it('shows each paused day on the strip, with as many counted as the limit has', () => {
    fc.assert(
      fc.property(anyPausedLimit, ({ from, amount, kind, standstills }) => {
        const days = explainDeadline({ from, limit: { kind, amount }, calendar, standstills })
        expect(days.filter(({ counted }) => counted).length).toBe(amount)
        for (const { day, paused, counted } of days) {
          expect(paused && counted).toBe(false)
          if (paused) expect(standsStill(day, standstills)).toBe(true)
        }
      }),
    )
  })

  it('begun and ended on one day changes nothing', () => {
    const day = plainDate('2026-11-20')
    const limit = { kind: 'WORKING_DAYS', amount: 3 } as const
    const standstills = [{ from: day, through: day }]
    expect(dueDate({ from: plainDate('2026-11-19'), limit, calendar, standstills }).dueOn).toBe('2026-11-24')
  })

  it('has no due date while nobody has said until when', () => {
    const counting = { from: plainDate('2026-11-19'), limit: { kind: 'WORKING_DAYS', amount: 3 } as const, calendar }
    const standstills = [{ from: plainDate('2026-11-20'), through: null }]
    expect(() => dueDate({ ...counting, standstills })).toThrow(StandstillHasNoEnd)
  })

  it('does not stop for hours or a fixed day: an emergency does not wait', () => {
    const from = plainDate('2026-11-19')
    const standstills = [{ from, through: addDays(from, 30) }]
    const hours = { kind: 'HOURS', amount: 48 } as const
    expect(dueDate({ from, limit: hours, calendar, standstills })).toEqual(dueDate({ from, limit: hours, calendar }))
    const fixed = { kind: 'FIXED_DAY', amount: 10, dueDay: plainDate('2026-12-10') } as const
    expect(dueDate({ from, limit: fixed, calendar, standstills }).dueOn).toBe('2026-12-10')
  })
})

describe('the own days of an office', () => {
  it('never run out before the limit does in law', () => {
    fc.assert(
      fc.property(anyPausedLimit, ({ from, amount, kind, standstills }) => {
        const limit = { kind, amount }
        const own = ownDueAt({ from, limit, calendar, standstills })
        expect(own !== null && own >= dueDate({ from, limit, calendar }).dueAt).toBe(true)
      }),
    )
  })

  it('do not run while a wait without an end goes on, unless they had run out before it', () => {
    const from = plainDate('2026-11-02')
    const limit = { kind: 'WORKING_DAYS', amount: 5 } as const
    const { dueOn, dueAt } = dueDate({ from, limit, calendar })
    const since = (day: PlainDate) => ownDueAt({ from, limit, calendar, standstills: [{ from: day, through: null }] })
    expect(since(addDays(from, 2))).toBeNull()
    expect(since(dueOn)).toBe(dueAt)
    expect(since(addDays(dueOn, 1))).toBe(dueAt)
  })

  it('are unknown exactly while the open wait began before they had run out, whatever was waited before', () => {
    fc.assert(
      fc.property(anyPausedLimit, fc.integer({ min: 0, max: 90 }), ({ from, amount, kind, standstills }, begin) => {
        const counting = { from, limit: { kind, amount }, calendar }
        const { dueOn, dueAt } = dueDate({ ...counting, standstills })
        const open = { from: addDays(from, begin), through: null }
        const own = ownDueAt({ ...counting, standstills: [...standstills, open] })
        expect(own).toBe(open.from < dueOn ? null : dueAt)
      }),
    )
  })

  it('run out as if the wait had been a pause, once it has ended', () => {
    const from = plainDate('2026-11-02')
    const limit = { kind: 'WORKING_DAYS', amount: 5 } as const
    const wait = { from: plainDate('2026-11-03'), through: plainDate('2026-11-10') }
    expect(ownDueAt({ from, limit, calendar, standstills: [wait] })).toBe(endOf(plainDate('2026-11-16')))
  })
})

describe('days and whom they are charged to', () => {
  const anyWait = (from: PlainDate) =>
    fc.record({
      waitsFor: fc.constantFrom(...waitedForParties),
      from: fc.integer({ min: 0, max: 30 }).map((begin) => addDays(from, begin)),
      through: fc.option(
        fc.integer({ min: 0, max: 60 }).map((end) => addDays(from, end)),
        { nil: null },
      ),
      paused: fc.boolean(),
    })

  it('are charged each once, to one party', () => {
    fc.assert(
      fc.property(
        anyDay.chain((from) =>
          fc.tuple(fc.constant(from), fc.array(anyWait(from), { maxLength: 4 }), anyAmount, anyKind),
        ),
        ([from, waits, length, kind]) => {
          const through = addDays(from, length)
          const charged = chargedDays({ from, through, kind, waits: waits as ChargedWait[], calendar })
          const sum = Object.values(charged).reduce((total, days) => total + days, 0)
          expect(sum).toBe(countable(kind, from, through).length)
        },
      ),
    )
  })

  it('go to whoever was waited for first, and are the office’s own where nobody was', () => {
    const from = plainDate('2026-11-02')
    const wait = (waitsFor: ChargedWait['waitsFor'], begin: number, end: number | null): ChargedWait => ({
      waitsFor,
      from: addDays(from, begin),
      through: end === null ? null : addDays(from, end),
      paused: false,
    })
    const waits = [wait('OTHER_OFFICE', 2, 8), wait('HOUSEHOLD', 1, 3)]
    expect(waitedForOn(addDays(from, 3), waits)).toBe('HOUSEHOLD')
    expect(waitedForOn(addDays(from, 4), waits)).toBe('OTHER_OFFICE')
    expect(waitedForOn(addDays(from, 9), waits)).toBeNull()
    const charged = chargedDays({ from, through: addDays(from, 9), kind: 'NATURAL_DAYS', waits, calendar })
    expect(charged).toEqual({ OFFICE: 2, HOUSEHOLD: 2, MATCHING_CENTRE: 0, OTHER_OFFICE: 5, PAUSED: 0 })
  })

  it('are nobody’s on a day on which the clock stood still', () => {
    const from = plainDate('2026-11-02')
    const waits: ChargedWait[] = [{ waitsFor: 'HOUSEHOLD', from, through: addDays(from, 4), paused: true }]
    const charged = chargedDays({ from, through: addDays(from, 4), kind: 'WORKING_DAYS', waits, calendar })
    expect(charged).toMatchObject({ PAUSED: 4, HOUSEHOLD: 0, OFFICE: 0 })
  })
})
