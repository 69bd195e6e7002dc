import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { BulletinOfPeriod, Bulletins, FigureCases } from '../../api/oversight/bulletin-contract.ts'
import { instant, plainDate } from '../../domain/time/plain-date.ts'
import { people, type SeedPerson } from '../../prisma/seed/people.ts'
import { issueDueBulletins } from '../../prisma/stores/oversight/bulletins.ts'
import { setTrainingClock } from '../../prisma/stores/system/training-clock.ts'
import { type PlantedRun, plantEvent, plantRuns } from '../support/planted-runs.ts'
import { type CounterRoom, openCounterRoom } from './support/counter-room.ts'

const { xifeng, qingyang, chongchuan } = people
const supervisor = xifeng.supervisors[0]!
const leaderOfBeijie = xifeng.beijie.leaders[0]!
const auditor = qingyang.auditors[0]!

const inTime: PlantedRun = { startedOn: '2029-11-01', dueOn: '2029-11-06', stoppedOn: '2029-11-05' }
const open: PlantedRun = { startedOn: '2029-11-01', dueOn: '2029-11-06', state: 'BREACHED' }

let room: CounterRoom
let late: string[]

beforeAll(async () => {
  room = await openCounterRoom('bulletins')
  await setTrainingClock(room.archive, instant('2029-11-20T09:00:00+08:00'))
  const [first] = await plantRuns(room.owner, [inTime, inTime, inTime, { ...inTime, village: 'haodong' }])
  late = await plantRuns(room.owner, [open, { ...open, village: 'cuigou' }])
  const returned = { type: 'CASE_RETURNED', data: { to: 'CORRECTION' }, at: '2029-11-12T10:00:00+08:00' }
  await plantEvent(room.owner, first as string, returned)
})
afterAll(() => room.close())

const get = async (path: string, as: SeedPerson = supervisor) => room.send('GET', path, { as })
const bulletin = async (period: string, { query = '', as = supervisor } = {}) =>
  (await (await get(`/api/bulletins/${period}${query}`, as)).json()) as BulletinOfPeriod
const cases = async (query: string, as: SeedPerson = supervisor) =>
  (await (await get(`/api/bulletins/2029-11/cases?${query}`, as)).json()) as FigureCases
const surveyStart = (line: BulletinOfPeriod['bulletins'][number]['places'][number] | undefined) =>
  line?.limits.find(({ limit }) => limit === 'SURVEY_START')
const codeOf = async (path: string) => ((await (await get(path)).json()) as { code: string }).code

describe('figures that are not issued yet', () => {
  it('are those of this moment, and say so', async () => {
    const { bulletins, ...period } = await bulletin('2029-11')
    expect(period).toMatchObject({
      periodLabel: '2029年11月',
      kindLabel: '按月通报',
      firstDay: '2029-11-01',
      lastDay: '2029-11-30',
      previousPeriod: '2029-10',
    })
    const [county] = bulletins
    expect(county).toMatchObject({
      county: { name: '西峰区' },
      issued: false,
      standing: '暂未印发',
      issuedAt: null,
      changes: [],
    })
    expect(county?.places.map(({ name }) => name)).toEqual(['西峰区', '北街街道', '董志镇'])
    expect(surveyStart(county?.places[1])).toMatchObject({ due: 4, inTime: 3, stillOpen: 1, onTimeRate: 0.75 })
    expect(surveyStart(county?.places[2])).toMatchObject({ due: 1, inTime: 0, onTimeRate: 0 })
  })

  it('have beside each rate what it could be dressed up by, zeros too, and no rate where nothing fell due', async () => {
    const [county] = (await bulletin('2029-11')).bulletins
    const [line] = county?.places ?? []
    expect(line?.beside.map(({ label, count }) => [label, count])).toEqual([
      ['超期受理', 0],
      ['受理日期事后补录', 0],
      ['补正告知', 1],
      ['其他退回', 0],
      ['撤回申请', 0],
      ['延长时限', 0],
      ['超期后补录更正', 0],
      ['登记等待（继续计时）', 0],
      ['暂停计时', 0],
      ['人工催办', 0],
      ['下发督办单', 0],
      ['督办单按时答复', 0],
    ])
    expect(line?.rungs.map(({ label }) => label)).toEqual(['系统提醒', '超期催办', '提请督办', '列入通报'])
    expect(line?.limits.find(({ limit }) => limit === 'TOTAL')).toMatchObject({ due: 0, onTimeRate: null })
    expect(line?.limits.map(({ limit }) => limit)).not.toContain('PUBLIC_NOTICE')
  })

  it('of a quarter, a half year and a year are asked for alike', async () => {
    for (const period of ['2029-Q4', '2029'])
      expect(surveyStart((await bulletin(period)).bulletins[0]?.places[0])).toMatchObject({ due: 5 })
    expect(surveyStart((await bulletin('2029-H1')).bulletins[0]?.places[0])).toMatchObject({ due: 0, onTimeRate: null })
  })

  it('are refused for a period to come, and for what is no period', async () => {
    expect(await codeOf('/api/bulletins/2029-12')).toBe('periodNotBegun')
    for (const text of ['2029-13', '2029-H2', 'november'])
      expect(await codeOf(`/api/bulletins/${text}`)).toBe('notFound')
  })
})

describe('who reads which figures', () => {
  it('a township its own line, a city its counties, and nobody another’s', async () => {
    const township = await bulletin('2029-11', { as: leaderOfBeijie })
    expect(township.bulletins.map(({ places }) => places.map(({ name }) => name))).toEqual([['北街街道']])
    const city = await bulletin('2029-11', { as: auditor })
    expect(city.bulletins.map(({ county }) => county.name)).toEqual(['西峰区'])
    const elsewhere = await bulletin('2029-11', { as: chongchuan.supervisors[0]! })
    expect(surveyStart(elsewhere.bulletins[0]?.places[0])).toMatchObject({ due: 1 })
    expect(await codeOf('/api/bulletins/2029-11?placeId=nantong-chongchuan')).toBe('placeUnknown')
    expect(await codeOf('/api/bulletins?placeId=nantong-chongchuan')).toBe('placeUnknown')
    expect(await codeOf('/api/bulletins/2029-11/cases?figure=DUE&placeId=nantong-chongchuan')).toBe('placeUnknown')
  })

  it('those who watch over limits and auditors, nobody else', async () => {
    for (const as of [xifeng.beijie.handlers[0]!, xifeng.financeOfficers[0]!, qingyang.administrators[0]!]) {
      for (const path of ['', '/2029-11', '/2029-11/cases?figure=DUE'])
        expect((await get(`/api/bulletins${path}`, as)).status).toBe(403)
    }
  })
})

describe('the cases behind a figure', () => {
  it('are listed by number, page by page, without the name of anybody', async () => {
    const first = await cases('figure=IN_TIME&limit=SURVEY_START&pageSize=2')
    const rest = await cases(`figure=IN_TIME&limit=SURVEY_START&pageSize=2&cursor=${first.nextCursor}`)
    expect([first.items.length, rest.items.length, rest.nextCursor]).toEqual([2, 1, null])
    expect(first.label).toBe('启动调查时限：按时办结')
    expect(JSON.stringify([first, rest])).not.toContain('某某')
    const stillOpen = await cases('figure=STILL_OPEN')
    expect(stillOpen.items.map(({ matterId }) => matterId)).toEqual(late)
  })

  it('are those of the asker’s own area', async () => {
    expect((await cases('figure=STILL_OPEN', leaderOfBeijie)).items.map(({ matterId }) => matterId)).toEqual([late[0]])
    const dongzhi = await cases('figure=STILL_OPEN&placeId=qingyang-xifeng-dongzhi')
    expect(dongzhi.items.map(({ placeName }) => placeName)).toEqual(['崔沟村'])
  })

  it('need a figure that there is', async () => {
    for (const query of ['', '?figure=BEST', '?figure=DUE&limit=NONE', '?figure=DUE&cursor=e30'])
      expect((await get(`/api/bulletins/2029-11/cases${query}`)).status).toBe(400)
  })
})

describe('an issued bulletin', () => {
  it('shows what was put right since, and stays as it was', async () => {
    await setTrainingClock(room.archive, instant('2029-12-01T09:00:00+08:00'))
    expect(await issueDueBulletins(room.hands, plainDate('2029-12-01'))).toBe(2)
    await room.owner.db.deadline.updateMany({
      where: { matterId: late[0] as string },
      data: { state: 'ENTERED_LATE', stoppedOn: new Date('2029-11-05') },
    })
    const [issued] = (await bulletin('2029-11')).bulletins
    expect(issued).toMatchObject({ issued: true, standing: '已印发' })
    expect(surveyStart(issued?.places[1])).toMatchObject({ due: 4, inTime: 3, stillOpen: 1 })
    const changes = issued?.changes.map(({ name, limitLabel, label, issued: was, now }) => [
      name,
      limitLabel,
      label,
      was,
      now,
    ])
    expect(changes).toEqual([
      ['西峰区', '启动调查时限', '按时办结后补录', 0, 1],
      ['西峰区', '启动调查时限', '超期未办结（本单位用时）', 2, 1],
      ['北街街道', '启动调查时限', '按时办结后补录', 0, 1],
      ['北街街道', '启动调查时限', '超期未办结（本单位用时）', 1, 0],
    ])
  })

  it('is made known to every township of its county in numbers, but what changed only to whom it concerns', async () => {
    const as = xifeng.dongzhi.leaders[0]!
    const [issued] = (await bulletin('2029-11', { as })).bulletins
    expect(issued?.places.map(({ name }) => name)).toEqual(['西峰区', '北街街道', '董志镇'])
    expect(issued?.changes).toEqual([])
  })

  it('is in the list of its county', async () => {
    const listed = (await (await get('/api/bulletins')).json()) as Bulletins
    expect(listed.items.map(({ county, periodLabel }) => [county.name, periodLabel])).toEqual([
      ['西峰区', '2029年11月'],
    ])
    const ofTownship = (await (await get('/api/bulletins', leaderOfBeijie)).json()) as Bulletins
    expect(ofTownship.items).toEqual(listed.items)
    expect(((await (await get('/api/bulletins?pageSize=1', auditor)).json()) as Bulletins).items).toHaveLength(1)
  })
})
