import { describe, expect, inject, it } from 'vitest'
import { people } from '../../prisma/seed/people.ts'
import type { Household } from '../support/household.ts'
import { anIdentityNumber } from '../support/numbers.ts'
import { openWorld } from '../support/open-world.ts'
import type { CaseInHand } from '../support/people/officer.ts'
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

describe('one card', () => {
  const world = openWorld('one-card')
  const { beijie } = world
  const elsewhere = new Clerk(inject('journeyUrls').api, people.chongchuan.haobin.clerks[0] as never)

  async function atOpinion(household: Household): Promise<CaseInHand> {
    const aCase = await beijie.clerk.applies(household)
    await world.brings([aCase], { from: 'APPLIED', to: 'TOWNSHIP_OPINION' })
    return aCase
  }

  it('that pays another household is seen before the opinion, and agreed to only when somebody has signed why', async () => {
    const first = world.aHousehold()
    await beijie.clerk.applies(first)
    const aCase = await atOpinion(world.aHousehold().sharingTheAccountOf(first))
    await expect(beijie.leader.endorses(aCase)).rejects.toMatchObject({
      code: 'accountShared',
      problem: { facts: { households: 1 } },
    })
    expect((await beijie.leader.opens(aCase)).accountUse).toMatchObject({
      households: 1,
      keeper: null,
      explained: false,
    })
    await beijie.handler.explainsAccount(aCase)
    await beijie.leader.endorses(aCase)
  })

  it('of another county is told by its office, and by nothing else', async () => {
    const there = world.aHousehold()
    const strange = await elsewhere.applies(there)
    const aCase = await atOpinion(world.aHousehold().sharingTheAccountOf(there))
    const refused = await beijie.leader.endorses(aCase).catch((problem: unknown) => problem)
    expect(refused).toMatchObject({
      code: 'accountShared',
      problem: { facts: { households: 0, office: '崇川区民政局' } },
    })
    expect(JSON.stringify(refused)).not.toContain(strange.number)
    await elsewhere.withdraws(strange)
    await beijie.leader.endorses(aCase)
  })

  it('in the hand of a keeper needs the agreement, and is explained where the keeper holds many', async () => {
    const number = anIdentityNumber({ seed: 'keeper', bornFrom: 1970, bornUntil: 1980, sex: 'MALE' })
    const keeper = { name: '村会计', identityNumber: number, relation: '村干部', agreedOn: await world.today() }
    const kept = () => world.aHousehold().whoseAccountIsKeptBy(keeper)
    const aCase = await atOpinion(kept())
    await expect(beijie.leader.endorses(aCase)).rejects.toMatchObject({ code: 'keeperAgreementMissing' })
    await beijie.handler.keepsPhoto(aCase, '代管协议.png', 'AGREEMENT')
    for (let count = 0; count < 2; count += 1) await beijie.clerk.applies(kept())
    await expect(beijie.leader.endorses(aCase)).rejects.toMatchObject({
      code: 'accountShared',
      problem: { facts: { keptHouseholds: 3 } },
    })
    const { accountUse, papers } = await beijie.leader.opens(aCase)
    const application = papers.find(({ kind }) => kind === 'APPLICATION')
    expect(await beijie.leader.readsPaper(aCase, application?.paperId ?? '')).not.toContain(number)
    expect(accountUse?.keeper).toMatchObject({ name: '村会计', households: 3 })
    await beijie.handler.explainsAccount(aCase)
    await beijie.leader.endorses(aCase)
  })
})
