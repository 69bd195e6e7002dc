import { describe, expect, inject, it } from 'vitest'
import { addDays, plainDate } from '../../domain/time/plain-date.ts'
import type { Role } from '../../domain/vocabulary.ts'
import { people, postId, relativeOfAHandler, type SeedPerson } from '../../prisma/seed/people.ts'
import { openWorld } from '../support/open-world.ts'
import { Clerk } from '../support/people/clerk.ts'
import { Colleague } from '../support/people/colleague.ts'
import { FinanceOfficer } from '../support/people/county.ts'
import { TownshipHandler, TownshipLeader } from '../support/people/township.ts'

const { api } = inject('journeyUrls')
const { beijie, dongzhi, financeOfficers, handlers: countyHandlers } = people.xifeng
const colleague = (person: SeedPerson | undefined) => new Colleague(api, person as SeedPerson)
/** Somebody as the counter knows them on another post, theirs for a time. */
const on = ({ office }: SeedPerson, role: Role, { person }: Colleague): SeedPerson => ({ ...person, office, role })

describe('a handler who goes on leave', () => {
  const world = openWorld('on leave')
  const handler = colleague(dongzhi.handlers[0])
  const standIn = colleague(dongzhi.leaders[0])

  it('leaves what is already open to the stand-in, and the history says for whom', async () => {
    const aCase = await world.clerk('cuigou').applies(world.aHousehold())
    const { today } = await handler.readsClock()
    const leave = await handler.goesOnLeave({ standIn, through: addDays(plainDate(today), 9) })
    expect(leave).toMatchObject({ standInAgreed: false, alarms: [] })
    await expect(
      new TownshipHandler(api, on(handler.person, 'TOWNSHIP_HANDLER', standIn)).seesWorklist(),
    ).rejects.toMatchObject({ code: 'postNotHeld' })
    await colleague(dongzhi.leaders[1]).agreesTo(leave)

    const standsIn = new TownshipHandler(api, on(handler.person, 'TOWNSHIP_HANDLER', standIn))
    expect((await standsIn.seesWorklist('?pageSize=100')).items.map(({ matterId }) => matterId)).toContain(aCase.id)
    await standsIn.accepts(aCase)
    const { timeline } = await world.dongzhi.otherHandler.opens(aCase)
    expect(timeline.find(({ type }) => type === 'APPLICATION_ACCEPTED')).toMatchObject({
      actorName: standIn.name,
      standsInForName: handler.name,
      role: 'TOWNSHIP_HANDLER',
    })

    await handler.comesBack(leave)
    await expect(standsIn.seesWorklist()).rejects.toMatchObject({ code: 'postNotHeld' })
    await world.dongzhi.handler.beginsSurvey(aCase, [world.dongzhi.otherHandler])
    const after = await world.dongzhi.handler.opens(aCase)
    expect(after.timeline.find(({ type }) => type === 'SURVEY_BEGUN')).toMatchObject({
      actorName: handler.name,
      standsInForName: null,
    })
  })
})

describe('a stand-in', () => {
  const world = openWorld('stand-in')
  const leader = colleague(beijie.leaders[0])
  const sister = colleague(beijie.handlers[1])

  it('who is a relative of the household is refused like anybody', async () => {
    const aCase = await world.beijie.clerk.applies(world.aHousehold().ofPerson(relativeOfAHandler))
    await world.beijie.handler.accepts(aCase)
    const leave = await leader.goesOnLeave({ standIn: sister })
    await colleague(beijie.leaders[1]).agreesTo(leave)
    const standsIn = new TownshipLeader(api, on(leader.person, 'TOWNSHIP_LEADER', sister))
    await expect(standsIn.extends(aCase, 'HARD_SURVEY')).rejects.toMatchObject({ code: 'relativeOfHousehold' })
    await leader.comesBack(leave)
    await world.beijie.leader.extends(aCase, 'HARD_SURVEY')
  })
})

describe('a post that is handed over', () => {
  const world = openWorld('handed over')
  const administrator = colleague(people.qingyang.administrators[0])
  const leader = colleague(dongzhi.leaders[0])
  const leaves = colleague(dongzhi.handlers[0])
  const takes = colleague(dongzhi.clerks[0])

  it('is a list that both sign, with what came since beside it; then the other acts on what lay there', async () => {
    const listed = await world.clerk('cuigou').applies(world.aHousehold())
    await leader.assigns(listed, leaves)
    const handOver = await leader.letsHandOver(leaves, takes)
    await expect(takes.takesOver(handOver)).rejects.toMatchObject({ code: 'handOverNotGiven' })
    const signed = await leaves.handsOver(handOver)
    expect(signed.list.tasks.find(({ matterNumber }) => matterNumber === listed.number)).toMatchObject({
      stage: 'APPLIED',
      limit: 'ACCEPTANCE',
      overdue: false,
      assigneeName: leaves.name,
    })
    const later = await world.clerk('beimen').applies(world.aHousehold())
    await expect(takes.takesOver(handOver, 'f'.repeat(64))).rejects.toMatchObject({ code: 'listNotTheFrozenOne' })
    const { supplement, listDigest } = await takes.seesHandOver(handOver)
    expect(listDigest).toBe(signed.listDigest)
    expect(supplement?.tasks.map(({ matterNumber }) => matterNumber)).toEqual([later.number])

    await takes.takesOver(handOver)
    const successor = new TownshipHandler(api, on(leaves.person, 'TOWNSHIP_HANDLER', takes))
    for (const aCase of [listed, later]) await successor.accepts(aCase)
    const { timeline } = await world.dongzhi.otherHandler.opens(listed)
    expect(timeline.find(({ type }) => type === 'APPLICATION_ACCEPTED')).toMatchObject({
      actorName: takes.name,
      standsInForName: null,
    })

    const { today } = await administrator.readsClock()
    await administrator.takesOff(leaves.person, takes)
    await administrator.gives(leaves.person, leaves, addDays(plainDate(today), 1))
    await world.daysPass(1)
    await expect(successor.seesWorklist()).rejects.toMatchObject({ code: 'postNotHeld' })
    expect((await leaves.seesWorklist()).counts.open).toBeGreaterThan(0)
  })
})

describe('the last approver of a county', () => {
  const { approvers, supervisors } = people.chongchuan
  const administrator = colleague(people.nantong.administrators[0])
  const supervisor = colleague(supervisors[0])
  const [first, last] = approvers.map(colleague) as [Colleague, Colleague]
  const vacancy = { kind: 'POST_VACANT', role: 'COUNTY_APPROVER', matterNumber: null }

  it('may leave, and the alarm is there at once; it goes away when somebody has the post', async () => {
    expect((await administrator.takesOff(first.person, first)).alarms).toEqual([])
    const { alarms } = await administrator.takesOff(last.person, last)
    expect(alarms).toMatchObject([{ kind: 'POST_VACANT', subject: postId(last.person) }])
    expect(await supervisor.seesAlarms()).toMatchObject([vacancy])
    expect(await administrator.seesAlarms()).toMatchObject([vacancy])
    expect(
      (await colleague(people.xifeng.supervisors[0]).seesAlarms()).filter(({ kind }) => kind === 'POST_VACANT'),
    ).toEqual([])

    for (const approver of [first, last]) await administrator.gives(approver.person, approver)
    expect(await supervisor.seesAlarms()).toEqual([])
    expect((await first.seesWorklist()).counts.open).toBe(0)
  })
})

describe('a payment that neither finance officer may release', () => {
  const world = openWorld('nobody may act')
  const administrator = colleague(people.qingyang.administrators[0])
  const supervisor = colleague(people.xifeng.supervisors[0])
  const [prepares, releases] = financeOfficers.map(colleague) as [Colleague, Colleague]
  const clerk = beijie.clerks[0] as SeedPerson
  const third = colleague(countyHandlers[1])

  it('is listed as without anybody who may act, and alarms on the day; a third officer ends it', async () => {
    // The officer who usually releases worked in the village for a time and took this application in.
    await administrator.takesOff(releases.person, releases)
    await administrator.gives(clerk, releases)
    const helpsOut = new Clerk(api, on(clerk, 'VILLAGE_CLERK', releases))
    const aCase = await helpsOut.applies(world.aHousehold().of(2).earning(500_00))
    await administrator.takesOff(clerk, releases)
    await administrator.gives(releases.person, releases)
    await world.brings([aCase], { from: 'APPLIED', to: 'FIRST_PAYMENT' })
    const orphaned = async () =>
      (await supervisor.seesOrphans()).filter(({ matterNumber }) => matterNumber === aCase.number)
    expect(await orphaned()).toEqual([])

    await world.finance.preparer.prepares(aCase)
    await world.untilPayday(aCase)
    expect(await orphaned()).toMatchObject([{ stage: 'FIRST_PAYMENT', capacity: 'RELEASE', reason: 'ALL_BARRED' }])
    await expect(world.finance.releaser.releases(aCase)).rejects.toMatchObject({ code: 'otherCapacityInThisCase' })
    await expect(world.finance.preparer.releases(aCase)).rejects.toMatchObject({ code: 'sameFinanceOfficer' })
    const alarmed = async () =>
      (await supervisor.seesAlarms()).some(({ matterNumber }) => matterNumber === aCase.number)
    await expect.poll(alarmed, { timeout: 60_000, interval: 500 }).toBe(true)

    await expect(administrator.gives(prepares.person, third)).rejects.toMatchObject({ code: 'otherFamilyOfDuties' })
    await administrator.takesOff(third.person, third)
    await administrator.gives(prepares.person, third)
    expect(await orphaned()).toEqual([])
    expect(await alarmed()).toBe(false)
    await new FinanceOfficer(api, on(prepares.person, 'FINANCE_OFFICER', third)).releases(aCase)
    await world.untilCase(aCase, ({ case: { stage } }) => stage === 'CLOSED', 'is paid')
    await administrator.takesOff(prepares.person, third)
    await administrator.gives(third.person, third)
  })
})
