import { beforeAll, describe, expect, it } from 'vitest'
import { addDays, plainDate } from '../../domain/time/plain-date.ts'
import { openWorld } from '../support/open-world.ts'
import type { CaseInHand } from '../support/people/officer.ts'

describe('a letter of refusal', () => {
  const world = openWorld('service')
  const { beijie, county } = world
  let aCase: CaseInHand

  const serves = (service: Parameters<typeof beijie.handler.servesRefusal>[1]) =>
    beijie.handler.servesRefusal(aCase, service).then(
      () => 'FILED',
      ({ problem }: { problem: { faults?: object[] } }) => problem.faults,
    )

  beforeAll(async () => {
    aCase = await beijie.clerk.applies(world.aHousehold().of(2).earning(5_000_00))
    await beijie.handler.accepts(aCase)
    await world.untilMatched(aCase)
    await beijie.handler.beginsSurvey(aCase, [beijie.otherHandler])
    await beijie.handler.completesSurvey(aCase)
    await beijie.otherHandler.signsSurvey(aCase)
    await beijie.leader.disagrees(aCase)
    await beijie.handler.handsUp(aCase)
    await county.handler.reviews(aCase, { agrees: false })
    await expect(county.approver.refuses(aCase, { DOES_NOT_COOPERATE: '不配合。' })).rejects.toMatchObject({
      code: 'reasonsNotBorneOut',
      problem: { facts: { reasons: ['DOES_NOT_COOPERATE'] } },
    })
    await county.approver.refuses(aCase, { INCOME_OVER_STANDARD: '月收入5,000元。' })
  })

  it('given to a stranger is not served', async () => {
    for (const manner of ['IN_PERSON', 'BY_POST'] as const) {
      const service = { manner, recipient: '隔壁邻居', receivedAs: 'SELF', place: '门口', trackingNumber: 'EMS1' }
      const { receivedAs: _, ...byPost } = service
      const { trackingNumber: _none, ...inPerson } = service
      expect(await serves((manner === 'BY_POST' ? byPost : inPerson) as never)).toMatchObject([
        { path: ['service', 'recipient'], message: expect.stringContaining('不算送达') },
      ])
    }
  })

  it('given to an agent needs the authority, left needs a witness, and hung out needs its days', async () => {
    expect(
      await serves({ manner: 'IN_PERSON', recipient: '王律师', receivedAs: 'AGENT', place: '所里' }),
    ).toMatchObject([{ path: ['service', 'basis'] }])
    const recipient = aCase.household.applicant.name
    expect(await serves({ manner: 'LEFT', recipient, place: '家中', witnesses: [] })).toMatchObject([
      { path: ['service', 'witnesses'] },
    ])
    const noticeFrom = addDays(plainDate(await world.today()), -29)
    expect(await serves({ manner: 'BY_NOTICE', place: '公告栏', noticeFrom })).toMatchObject([
      { path: ['service', 'noticeFrom'], message: expect.stringContaining('公告期满') },
    ])
  })

  it('says who took it and how, with its proof', async () => {
    expect(await serves({})).toBe('FILED')
    const { timeline, case: head } = await world.untilStage(aCase, 'CLOSED')
    expect(head.outcome).toBe('REFUSED')
    const served = timeline.find(({ type }) => type === 'REFUSAL_SERVED')
    expect(served?.papers.map(({ kind }) => kind).sort()).toEqual(['EVIDENCE', 'REASON'])
  })
})
