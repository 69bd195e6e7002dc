import { describe, expect, it } from 'vitest'
import type { CaseInHand } from '../support/people/officer.ts'
import { openWorld } from '../support/open-world.ts'

describe('a survey that does not begin in three working days', () => {
  const world = openWorld('breach')
  const { beijie, supervisor } = world

  it('is shown to the county, and stays with the township', async () => {
    const aCase = await world.aCaseAt('SURVEY')
    await world.workingDaysPass(3)
    expect(await supervisor.seesOverdueOf(aCase)).toEqual([])

    await world.workingDaysPass(1)
    const [late] = await supervisor.seesOverdueOf(aCase)
    expect(late).toMatchObject({ limit: 'SURVEY_START', stage: 'SURVEY', overdueWorkingDays: 1 })
    expect(late?.holders).toEqual([expect.objectContaining({ officeName: '北街街道办事处', role: 'TOWNSHIP_HANDLER' })])
    expect(late?.supervision).toEqual([
      expect.objectContaining({ rung: 'REMINDER', shownTo: 'TOWNSHIP' }),
      expect.objectContaining({ rung: 'URGING', shownTo: 'COUNTY' }),
    ])

    await beijie.handler.beginsSurvey(aCase, [beijie.otherHandler])
    expect(await surveyStart(aCase)).toMatchObject({ state: 'MET_LATE' })
    expect(await supervisor.seesOverdueOf(aCase)).toEqual([])
  })

  it('becomes one entered late when it had begun in time', async () => {
    const aCase = await world.aCaseAt('SURVEY')
    await world.workingDaysPass(1)
    const began = await world.today()
    await world.workingDaysPass(3)
    expect(await surveyStart(aCase)).toMatchObject({ state: 'BREACHED' })

    await beijie.handler.beginsSurvey(aCase, [beijie.otherHandler], { occurredOn: began })
    expect(await surveyStart(aCase)).toMatchObject({ state: 'ENTERED_LATE' })
    const { timeline } = await beijie.handler.opens(aCase)
    expect(timeline.some(({ type }) => type === 'LIMIT_BREACHED')).toBe(true)
    expect(timeline.find(({ type }) => type === 'SURVEY_BEGUN')).toMatchObject({ occurredOn: began, lateEntry: true })
  })

  it('cannot be entered for a day to come, nor for one before the case was accepted', async () => {
    const aCase = await world.aCaseAt('SURVEY')
    const begins = (occurredOn: string) => beijie.handler.beginsSurvey(aCase, [beijie.otherHandler], { occurredOn })
    await expect(begins('2099-01-01')).rejects.toMatchObject({ code: 'occurredInTheFuture' })
    await expect(begins('2020-01-01')).rejects.toMatchObject({ code: 'occurredBeforeLastStep' })
  })

  async function surveyStart(aCase: CaseInHand) {
    const { deadlines } = await beijie.handler.opens(aCase)
    return deadlines.find(({ limit }) => limit === 'SURVEY_START')
  }
})
