import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { limitKeys } from '../../../domain/matter/limit-keys.ts'
import { audienceOf, levelOf } from '../../../domain/matter/audience.ts'
import { type LadderValue, nextRung } from '../../../domain/matter/ladder.ts'
import { addWorkingDays, type CountedLimit, dueDate } from '../../../domain/time/deadline.ts'
import { addDays, addMs, endOf, plainDate } from '../../../domain/time/plain-date.ts'
import { levels, type SupervisionRung, supervisionRungs } from '../../../domain/vocabulary.ts'
import { seededCalendar as calendar } from '../time/calendar-data.ts'

const ladder: LadderValue = { remindAtPercent: 80, orderAfter: 2, circularAfter: 5 }
const startedOn = plainDate('2026-11-19')

function watch(limit: CountedLimit, climbed: SupervisionRung[], from = startedOn) {
  return nextRung({ startedOn: from, limit, due: dueDate({ from, limit, calendar }), calendar }, climbed, ladder)
}

const ends = (days: number) => endOf(addWorkingDays({ from: startedOn, days, calendar }))

describe('the ladder of a limit in working days', () => {
  const limit = { kind: 'WORKING_DAYS', amount: 10 } as const

  it('reminds after eight of ten, in working days and not over a weekend that counts for nothing', () => {
    expect(watch(limit, [])).toEqual({ rung: 'REMINDER', at: ends(8) })
  })

  it('climbs from order to circular in working days after the limit, and then stops', () => {
    expect(watch(limit, ['REMINDER'])).toBeNull()
    expect(watch(limit, ['REMINDER', 'URGING'])).toMatchObject({ rung: 'ORDER', at: ends(12) })
    expect(watch(limit, ['URGING', 'ORDER'])).toMatchObject({ rung: 'CIRCULAR', at: ends(15) })
    expect(watch(limit, ['URGING', 'ORDER', 'CIRCULAR'])).toBeNull()
  })

  it('has no reminder where a single day is all', () => {
    expect(watch({ kind: 'WORKING_DAYS', amount: 1 }, [])).toBeNull()
  })
})

describe('the ladder of other clocks', () => {
  it('counts natural days where the limit does', () => {
    const limit = { kind: 'NATURAL_DAYS', amount: 7 } as const
    expect(watch(limit, [])).toMatchObject({ at: endOf(addDays(startedOn, 5)) })
    expect(watch(limit, ['URGING'])).toMatchObject({ at: endOf(addDays(startedOn, 9)) })
  })

  it('counts hours in an emergency', () => {
    const limit = { kind: 'HOURS', amount: 48 } as const
    expect(watch(limit, [])?.at).toBe(addMs(endOf(startedOn), 38 * 3_600_000))
    const { dueAt } = dueDate({ from: startedOn, limit, calendar })
    const order = watch(limit, ['URGING'])?.at ?? ''
    expect(order > dueAt).toBe(true)
    expect(Date.parse(order) - Date.parse(dueAt)).toBeLessThanOrEqual(48 * 3_600_000)
  })

  it('watches a fixed day by the days until it', () => {
    const limit = { kind: 'FIXED_DAY', amount: 10, dueDay: plainDate('2026-12-10') } as const
    expect(watch(limit, [])).toMatchObject({ at: endOf(addDays(startedOn, 16)) })
    expect(watch(limit, ['URGING'])).toMatchObject({ at: endOf(plainDate('2026-12-12')) })
  })
})

describe('any ladder', () => {
  const anyLimit = fc.record({
    kind: fc.constantFrom('WORKING_DAYS', 'NATURAL_DAYS', 'HOURS'),
    amount: fc.integer({ min: 1, max: 60 }),
  })
  const anyDay = fc.integer({ min: 0, max: 2000 }).map((offset) => addDays(plainDate('2021-01-01'), offset))

  it('reminds before the limit has passed, and climbs after it, each rung later than the one below', () => {
    fc.assert(
      fc.property(anyLimit, anyDay, (limit, from) => {
        const { dueAt } = dueDate({ from, limit: limit as CountedLimit, calendar })
        const at = (climbed: SupervisionRung[]) => watch(limit as CountedLimit, climbed, from)?.at
        const reminder = at([])
        if (reminder !== undefined) expect(reminder < dueAt).toBe(true)
        const [order, circular] = [at(['URGING']) as string, at(['URGING', 'ORDER']) as string]
        expect(order > dueAt).toBe(true)
        expect(circular > order).toBe(true)
      }),
    )
  })

  it('is shown to somebody at every rung of every limit, and never lower than the rung before', () => {
    const desks = [{ officeKind: 'TOWNSHIP_GOVERNMENT', level: 'TOWNSHIP', role: 'TOWNSHIP_HANDLER' }] as const
    for (const limit of limitKeys) {
      const heights = supervisionRungs.map((rung) => levels.indexOf(levelOf(rung, limit, desks)))
      expect(heights).toEqual([...heights].sort((a, b) => a - b))
      // Whoever owes an answer to an order is known by name and joins by filing.
      const rungs = supervisionRungs.filter((rung) => limit !== 'SUPERVISION_ORDER' || rung !== 'REMINDER')
      for (const rung of rungs) expect(audienceOf(rung, limit, desks).length).toBeGreaterThan(0)
    }
  })

  it('urges the desk and its head, and shows the next level up', () => {
    const desk = { officeKind: 'TOWNSHIP_GOVERNMENT', level: 'TOWNSHIP', role: 'TOWNSHIP_HANDLER' } as const
    const roles = (rung: SupervisionRung) => audienceOf(rung, 'SURVEY_START', [desk]).map(({ role }) => role)
    expect(roles('REMINDER')).toEqual(['TOWNSHIP_HANDLER'])
    expect(roles('URGING')).toEqual(['TOWNSHIP_HANDLER', 'TOWNSHIP_LEADER', 'COUNTY_SUPERVISOR'])
    expect(roles('ORDER')).toEqual(['COUNTY_SUPERVISOR'])
    expect(roles('CIRCULAR')).toEqual(['COUNTY_SUPERVISOR', 'CITY_SUPERVISOR'])
  })
})
