import { describe, expect, it } from 'vitest'
import type { WeatherThen } from '../../api/oversight/forecast-contract.ts'
import { openWorld } from '../support/open-world.ts'
import { Refused } from '../support/refused.ts'

describe('the weather of deadlines', () => {
  const world = openWorld('weather')
  const { beijie, supervisor } = world

  it('foresees what lies on the desks, and is later held against what came', async () => {
    // The pace of the office: surveys that began on the day itself.
    await world.casesAt('TOWNSHIP_OPINION', 3)
    const [begun, left] = await world.casesAt('SURVEY', 2)
    const dueOn = await surveyDueOn(begun!)

    await world.workingDaysPass(1)
    const weather = await supervisor.readsWeather()
    expect(weather.days.filter(({ working }) => working)).toHaveLength(10)
    const [onDay] = weather.days.filter(({ day }) => day === dueOn)
    expect(onDay?.open).toBeGreaterThanOrEqual(2)
    expect(onDay?.expected).toBeGreaterThan(0)
    expect(onDay?.expected).toBeLessThan(onDay?.open ?? 0)
    expect(weather.limits.find(({ limit }) => limit === 'SURVEY_START')).toMatchObject({ unknown: 0 })
    expect(weather.places.find(({ name }) => name === '北街街道')?.open).toBeGreaterThanOrEqual(2)

    // The round of the day wrote it down, before anybody knew.
    const madeOn = await world.today()
    await expect.poll(() => weatherOf(madeOn), { timeout: 30_000 }).not.toBeNull()
    const asMade = await supervisor.readsWeatherOf(madeOn)
    expect(asMade.days.find(({ day }) => day === dueOn)).toMatchObject({ open: onDay?.open, came: null, error: null })

    await beijie.handler.beginsSurvey(begun!, [beijie.otherHandler])
    await world.workingDaysPass(3)
    const held = (await supervisor.readsWeatherOf(madeOn)).days.find(({ day }) => day === dueOn)
    expect(held).toMatchObject({ open: onDay?.open, expected: onDay?.expected })
    expect(held?.came?.inTime).toBeGreaterThanOrEqual(1)
    expect(held?.came?.stillOpen).toBeGreaterThanOrEqual(1)
    expect(held?.error).toBeCloseTo((held?.expected ?? 0) - (held?.came?.late ?? 0), 1)
    expect(await supervisor.seesOverdueOf(left!)).not.toEqual([])
  })

  async function surveyDueOn(aCase: { id: string }): Promise<string> {
    const { deadlines } = await beijie.handler.opens(aCase)
    return deadlines.find(({ limit }) => limit === 'SURVEY_START')?.dueOn ?? ''
  }

  async function weatherOf(madeOn: string): Promise<WeatherThen | null> {
    return supervisor.readsWeatherOf(madeOn).catch((error: unknown) => {
      if (error instanceof Refused && error.code === 'forecastMissing') return null
      throw error
    })
  }
})
