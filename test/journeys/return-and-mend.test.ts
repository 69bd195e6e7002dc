import { describe, expect, it } from 'vitest'
import { openWorld } from '../support/open-world.ts'

describe('an application that is not complete', () => {
  const world = openWorld('return and mend')
  const { beijie, county } = world

  it('goes back with one list, is mended and accepted', async () => {
    const aCase = await beijie.clerk.applies(world.aHousehold())
    await beijie.handler.returns(aCase, ['缺少户口簿复印件', '收入证明未盖章'])
    expect((await beijie.clerk.opens(aCase)).case.stage).toBe('CORRECTION')
    await expect(beijie.handler.accepts(aCase)).rejects.toMatchObject({ code: 'notPermittedAtThisStage' })

    await beijie.clerk.mends(aCase, aCase.household.earning(300_00))
    await beijie.handler.accepts(aCase)
    const { case: head, household } = await beijie.handler.opens(aCase)
    expect(head.stage).toBe('SURVEY')
    expect(household.members[0]?.details?.income).toEqual([{ kind: 'WAGE', monthlyFen: 300_00 }])
  })

  it('is not sent back without saying what is missing', async () => {
    const aCase = await beijie.clerk.applies(world.aHousehold())
    await expect(beijie.handler.returns(aCase, [])).rejects.toMatchObject({ status: 400 })
    expect((await beijie.clerk.opens(aCase)).case.stage).toBe('APPLIED')
  })

  it('comes back from the county to the township for another survey, and the limits run again', async () => {
    const aCase = await world.aCaseAt('COUNTY_REVIEW')
    await county.handler.returns(aCase, 'SURVEY', ['核实长子务工收入'])
    const { case: head, deadlines } = await beijie.handler.opens(aCase)
    expect(head.stage).toBe('SURVEY')
    const runs = deadlines.filter(({ limit }) => limit === 'SURVEY_START').map(({ run }) => run)
    expect(runs).toContain(2)

    await world.brings([aCase], { from: 'SURVEY', to: 'COUNTY_CONFIRMATION' })
    await county.approver.confirms(aCase)
    const { case: decided, course } = await county.approver.opens(aCase)
    expect(decided.stage).toBe('FIRST_PAYMENT')
    // Counted through all returns, and not from the last of them.
    expect(course.firstCompleteOn).toBe(decided.appliedOn)
    expect(course.workingDaysInAll).toBeGreaterThanOrEqual(5)
  })
})

describe('an application that is withdrawn', () => {
  const world = openWorld('withdraw')
  const { beijie } = world

  it('is closed, and the household may apply again', async () => {
    const aCase = await world.aCaseAt('SURVEY')
    await beijie.clerk.withdraws(aCase)
    const { case: head, allowedActions } = await beijie.clerk.opens(aCase)
    expect(head).toMatchObject({ stage: 'CLOSED', outcome: 'WITHDRAWN' })
    expect(allowedActions).toEqual([])
    await expect(beijie.handler.beginsSurvey(aCase, [beijie.otherHandler])).rejects.toMatchObject({
      code: 'caseClosed',
    })

    const again = await beijie.clerk.applies(aCase.household)
    expect((await beijie.clerk.opens(again)).case.stage).toBe('APPLIED')
  })

  it('cannot stand beside another open application of the same people', async () => {
    const household = world.aHousehold().of(2)
    await beijie.clerk.applies(household)
    await expect(world.clerk('cuigou').applies(household)).rejects.toMatchObject({ code: 'memberInAnotherOpenCase' })
  })
})
