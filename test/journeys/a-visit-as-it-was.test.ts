import { beforeAll, describe, expect, it } from 'vitest'
import { addDays, plainDate } from '../../domain/time/plain-date.ts'
import { openWorld } from '../support/open-world.ts'
import type { CaseInHand, Officer } from '../support/people/officer.ts'

describe('a survey sheet', () => {
  const world = openWorld('visit')
  const { beijie, matchingCentre } = world
  let aCase: CaseInHand

  const refusedWith = (sheet: Parameters<typeof beijie.handler.completesSurvey>[1]) =>
    beijie.handler.completesSurvey(aCase, sheet).then(
      () => 'FILED',
      ({ problem }: { problem: { faults?: { path: unknown[]; message: string }[] } }) => problem.faults ?? problem,
    )

  const factAbout = async (kind: 'INCOME' | 'PROPERTY') => {
    const { matching } = await beijie.handler.opens(aCase)
    const fact = matching?.facts.find((one) => one.kind === kind)
    if (fact === undefined) throw new Error(`No fact about ${kind}`)
    return fact
  }

  beforeAll(async () => {
    const household = world.aHousehold().of(2)
    await matchingCentre.knows(household.applicant, {
      TAX: [{ kind: 'INCOME', incomeKind: 'WAGE', monthlyFen: 900_00, description: '个人所得税申报' }],
      VEHICLES: [{ kind: 'PROPERTY', propertyKind: 'VEHICLE', valueFen: 0, description: '小型轿车' }],
    })
    aCase = await beijie.clerk.applies(household)
    await beijie.handler.accepts(aCase)
    await world.untilMatched(aCase)
    await beijie.handler.beginsSurvey(aCase, [beijie.clerk])
  })

  it('is of a visit after the acceptance, and not of one to come', async () => {
    const { case: head } = await beijie.handler.opens(aCase)
    const acceptedOn = plainDate(head.acceptedOn ?? '')
    for (const [visitedOn, said] of [
      [addDays(acceptedOn, -1), '不能早于受理日期'],
      [addDays(plainDate(await world.today()), 1), '不能晚于办理日期'],
    ] as const)
      expect(await refusedWith({ visitedOn })).toMatchObject([
        { path: ['surveySheet', 'visitedOn'], message: expect.stringContaining(said) },
      ])
  })

  it('names somebody who speaks for the household: no stranger, and nobody without saying why', async () => {
    const neighbour = '隔壁邻居'
    expect(await refusedWith({ memberPresent: neighbour })).toMatchObject([
      { path: ['surveySheet', 'memberPresent'], message: expect.stringContaining('不是申请家庭成员') },
    ])
    expect(await refusedWith({ memberPresent: neighbour, presentCapacity: 'AGENT' })).toMatchObject([
      { path: ['surveySheet', 'presentBasis'], message: expect.stringContaining('委托代理人') },
    ])
  })

  it('leaves out only what a document of the place leaves out, held and exempt with its clause', async () => {
    const { household, matching } = await beijie.handler.opens(aCase)
    const personId = household.members[0]?.personId ?? ''
    const car = matching?.facts.find(({ kind }) => kind === 'PROPERTY')?.factId ?? ''
    const held = { personId, kind: 'VEHICLE' as const, valueFen: 0, held: true, settlesFactId: car }
    const line = { ...held, reason: '申请人肢体残疾，所登记为残疾人机动轮椅车。' }
    expect(await refusedWith({ surveyedProperty: [{ ...line, exemption: 'LIVELIHOOD_TOOL' }] })).toMatchObject([
      { path: ['surveySheet', 'surveyedProperty', 0, 'exemption'], message: expect.stringContaining('本地没有') },
    ])
    expect(
      await refusedWith({ surveyedProperty: [{ ...line, held: false, exemption: 'DISABLED_VEHICLE' }] }),
    ).toMatchObject([{ path: ['surveySheet', 'surveyedProperty', 0, 'exemption'] }])
  })

  it('says why a figure is another than a register’s: it would be dropped without a word', async () => {
    const { household, matching } = await beijie.handler.opens(aCase)
    const personId = household.members[0]?.personId ?? ''
    const car = matching?.facts.find(({ kind }) => kind === 'PROPERTY')?.factId ?? ''
    expect(
      await refusedWith({
        surveyed: [{ personId, kind: 'WAGE', monthlyFen: 300_00 }],
        surveyedProperty: [{ personId, kind: 'VEHICLE', valueFen: 0, held: false }],
      }),
    ).toMatchObject([
      { path: ['surveySheet', 'surveyed', 0, 'settlesFactId'], message: expect.stringContaining('900.00') },
      { path: ['surveySheet', 'surveyedProperty', 0, 'settlesFactId'], message: expect.stringContaining('请指明') },
    ])
    expect(
      await refusedWith({
        surveyed: [{ personId, kind: 'WAGE', monthlyFen: 900_00 }],
        surveyedProperty: [
          {
            personId,
            kind: 'VEHICLE',
            valueFen: 0,
            held: true,
            exemption: 'DISABLED_VEHICLE',
            settlesFactId: car,
            reason: '申请人肢体残疾，所登记为残疾人机动轮椅车。',
          },
        ],
        presentCapacity: 'AGENT',
        memberPresent: '王律师',
        presentBasis: '申请人委托书',
      }),
    ).toBe('FILED')
  })

  it('is signed by each investigator at their own desk; one who disagrees has it written anew', async () => {
    const owing = async () => {
      const { investigators } = await beijie.handler.opens(aCase)
      return investigators.filter(({ owesSignature }) => owesSignature).map(({ name }) => name)
    }
    const offered = async (officer: Officer) => (await officer.opens(aCase)).allowedActions
    expect(await owing()).toEqual([beijie.clerk.name])
    const { items } = await beijie.clerk.seesWorklist()
    expect(items).toContainEqual(expect.objectContaining({ matterId: aCase.id, stage: 'SURVEY' }))
    expect(await offered(beijie.clerk)).toContain('SIGN_SURVEY')
    expect(await offered(beijie.handler)).not.toContain('SIGN_SURVEY')
    await expect(beijie.otherHandler.signsSurvey(aCase)).rejects.toMatchObject({ code: 'noSignatureOwed' })

    await beijie.clerk.signsSurvey(aCase, '入户时未见所写的轮椅车。')
    expect([await owing(), await offered(beijie.clerk)]).toEqual([[], expect.not.arrayContaining(['SIGN_SURVEY'])])
    const car = await factAbout('PROPERTY')
    const line = {
      personId: car.personId,
      kind: 'VEHICLE' as const,
      valueFen: 0,
      held: true,
      settlesFactId: car.factId,
    }
    const reason = '申请人肢体残疾，所登记为残疾人机动轮椅车，已补拍照片。'
    const surveyedProperty = [{ ...line, exemption: 'DISABLED_VEHICLE' as const, reason }]
    await beijie.handler.completesSurvey(aCase, { surveyedProperty })
    await beijie.clerk.signsSurvey(aCase)
    expect((await beijie.handler.opens(aCase)).case.stage).toBe('TOWNSHIP_OPINION')
    const { assessment } = await beijie.leader.assesses(aCase)
    const vehicles = assessment.conditions.find(({ label }) => label === '机动车辆')
    expect(vehicles).toMatchObject({ outcome: 'MET', sentence: expect.stringContaining('但不计入：残疾人机动轮椅车') })
  })
})
