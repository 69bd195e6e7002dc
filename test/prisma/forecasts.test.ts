import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sumForecast } from '../../domain/supervision/forecast.ts'
import { plainDate } from '../../domain/time/plain-date.ts'
import { villages } from '../../prisma/seed/places.ts'
import { findBrokenLink } from '../../prisma/stores/system/audit.ts'
import { readClock } from '../../prisma/stores/system/clock.ts'
import { readWhatCame } from '../../prisma/stores/oversight/forecast-outcomes.ts'
import {
  forecastRegister,
  isForecastMade,
  makeForecast,
  readForecast,
  recordForecasts,
} from '../../prisma/stores/oversight/forecasts.ts'
import { placesBelow } from '../../prisma/stores/matter/scope.ts'
import { type ArchiveRoom, openArchiveRoom, type PlantedRun, plantRuns } from '../support/planted-runs.ts'

const xifeng = 'qingyang-xifeng'
const today = plainDate('2029-09-27')

let room: ArchiveRoom

// A Thursday. Without a notice for 2029, 1 to 3 October are off and no other day is swapped.
beforeEach(async () => {
  room = await openArchiveRoom('2029-09-27T09:00:00+08:00')
})
afterEach(() => room.close())

const scopeOf = async (placeId: string) => ({
  placeIds: await placesBelow(room.archive.db, placeId),
  onlyPayable: false,
})
const expectedIn = async (placeId: string) =>
  makeForecast(room.archive.db, {
    scope: await scopeOf(placeId),
    countyIds: [xifeng],
    now: await readClock(room.archive.db),
  })
const openRun = (run: Partial<PlantedRun> = {}): PlantedRun => ({
  startedOn: '2029-09-26',
  dueOn: '2029-10-04',
  ...run,
})
const many = (count: number, run: PlantedRun) => Array.from({ length: count }, () => run)

/** Runs of three working days that ended in September: in time, and late. */
const quick: PlantedRun = { startedOn: '2029-09-03', dueOn: '2029-09-06', stoppedOn: '2029-09-05' }
const slow: PlantedRun = { startedOn: '2029-09-03', dueOn: '2029-09-06', stoppedOn: '2029-09-12' }

describe('what is expected', () => {
  it('is unknown where nobody has ended such a limit lately', async () => {
    await plantRuns(room.owner, [openRun(), openRun(), { ...quick, limit: 'ACCEPTANCE' }])
    expect(await expectedIn(xifeng)).toEqual([
      {
        placeId: villages.beijie,
        limit: 'SURVEY_START',
        dueOn: '2029-10-04',
        open: 2,
        expected: 0,
        unknown: 2,
        few: 0,
      },
    ])
  })

  it('follows the recent pace of the township, and the county’s where it has none of its own', async () => {
    await plantRuns(room.owner, [
      ...many(30, { ...quick, village: 'cuigou' }),
      ...many(10, { ...slow, village: 'beimen' }),
      ...many(20, { ...slow, village: 'beijie' }),
      openRun({ village: 'beijie' }),
      openRun({ village: 'cuigou' }),
      openRun({ village: 'beimen' }),
    ])
    const cells = await expectedIn(xifeng)
    const at = (village: keyof typeof villages) => cells.find(({ placeId }) => placeId === villages[village])
    // Both villages of Dongzhi have its pace: 10 of 40 late. Beijie was always late.
    expect(at('cuigou')?.expected).toBe(at('beimen')?.expected)
    expect(at('cuigou')?.expected).toBeCloseTo(10 / 40, 1)
    expect(at('beijie')?.expected).toBeGreaterThan(0.85)
    expect(sumForecast(cells)).toMatchObject({ open: 3, unknown: 0, few: 0 })
  })

  it('counts in working days: seven days over one weekend are longer than eight over the holiday', async () => {
    await plantRuns(room.owner, [
      ...many(20, { startedOn: '2029-09-03', dueOn: '2029-09-06', stoppedOn: '2029-09-10' }),
      // Three working days over the holiday and two weekends: 28 September, 4 and 5 October.
      openRun({ startedOn: '2029-09-27', dueOn: '2029-10-05' }),
    ])
    const [cell] = await expectedIn(xifeng)
    expect(cell).toMatchObject({ dueOn: '2029-10-05', open: 1 })
    expect(cell?.expected).toBeGreaterThan(0.9)
  })

  it('sees who leaves work lying: a run late and still open was not quick', async () => {
    await plantRuns(room.owner, [...many(20, quick), openRun()])
    const before = sumForecast(await expectedIn(xifeng)).expected
    await plantRuns(room.owner, many(20, { startedOn: '2029-09-03', dueOn: '2029-09-06', state: 'BREACHED' }))
    const after = sumForecast(await expectedIn(xifeng)).expected
    expect(before).toBeLessThan(0.1)
    expect(after).toBeGreaterThan(0.4)
  })

  it('forgets what ended more than ninety days ago, and what was withdrawn', async () => {
    await plantRuns(room.owner, [
      ...many(10, { startedOn: '2029-06-01', dueOn: '2029-06-06', stoppedOn: '2029-06-20' }),
      ...many(10, { ...quick, state: 'CANCELLED' }),
      openRun(),
    ])
    expect(sumForecast(await expectedIn(xifeng))).toMatchObject({ open: 1, unknown: 1 })
  })

  it('looks ten working days ahead, the holiday not counted, and not at what is due today or late', async () => {
    await plantRuns(room.owner, [
      openRun({ dueOn: '2029-09-27' }),
      openRun({ dueOn: '2029-09-26', state: 'BREACHED' }),
      // 28 September, then 4 and 5, 8 to 12, 15 and 16 October are the ten.
      openRun({ dueOn: '2029-10-16' }),
      openRun({ dueOn: '2029-10-17' }),
      openRun({ limit: 'PUBLIC_NOTICE', kind: 'NATURAL_DAYS', dueOn: '2029-10-04' }),
      openRun({ limit: 'MATCHING_REPORT', dueOn: '2029-10-04' }),
    ])
    expect((await expectedIn(xifeng)).map(({ dueOn }) => dueOn)).toEqual(['2029-10-16'])
  })

  it('is told of the places of the scope alone', async () => {
    await plantRuns(room.owner, [
      openRun({ village: 'beijie' }),
      openRun({ village: 'cuigou' }),
      openRun({ village: 'haodong' }),
    ])
    const dongzhi = await expectedIn('qingyang-xifeng-dongzhi')
    expect(dongzhi.map(({ placeId }) => placeId)).toEqual([villages.cuigou])
  })
})

describe('a forecast that is written down', () => {
  const kept = async (placeId: string) => readForecast(room.archive.db, today, await scopeOf(placeId))

  it('is made once for a day, whatever comes in later that day', async () => {
    await plantRuns(room.owner, [...many(10, quick), openRun(), openRun({ village: 'haodong' })])
    expect(await recordForecasts(room.archive, today)).toBe(2)
    const first = await kept('CN')
    expect(first).toHaveLength(2)
    expect(first.find(({ placeId }) => placeId === villages.haodong)).toMatchObject({ open: 1, unknown: 1 })

    await plantRuns(room.owner, [openRun()])
    expect(await recordForecasts(room.archive, today)).toBe(0)
    expect(await kept('CN')).toEqual(first)
    const audited = await room.archive.db.auditRecord.findMany({ where: { register: forecastRegister(xifeng) } })
    expect(audited).toMatchObject([{ action: 'RECORD_FORECAST', subject: today, placeId: xifeng }])
    expect(await findBrokenLink(room.archive.db, forecastRegister(xifeng))).toBeNull()
  })

  it('that two make at the same moment is made once', async () => {
    await plantRuns(room.owner, [...many(10, quick), openRun()])
    const made = await Promise.all([recordForecasts(room.archive, today), recordForecasts(room.archive, today)])
    expect(made.toSorted((one, other) => one - other)).toEqual([0, 1])
  })

  it('is not made afterwards: what is known later is no forecast', async () => {
    await plantRuns(room.owner, [openRun()])
    expect(await recordForecasts(room.archive, plainDate('2029-09-26'))).toBe(0)
    expect(await isForecastMade(room.archive.db, xifeng, plainDate('2029-09-26'))).toBe(false)
  })

  it('is not changed afterwards, by nobody', async () => {
    await plantRuns(room.owner, [openRun()])
    await recordForecasts(room.archive, today)
    await expect(room.owner.db.deadlineForecast.updateMany({ data: { expected: 0 } })).rejects.toThrow()
    await expect(room.owner.db.deadlineForecast.deleteMany()).rejects.toThrow()
  })

  it('stands beside what came: in time, late, still open, and what nobody could foresee', async () => {
    await plantRuns(room.owner, [openRun()])
    await recordForecasts(room.archive, today)
    await plantRuns(room.owner, [
      openRun({ stoppedOn: '2029-10-04' }),
      openRun({ stoppedOn: '2029-10-08' }),
      openRun({ stoppedOn: '2029-10-04', state: 'ENTERED_LATE' }),
      openRun({ stoppedOn: '2029-10-02', state: 'CANCELLED' }),
      openRun({ startedOn: '2029-09-28', stoppedOn: '2029-10-09' }),
      openRun({ missedOn: '2029-09-26', stoppedOn: '2029-10-03', state: 'MET_LATE' }),
      openRun({ dueOn: '2029-10-15', village: 'cuigou' }),
    ])
    await room.untilClock('2029-10-10T09:00:00+08:00')
    const came = await readWhatCame(room.archive.db, {
      scope: await scopeOf(xifeng),
      madeOn: today,
      until: plainDate('2029-10-16'),
      now: await readClock(room.archive.db),
    })
    const told = came.map(({ dueOn, outcome, foreseeable, runs }) => `${dueOn} ${outcome} ${foreseeable} ${runs}`)
    expect(told.toSorted()).toEqual([
      '2029-10-04 ENTERED_LATE true 1',
      '2029-10-04 LATE_BY_OFFICE false 1',
      '2029-10-04 LATE_BY_OFFICE true 1',
      '2029-10-04 MET true 1',
      '2029-10-04 OPEN_BY_OFFICE true 1',
    ])
  })
})
