import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Board, BoardCase, BoardCases, BoardCell } from '../../api/oversight/board-contract.ts'
import { areaRows } from '../../api/matters/area-rows.ts'
import { dueStandingOf, dueStandings, soonUntil, soonWorkingDays } from '../../domain/supervision/due-standing.ts'
import { addDays, addMs, dayOf, endOf, instant, plainDate, startOf } from '../../domain/time/plain-date.ts'
import { stages } from '../../domain/procedures/words.ts'
import { people, type SeedPerson } from '../../prisma/seed/people.ts'
import { villages } from '../../prisma/seed/places.ts'
import { readReferenceData } from '../../prisma/stores/rules/reference-data.ts'
import { setTrainingClock } from '../../prisma/stores/system/training-clock.ts'
import { plantOpenCases, type PlantedCase, type PlantedLimit } from '../support/planted-cases.ts'
import { type CounterRoom, openCounterRoom } from './support/counter-room.ts'

const supervisor = people.xifeng.supervisors[0]!
const citySupervisor = people.qingyang.supervisors[0]!
const leader = people.xifeng.dongzhi.leaders[0]!
const elsewhere = people.chongchuan.supervisors[0]!
const [dongzhi, beijie] = ['qingyang-xifeng-dongzhi', 'qingyang-xifeng-beijie']
const counties = { xifeng: 'qingyang-xifeng', chongchuan: 'nantong-chongchuan' }
const openStages = stages.filter((stage) => stage !== 'CLOSED')

const today = plainDate('2033-03-16')
const now = addMs(startOf(today), 10 * 3_600_000)
/** A festival of Dongzhi alone: what is due soon there reaches a day further. */
const ownDay = plainDate('2033-03-17')

let room: CounterRoom
let planted: PlantedCase[]

beforeAll(async () => {
  room = await openCounterRoom('board')
  await setTrainingClock(room.archive, now)
  await room.owner.db.localCalendarDay.create({
    data: {
      id: 'test-day',
      placeId: dongzhi,
      day: new Date(`${ownDay}T00:00:00.000Z`),
      edition: 1,
      kind: 'HOLIDAY',
      name: '地方节日',
      source: '测试',
    },
  })
  planted = fc
    .sample(aCase, { seed: 20330316, numRuns: 240 })
    .map((one, index) => ({ ...one, matterId: `case-${index}` }))
  await plantOpenCases(room.owner, planted)
})
afterAll(() => room.close())

const aPlace = fc.constantFrom(
  { placeId: villages.beijie, countyId: counties.xifeng },
  { placeId: villages.cuigou, countyId: counties.xifeng },
  { placeId: villages.beimen, countyId: counties.xifeng },
  { placeId: villages.haodong, countyId: counties.chongchuan },
)
const aLimit: fc.Arbitrary<PlantedLimit> = fc
  .record({
    limit: fc.constantFrom('SURVEY_START' as const, 'TOTAL' as const, 'COUNTY_DECISION' as const),
    due: fc.integer({ min: -6, max: 9 }),
    charged: fc.option(fc.nat(5), { freq: 3 }),
    stopped: fc.boolean(),
  })
  .map(({ limit, due, charged, stopped }) => ({
    limit,
    startedOn: addDays(today, -8),
    dueAt: endOf(addDays(today, due)),
    ownDueAt: charged === null ? null : endOf(addDays(today, due + charged)),
    stopped,
  }))
const aCase: fc.Arbitrary<Omit<PlantedCase, 'matterId'>> = fc
  .record({
    place: aPlace,
    stage: fc.constantFrom(...openStages),
    age: fc.nat(30),
    version: fc.constantFrom(0, 1, 1, 1, 1, 1),
    closed: fc.constantFrom(true, false, false, false, false),
    limits: fc.uniqueArray(aLimit, { maxLength: 3, selector: ({ limit }) => limit }),
    assigned: fc.boolean(),
  })
  .map(({ place, stage, age, assigned, ...rest }) => ({
    ...place,
    stage,
    stageSince: addMs(startOf(addDays(today, -age)), 9 * 3_600_000),
    desk: {
      officeId: 'xf-beijie',
      role: 'TOWNSHIP_HANDLER' as const,
      assigneeId: assigned ? people.xifeng.beijie.handlers[0]!.id : null,
    },
    ...rest,
  }))

const asks = async <T>(as: SeedPerson, path: string): Promise<T> => {
  const response = await room.send('GET', path, { as })
  if (response.status !== 200) throw new Error(`${path}: ${response.status} ${await response.text()}`)
  return (await response.json()) as T
}
const board = (as: SeedPerson, placeId?: string) =>
  asks<Board>(as, `/api/board${placeId === undefined ? '' : `?placeId=${placeId}`}`)
const drills = async (as: SeedPerson, query: Record<string, string | number>): Promise<BoardCase[]> => {
  const items: BoardCase[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const search = new URLSearchParams({ pageSize: '40', ...(cursor === '' ? {} : { cursor }) })
    for (const [name, value] of Object.entries(query)) search.set(name, String(value))
    const page: BoardCases = await asks<BoardCases>(as, `/api/board/cases?${search.toString()}`)
    items.push(...page.items)
    cursor = page.nextCursor
  }
  return items
}

describe('the board', () => {
  it('counts every open case of the area once, as the rule book says how it stands', async () => {
    for (const [as, area] of [
      [supervisor, counties.xifeng],
      [citySupervisor, 'qingyang'],
      [leader, dongzhi],
      [elsewhere, counties.chongchuan],
    ] as const) {
      const { rows, columns, total, placeId } = await board(as)
      const mine = planted.filter((one) => isOpen(one) && one.placeId.startsWith(area))
      expect(placeId).toBe(area)
      expect(total).toEqual(await countAll(mine))
      for (const row of rows) {
        const below = mine.filter((one) => one.placeId.startsWith(row.placeId))
        expect(row.total).toEqual(await countAll(below))
        for (const [index, stage] of openStages.entries())
          expect(row.cells[index]).toEqual(await countAll(below.filter((one) => one.stage === stage)))
      }
      for (const [index, stage] of openStages.entries())
        expect(columns[index]).toEqual(await countAll(mine.filter((one) => one.stage === stage)))
      expect(rows.reduce((sum, row) => sum + row.total.open, 0)).toBe(total.open)
    }
    // An archive without cases in each of these would prove little.
    const { total } = await board(supervisor)
    for (const count of ['notDue', 'dueIn1', 'dueIn2', 'dueIn3', 'overdue', 'overdueWaiting', 'noLimit'] as const)
      expect(total[count]).toBeGreaterThan(0)
  })

  it('rolls villages up into townships, and townships into counties', async () => {
    expect((await board(supervisor)).rows.map((row) => row.placeId)).toEqual([beijie, dongzhi])
    expect((await board(citySupervisor)).rows.map((row) => row.placeId)).toEqual([counties.xifeng])
    expect((await board(citySupervisor, dongzhi)).rows.map((row) => row.placeName)).toEqual(['北门村', '崔沟村'])
    const [county] = (await board(citySupervisor)).rows
    expect(county?.total).toEqual((await board(supervisor)).total)
    const village = await board(leader, villages.cuigou)
    expect(village.rows).toMatchObject([{ placeId: villages.cuigou, placeName: '崔沟村', total: village.total }])
  })

  it('opens each cell to exactly the cases that it counts', async () => {
    const { rows } = await board(supervisor)
    for (const { placeId, cells } of rows) {
      for (const [index, stage] of openStages.entries()) {
        const cell = cells[index] as BoardCell
        const standing = { NOT_DUE: cell.notDue, DUE_SOON: cell.dueSoon, OVERDUE: cell.overdue }
        const counts = { ...standing, OVERDUE_WAITING: cell.overdueWaiting, NO_LIMIT: cell.noLimit }
        for (const status of dueStandings) {
          const listed = await drills(supervisor, { placeId, stage, status })
          expect([placeId, stage, status, listed.length]).toEqual([placeId, stage, status, counts[status]])
          expect(listed.every((item) => item.stage === stage && item.status === status)).toBe(true)
        }
        for (const dueIn of soonWorkingDays) {
          const listed = await drills(supervisor, { placeId, stage, dueIn })
          expect(listed).toHaveLength(cell[`dueIn${dueIn}`])
        }
      }
    }
  })

  it('shows a township leader the own township, and another county nothing of it', async () => {
    const own = await board(leader)
    expect(own.placeName).toBe('董志镇')
    const seen = [...(await drills(leader, {})), ...(await drills(elsewhere, {}))]
    const places = new Set(seen.map(({ placeId }) => placeId))
    expect([...places].toSorted()).toEqual([villages.haodong, villages.beimen, villages.cuigou].toSorted())
    for (const path of ['/api/board', '/api/board/cases', '/api/board/export?purpose=x']) {
      const at = `${path}${path.includes('?') ? '&' : '?'}placeId=`
      for (const foreign of [beijie, counties.chongchuan, 'qingyang', 'nowhere']) {
        const refused = await room.send('GET', `${at}${foreign}`, { as: leader })
        expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([404, 'placeUnknown'])
      }
    }
  })

  it('is for those who watch over limits', async () => {
    const { clerks, handlers } = people.xifeng.beijie
    const others = [clerks[0]!, handlers[0]!, people.xifeng.financeOfficers[0]!, people.qingyang.administrators[0]!]
    for (const path of ['/api/board', '/api/board/cases', '/api/board/export?purpose=x'])
      for (const as of others) expect((await room.send('GET', path, { as })).status).toBe(403)
  })
})

describe('an area of several parts', () => {
  const area = [
    { placeId: 'a', parentId: 'county' },
    { placeId: 'a1', parentId: 'a' },
    { placeId: 'b', parentId: 'county' },
  ]

  it('has a row for each part, and inside of one a row for each place', () => {
    const rows = areaRows(area)
    expect([rows?.topIds, rows?.rowIds, rows?.rowOf.get('a1')]).toEqual([['a', 'b'], ['a', 'b'], 'a'])
    expect(areaRows(area, 'a')?.rowIds).toEqual(['a1'])
    expect(areaRows(area, 'b')?.rowIds).toEqual(['b'])
    expect(areaRows(area, 'county')).toBeNull()
    expect(areaRows([])).toEqual({ topIds: [], rowIds: [], rowOf: new Map() })
  })
})

describe('the list of cases', () => {
  it('goes through all of them page by page, soonest due first', async () => {
    const whole = await drills(supervisor, { pageSize: 7 })
    const open = planted.filter((one) => isOpen(one) && one.countyId === counties.xifeng)
    expect(whole.map(({ matterId }) => matterId).toSorted()).toEqual(open.map(({ matterId }) => matterId).toSorted())
    const order = whole.map(({ dueAt, matterId }) => `${dueAt ?? 'never'} ${matterId}`)
    expect(order).toEqual(order.toSorted())
    expect(whole.some(({ dueAt }) => dueAt === null)).toBe(true)
  })

  it('judges by one limit where one is asked for', async () => {
    const listed = await drills(supervisor, { limit: 'TOTAL', status: 'OVERDUE' })
    const expected = planted.filter(
      (one) =>
        isOpen(one) &&
        one.countyId === counties.xifeng &&
        one.limits.some(
          ({ limit, ownDueAt, stopped }) => limit === 'TOTAL' && !stopped && ownDueAt !== null && ownDueAt <= now,
        ),
    )
    expect(expected.length).toBeGreaterThan(0)
    expect(listed.map(({ matterId }) => matterId).toSorted()).toEqual(
      expected.map(({ matterId }) => matterId).toSorted(),
    )
    expect(new Set(listed.map(({ limit }) => limit))).toEqual(new Set(['TOTAL']))
  })

  it('finds what somebody was named for', async () => {
    const assigneeId = people.xifeng.beijie.handlers[0]!.id
    const listed = await drills(supervisor, { assigneeId })
    const expected = planted.filter(
      (one) => isOpen(one) && one.countyId === counties.xifeng && one.desk?.assigneeId === assigneeId,
    )
    expect(listed.map(({ matterId }) => matterId).toSorted()).toEqual(
      expected.map(({ matterId }) => matterId).toSorted(),
    )
    expect(listed.every(({ holders }) => holders[0]?.assigneeName === '李想')).toBe(true)
  })

  it('tells what is due, by whose days, who has it in hand and who was told', async () => {
    const [colleague, handler] = people.xifeng.beijie.handlers as [SeedPerson, SeedPerson]
    const standIn = people.xifeng.beijie.leaders[1]!
    const startedOn = plainDate('2033-03-07')
    const dueAt = endOf(plainDate('2033-03-14'))
    const wait = {
      waitsFor: 'HOUSEHOLD' as const,
      from: plainDate('2033-03-09'),
      through: plainDate('2033-03-11'),
      paused: false,
    }
    const told = { matterId: 'told', placeId: villages.beijie, countyId: counties.xifeng, version: 7 }
    await plantOpenCases(room.owner, [
      {
        ...told,
        stage: 'SURVEY',
        stageSince: addMs(startOf(plainDate('2033-03-09')), 3_600_000),
        limits: [
          { limit: 'SURVEY_START', startedOn, dueAt, ownDueAt: dueAt, waits: [wait] },
          {
            limit: 'TOTAL',
            startedOn,
            dueAt: endOf(plainDate('2033-04-20')),
            ownDueAt: endOf(plainDate('2033-04-20')),
          },
        ],
        desk: { officeId: 'xf-beijie', role: 'TOWNSHIP_HANDLER', assigneeId: handler.id },
      },
    ])
    await awayFor(handler, standIn)
    await raised('told', 'REMINDER', [])
    await raised('told', 'URGING', [supervisor, citySupervisor])
    const [item] = (await drills(supervisor, { stage: 'SURVEY', status: 'OVERDUE' })).filter(
      ({ matterId }) => matterId === 'told',
    )
    expect(item).toMatchObject({
      matterNumber: 'N-told',
      placeName: '北街社区',
      version: 7,
      statusLabel: '已超期',
      limit: 'SURVEY_START',
      limitLabel: '启动调查时限',
      dueOn: '2033-03-14',
      dueAt,
      remainingWorkingDays: -2,
      ageWorkingDays: 5,
      chargedDays: { OFFICE: 5, HOUSEHOLD: 2, MATCHING_CENTRE: 0, OTHER_OFFICE: 0, PAUSED: 0 },
      rung: 'URGING',
      rungLabel: '催办',
      lastReceipt: { seenByName: citySupervisor.name },
      orderOpen: false,
      holders: [{ officeName: '北街街道办事处', roleLabel: '乡镇（街道）经办人', assigneeName: handler.name }],
    })
    expect(item?.holders[0]?.people).toEqual([
      { officerId: colleague.id, name: colleague.name, standsInForName: null, away: false },
      { officerId: handler.id, name: handler.name, standsInForName: null, away: true },
      { officerId: standIn.id, name: standIn.name, standsInForName: handler.name, away: false },
    ])
    await room.owner.db.matter.update({ where: { id: 'told' }, data: { closedAt: new Date(now) } })
  })

  it('refuses a made-up page mark and an unknown filter', async () => {
    for (const query of ['cursor=e30', 'colour=red', 'status=RED', 'stage=NOWHERE', 'dueIn=4', 'pageSize=1000'])
      expect((await room.send('GET', `/api/board/cases?${query}`, { as: supervisor })).status).toBe(400)
  })

  async function awayFor(holder: SeedPerson, standIn: SeedPerson): Promise<void> {
    const on = new Date(`${today}T00:00:00.000Z`)
    await room.owner.db.absence.create({
      data: {
        id: 'absence',
        postId: 'xf-beijie.township-handler',
        officerId: holder.id,
        standInId: standIn.id,
        cause: 'LEAVE',
        fromOn: on,
        throughOn: on,
        recordedBy: holder.id,
        recordedAt: on,
        standInAgreedBy: people.xifeng.beijie.leaders[0]!.id,
        standInAgreedAt: on,
      },
    })
  }

  async function raised(matterId: string, rung: 'REMINDER' | 'URGING', seenBy: SeedPerson[]): Promise<void> {
    const { db } = room.owner
    const id = `${matterId} ${rung}`
    const about = { matterId, countyId: counties.xifeng, placeId: villages.beijie, limit: 'SURVEY_START', run: 1 }
    const at = new Date(now)
    await db.supervisionItem.create({ data: { id, ...about, rung, shownTo: 'COUNTY', dueAt: at, openedAt: at } })
    await db.supervisionReceipt.createMany({
      data: seenBy.map((officer, index) => ({
        itemId: id,
        officerId: officer.id,
        seenAt: new Date(addMs(now, index * 1000)),
      })),
    })
  }
})

function isOpen({ closed, version }: PlantedCase): boolean {
  return !closed && version !== 0
}

/** What a cell must say of these cases, counted one by one. */
async function countAll(cases: readonly PlantedCase[]): Promise<BoardCell> {
  const { calendarFor } = await readReferenceData(room.archive.db)
  const cell = {
    open: 0,
    notDue: 0,
    dueSoon: 0,
    dueIn1: 0,
    dueIn2: 0,
    dueIn3: 0,
    overdue: 0,
    overdueWaiting: 0,
    noLimit: 0,
  }
  const names = {
    NOT_DUE: 'notDue',
    DUE_SOON: 'dueSoon',
    OVERDUE: 'overdue',
    OVERDUE_WAITING: 'overdueWaiting',
    NO_LIMIT: 'noLimit',
  } as const
  const ages = []
  for (const { placeId, limits, stageSince } of cases) {
    const calendar = calendarFor(placeId.startsWith(dongzhi) ? [placeId, dongzhi] : [])
    const running = limits.filter(({ stopped }) => !stopped)
    const soonest = (instants: (string | null)[]) => instants.filter((at) => at !== null).toSorted()[0]
    const [dueAt, ownDueAt] = [
      soonest(running.map((limit) => limit.dueAt)),
      soonest(running.map((limit) => limit.ownDueAt)),
    ].map((at) => (at === undefined ? null : instant(at)))
    const { standing, dueIn } = dueStandingOf(
      { dueAt: dueAt ?? null, ownDueAt: ownDueAt ?? null },
      { now, soon: soonUntil(today, calendar) },
    )
    cell.open += 1
    cell[names[standing]] += 1
    if (dueIn !== null) cell[`dueIn${dueIn}`] += 1
    let age = 0
    for (let day = addDays(dayOf(stageSince), 1); day <= today; day = addDays(day, 1))
      age += calendar.isWorkingDay(day) ? 1 : 0
    ages.push(age)
  }
  return { ...cell, oldestWorkingDays: ages.length === 0 ? null : Math.max(...ages) }
}
