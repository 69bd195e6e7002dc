import { describe, expect, it } from 'vitest'
import type { CaseView, DeadlineStrip } from '../../api/assistance-cases/case-contract.ts'
import { addDays, plainDate } from '../../domain/time/plain-date.ts'
import { openWorld } from '../support/open-world.ts'
import type { CaseInHand, Officer } from '../support/people/officer.ts'

describe('a case that waits for another', () => {
  const world = openWorld('waiting')
  const { beijie, dongzhi, supervisor } = world

  it('runs on in law where no document stops the clock, and leaves the township its own days', async () => {
    const aCase = await world.aCaseAt('SURVEY')
    const before = await limitOf(beijie.leader, aCase, 'SURVEY_START')
    const today = plainDate(await world.today())
    await beijie.leader.awaits(aCase, 'OTHER_OFFICE', addDays(today, 10))
    expect(await limitOf(beijie.leader, aCase, 'SURVEY_START')).toMatchObject({ dueOn: before.dueOn })

    await world.workingDaysPass(4)
    const [late] = await supervisor.seesOverdueOf(aCase)
    expect(late).toMatchObject({ limit: 'SURVEY_START', waitingForAnother: true })
    expect(late?.chargedDays.OTHER_OFFICE).toBeGreaterThan(0)
    expect(late?.chargedDays).toMatchObject({ OFFICE: 0, PAUSED: 0 })

    await beijie.leader.endsWaiting(aCase)
    await world.workingDaysPass(4)
    const [own] = await supervisor.seesOverdueOf(aCase)
    expect(own).toMatchObject({ limit: 'SURVEY_START', waitingForAnother: false })
  })

  it('stands still where the place cites a document, and the strip says so day by day', async () => {
    const aCase = await world.clerk('beimen').applies(world.aHousehold().of(2).earning(300_00))
    await dongzhi.handler.accepts(aCase)
    const before = await limitOf(dongzhi.leader, aCase, 'TOTAL')
    const today = plainDate(await world.today())
    const throughDay = addDays(today, 7)
    await dongzhi.leader.awaits(aCase, 'HOUSEHOLD', throughDay)

    const after = await limitOf(dongzhi.leader, aCase, 'TOTAL')
    expect(after.dueOn > before.dueOn).toBe(true)
    const { days } = await stripOf(dongzhi.leader, aCase, 'TOTAL')
    const paused = days.filter((day) => day.paused)
    expect(paused.length).toBeGreaterThan(0)
    for (const { day } of paused) expect(day > today && day <= throughDay).toBe(true)
    expect(days.filter(({ counted }) => counted)).toHaveLength(30)
    expect(await limitOf(dongzhi.leader, aCase, 'SURVEY_START')).toMatchObject({ chargedDays: { PAUSED: 0 } })

    await dongzhi.leader.endsWaiting(aCase)
    expect(await limitOf(dongzhi.leader, aCase, 'TOTAL')).toMatchObject({ dueOn: before.dueOn })
  })

  it('charges the household with the days that it takes to mend its application', async () => {
    const aCase = await world.aCaseAt('SURVEY')
    await beijie.handler.returns(aCase, ['请补充就业证明。'])
    await world.workingDaysPass(3)
    await beijie.clerk.mends(aCase)
    const total = await limitOf(beijie.handler, aCase, 'TOTAL')
    expect(total.chargedDays).toMatchObject({ HOUSEHOLD: 3, PAUSED: 0 })
    expect(total.ownDueAt !== null && total.ownDueAt > total.dueAt).toBe(true)
    const { waits } = await beijie.handler.opens(aCase)
    expect(waits).toEqual([expect.objectContaining({ waitsFor: 'HOUSEHOLD', label: '申请家庭' })])
  })

  it('is extended once, for a listed cause, to 45 working days in all', async () => {
    const aCase = await world.aCaseAt('SURVEY')
    await beijie.leader.extends(aCase, 'HARD_SURVEY')
    const { days } = await stripOf(beijie.leader, aCase, 'TOTAL')
    expect(days.filter(({ counted }) => counted)).toHaveLength(45)
    await expect(beijie.leader.extends(aCase, 'OBJECTION')).rejects.toMatchObject({ code: 'alreadyExtended' })
  })
})

async function limitOf(officer: Officer, aCase: CaseInHand, limit: string): Promise<CaseView['deadlines'][number]> {
  const { deadlines } = await officer.opens(aCase)
  return deadlines.findLast((deadline) => deadline.limit === limit) as CaseView['deadlines'][number]
}

async function stripOf(officer: Officer, aCase: CaseInHand, limit: string) {
  return officer.reads<typeof DeadlineStrip._output>(`/api/matters/${aCase.id}/deadlines/${limit}/1`)
}
