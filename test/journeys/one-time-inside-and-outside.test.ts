import { describe, expect, it } from 'vitest'
import { dayOf, instant } from '../../domain/time/plain-date.ts'
import { openWorld } from '../support/open-world.ts'

describe('when the training clock is moved', () => {
  const world = openWorld('one-time')
  const { beijie, county, finance, matchingCentre } = world

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

  it('the bank dates what it paid by the day that the office has, not before it was sent', async () => {
    const aCase = await world.aCaseAt('FIRST_PAYMENT')
    await finance.preparer.prepares(aCase)
    await world.untilPayday(aCase)
    await finance.releaser.releases(aCase)
    await world.untilStage(aCase, 'CLOSED')
    const { payment } = await county.approver.opens(aCase)
    const settledAt = instant(Date.parse(payment?.settledAt ?? ''))
    expect(dayOf(settledAt)).toBe(await world.today())
    expect(settledAt >= instant(Date.parse(payment?.sentAt ?? ''))).toBe(true)
  })
})
