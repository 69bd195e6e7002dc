import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dueStandingOf, soonUntil } from '../../../domain/supervision/due-standing.ts'
import { addMs, dayOf, endOf, type Instant, instant, plainDate } from '../../../domain/time/plain-date.ts'
import { createWorkCalendar } from '../../../domain/time/work-calendar.ts'

const calendar = createWorkCalendar({ version: 'test', years: [] })
const day = 86_400_000
const start = instant('2031-03-05T02:00:00.000Z')
const anInstant = fc.integer({ min: -20 * day, max: 40 * day }).map((ms) => addMs(start, ms))
/** A case is never due later in law than by the office's own days. */
const aDue = fc.oneof(
  fc.constant({ dueAt: null, ownDueAt: null }),
  fc
    .tuple(anInstant, fc.option(fc.integer({ min: 0, max: 10 * day })))
    .map(([dueAt, charged]) => ({ dueAt, ownDueAt: charged === null ? null : addMs(dueAt, charged) })),
)
const standing = (due: { dueAt: Instant | null; ownDueAt: Instant | null }, now: Instant) =>
  dueStandingOf(due, { now, soon: soonUntil(dayOf(now), calendar) })

describe('how a case stands', () => {
  it('is overdue for the office only when its own days are used up', () => {
    const now = addMs(start, day)
    expect(standing({ dueAt: start, ownDueAt: start }, now)).toEqual({ standing: 'OVERDUE', dueIn: null })
    expect(standing({ dueAt: start, ownDueAt: null }, now).standing).toBe('OVERDUE_WAITING')
    expect(standing({ dueAt: start, ownDueAt: addMs(now, 1) }, now).standing).toBe('OVERDUE_WAITING')
    expect(standing({ dueAt: null, ownDueAt: null }, now).standing).toBe('NO_LIMIT')
  })

  it('is in time until the due instant, and late from it on', () => {
    const due = { dueAt: start, ownDueAt: start }
    expect(standing(due, addMs(start, -1)).standing).toBe('DUE_SOON')
    expect(standing(due, start).standing).toBe('OVERDUE')
  })

  it('is due within one working day today and tomorrow, and within three across a weekend', () => {
    const wednesday = instant('2031-03-05T02:00:00.000Z')
    const dueOn = (text: string) => ({ dueAt: endOf(plainDate(text)), ownDueAt: endOf(plainDate(text)) })
    const dueIn = ['03-05', '03-06', '03-07', '03-08', '03-10', '03-11'].map(
      (text) => standing(dueOn(`2031-${text}`), wednesday).dueIn,
    )
    expect(dueIn).toEqual([1, 1, 2, 3, 3, null])
  })

  it('says a number of days exactly where it is due soon', () => {
    fc.assert(
      fc.property(aDue, anInstant, (due, now) => {
        const said = standing(due, now)
        expect(said.dueIn !== null).toBe(said.standing === 'DUE_SOON')
      }),
    )
  })

  it('only ever comes closer as time passes', () => {
    const order = ['NOT_DUE', 'DUE_SOON', 'OVERDUE_WAITING', 'OVERDUE']
    fc.assert(
      fc.property(aDue, anInstant, fc.nat(20 * day), (due, now, ms) => {
        const [earlier, later] = [standing(due, now), standing(due, addMs(now, ms))]
        expect(order.indexOf(later.standing)).toBeGreaterThanOrEqual(order.indexOf(earlier.standing))
      }),
    )
  })
})
