import { pendingSources } from '../../domain/procedures/assistance-case/state.ts'
import { foldCase } from '../../domain/procedures/assistance-case/case.ts'
import { keepCallback } from '../../prisma/stores/matter/callbacks.ts'
import { readClock } from '../../prisma/stores/system/clock.ts'
import { addMs } from '../../domain/time/plain-date.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { caseAtCounty, type CaseRoom, openCaseRoom, staff, surveyed } from '../support/case-room.ts'
import { keepHistory } from '../support/kept-histories.ts'

let room: CaseRoom

beforeAll(async () => {
  room = await openCaseRoom()
  await room.startWorkers()
})

afterAll(async () => {
  await room?.close()
})

const opinion: [['OPINION', string]] = [['OPINION', '意见']]
const finding = { category: null, unknownSources: [] }

async function signs(
  officer: { id: string },
  matterId: string,
  action: 'GIVE_OPINION' | 'REVIEW_FILE' | 'CONFIRM',
  agrees: boolean,
) {
  const assessmentId = await room.assessment(officer, matterId)
  const details = action === 'CONFIRM' ? { ...finding, assessmentId } : { ...finding, assessmentId, agrees }
  expect(await room.act(officer, matterId, { action, details, papers: opinion })).toMatchObject({ outcome: 'FILED' })
}

describe('the ways of a case', () => {
  it('granted: confirmed by the county and paid in the month after', async () => {
    const matterId = await caseAtCounty(room)
    await signs(staff.countyHandler, matterId, 'REVIEW_FILE', true)
    await signs(staff.approver, matterId, 'CONFIRM', true)
    await room.act(staff.financeOfficer, matterId, { action: 'PREPARE_PAYMENT' })
    await room.timePasses(32 * 86_400_000)
    await room.act(staff.otherFinanceOfficer, matterId, { action: 'RELEASE_PAYMENT' })
    await room.until(matterId, ({ instruction }) => instruction?.state === 'SENT')
    await room.timePasses(3_700_000)
    await room.until(matterId, ({ outcome }) => outcome === 'GRANTED')
    const { db } = room.archive
    const benefit = await db.benefit.findUniqueOrThrow({ where: { matterId } })
    expect(await db.reviewObligation.count({ where: { benefitId: benefit.id, open: true } })).toBe(1)
    expect((await db.benefitVersion.findFirstOrThrow({ where: { benefitId: benefit.id } })).monthlyAmountFen).toBe(
      70_000n,
    )
    await keepHistory(room.client, matterId, 'granted')
  })

  it('is told what a register puts right: the later word holds, and what was assessed before is out of date', async () => {
    const { matterId } = await room.apply()
    await surveyed(room, matterId)
    const assessmentId = await room.assessment(staff.leader, matterId)
    const { matching, memberPersonIds } = foldCase(await room.events(matterId))
    const item = {
      kind: 'INCOME',
      incomeKind: 'WAGE',
      monthlyFen: 320_000,
      description: '社保缴费',
      observedOn: '2026-11-01',
    }
    const body = {
      callbackId: `later-${matterId}`,
      requestId: matching?.matchingRequestId,
      source: 'SOCIAL_INSURANCE',
      answer: 'FOUND',
      items: [{ ...item, personRef: memberPersonIds[0] }],
      answeredAt: addMs(await readClock(room.archive.db), 1_000),
      validUntil: '2099-01-01',
    }
    const arrived = {
      source: 'MATCHING_CENTRE',
      sourceId: body.callbackId,
      text: JSON.stringify(body),
      matterId,
      countyId: 'qingyang-xifeng',
    } as const
    await keepCallback(room.archive, { ...arrived, receivedAt: await readClock(room.archive.db) })
    await room.desk.look(matterId)
    await room.until(matterId, (state) => state.matching?.answers.some(({ answer }) => answer === 'FOUND') === true)
    const signed = { ...finding, assessmentId, agrees: true }
    const answer = await room.act(staff.leader, matterId, { action: 'GIVE_OPINION', details: signed, papers: opinion })
    expect(answer).toMatchObject({ outcome: 'REFUSED', code: 'assessmentOutdated' })
    await room.act(staff.clerk, matterId, { action: 'WITHDRAW', papers: [['REASON', '已就业']] })
  })

  it('refused: a negative opinion goes to the county, which refuses in writing', async () => {
    const { matterId } = await room.apply({ wageFen: 90_000 })
    await surveyed(room, matterId)
    await signs(staff.leader, matterId, 'GIVE_OPINION', false)
    await room.act(staff.handler, matterId, { action: 'HAND_UP' })
    await signs(staff.countyHandler, matterId, 'REVIEW_FILE', false)
    const assessmentId = await room.assessment(staff.approver, matterId)
    const details = { assessmentId, reasons: ['INCOME_OVER_STANDARD'] }
    const withoutLetter = await room.act(staff.approver, matterId, { action: 'REFUSE', details })
    expect(withoutLetter).toMatchObject({ outcome: 'REFUSED', code: 'reasonsMissing' })
    await room.act(staff.approver, matterId, { action: 'REFUSE', details, papers: [['REFUSAL_LETTER', '{}']] })
    await room.act(staff.handler, matterId, { action: 'SERVE_REFUSAL' })
    await room.until(matterId, ({ outcome }) => outcome === 'REFUSED')
    await keepHistory(room.client, matterId, 'refused')
  })

  it('returned and mended: the county sends it back, the household completes it, the notice is posted again', async () => {
    const matterId = await caseAtCounty(room)
    const mending: [['MENDING_LIST', string]] = [['MENDING_LIST', '["补充残疾证"]']]
    await room.act(staff.countyHandler, matterId, {
      action: 'RETURN',
      details: { to: 'TOWNSHIP_OPINION' },
      papers: mending,
    })
    await room.act(staff.leader, matterId, { action: 'RETURN', details: { to: 'CORRECTION' }, papers: mending })
    const account = await room.archive.db.payeeAccount.findFirstOrThrow({ where: { matterId } })
    await room.act(staff.clerk, matterId, { action: 'RESUBMIT', details: { accountId: account.id } })
    const investigatorIds = [staff.handler.id, staff.otherHandler.id]
    await room.act(staff.handler, matterId, { action: 'BEGIN_SURVEY', details: { investigatorIds } })
    await room.until(matterId, ({ matching }) => matching !== null)
    await room.timePasses(3_700_000)
    await room.until(matterId, (state) => pendingSources(state).length === 0)
    const sheet = JSON.stringify({ surveyed: [] })
    await room.act(staff.handler, matterId, {
      action: 'COMPLETE_SURVEY',
      details: { stableIncome: false },
      papers: [['SURVEY_SHEET', sheet]],
    })
    await room.act(staff.otherHandler, matterId, { action: 'SIGN_SURVEY', details: { agrees: true } })
    await signs(staff.leader, matterId, 'GIVE_OPINION', true)
    await room.act(staff.handler, matterId, { action: 'POST_NOTICE', papers: [['NOTICE_SHEET', '{}']] })
    await room.timePasses(8 * 86_400_000)
    await room.until(matterId, ({ stage }) => stage === 'HANDING_UP')
    await room.act(staff.handler, matterId, { action: 'HAND_UP' })
    await keepHistory(room.client, matterId, 'returned-and-mended')
    await room.act(staff.clerk, matterId, { action: 'WITHDRAW', papers: [['REASON', '已就业']] })
  })

  it('late: limits are breached one after the other and the case still gets its decision', async () => {
    const { matterId } = await room.apply()
    await room.timePasses(5 * 86_400_000)
    await surveyed(room, matterId)
    await room.timePasses(70 * 86_400_000)
    await signs(staff.leader, matterId, 'GIVE_OPINION', true)
    const breaches = (await room.events(matterId)).filter(({ type }) => type === 'LIMIT_BREACHED')
    expect(breaches.map(({ data }) => (data as { limit: string }).limit)).toEqual([
      'ACCEPTANCE',
      'TOWNSHIP_OPINION',
      'TOTAL',
    ])
    await keepHistory(room.client, matterId, 'late')
  })

  it('extended: once, for a listed cause, to forty-five working days in all', async () => {
    const { matterId } = await room.apply()
    await room.act(staff.handler, matterId, { action: 'ACCEPT' })
    const total = () => room.archive.db.deadline.findFirstOrThrow({ where: { matterId, limit: 'TOTAL' } })
    const before = await total()
    const extend = {
      action: 'EXTEND',
      details: { cause: 'LIVES_AWAY_FROM_HUKOU' },
      papers: [['REASON', '人户分离']],
    } as const
    expect(await room.act(staff.leader, matterId, { ...extend, papers: [['REASON', '人户分离']] })).toMatchObject({
      outcome: 'FILED',
    })
    const after = await total()
    expect([before.amount, after.amount]).toEqual([30, 45])
    expect(after.dueOn > before.dueOn).toBe(true)
    const again = await room.act(staff.leader, matterId, { ...extend, papers: [['REASON', '人户分离']] })
    expect(again).toMatchObject({ outcome: 'REFUSED', code: 'alreadyExtended' })
    await room.act(staff.clerk, matterId, { action: 'WITHDRAW', papers: [['REASON', '已就业']] })
  })

  it('withdrawn: the household takes its application back and every clock ends', async () => {
    const { matterId } = await room.apply()
    await room.act(staff.handler, matterId, { action: 'ACCEPT' })
    await room.act(staff.clerk, matterId, { action: 'WITHDRAW', papers: [['REASON', '已就业']] })
    await room.until(matterId, ({ outcome }) => outcome === 'WITHDRAWN')
    const open = await room.archive.db.deadline.count({ where: { matterId, state: { in: ['OPEN', 'BREACHED'] } } })
    expect(open).toBe(0)
    await keepHistory(room.client, matterId, 'withdrawn')
  })
})
