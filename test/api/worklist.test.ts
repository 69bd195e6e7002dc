import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Worklist } from '../../api/worklist/worklist-contract.ts'
import { soonUntil } from '../../domain/supervision/due-standing.ts'
import { addDays, addMs, endOf, plainDate, startOf } from '../../domain/time/plain-date.ts'
import { people, type SeedPerson } from '../../prisma/seed/people.ts'
import { villages } from '../../prisma/seed/places.ts'
import { readReferenceData } from '../../prisma/stores/rules/reference-data.ts'
import { setTrainingClock } from '../../prisma/stores/system/training-clock.ts'
import { plantOpenCases, type PlantedCase, type PlantedLimit } from '../support/planted-cases.ts'
import { type CounterRoom, openCounterRoom } from './support/counter-room.ts'

const [handler, otherHandler] = people.xifeng.beijie.handlers as [SeedPerson, SeedPerson]
const finance = people.xifeng.financeOfficers[0]!
const today = plainDate('2033-03-16')
const now = addMs(startOf(today), 10 * 3_600_000)
const beijie = { placeId: villages.beijie, countyId: 'qingyang-xifeng' }
const desk = { officeId: 'xf-beijie', role: 'TOWNSHIP_HANDLER' } as const

let room: CounterRoom
let planted: PlantedCase[]

beforeAll(async () => {
  room = await openCounterRoom('worklist')
  await setTrainingClock(room.archive, now)
  planted = fc.sample(aTask, { seed: 16, numRuns: 60 }).map((one, index) => ({ ...one, matterId: `work-${index}` }))
  await plantOpenCases(room.owner, planted)
})
afterAll(() => room.close())

const limitDue = (limit: PlantedLimit['limit'], due: number): PlantedLimit => ({
  limit,
  startedOn: addDays(today, -8),
  dueAt: endOf(addDays(today, due)),
  ownDueAt: endOf(addDays(today, due)),
})
const aTask: fc.Arbitrary<Omit<PlantedCase, 'matterId'>> = fc
  .record({
    survey: fc.option(fc.integer({ min: -5, max: 8 })),
    total: fc.option(fc.integer({ min: -5, max: 8 })),
    assigneeId: fc.constantFrom(handler.id, otherHandler.id, null),
  })
  .map(({ survey, total, assigneeId }) => ({
    ...beijie,
    stage: 'SURVEY' as const,
    stageSince: addMs(now, -3 * 86_400_000),
    limits: [
      ...(survey === null ? [] : [limitDue('SURVEY_START', survey)]),
      ...(total === null ? [] : [limitDue('TOTAL', total)]),
    ],
    desk: { ...desk, assigneeId },
  }))

const page = async (query: string, as = handler): Promise<Worklist> => {
  const response = await room.send('GET', `/api/worklist${query}`, { as })
  expect(response.status).toBe(200)
  return (await response.json()) as Worklist
}
const walk = async (query: string, as = handler): Promise<Worklist['items']> => {
  const items: Worklist['items'] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const next: Worklist = await page(`?pageSize=7${query}${cursor === '' ? '' : `&cursor=${cursor}`}`, as)
    items.push(...next.items)
    cursor = next.nextCursor
  }
  return items
}
const soonest = ({ limits }: PlantedCase) => limits.map(({ dueAt }) => dueAt).toSorted()[0] ?? null

describe('a desk', () => {
  it('is gone through page by page, each case once, soonest due first and without a limit last', async () => {
    const items = await walk('')
    expect(items.map(({ matterId }) => matterId).toSorted()).toEqual(planted.map(({ matterId }) => matterId).toSorted())
    const order = items.map(({ dueAt, matterId }) => `${dueAt ?? 'never'} task-${matterId}`)
    expect(order).toEqual(order.toSorted())
    for (const { matterId, dueAt, limit } of items) {
      const one = planted.find((other) => other.matterId === matterId) as PlantedCase
      expect(dueAt).toBe(soonest(one))
      expect(limit === null).toBe(dueAt === null)
    }
  })

  it('is counted by the same due instants', async () => {
    const { calendar } = await readReferenceData(room.archive.db)
    const until = soonUntil(today, calendar)[3]
    const due = planted.map(soonest)
    expect((await page('')).counts).toEqual({
      open: planted.length,
      dueSoon: due.filter((at) => at !== null && at > now && at <= until).length,
      overdue: due.filter((at) => at !== null && at <= now).length,
    })
  })

  it('shows one limit only, in the order of that limit, where it is asked for', async () => {
    const items = await walk('&limit=TOTAL')
    const expected = planted.flatMap(({ matterId, limits }) =>
      limits.filter(({ limit }) => limit === 'TOTAL').map(({ dueAt }) => `${dueAt} task-${matterId}`),
    )
    expect(items.map(({ dueAt, matterId }) => `${dueAt} task-${matterId}`)).toEqual(expected.toSorted())
    expect(items.every(({ limit }) => limit === 'TOTAL')).toBe(true)
  })

  it('can be narrowed to what one was named for, and to what nobody was', async () => {
    for (const [query, as, assigneeId] of [
      ['&assigned=mine', handler, handler.id],
      ['&assigned=mine', otherHandler, otherHandler.id],
      ['&assigned=nobody', handler, null],
    ] as const) {
      const items = await walk(query, as)
      const expected = planted.filter((one) => one.desk?.assigneeId === assigneeId)
      expect(items.map(({ matterId }) => matterId).toSorted()).toEqual(
        expected.map(({ matterId }) => matterId).toSorted(),
      )
      const name = [handler, otherHandler].find(({ id }) => id === assigneeId)?.name ?? null
      expect(items.every((item) => item.assigneeId === assigneeId && item.assigneeName === name)).toBe(true)
    }
    expect((await room.send('GET', '/api/worklist?assigned=somebody', { as: handler })).status).toBe(400)
  })

  it('says for whom a case waits', async () => {
    const waits = [
      { waitsFor: 'OTHER_OFFICE' as const, from: addDays(today, -6), through: addDays(today, -5), paused: false },
      { waitsFor: 'HOUSEHOLD' as const, from: addDays(today, -2), through: null, paused: false },
    ]
    const [first, second] = [waits, waits.slice(0, 1)]
    const waiting = { ...beijie, stage: 'SURVEY' as const, stageSince: now, desk }
    const limit = { ...limitDue('SURVEY_START', 30), ownDueAt: null }
    await plantOpenCases(room.owner, [
      { ...waiting, matterId: 'waits', limits: [{ ...limit, waits: first }] },
      { ...waiting, matterId: 'waited', limits: [{ ...limit, waits: second }] },
    ])
    const items = await walk('')
    const of = (matterId: string) => items.find((item) => item.matterId === matterId)
    expect(of('waits')).toMatchObject({ waitsFor: 'HOUSEHOLD', waitsForLabel: '申请家庭' })
    expect(of('waited')).toMatchObject({ waitsFor: null, waitsForLabel: null })
    await closeTasks('waits', 'waited')
  })

  it('neither shows nor counts what lies outside of the area of its office', async () => {
    const elsewhere = {
      placeId: villages.cuigou,
      countyId: 'qingyang-xifeng',
      stage: 'SURVEY' as const,
      stageSince: now,
      desk,
    }
    const before = (await page('')).counts
    await plantOpenCases(room.owner, [{ ...elsewhere, matterId: 'moved', limits: [limitDue('TOTAL', -3)] }])
    expect((await page('')).counts).toEqual(before)
    expect((await walk('')).map(({ matterId }) => matterId)).not.toContain('moved')
    await closeTasks('moved')
  })

  it('of finance holds only what is to be paid', async () => {
    const atFinance = { officeId: 'xf-caizheng', role: 'FINANCE_OFFICER' } as const
    const payable = { ...beijie, stageSince: now, limits: [limitDue('FIRST_PAYMENT', 2)], desk: atFinance }
    await plantOpenCases(room.owner, [
      { ...payable, matterId: 'paid', stage: 'FIRST_PAYMENT' },
      { ...payable, matterId: 'not-yet', stage: 'SURVEY' },
    ])
    const { items, counts } = await page('', finance)
    expect(items.map(({ matterId }) => matterId)).toEqual(['paid'])
    expect(counts).toEqual({ open: 1, dueSoon: 1, overdue: 0 })
  })

  async function closeTasks(...matterIds: string[]): Promise<void> {
    await room.owner.db.task.updateMany({ where: { matterId: { in: matterIds } }, data: { closedAt: new Date(now) } })
  }
})
