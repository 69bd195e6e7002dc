import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { relativeOfAHandler } from '../../prisma/seed/people.ts'
import { openWorld } from '../support/open-world.ts'

describe('two officers at the same moment', () => {
  const world = openWorld('same moment')
  const { county, finance } = world

  it('confirm once; the other is told that the case has moved', async () => {
    const aCase = await world.aCaseAt('COUNTY_CONFIRMATION')
    const { version: versionSeen } = (await county.approver.opens(aCase)).case
    const both = await Promise.allSettled([
      county.approver.confirms(aCase, {}, { versionSeen }),
      county.otherApprover.confirms(aCase, {}, { versionSeen }),
    ])
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const refused = both.find((answer) => answer.status === 'rejected')
    expect(refused?.reason).toMatchObject({
      code: expect.stringMatching(/caseChangedSinceSeen|notPermittedAtThisStage/),
    })
    const { timeline } = await county.approver.opens(aCase)
    expect(timeline.filter(({ type }) => type === 'CONFIRMED')).toHaveLength(1)
  })

  it('prepare one payment between them', async () => {
    const aCase = await world.aCaseAt('FIRST_PAYMENT')
    const { version: versionSeen } = (await finance.preparer.opens(aCase)).case
    const both = await Promise.allSettled([
      finance.preparer.prepares(aCase, { versionSeen }),
      finance.releaser.prepares(aCase, { versionSeen }),
    ])
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const { timeline } = await finance.preparer.opens(aCase)
    expect(timeline.filter(({ type }) => type === 'PAYMENT_PREPARED')).toHaveLength(1)
  })
})

describe('the same request sent twice', () => {
  const world = openWorld('sent twice')
  const { beijie } = world

  it('is one act with one answer', async () => {
    const aCase = await beijie.clerk.applies(world.aHousehold())
    const { version: versionSeen } = (await beijie.handler.opens(aCase)).case
    const how = { requestId: randomUUID(), versionSeen }
    const [once, twice] = await Promise.all([beijie.handler.accepts(aCase, how), beijie.handler.accepts(aCase, how)])
    const later = await beijie.handler.accepts(aCase, how)
    expect(twice).toEqual(once)
    expect(later).toEqual(once)
    const { timeline } = await beijie.handler.opens(aCase)
    expect(timeline.filter(({ type }) => type === 'APPLICATION_ACCEPTED')).toHaveLength(1)
  })

  it('opens one case', async () => {
    const requestId = randomUUID()
    const household = world.aHousehold()
    const once = await beijie.clerk.applies(household, requestId)
    const twice = await beijie.clerk.applies(household, requestId)
    expect(twice.id).toBe(once.id)
    expect(twice.number).toBe(once.number)
  })

  it('with other content is refused', async () => {
    const requestId = randomUUID()
    await beijie.clerk.applies(world.aHousehold(), requestId)
    await expect(beijie.clerk.applies(world.aHousehold(), requestId)).rejects.toMatchObject({ status: 409 })
  })
})

describe('out of turn', () => {
  const world = openWorld('out of turn')
  const { beijie, dongzhi, county } = world

  it('nobody signs before the survey', async () => {
    const aCase = await world.aCaseAt('SURVEY')
    await expect(beijie.leader.endorses(aCase)).rejects.toMatchObject({ code: 'notPermittedAtThisStage' })
    await expect(county.approver.confirms(aCase)).rejects.toMatchObject({ code: 'notPermittedAtThisStage' })
  })

  it('nobody does what is another post’s to do', async () => {
    const aCase = await beijie.clerk.applies(world.aHousehold())
    const accept = () => ({ action: 'ACCEPT' as const })
    await expect(beijie.clerk.acts(aCase, accept)).rejects.toMatchObject({ code: 'notYourRole' })
    await expect(beijie.leader.acts(aCase, accept)).rejects.toMatchObject({ code: 'notYourRole' })
    await expect(world.supervisor.acts(aCase, accept)).rejects.toMatchObject({ code: 'notYourRole' })
  })

  it('nobody sees or does anything in another township', async () => {
    const aCase = await beijie.clerk.applies(world.aHousehold())
    await expect(dongzhi.handler.opens(aCase)).rejects.toMatchObject({ status: 404 })
    await expect(dongzhi.handler.accepts(aCase, { versionSeen: 1 })).rejects.toMatchObject({ status: 404 })
  })

  it('one investigator is not enough', async () => {
    const aCase = await world.aCaseAt('SURVEY')
    await expect(beijie.handler.beginsSurvey(aCase, [])).rejects.toMatchObject({ code: 'twoInvestigatorsNeeded' })
    const stranger = beijie.handler.beginsSurvey(aCase, [dongzhi.handler])
    await expect(stranger).rejects.toMatchObject({ code: 'investigatorNotOfTownship' })
  })
})

describe('one person', () => {
  const world = openWorld('one person')
  const { beijie, dongzhi, inTwoPosts, finance } = world

  it('who handled a case does not sign for the township, on whatever post', async () => {
    const aCase = await world.clerk('cuigou').applies(world.aHousehold())
    await inTwoPosts.asHandler.accepts(aCase)
    await world.untilMatched(aCase)
    await dongzhi.handler.beginsSurvey(aCase, [dongzhi.otherHandler])
    await dongzhi.handler.completesSurvey(aCase)
    await dongzhi.otherHandler.signsSurvey(aCase)
    const signature = { category: 'I' as const }
    await expect(inTwoPosts.asLeader.endorses(aCase, signature)).rejects.toMatchObject({
      code: 'otherCapacityInThisCase',
    })
    await dongzhi.leader.endorses(aCase, signature)
  })

  it('who prepared a payment does not release it', async () => {
    const aCase = await world.aCaseAt('FIRST_PAYMENT')
    await finance.preparer.prepares(aCase)
    await expect(finance.preparer.releases(aCase)).rejects.toMatchObject({ code: 'sameFinanceOfficer' })
  })

  it('serves no relative', async () => {
    const aCase = await beijie.clerk.applies(world.aHousehold().ofPerson(relativeOfAHandler))
    await expect(beijie.otherHandler.accepts(aCase)).rejects.toMatchObject({ code: 'relativeOfHousehold' })
    await beijie.handler.accepts(aCase)
  })
})
