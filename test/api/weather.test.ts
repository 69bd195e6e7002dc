import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Weather, WeatherThen } from '../../api/oversight/forecast-contract.ts'
import { instant, plainDate } from '../../domain/time/plain-date.ts'
import { people, type SeedPerson } from '../../prisma/seed/people.ts'
import { recordForecasts } from '../../prisma/stores/oversight/forecasts.ts'
import { setTrainingClock } from '../../prisma/stores/system/training-clock.ts'
import { type PlantedRun, plantRuns } from '../support/planted-runs.ts'
import { type CounterRoom, openCounterRoom } from './support/counter-room.ts'

const { xifeng, qingyang, chongchuan } = people
const supervisor = xifeng.supervisors[0]!
const leaderOfBeijie = xifeng.beijie.leaders[0]!

let room: CounterRoom

const startedOn = '2029-09-26'
const quick: PlantedRun = { startedOn: '2029-09-03', dueOn: '2029-09-06', stoppedOn: '2029-09-05' }
const openRun: PlantedRun = { startedOn, dueOn: '2029-10-04' }
const times = (count: number, run: PlantedRun) => Array.from({ length: count }, () => run)

beforeAll(async () => {
  room = await openCounterRoom('weather')
  // A Thursday before the holiday; 1 to 3 October 2029 are off.
  await setTrainingClock(room.archive, instant('2029-09-27T09:00:00+08:00'))
  await plantRuns(room.owner, [
    ...times(12, { ...quick, village: 'beijie' }),
    ...times(12, { ...quick, village: 'cuigou', stoppedOn: '2029-09-12' }),
    ...times(4, { ...openRun, village: 'beijie' }),
    ...times(2, { ...openRun, village: 'cuigou' }),
    ...times(1, { ...openRun, village: 'beimen', limit: 'TOTAL', dueOn: '2029-10-09' }),
    ...times(3, { ...openRun, village: 'haodong' }),
  ])
})
afterAll(() => room.close())

const get = async (path: string, as: SeedPerson = supervisor) => room.send('GET', path, { as })
const live = async (query = '', as = supervisor) =>
  (await (await get(`/api/deadline-forecast${query}`, as)).json()) as Weather
const then = async (madeOn: string, query = '') =>
  (await (await get(`/api/deadline-forecast/${madeOn}${query}`)).json()) as WeatherThen

describe('the weather of a county', () => {
  it('has a line for each township, with what is open, expected and unknown', async () => {
    const { place, places, total } = await live()
    expect(place).toEqual({ placeId: 'qingyang-xifeng', name: '西峰区' })
    expect(places.map(({ name, open, unknown }) => [name, open, unknown])).toEqual([
      ['北街街道', 4, 0],
      ['董志镇', 3, 1],
    ])
    const [beijie, dongzhi] = places
    expect(beijie?.expected).toBeLessThan(1)
    expect(dongzhi?.expected).toBeGreaterThan(1.5)
    expect(total).toMatchObject({ open: 7, unknown: 1 })
    expect(total.expected).toBeCloseTo((beijie?.expected ?? 0) + (dongzhi?.expected ?? 0), 1)
  })

  it('tells day by day why nothing falls due on a holiday', async () => {
    const { days, places } = await live()
    expect(days.filter(({ working }) => working)).toHaveLength(10)
    expect(days.slice(0, 7).map(({ day, weekday, explanation, open }) => [day, weekday, explanation, open])).toEqual([
      ['2029-09-28', '周五', '工作日', 0],
      ['2029-09-29', '周六', '周末', 0],
      ['2029-09-30', '周日', '周末', 0],
      ['2029-10-01', '周一', '国庆节放假', 0],
      ['2029-10-02', '周二', '国庆节放假', 0],
      ['2029-10-03', '周三', '国庆节放假', 0],
      ['2029-10-04', '周四', '工作日', 6],
    ])
    // No notice for 2029 yet.
    expect(days.every(({ provisional }) => provisional)).toBe(true)
    for (const { days: ofPlace } of places) expect(ofPlace.map(({ day }) => day)).toEqual(days.map(({ day }) => day))
  })

  it('puts the limit first at which most is expected', async () => {
    const { limits } = await live()
    expect(limits.map(({ limit, label, open }) => [limit, label, open])).toEqual([
      ['SURVEY_START', '启动调查时限', 6],
      ['TOTAL', '办理总时限', 1],
    ])
  })
})

describe('who sees which weather', () => {
  it('a township its villages, a city its counties, and nobody another’s', async () => {
    const township = await live('', leaderOfBeijie)
    expect(township.places.map(({ name, open }) => [name, open])).toEqual([['北街社区', 4]])
    const city = await live('', qingyang.supervisors[0]!)
    expect(city.places.map(({ name, open }) => [name, open])).toEqual([['西峰区', 7]])
    const village = await live('?placeId=qingyang-xifeng-dongzhi-cuigou')
    expect(village.places.map(({ name, open }) => [name, open])).toEqual([['崔沟村', 2]])
    expect((await get('/api/deadline-forecast?placeId=nantong-chongchuan')).status).toBe(404)
    expect((await get('/api/deadline-forecast?placeId=qingyang-xifeng', leaderOfBeijie)).status).toBe(404)
    const chongchuanToo = await live('', chongchuan.supervisors[0]!)
    expect(chongchuanToo.total).toMatchObject({ open: 3, unknown: 3, expected: 0 })
  })

  it('those who watch over limits, and nobody else', async () => {
    for (const as of [xifeng.beijie.clerks[0]!, xifeng.beijie.handlers[0]!, qingyang.administrators[0]!]) {
      expect((await get('/api/deadline-forecast', as)).status).toBe(403)
      expect((await get('/api/deadline-forecast/2029-09-27', as)).status).toBe(403)
    }
  })
})

describe('a forecast beside what came', () => {
  it('is missing, and says so, while none was made', async () => {
    const answer = await get('/api/deadline-forecast/2029-09-27')
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([404, 'forecastMissing'])
    expect((await get('/api/deadline-forecast/2029-02-30')).status).toBe(404)
  })

  it('has no error while the days are still to come, and then one by day, place and in all', async () => {
    await recordForecasts(room.hands, plainDate('2029-09-27'))
    const before = await then('2029-09-27')
    const shown = await live()
    expect(before.days.map(({ day, open, expected, unknown }) => [day, open, expected, unknown])).toEqual(
      shown.days.map(({ day, open, expected, unknown }) => [day, open, expected, unknown]),
    )
    expect(before.days.every(({ came, error }) => came === null && error === null)).toBe(true)
    expect(before.total).toMatchObject({ daysOver: 0, expected: 0, error: 0 })

    // Both of Cuigou are never done; of Beijie's four one is late.
    const { db } = room.owner
    const ofBeijie = await db.deadline.findMany({
      where: { stoppedOn: null, placeId: 'qingyang-xifeng-beijie-beijie' },
      orderBy: { matterId: 'asc' },
    })
    for (const [index, { matterId, limit, run }] of ofBeijie.entries()) {
      const late = index === 0
      await db.deadline.update({
        where: { matterId_limit_run: { matterId, limit, run } },
        data: { state: late ? 'MET_LATE' : 'MET', stoppedOn: new Date(late ? '2029-10-05' : '2029-09-28') },
      })
    }
    await setTrainingClock(room.archive, instant('2029-10-08T09:00:00+08:00'))
    const after = await then('2029-09-27')
    const day = after.days.find((one) => one.day === '2029-10-04')
    expect(day?.came).toEqual({
      due: 6,
      inTime: 3,
      enteredLate: 0,
      doneLate: 1,
      stillOpen: 2,
      late: 3,
      begunSince: 0,
    })
    expect(day?.error).toBeCloseTo((day?.expected ?? 0) - 3, 5)
    expect(after.total).toMatchObject({ daysOver: 10, open: 6, error: day?.error })
    expect(after.days.at(-1)).toMatchObject({ came: null, error: null })
    expect(after.places.map(({ name, came }) => [name, came.late])).toEqual([
      ['北街街道', 1],
      ['董志镇', 2],
    ])
    expect(after.days.map(({ expected }) => expected)).toEqual(before.days.map(({ expected }) => expected))
  })
})
