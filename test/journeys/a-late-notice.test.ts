import { describe, expect, it } from 'vitest'
import type { CaseView, DeadlineStrip } from '../../api/assistance-cases/case-contract.ts'
import type { z } from '../../domain/schemas/zod.ts'
import { addDays, plainDate } from '../../domain/time/plain-date.ts'
import { villages } from '../../prisma/seed/places.ts'
import { openWorld } from '../support/open-world.ts'
import type { CaseInHand } from '../support/people/officer.ts'

type Strip = z.output<typeof DeadlineStrip>

describe('days off that a place announces while limits run', () => {
  const world = openWorld('late-notice')
  const { administrator, dongzhi } = world
  let there: CaseInHand
  let elsewhere: CaseInHand
  let before: Deadline
  let dayOff: string

  it('move the limits of that place, with both dates and the document in each case, and no other place’s', async () => {
    there = await accepted('beimen')
    elsewhere = await accepted('cuigou')
    before = await survey(there)
    const same = await survey(elsewhere)
    dayOff = before.dueOn
    await administrator.entersNotice({
      place: villages.beimen,
      title: '关于民俗节日放假的通知（测试）',
      number: '测试〔2026〕1号',
      days: [{ day: dayOff, kind: 'HOLIDAY', name: '民俗节日' }],
    })
    const after = await survey(there)
    expect(after.dueOn > before.dueOn).toBe(true)
    expect(after.moves).toEqual([
      expect.objectContaining({
        fromDueOn: before.dueOn,
        toDueOn: after.dueOn,
        reason: expect.stringContaining('测试'),
      }),
    ])
    expect(await survey(elsewhere)).toEqual(same)
  })

  it('are named on the strip of days', async () => {
    const path = `/api/matters/${there.id}/deadlines/SURVEY_START/1`
    const { days } = await dongzhi.handler.reads<Strip>(path)
    expect(days.find(({ day }) => day === dayOff)).toMatchObject({
      counted: false,
      reason: 'HOLIDAY',
      name: '民俗节日',
      place: villages.beimen,
    })
  })

  it('leave nobody late who is in time by them, and make nobody in time who is late by them', async () => {
    await world.untilAfter(before.dueAt)
    expect(await survey(there)).toMatchObject({ state: 'OPEN' })
    expect(await survey(elsewhere)).toMatchObject({ state: 'BREACHED' })
    await world.untilAfter((await survey(there)).dueAt)
    expect(await survey(there)).toMatchObject({ state: 'BREACHED' })

    await administrator.entersNotice({
      place: villages.beimen,
      title: '关于增加放假日期的通知（测试）',
      number: '测试〔2026〕2号',
      days: [{ day: (await survey(there)).dueOn, kind: 'HOLIDAY', name: '民俗节日' }],
    })
    expect(await survey(there)).toMatchObject({ state: 'BREACHED', moves: [expect.anything()] })
  })

  it('keep the ladder waiting as well: a rung is counted again before it is climbed', async () => {
    const { dueOn } = await survey(there)
    const daysOff = [1, 2, 3, 4, 5, 6].map((days) => addDays(plainDate(dueOn), days))
    await administrator.entersNotice({
      place: villages.beimen,
      title: '关于延长放假的通知（测试）',
      number: '测试〔2026〕3号',
      days: daysOff.map((day) => ({ day, kind: 'HOLIDAY', name: '民俗节日' })),
    })
    await world.workingDaysPass(3)
    expect(await rungsOf(elsewhere)).toContain('ORDER')
    expect(await rungsOf(there)).not.toContain('ORDER')
    await world.workingDaysPass(5)
    expect(await rungsOf(there)).toContain('ORDER')
  })

  async function rungsOf(aCase: CaseInHand): Promise<string[]> {
    const items = await world.supervisor.isShown(aCase)
    return items.filter(({ limit }) => limit === 'SURVEY_START').map(({ rung }) => rung)
  }

  type Deadline = CaseView['deadlines'][number]

  async function accepted(village: 'beimen' | 'cuigou'): Promise<CaseInHand> {
    const aCase = await world.clerk(village).applies(world.aHousehold().of(2).earning(300_00))
    await dongzhi.handler.accepts(aCase)
    return aCase
  }

  async function survey(aCase: CaseInHand): Promise<Deadline> {
    const { deadlines } = await dongzhi.handler.opens(aCase)
    return deadlines.find(({ limit }) => limit === 'SURVEY_START') as Deadline
  }
})
