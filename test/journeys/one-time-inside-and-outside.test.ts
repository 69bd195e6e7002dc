import { describe, expect, it } from 'vitest'
import { openWorld } from '../support/open-world.ts'

describe('when the training clock is moved', () => {
  const world = openWorld('one-time')
  const { beijie, matchingCentre } = world

  it('the registers date what they answer by the day that the office has', async () => {
    await world.workingDaysPass(3)
    const household = world.aHousehold()
    await matchingCentre.knows(household.applicant, {
      TAX: [{ kind: 'INCOME', incomeKind: 'WAGE', monthlyFen: 100_00, description: '个人所得税申报' }],
    })
    const aCase = await beijie.clerk.applies(household)
    await beijie.handler.accepts(aCase)
    const { matching } = await world.untilMatched(aCase)
    const days = matching?.facts.map(({ answeredOn }) => answeredOn)
    expect(days).toEqual([await world.today()])
  })
})
