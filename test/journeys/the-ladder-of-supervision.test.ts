import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { openWorld } from '../support/open-world.ts'
import type { CaseInHand } from '../support/people/officer.ts'

describe('the ladder of supervision', () => {
  const world = openWorld('ladder')
  const { beijie, county, supervisor, citySupervisor } = world
  let aCase: CaseInHand

  it('reminds the desk before the limit has passed, and nobody above', async () => {
    aCase = await world.aCaseAt('SURVEY')
    await world.workingDaysPass(3)
    expect(await rungsShownTo(beijie.handler)).toEqual(['REMINDER'])
    expect(await rungsShownTo(beijie.leader)).toEqual([])
    expect(await rungsShownTo(supervisor)).toEqual([])
  })

  it('keeps who saw it and when; a second look changes nothing', async () => {
    const [reminder] = await beijie.otherHandler.isShown(aCase)
    if (reminder === undefined) throw new Error('nothing was shown')
    expect(reminder).toMatchObject({ seenByMe: false, receipts: [], rungLabel: '提醒' })
    const requestId = randomUUID()
    const { seenAt } = await beijie.otherHandler.acknowledges(reminder, requestId)
    expect(await beijie.otherHandler.acknowledges(reminder, requestId)).toMatchObject({ seenAt })
    expect(await beijie.otherHandler.acknowledges(reminder)).toMatchObject({ seenAt })
    const [seen] = await beijie.handler.isShown(aCase)
    expect(seen).toMatchObject({ seenByMe: false, receipts: [{ name: '赵雪梅', seenAt }] })
  })

  it('urges desk, head and county when the limit has passed; the desk may answer', async () => {
    await world.workingDaysPass(1)
    expect(await rungsShownTo(beijie.handler)).toEqual(['URGING', 'REMINDER'])
    expect(await rungsShownTo(beijie.leader)).toEqual(['URGING'])
    expect(await rungsShownTo(supervisor)).toEqual(['URGING'])
    expect(await rungsShownTo(citySupervisor)).toEqual([])
    const [urging] = await beijie.handler.isShown(aCase)
    await beijie.handler.repliesTo(urging as { supervisionItemId: string }, '调查人员已安排，明日入户。')
    const [answered] = await supervisor.isShown(aCase)
    expect(answered?.answers).toEqual([expect.objectContaining({ name: '李想', text: '调查人员已安排，明日入户。' })])
  })

  it('is not shown to whom it was not addressed', async () => {
    const [urging] = await beijie.handler.isShown(aCase)
    const stranger = county.handler.acknowledges(urging as { supervisionItemId: string })
    await expect(stranger).rejects.toMatchObject({ code: 'notFound' })
  })

  it('lets a supervisor urge by hand, as often as need be', async () => {
    await supervisor.urges(aCase, 'SURVEY_START', '请尽快启动调查。')
    await supervisor.urges(aCase, 'SURVEY_START')
    const byHand = (await beijie.handler.isShown(aCase)).filter(({ number }) => number > 0)
    expect(byHand.map(({ number }) => number)).toEqual([2, 1])
    expect(byHand[1]).toMatchObject({ raisedByName: '韩正清', text: '请尽快启动调查。' })
  })

  it('asks for an order, and goes up to the city, in working days after the limit', async () => {
    await world.workingDaysPass(2)
    expect(await rungsShownTo(supervisor)).toEqual(['ORDER', 'URGING'])
    await world.workingDaysPass(3)
    expect(await rungsShownTo(citySupervisor)).toEqual(['CIRCULAR'])
  })

  it('decides nothing: the case is where it was, and a late act is accepted and marked late', async () => {
    const { case: head } = await beijie.handler.opens(aCase)
    expect(head.stage).toBe('SURVEY')
    await beijie.handler.beginsSurvey(aCase, [beijie.otherHandler])
    expect(await rungsShownTo(supervisor)).toEqual([])
    const closed = await supervisor.isShown(aCase, { open: false })
    expect(closed.map(({ rung }) => rung)).toEqual(['CIRCULAR', 'ORDER', 'URGING'])
    for (const { closedAt } of closed) expect(closedAt).not.toBeNull()
  })

  it('begins anew when the case comes back', async () => {
    await beijie.handler.returns(aCase, ['请补充医疗费用单据。'])
    await beijie.clerk.mends(aCase)
    await world.workingDaysPass(3)
    const [reminder] = await beijie.handler.isShown(aCase)
    expect(reminder).toMatchObject({ limit: 'SURVEY_START', run: 2, rung: 'REMINDER' })
  })

  async function rungsShownTo(officer: { isShown: typeof supervisor.isShown }): Promise<string[]> {
    const items = await officer.isShown(aCase)
    return items.filter(({ limit, number }) => limit === 'SURVEY_START' && number === 0).map(({ rung }) => rung)
  }
})

describe('a supervision order', () => {
  const world = openWorld('order')
  const { beijie, county, supervisor, citySupervisor } = world
  let aCase: CaseInHand

  it('goes to the office that has the case, with a day by which it is to be answered', async () => {
    aCase = await world.aCaseAt('SURVEY')
    const toCounty = supervisor.orders(aCase, 'TOTAL', 'xf-minzheng', '请说明情况。')
    await expect(toCounty).rejects.toMatchObject({ code: 'addresseeHoldsNothing' })
    await supervisor.orders(aCase, 'TOTAL', 'xf-beijie', '本案进展缓慢，请说明原因和下一步安排。')
    const [order] = (await beijie.leader.seesOrders()).filter(({ matterId }) => matterId === aCase.id)
    expect(order).toMatchObject({ number: 1, officeName: '北街街道办事处', issuedByName: '韩正清', answeredAt: null })
    expect(order?.text).toContain('说明原因')
    expect(order !== undefined && order.answerDueOn > (await world.today())).toBe(true)
    const [shown] = (await beijie.leader.isShown(aCase)).filter(({ limit }) => limit === 'SUPERVISION_ORDER')
    expect(shown).toMatchObject({ rung: 'ORDER', raisedByName: '韩正清', seenByMe: false })
    await beijie.leader.acknowledges(shown as { supervisionItemId: string })
    const { order: onFile } = await beijie.handler.opens(aCase)
    expect(onFile).toMatchObject({ number: 1, answered: false })
  })

  it('is not the county’s to answer, and nobody gives two orders at once', async () => {
    await expect(county.handler.answersOrder(aCase, '不归我局。')).rejects.toMatchObject({ code: 'notTheAddressee' })
    const again = citySupervisor.orders(aCase, 'TOTAL', 'xf-beijie', '再次督办。')
    await expect(again).rejects.toMatchObject({ code: 'orderOpen' })
  })

  it('left without an answer goes up to the city', async () => {
    await world.workingDaysPass(4)
    const shown = await citySupervisor.isShown(aCase)
    expect(shown.some(({ limit, rung }) => limit === 'SUPERVISION_ORDER' && rung === 'URGING')).toBe(true)
    const [urging] = (await beijie.leader.isShown(aCase)).filter(({ limit }) => limit === 'SUPERVISION_ORDER')
    expect(urging).toMatchObject({ rung: 'URGING' })
  })

  it('is answered late all the same, and closed by whoever watches', async () => {
    await beijie.leader.answersOrder(aCase, '因人员请假延误，已安排本周入户。')
    await supervisor.closesOrder(aCase, '答复清楚，予以办结。')
    const [order] = (await supervisor.seesOrders({ open: false })).filter(({ matterId }) => matterId === aCase.id)
    expect(order).toMatchObject({ answeredByName: '陈建国', answerText: '因人员请假延误，已安排本周入户。' })
    expect(order?.closedAt).not.toBeNull()
    const { timeline } = await supervisor.opens(aCase)
    expect(timeline.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['ORDER_ISSUED', 'ORDER_ANSWERED', 'ORDER_CLOSED']),
    )
  })
})
