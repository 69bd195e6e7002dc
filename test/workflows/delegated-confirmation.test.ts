import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CaseRoom, openCaseRoom, staff, surveyed } from '../support/case-room.ts'
import { keepHistory } from '../support/kept-histories.ts'

let room: CaseRoom

beforeAll(async () => {
  room = await openCaseRoom()
  await room.ask(
    `INSERT INTO parameter (id, "placeId", programme, key, value, "effectiveFrom", source, assumed, "datePickedBy")
     VALUES ('xifeng-delegated', 'qingyang-xifeng', 'DIBAO', 'confirmation.delegated', 'true', '2022-10-20',
       '某区民政局关于委托乡镇审核确认的公告', false, 'ACCEPTANCE')`,
  )
  await room.startWorkers()
})

afterAll(async () => {
  await room?.close()
})

const opinion: [['OPINION', string]] = [['OPINION', '意见']]
const finding = { category: null, unknownSources: [] }

describe('a county that delegates confirmation', () => {
  it('has the township decide after the notice, within 20 working days in all, and pays what it decided', async () => {
    const { matterId } = await room.apply()
    await surveyed(room, matterId)
    let assessmentId = await room.assessment(staff.leader, matterId)
    const agrees = { ...finding, assessmentId, agrees: true }
    await room.act(staff.leader, matterId, { action: 'GIVE_OPINION', details: agrees, papers: opinion })
    await room.act(staff.handler, matterId, { action: 'POST_NOTICE', papers: [['NOTICE_SHEET', '公示']] })
    await room.timePasses(8 * 86_400_000)
    await room.until(matterId, ({ stage }) => stage === 'TOWNSHIP_CONFIRMATION')

    const { db } = room.archive
    const desks = await db.task.findMany({ where: { matterId, closedAt: null } })
    expect(desks.map(({ role }) => role)).toEqual(['TOWNSHIP_LEADER'])
    expect(
      await db.deadline.findMany({ where: { matterId, limit: { in: ['COUNTY_DECISION', 'HANDING_UP'] } } }),
    ).toEqual([])
    expect(await db.deadline.findFirstOrThrow({ where: { matterId, limit: 'TOTAL' } })).toMatchObject({ amount: 20 })

    assessmentId = await room.assessment(staff.otherLeader, matterId)
    const decision = { action: 'CONFIRM', details: { ...finding, assessmentId }, papers: opinion } as const
    expect(await room.act(staff.leader, matterId, decision)).toMatchObject({ code: 'otherCapacityInThisCase' })
    expect(await room.act(staff.otherLeader, matterId, decision)).toMatchObject({ outcome: 'FILED' })
    const granted = await db.matter.findUniqueOrThrow({ where: { id: matterId } })
    expect(granted).toMatchObject({ stage: 'FIRST_PAYMENT', forFinance: true })
    expect(granted.benefitId).not.toBeNull()
    await keepHistory(room.client, matterId, 'delegated')
  })
})
