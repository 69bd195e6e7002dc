import { describe, expect, it } from 'vitest'
import type { BulletinOfPeriod, CountyBulletin } from '../../api/oversight/bulletin-contract.ts'
import { firstDayOf, monthOf, nextMonth, plainDate } from '../../domain/time/plain-date.ts'
import { openWorld } from '../support/open-world.ts'

describe('a bulletin', () => {
  const world = openWorld('bulletin')
  const { beijie, supervisor, auditor } = world

  it('tells each township’s rate with what it could be dressed up by, and what was put right later', async () => {
    // Early in a month, so that what is late is told within it.
    await world.untilDay(`${nextMonth(monthOf(plainDate(await world.today())))}-03`)
    const mended = await beijie.clerk.applies(world.aHousehold())
    await beijie.handler.returns(mended, ['补充收入证明'])
    const late = await world.aCaseAt('SURVEY')
    const { dueOn } = await surveyStart(late)
    const began = await world.today()
    const month = monthOf(plainDate(dueOn))
    await world.workingDaysPass(4)

    const live = await supervisor.readsBulletin(month)
    expect(live).toMatchObject({ issued: false, standing: '暂未印发', digest: null })
    expect(rateOf(live)).toMatchObject({ label: '启动调查时限' })
    expect(rateOf(live)?.stillOpen).toBeGreaterThanOrEqual(1)
    expect(rateOf(live)?.onTimeRate).toBeLessThan(1)
    expect(await supervisor.opensFigure(month, 'STILL_OPEN', 'SURVEY_START')).toContain(late.number)
    expect(await supervisor.opensFigure(month, 'MENDING_NOTICE')).toContain(mended.number)
    expect(live.places[0]?.beside.find(({ figure }) => figure === 'MENDING_NOTICE')?.count).toBeGreaterThanOrEqual(1)

    // On the first of the next month the round issues it.
    await world.untilDay(firstDayOf(nextMonth(month)))
    const issued = async () => (await supervisor.readsBulletin(month)).issued
    await expect.poll(issued, { timeout: 30_000 }).toBe(true)
    const asIssued = await supervisor.readsBulletin(month)
    expect(asIssued).toMatchObject({ standing: '已印发', changes: [] })
    const { bulletins } = await auditor.reads<BulletinOfPeriod>(`/api/bulletins/${month}`)
    expect(bulletins).toContainEqual(asIssued)

    // The survey had begun in time; only nobody had typed it in.
    await beijie.handler.beginsSurvey(late, [beijie.otherHandler], { occurredOn: began })
    expect(await surveyStart(late)).toMatchObject({ state: 'ENTERED_LATE' })
    const after = await supervisor.readsBulletin(month)
    expect(rateOf(after)).toEqual(rateOf(asIssued))
    expect(after.digest).toBe(asIssued.digest)
    const putRight = after.changes.filter(({ name, limit }) => name === '北街街道' && limit === 'SURVEY_START')
    expect(putRight.map(({ label, issued: was, now }) => [label, now - was])).toEqual([
      ['按时办结后补录', 1],
      ['超期未办结（本单位用时）', -1],
    ])
    expect(await supervisor.opensFigure(month, 'CORRECTION')).toContain(late.number)
  })

  it('tells what was done about it: waits, urgings, orders and their answers, each with its cases', async () => {
    await world.untilDay(`${nextMonth(monthOf(plainDate(await world.today())))}-03`)
    const aCase = await world.aCaseAt('SURVEY')
    const { dueOn } = await surveyStart(aCase)
    const month = monthOf(plainDate(dueOn))
    const before = countsOf(await supervisor.readsBulletin(month))

    await beijie.leader.awaits(aCase, 'HOUSEHOLD', dueOn)
    await world.workingDaysPass(4)
    await supervisor.urges(aCase, 'SURVEY_START', '请尽快启动入户调查。')
    await supervisor.orders(aCase, 'SURVEY_START', beijie.handler.person.office, '请说明超期原因并限期办理。')
    await beijie.handler.answersOrder(aCase, '人手不足，今日已安排。')

    const after = countsOf(await supervisor.readsBulletin(month))
    const more = Object.entries(after).filter(([figure, count]) => count > (before[figure] ?? 0))
    expect(Object.fromEntries(more.map(([figure, count]) => [figure, count - (before[figure] ?? 0)]))).toMatchObject({
      WAITING: 1,
      URGED_BY_HAND: 1,
      ORDER_ISSUED: 1,
      ORDER_ANSWERED_IN_TIME: 1,
      REMINDER: expect.any(Number),
      URGING: expect.any(Number),
    })
    for (const figure of ['WAITING', 'URGED_BY_HAND', 'ORDER_ISSUED', 'ORDER_ANSWERED_IN_TIME', 'URGING'] as const)
      expect(await supervisor.opensFigure(month, figure)).toContain(aCase.number)
    // Its days were charged to the household: overdue, but not by the office's own days.
    expect(await supervisor.opensFigure(month, 'LATE_BY_OTHERS', 'SURVEY_START')).toContain(aCase.number)
    expect(await supervisor.opensFigure(month, 'LATE_BY_OFFICE', 'SURVEY_START')).not.toContain(aCase.number)
  })

  function countsOf({ places: [county] }: CountyBulletin): Record<string, number> {
    const beside = (county?.beside ?? []).map(({ figure, count }) => [figure, count] as const)
    const rungs = (county?.rungs ?? []).map(({ rung, count }) => [rung, count] as const)
    return Object.fromEntries([...beside, ...rungs])
  }

  function rateOf({ places }: CountyBulletin) {
    const township = places.find(({ name }) => name === '北街街道')
    return township?.limits.find(({ limit }) => limit === 'SURVEY_START')
  }

  async function surveyStart(aCase: { id: string }) {
    const { deadlines } = await beijie.handler.opens(aCase)
    return deadlines.find(({ limit }) => limit === 'SURVEY_START')!
  }
})
