import { describe, expect, inject, it } from 'vitest'
import { people } from '../../prisma/seed/people.ts'
import { openWorld } from '../support/open-world.ts'
import { Clerk } from '../support/people/clerk.ts'

describe('somebody who counts in one county', () => {
  const world = openWorld('one-benefit')
  const { beijie, county } = world
  const elsewhere = new Clerk(inject('journeyUrls').api, people.chongchuan.haobin.clerks[0] as never)

  it('cannot apply in another, which is told the office and nothing else', async () => {
    const household = world.aHousehold()
    const aCase = await beijie.clerk.applies(household)
    const again = await elsewhere.applies(household).catch((problem: unknown) => problem)
    expect(again).toMatchObject({ code: 'memberInCaseOfOtherCounty', problem: { facts: { office: '西峰区民政局' } } })
    expect((again as { problem: { detail: string } }).problem.detail).toContain('请与西峰区民政局联系核实')
    expect(JSON.stringify(again)).not.toContain(aCase.number)
    await beijie.clerk.withdraws(aCase)
    await elsewhere.withdraws(await elsewhere.applies(household))
  })

  it('may be listed in another, where they do not count', async () => {
    const brother = world.aHousehold()
    await beijie.clerk.applies(brother)
    const listing = await elsewhere.applies(world.aHousehold().listing(brother, { away: true }))
    await elsewhere.withdraws(listing)
  })

  it('is taken in by one of two counties that are asked at the same moment', async () => {
    for (let time = 0; time < 5; time += 1) {
      const household = world.aHousehold()
      const asked = [beijie.clerk, elsewhere] as const
      const answers = await Promise.allSettled(asked.map((clerk) => clerk.applies(household)))
      const refused = answers.filter(({ status }) => status === 'rejected')
      expect(refused).toMatchObject([{ reason: { code: 'memberInCaseOfOtherCounty' } }])
      const taken = answers.findIndex(({ status }) => status === 'fulfilled')
      const [aCase] = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []))
      if (aCase !== undefined) await asked[taken]?.withdraws(aCase)
    }
  })

  it('and is in benefit there cannot apply in another', async () => {
    const aCase = await beijie.clerk.applies(world.aHousehold())
    await world.brings([aCase], { from: 'APPLIED', to: 'COUNTY_CONFIRMATION' })
    await county.approver.confirms(aCase)
    await expect(elsewhere.applies(aCase.household)).rejects.toMatchObject({
      code: 'memberInBenefitOfOtherCounty',
      problem: { facts: { office: '西峰区民政局' } },
    })
  })
})
