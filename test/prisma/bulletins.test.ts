import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  addUp,
  type Count,
  type FigureKey,
  figureKeys,
  figureOf,
  figures,
  onTimeRate,
} from '../../domain/supervision/bulletin.ts'
import { reportingPeriod } from '../../domain/supervision/reporting-period.ts'
import { plainDate } from '../../domain/time/plain-date.ts'
import { findBrokenLink } from '../../prisma/stores/system/audit.ts'
import { readFigureCases, readFigures } from '../../prisma/stores/oversight/bulletin-figures.ts'
import {
  bulletinRegister,
  digestOfBulletin,
  findBulletin,
  issueDueBulletins,
  listBulletins,
} from '../../prisma/stores/oversight/bulletins.ts'
import { readClock } from '../../prisma/stores/system/clock.ts'
import { placesBelow } from '../../prisma/stores/matter/scope.ts'
import { type ArchiveRoom, openArchiveRoom, type PlantedRun, plantEvent, plantRuns } from '../support/planted-runs.ts'

const xifeng = 'qingyang-xifeng'
const [beijie, dongzhi] = [`${xifeng}-beijie`, `${xifeng}-dongzhi`]

let room: ArchiveRoom

beforeEach(async () => {
  room = await openArchiveRoom('2029-11-20T09:00:00+08:00')
})
afterEach(() => room.close())

const scopeOf = async (placeId: string) => ({
  placeIds: await placesBelow(room.archive.db, placeId),
  onlyPayable: false,
})
const figuresOf = async (text: string, placeId = xifeng) =>
  readFigures(room.archive.db, {
    countyId: xifeng,
    period: reportingPeriod(text),
    scope: await scopeOf(placeId),
    now: await readClock(room.archive.db),
  })
const countsOf = async (text: string, placeId = xifeng): Promise<Count[]> =>
  (await figuresOf(text, placeId)).find((line) => line.placeId === placeId)?.counts ?? []
const casesBehind = async (text: string, key: FigureKey, { placeId = xifeng, take = 100, after = '' } = {}) => {
  const { facts, limit } = figures[key]
  return readFigureCases(
    room.archive.db,
    { countyIds: [xifeng], period: reportingPeriod(text), now: await readClock(room.archive.db) },
    { scope: await scopeOf(placeId), facts, limit, take, after },
  )
}

const inTime: PlantedRun = { startedOn: '2029-11-01', dueOn: '2029-11-06', stoppedOn: '2029-11-05' }
const late: PlantedRun = { startedOn: '2029-11-01', dueOn: '2029-11-06', stoppedOn: '2029-11-09' }
const waited = [{ waitsFor: 'MATCHING_CENTRE', from: '2029-11-02', through: '2029-11-08', paused: false }]

describe('what fell due', () => {
  it('is told by how it ended, and late by whose days', async () => {
    await plantRuns(room.owner, [
      inTime,
      { ...inTime, stoppedOn: '2029-11-06' },
      { ...inTime, state: 'ENTERED_LATE' },
      late,
      { ...late, ownDueOn: '2029-11-12', waits: waited },
      { ...late, ownDueOn: '2029-11-08', waits: waited },
      { startedOn: '2029-11-01', dueOn: '2029-11-06', state: 'BREACHED' },
      { startedOn: '2029-11-01', dueOn: '2029-11-06', state: 'BREACHED', ownDueOn: null, waits: waited },
      { startedOn: '2029-11-01', dueOn: '2029-11-06', state: 'BREACHED', ownDueOn: '2029-11-27', waits: waited },
    ])
    const counts = await countsOf('2029-11')
    const figure = (key: FigureKey) => figureOf(counts, key, 'SURVEY_START')
    expect(figure('DUE')).toBe(9)
    expect([figure('IN_TIME'), figure('ENTERED_LATE')]).toEqual([3, 1])
    expect([figure('DONE_LATE'), figure('STILL_OPEN')]).toEqual([3, 3])
    // Own days: one late without a wait, one whose own days ran out on the 8th, one open without a wait.
    expect([figure('LATE_BY_OFFICE'), figure('LATE_BY_OTHERS')]).toEqual([3, 3])
    expect(onTimeRate(counts, 'SURVEY_START')).toBeCloseTo(3 / 9)
    expect(onTimeRate(counts, 'COUNTY_DECISION')).toBeNull()
  })

  it('and waited for nobody was late by the office: closed before own days were kept, or extended too late', async () => {
    await plantRuns(room.owner, [
      { ...late, ownDueOn: null },
      { ...late, dueOn: '2029-11-14', state: 'MET_LATE' },
    ])
    expect(figureOf(await countsOf('2029-11'), 'LATE_BY_OFFICE', 'SURVEY_START')).toBe(2)
  })

  it('does not hold what is still to fall due, was withdrawn in time, or only had to pass', async () => {
    await plantRuns(room.owner, [
      { startedOn: '2029-11-15', dueOn: '2029-11-20' },
      { startedOn: '2029-11-15', dueOn: '2029-11-28' },
      { ...inTime, state: 'CANCELLED' },
      { ...inTime, limit: 'PUBLIC_NOTICE', kind: 'NATURAL_DAYS' },
    ])
    expect(await countsOf('2029-11')).toEqual([])
  })

  it('stands in the line of its township and in the county’s, and nobody else’s', async () => {
    await plantRuns(room.owner, [
      { ...inTime, village: 'beijie' },
      { ...late, village: 'cuigou' },
      { ...late, village: 'beimen' },
      { ...late, village: 'haodong' },
    ])
    const due = (await figuresOf('2029-11')).map(({ placeId, counts }) => [placeId, figureOf(counts, 'DUE')])
    expect(due).toEqual([
      [xifeng, 3],
      [beijie, 1],
      [dongzhi, 2],
    ])
    expect((await figuresOf('2029-11', dongzhi)).map(({ placeId }) => placeId)).toEqual([dongzhi])
  })
})

describe('what stands beside the rates', () => {
  const at = '2029-11-15T10:00:00+08:00'
  const order = { countyId: xifeng, placeId: `${beijie}-beijie`, limit: 'TOTAL', run: 1, officeId: 'o', issuedBy: 'x' }

  it('is counted from the log, each thing by its name', async () => {
    const [id] = (await plantRuns(room.owner, [inTime])) as [string]
    const events = [
      { type: 'APPLICATION_ACCEPTED', occurredOn: '2029-11-12' },
      { type: 'APPLICATION_ACCEPTED' },
      { type: 'CASE_RETURNED', data: { from: 'SURVEY', to: 'CORRECTION' } },
      { type: 'CASE_RETURNED', data: { from: 'COUNTY_REVIEW', to: 'SURVEY' } },
      { type: 'CASE_RETURNED', data: { from: 'COUNTY_REVIEW', to: 'TOWNSHIP_OPINION' } },
      { type: 'CASE_WITHDRAWN' },
      { type: 'LIMIT_EXTENDED', data: { cause: 'HARD_SURVEY' } },
      { type: 'WAITING_BEGUN', data: { waitsFor: 'HOUSEHOLD', throughDay: '2029-11-20', pausedLimits: [] } },
      { type: 'WAITING_BEGUN', data: { waitsFor: 'HOUSEHOLD', throughDay: '2029-11-20', pausedLimits: ['TOTAL'] } },
      { type: 'URGED', data: { limit: 'TOTAL', run: 1, number: 1 } },
      { type: 'SURVEY_BEGUN', data: { investigatorIds: [] } },
    ]
    for (const event of events) await plantEvent(room.owner, id, { ...event, at })
    const counts = await countsOf('2029-11')
    const beside = (key: FigureKey) => figureOf(counts, key)
    expect(beside('ACCEPTANCE_TYPED_IN_LATE')).toBe(1)
    expect([beside('MENDING_NOTICE'), beside('OTHER_RETURN')]).toEqual([1, 2])
    expect([beside('WITHDRAWAL'), beside('EXTENSION')]).toEqual([1, 1])
    expect([beside('WAITING'), beside('PAUSE'), beside('URGED_BY_HAND')]).toEqual([1, 1, 1])
  })

  it('holds late acceptance, and breaches that a late entry turned', async () => {
    await plantRuns(room.owner, [
      { ...late, limit: 'ACCEPTANCE' },
      { ...inTime, limit: 'ACCEPTANCE' },
      { ...inTime, state: 'ENTERED_LATE' },
    ])
    const counts = await countsOf('2029-11')
    expect([figureOf(counts, 'LATE_ACCEPTANCE'), figureOf(counts, 'CORRECTION')]).toEqual([1, 1])
  })

  it('holds the rungs that were climbed, by hand or by themselves, and names the top one by case number', async () => {
    const [id] = (await plantRuns(room.owner, [
      { startedOn: '2029-11-01', dueOn: '2029-11-06', state: 'BREACHED' },
    ])) as [string]
    const item = { matterId: id, countyId: xifeng, placeId: order.placeId, limit: 'SURVEY_START', run: 1 }
    const raised = { ...item, shownTo: 'COUNTY' as const, dueAt: new Date(at), openedAt: new Date(at) }
    await room.owner.db.supervisionItem.createMany({
      data: [
        { ...raised, id: 'a', rung: 'URGING', number: 0 },
        { ...raised, id: 'b', rung: 'URGING', number: 1 },
        { ...raised, id: 'c', rung: 'CIRCULAR', number: 0 },
        { ...raised, id: 'd', rung: 'REMINDER', number: 0, openedAt: new Date('2029-10-31T15:59:00Z') },
      ],
    })
    const counts = await countsOf('2029-11')
    expect(['REMINDER', 'URGING', 'ORDER', 'CIRCULAR'].map((rung) => figureOf(counts, rung as FigureKey))).toEqual([
      0, 1, 0, 1,
    ])
    await room.untilClock('2029-12-01T09:00:00+08:00')
    await issueDueBulletins(room.archive, plainDate('2029-12-01'))
    const body = (await findBulletin(room.archive.db, xifeng, '2029-11'))?.body
    expect(body?.circulars).toEqual([{ caseNumber: `N-${id}`, placeId: order.placeId, limit: 'SURVEY_START' }])
    expect(JSON.stringify(body)).not.toContain('某某')
  })

  it('tells orders by when they were issued, and those answered in time', async () => {
    const ids = await plantRuns(room.owner, [
      { ...inTime, limit: 'SUPERVISION_ORDER' },
      { ...late, limit: 'SUPERVISION_ORDER' },
      { ...inTime, limit: 'SUPERVISION_ORDER' },
    ])
    const answeredAt = [new Date(at), new Date(at), null]
    for (const [index, matterId] of ids.entries()) {
      const answer = { answeredAt: answeredAt[index] ?? null }
      const issued = { id: `order-${index}`, matterId, number: 1, issuedAt: new Date(at), paperId: 'p' }
      await room.owner.db.supervisionOrder.create({ data: { ...order, ...issued, ...answer } })
    }
    const counts = await countsOf('2029-11')
    expect([figureOf(counts, 'ORDER_ISSUED'), figureOf(counts, 'ORDER_ANSWERED_IN_TIME')]).toEqual([3, 1])
  })

  it('belongs to the day in Beijing on which it was recorded', async () => {
    const [id] = (await plantRuns(room.owner, [inTime])) as [string]
    await plantEvent(room.owner, id, { type: 'CASE_WITHDRAWN', at: '2029-10-31T15:59:59.999Z' })
    await plantEvent(room.owner, id, { type: 'CASE_WITHDRAWN', at: '2029-10-31T16:00:00.000Z' })
    expect(figureOf(await countsOf('2029-10'), 'WITHDRAWAL')).toBe(1)
    expect(figureOf(await countsOf('2029-11'), 'WITHDRAWAL')).toBe(1)
  })
})

describe('a longer period', () => {
  it('is the sum of its months, figure by figure, and no mean of their rates', async () => {
    const runs: PlantedRun[] = [
      ...Array.from({ length: 8 }, () => ({
        ...inTime,
        startedOn: '2029-07-01',
        dueOn: '2029-07-05',
        stoppedOn: '2029-07-04',
      })),
      { startedOn: '2029-08-01', dueOn: '2029-08-06', stoppedOn: '2029-08-20', village: 'cuigou' },
      { startedOn: '2029-09-25', dueOn: '2029-09-30', stoppedOn: '2029-10-08', village: 'cuigou' },
      { startedOn: '2029-09-25', dueOn: '2029-10-01', stoppedOn: '2029-10-08', limit: 'TOTAL' },
    ]
    const ids = await plantRuns(room.owner, runs)
    const returned = { type: 'CASE_RETURNED', data: { to: 'CORRECTION' } }
    await plantEvent(room.owner, ids[0] as string, { ...returned, at: '2029-07-31T10:00:00+08:00' })
    await plantEvent(room.owner, ids[1] as string, { ...returned, at: '2029-08-01T00:00:00+08:00' })

    for (const [text, months] of [
      ['2029-Q3', ['07', '08', '09']],
      ['2029', ['01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '12']],
    ] as const) {
      for (const placeId of [xifeng, beijie, dongzhi]) {
        const parts: Count[][] = []
        for (const month of months) parts.push(await countsOf(`2029-${month}`, placeId))
        expect(await countsOf(text, placeId)).toEqual(addUp(parts.flat()))
      }
    }
    const quarter = await countsOf('2029-Q3')
    expect(onTimeRate(quarter, 'SURVEY_START')).toBe(0.8)
    expect(onTimeRate(quarter, 'TOTAL')).toBeNull()
  })
})

describe('the list behind a figure', () => {
  it('holds as many as the figure says, for every figure', async () => {
    const ids = await plantRuns(room.owner, [
      inTime,
      { ...inTime, state: 'ENTERED_LATE' },
      { ...late, limit: 'ACCEPTANCE', village: 'cuigou' },
      { startedOn: '2029-11-01', dueOn: '2029-11-06', state: 'BREACHED', village: 'cuigou' },
    ])
    for (const times of [1, 2, 3]) {
      const data = { to: times === 3 ? 'SURVEY' : 'CORRECTION' }
      await plantEvent(room.owner, ids[0] as string, {
        type: 'CASE_RETURNED',
        at: `2029-11-1${times}T10:00:00+08:00`,
        data,
      })
    }
    for (const placeId of [xifeng, beijie, dongzhi]) {
      const counts = await countsOf('2029-11', placeId)
      for (const key of figureKeys) {
        const listed = (await casesBehind('2029-11', key, { placeId })).reduce((sum, { times }) => sum + times, 0)
        expect([key, listed]).toEqual([key, figureOf(counts, key)])
      }
    }
    const [returned] = await casesBehind('2029-11', 'MENDING_NOTICE')
    expect(returned).toMatchObject({ matterId: ids[0], matterNumber: `N-${ids[0]}`, times: 2 })
  })

  it('goes on where the page before ended', async () => {
    const ids = await plantRuns(
      room.owner,
      Array.from({ length: 5 }, () => late),
    )
    const first = await casesBehind('2029-11', 'DONE_LATE', { take: 3 })
    const rest = await casesBehind('2029-11', 'DONE_LATE', { take: 3, after: first.at(-1)?.matterNumber as string })
    expect([...first, ...rest].map(({ matterId }) => matterId)).toEqual(ids)
  })
})

describe('a bulletin', () => {
  const december = '2029-12-01'
  const issuedPeriods = async () =>
    (await listBulletins(room.archive.db, [xifeng], { take: 50 })).map(({ period }) => period).toSorted()

  it('is issued once the period is over, with what was missed before, and once only', async () => {
    await plantRuns(room.owner, [{ ...inTime, startedOn: '2029-05-28', dueOn: '2029-06-01', stoppedOn: '2029-05-30' }])
    const catchUp = ['2029-05', '2029-06', '2029-07', '2029-08', '2029-09', '2029-10', '2029-H1', '2029-Q2', '2029-Q3']
    expect(await issueDueBulletins(room.archive, plainDate('2029-11-20'))).toBe(catchUp.length)
    expect(await issuedPeriods()).toEqual(catchUp)

    // A day that has not come ends no period.
    expect(await issueDueBulletins(room.archive, plainDate('2030-02-01'))).toBe(0)
    await room.untilClock(`${december}T00:05:00+08:00`)
    const made = await Promise.all([1, 2].map(() => issueDueBulletins(room.archive, plainDate(december))))
    expect(made.toSorted((one, other) => one - other)).toEqual([0, 1])
    expect(await issueDueBulletins(room.archive, plainDate(december))).toBe(0)
    expect(await issuedPeriods()).toEqual([...catchUp, '2029-11'].toSorted())
  })

  it('closes a year with its quarter and its month', async () => {
    await plantRuns(room.owner, [inTime])
    await room.untilClock('2030-01-02T08:00:00+08:00')
    await issueDueBulletins(room.archive, plainDate('2030-01-02'))
    expect(await issuedPeriods()).toEqual(['2029', '2029-11', '2029-12', '2029-Q4'])
  })

  it('keeps its body under its digest, in the audit too', async () => {
    await plantRuns(room.owner, [inTime, late, { ...late, village: 'haodong' }])
    await room.untilClock(`${december}T08:00:00+08:00`)
    expect(await issueDueBulletins(room.archive, plainDate(december))).toBe(2)
    const bulletin = await findBulletin(room.archive.db, xifeng, '2029-11')
    expect(bulletin?.body.places.map(({ placeId }) => placeId)).toEqual([xifeng, beijie, dongzhi])
    expect(digestOfBulletin(bulletin!.body)).toBe(bulletin?.digest)
    const audited = await room.archive.db.auditRecord.findMany({ where: { register: bulletinRegister(xifeng) } })
    expect(audited).toMatchObject([
      { action: 'ISSUE_BULLETIN', detail: { period: '2029-11', digest: bulletin?.digest } },
    ])
    expect(await findBrokenLink(room.archive.db, bulletinRegister(xifeng))).toBeNull()
  })

  it('never changes, whatever is put right later', async () => {
    const [id] = (await plantRuns(room.owner, [
      { startedOn: '2029-11-01', dueOn: '2029-11-06', state: 'BREACHED' },
    ])) as [string]
    await room.untilClock(`${december}T08:00:00+08:00`)
    await issueDueBulletins(room.archive, plainDate(december))
    const issued = await findBulletin(room.archive.db, xifeng, '2029-11')
    await room.owner.db.deadline.updateMany({
      where: { matterId: id },
      data: { state: 'ENTERED_LATE', stoppedOn: new Date('2029-11-05T00:00:00Z') },
    })
    expect(await issueDueBulletins(room.archive, plainDate(december))).toBe(0)
    expect(await findBulletin(room.archive.db, xifeng, '2029-11')).toEqual(issued)
    expect(figureOf(await countsOf('2029-11'), 'CORRECTION')).toBe(1)
    await expect(room.owner.db.bulletin.updateMany({ data: { digest: '' } })).rejects.toThrow()
    await expect(room.owner.db.bulletin.deleteMany()).rejects.toThrow()
  })

  it('is listed page by page, the latest first', async () => {
    await plantRuns(room.owner, [{ ...inTime, startedOn: '2029-08-01', dueOn: '2029-08-06', stoppedOn: '2029-08-02' }])
    await issueDueBulletins(room.archive, plainDate('2029-11-20'))
    const all = await listBulletins(room.archive.db, [xifeng], { take: 50 })
    const pages = []
    for (let after: (typeof all)[number] | undefined; pages.length < all.length; after = pages.at(-1))
      pages.push(...(await listBulletins(room.archive.db, [xifeng], { after, take: 3 })))
    expect(pages).toEqual(all)
    expect(await listBulletins(room.archive.db, ['nantong-chongchuan'], { take: 50 })).toEqual([])
  })
})
