import { afterEach, describe, expect, it } from 'vitest'
import type { CaseView } from '../../api/assistance-cases/case-contract.ts'
import { openWorld } from '../support/open-world.ts'

describe('registers that do not answer', () => {
  const world = openWorld('matching')
  const { beijie, county, matchingCentre } = world

  afterEach(() => matchingCentre.recovers())

  it('are signed for by name, or the opinion is refused', async () => {
    await matchingCentre.suffers({ faults: { noAnswerFrom: ['BANK_DEPOSITS'] } })
    const aCase = await surveyed()
    await expect(beijie.leader.endorses(aCase)).rejects.toMatchObject({
      code: 'matchingUnanswered',
      problem: { facts: { sources: ['BANK_DEPOSITS'] } },
    })
    await beijie.leader.endorses(aCase, { unknownSources: ['BANK_DEPOSITS'] })
    expect((await beijie.leader.opens(aCase)).opinion).toMatchObject({ unknownSources: ['BANK_DEPOSITS'] })
  })

  it('may answer late; what they say then counts for whoever signs next', async () => {
    await matchingCentre.suffers({ faults: { silentFrom: ['SOCIAL_INSURANCE', 'VEHICLES'] } })
    const household = world.aHousehold().of(2)
    await matchingCentre.knows(household.applicant, {
      SOCIAL_INSURANCE: [{ kind: 'INCOME', incomeKind: 'WAGE', monthlyFen: 400_00, description: '养老保险缴费工资' }],
    })
    const aCase = await surveyed(household)
    const silent = { unknownSources: ['SOCIAL_INSURANCE' as const, 'VEHICLES' as const] }
    await beijie.leader.endorses(aCase, silent)
    expect((await beijie.leader.opens(aCase)).opinion).toMatchObject({ amountFen: 1_400_00 })

    await matchingCentre.recovers()
    await world.untilMatched(aCase)
    await world.brings([aCase], { from: 'PUBLIC_NOTICE', to: 'COUNTY_CONFIRMATION' })
    await county.approver.confirms(aCase)
    expect((await county.approver.opens(aCase)).decision?.finding).toMatchObject({ amountFen: 1_000_00 })
  })

  it('make an assessment from before their answer out of date', async () => {
    await matchingCentre.suffers({ faults: { silentFrom: ['TAX'] } })
    const household = world.aHousehold()
    await matchingCentre.knows(household.applicant, {
      TAX: [{ kind: 'INCOME', incomeKind: 'WAGE', monthlyFen: 100_00, description: '个人所得税申报' }],
    })
    const aCase = await surveyed(household)
    const { assessmentId } = await beijie.leader.assesses(aCase)
    await matchingCentre.recovers()
    const { case: head } = await world.untilMatched(aCase)
    const stale = beijie.leader.endorses(aCase, { assessmentId }, { versionSeen: head.version })
    await expect(stale).rejects.toMatchObject({ code: 'assessmentOutdated' })
  })

  it('are asked anew on a file that stays where it is, and what they say now counts', async () => {
    const household = world.aHousehold().of(2)
    const aCase = await surveyed(household)
    await matchingCentre.knows(household.applicant, {
      TAX: [{ kind: 'INCOME', incomeKind: 'WAGE', monthlyFen: 250_00, description: '个人所得税申报' }],
    })
    await beijie.handler.asksRegisters(aCase)
    const { case: head, matching } = await world.untilCase(
      aCase,
      (view) => view.matching?.facts.length === 1,
      'is answered anew',
    )
    expect(head.stage).toBe('TOWNSHIP_OPINION')
    expect(matching?.answers.every(({ expired }) => !expired)).toBe(true)
    await world.untilMatched(aCase)
    await beijie.leader.endorses(aCase)
    expect((await beijie.leader.opens(aCase)).opinion).toMatchObject({ amountFen: 1_150_00 })
  })

  it('that say that somebody is dead are heard: nobody signs before the member is taken off, with day and cause', async () => {
    const household = world.aHousehold().of(2)
    const [, spouse] = household.members
    await matchingCentre.knows(spouse!, {
      HOUSEHOLD_REGISTRATION: [{ kind: 'CIVIL_STATUS', status: 'DEAD', description: '因死亡注销户口' }],
    })
    const aCase = await surveyed(household)
    await world.untilMatched(aCase)
    await expect(beijie.leader.endorses(aCase)).rejects.toMatchObject({
      code: 'civilStatusOpen',
      problem: { facts: { statuses: ['DEAD'] } },
    })
    const { matching, household: shown } = await beijie.leader.opens(aCase)
    expect(matching?.statuses).toMatchObject([
      { statusLabel: '登记为已死亡', description: '因死亡注销户口', open: true },
    ])
    expect(matching?.statuses[0]?.personId).toBe(shown.members[1]?.personId)

    const since = await world.today()
    await beijie.handler.settlesStatus(aCase, 'MEMBER_OFF', since)
    await beijie.leader.endorses(aCase)
    const after = await beijie.leader.opens(aCase)
    expect(after.household.members[1]).toMatchObject({ off: { status: 'DEAD', since }, counts: false })
    expect(after.opinion).toMatchObject({ amountFen: 700_00 })
  })

  it('are taken once, however often the centre tells', async () => {
    await matchingCentre.suffers({ faults: { doubleCallback: true, earlyCallback: true } })
    const aCase = await world.aCaseAt('SURVEY')
    const { timeline } = await world.untilMatched(aCase)
    expect(timeline.filter(({ type }) => type === 'MATCHING_ANSWERED')).toHaveLength(8)
  })

  it('are asked when their callbacks are lost', async () => {
    await matchingCentre.suffers({ faults: { lostCallback: true } })
    const aCase = await beijie.clerk.applies(world.aHousehold())
    await beijie.handler.accepts(aCase)
    await world.untilCase(aCase, ({ matching }) => matching !== null, 'is sent to the centre')
    await world.workingDaysPass(1)
    await world.untilMatched(aCase)
  })

  async function surveyed(household = world.aHousehold().of(2)) {
    const aCase = await beijie.clerk.applies(household)
    await beijie.handler.accepts(aCase)
    await world.untilCase(aCase, answeredAsFarAsTheyWill, 'is answered by the registers that answer')
    await beijie.handler.beginsSurvey(aCase, [beijie.otherHandler])
    await beijie.handler.completesSurvey(aCase)
    await beijie.otherHandler.signsSurvey(aCase)
    return aCase
  }
})

/** Two registers at most are kept silent here. */
function answeredAsFarAsTheyWill({ matching }: CaseView): boolean {
  return (matching?.answers ?? []).filter(({ answer }) => answer !== 'PENDING').length >= 6
}
