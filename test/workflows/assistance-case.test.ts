import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { reconcile, sweepOnce } from '../../api/matters/sweep.ts'
import { lookAtCase } from '../../activities/filing/look-at-case.ts'
import { fileAct } from '../../activities/filing/file-act.ts'
import { setTrainingClock } from '../../prisma/stores/system/training-clock.ts'
import { addMs, dayOf, instant } from '../../domain/time/plain-date.ts'
import { readClock } from '../../prisma/stores/system/clock.ts'
import { findBrokenLink } from '../../prisma/stores/system/audit.ts'
import { matterWorkflowId } from '../../workflows/shared/matter-contract.ts'
import { caseAtCounty, type CaseRoom, openCaseRoom, staff, surveyed } from '../support/case-room.ts'

let room: CaseRoom
let workers: { stop(): Promise<void> }

beforeAll(async () => {
  room = await openCaseRoom()
  workers = await room.startWorkers()
})

afterAll(async () => {
  await room?.close()
})

const types = async (matterId: string) => (await room.events(matterId)).map(({ type }) => type)
const statusOf = async (matterId: string) =>
  (await room.client.workflow.getHandle(matterWorkflowId('ASSISTANCE_CASE', matterId)).describe()).status.name

/** The office-to-place table as its owner fills it. */
async function villagesAnswerUntil(day: string | null): Promise<void> {
  await room.ask(
    `UPDATE jurisdiction SET "effectiveTo" = $1 WHERE "officeId" IN (SELECT id FROM office WHERE level = 'VILLAGE')`,
    [day],
  )
}

describe('a case from application to bank', () => {
  it('is filed step by step, paid once and closed', async () => {
    const matterId = await caseAtCounty(room)
    let assessmentId = await room.assessment(staff.countyHandler, matterId)
    const finding = { agrees: true, category: null, unknownSources: [] }
    const reviewed = { ...finding, assessmentId }
    await room.act(staff.countyHandler, matterId, {
      action: 'REVIEW_FILE',
      details: reviewed,
      papers: [['OPINION', '同意']],
    })
    assessmentId = await room.assessment(staff.approver, matterId)
    const confirmed = { assessmentId, category: null, unknownSources: [] }
    await room.act(staff.approver, matterId, { action: 'CONFIRM', details: confirmed, papers: [['OPINION', '同意']] })

    await room.act(staff.financeOfficer, matterId, { action: 'PREPARE_PAYMENT' })
    const tooEarly = await room.act(staff.otherFinanceOfficer, matterId, { action: 'RELEASE_PAYMENT' })
    expect(tooEarly).toMatchObject({ outcome: 'REFUSED', code: 'paymentMonthNotReached' })
    await room.timePasses(32 * 86_400_000)
    const bySamePerson = await room.act(staff.financeOfficer, matterId, { action: 'RELEASE_PAYMENT' })
    expect(bySamePerson).toMatchObject({ outcome: 'REFUSED', code: 'sameFinanceOfficer' })
    await room.act(staff.otherFinanceOfficer, matterId, { action: 'RELEASE_PAYMENT' })
    await room.until(matterId, ({ instruction }) => instruction?.state === 'SENT')
    await room.timePasses(3_700_000)
    await room.until(matterId, ({ outcome }) => outcome === 'GRANTED')

    const { lines } = await room.bank.direct<{ lines: { kind: string; amountFen?: number }[] }>('GET', '/book')
    expect(lines.filter(({ kind }) => kind === 'credited')).toMatchObject([{ amountFen: 70_000 }])
    expect(await findBrokenLink(room.archive.db, `case:${matterId}`)).toBeNull()
    await expect.poll(() => statusOf(matterId)).toBe('COMPLETED')
  })
})

describe('an act for which something is not set up', () => {
  it('says what is missing, and is filed under the same id once that was put in', async () => {
    const { matterId } = await room.apply()
    await villagesAnswerUntil('2001-01-01')
    const requestId = await room.writeDown(staff.handler, matterId, {
      action: 'RETURN',
      details: { to: 'CORRECTION' },
      papers: [['MENDING_LIST', '[]']],
    })
    const returning = () => room.desk.act(matterId, { officerId: staff.handler.id, requestId, action: 'RETURN' })
    try {
      await expect(returning()).rejects.toMatchObject({ name: 'NeedsAPerson', message: 'NoOfficeForDesk' })
    } finally {
      await villagesAnswerUntil(null)
    }
    expect(await returning()).toMatchObject({ outcome: 'FILED' })
  })
})

describe('an act', () => {
  it('sent twice under one request id is filed once, with one answer', async () => {
    const { matterId } = await room.apply()
    const requestId = randomUUID()
    const first = await room.act(staff.handler, matterId, { action: 'ACCEPT', requestId })
    const second = await room.desk.act(matterId, { officerId: staff.handler.id, requestId, action: 'ACCEPT' })
    expect(second).toEqual(first)
    expect(await types(matterId)).toEqual(expect.arrayContaining(['APPLICATION_ACCEPTED']))
    expect((await types(matterId)).filter((type) => type === 'APPLICATION_ACCEPTED')).toHaveLength(1)
  })

  it('out of turn is refused at once and costs no history', async () => {
    const { matterId } = await room.apply()
    const handle = room.client.workflow.getHandle(matterWorkflowId('ASSISTANCE_CASE', matterId))
    const before = (await handle.describe()).historyLength
    const answer = await room.act(staff.approver, matterId, { action: 'CONFIRM' })
    expect(answer).toMatchObject({ outcome: 'COURTESY_REFUSED', code: 'notPermittedAtThisStage' })
    expect((await handle.describe()).historyLength).toBe(before)
  })

  it('of two officers at one moment becomes one act and one named refusal', async () => {
    const { matterId } = await room.apply()
    const answers = await Promise.all([
      room.act(staff.handler, matterId, { action: 'ACCEPT' }),
      room.act(staff.otherHandler, matterId, { action: 'ACCEPT' }),
    ])
    expect(answers.map(({ outcome }) => outcome).filter((outcome) => outcome === 'FILED')).toHaveLength(1)
    expect(answers.find(({ outcome }) => outcome !== 'FILED')).toMatchObject({
      code: expect.stringMatching(/notPermittedAtThisStage|caseChangedSinceSeen/),
    })
  })

  it('by someone who investigated the same case is refused by name', async () => {
    const { matterId } = await room.apply()
    await surveyed(room, matterId, [staff.handler, staff.leader])
    const assessmentId = await room.assessment(staff.leader, matterId)
    const finding = { agrees: true, assessmentId, category: null, unknownSources: [] }
    const answer = await room.act(staff.leader, matterId, {
      action: 'GIVE_OPINION',
      details: finding,
      papers: [['OPINION', '同意']],
    })
    expect(answer).toMatchObject({ outcome: 'REFUSED', code: 'otherCapacityInThisCase' })
  })

  it('refused as the first of a case leaves no event and no open workflow', async () => {
    const { matterId } = await room.apply()
    const again = `${matterId}-again`
    const original = await room.archive.db.matter.findUniqueOrThrow({ where: { id: matterId } })
    await room.owner.db.matter.create({
      data: { ...original, id: again, number: again, version: 0, engineId: null, engineOffsetMs: null },
    })
    const [member] = await room.archive.db.matterPerson.findMany({ where: { matterId } })
    await room.owner.db.matterPerson.create({ data: { ...member!, matterId: again, open: false } })
    const details = { memberPersonIds: [member!.personId], applicantPersonId: member!.personId, accountId: 'none' }
    const papers: [['APPLICATION', string]] = [['APPLICATION', '{}']]
    const answer = await room.act(staff.clerk, again, { action: 'SUBMIT', details, papers })
    expect(answer).toMatchObject({ outcome: 'REFUSED', code: 'memberInAnotherOpenCase' })
    expect(await room.events(again)).toEqual([])
    await expect.poll(() => statusOf(again)).toBe('COMPLETED')
  })
})

describe('what nobody was left to hear of', () => {
  it('an act filed while worker, engine and caller were gone is taken up by the sweep', async () => {
    const { matterId } = await room.apply()
    await expect.poll(() => statusOf(matterId)).toBe('RUNNING')
    // Committed in the archive; no workflow ever heard of it.
    const requestId = await room.writeDown(staff.handler, matterId, { action: 'ACCEPT' })
    const filed = await fileAct(room.hands, { matterId, officerId: staff.handler.id, requestId, knownVersion: 1 })
    expect(filed.outcome).toBe('FILED')
    await room.timePasses(15_000)

    expect(await sweepOnce(room)).toContain(matterId)
    await room.until(matterId, ({ matching }) => matching !== null)
    expect((await sweepOnce(room)).includes(matterId)).toBe(false)
  })

  it('an act on a case whose procedure lags behind the archive is filed after it caught up', async () => {
    const { matterId } = await room.apply()
    const requestId = await room.writeDown(staff.handler, matterId, { action: 'ACCEPT' })
    await fileAct(room.hands, { matterId, officerId: staff.handler.id, requestId, knownVersion: 1 })
    const investigatorIds = [staff.handler.id, staff.otherHandler.id]
    const answer = await room.act(staff.handler, matterId, { action: 'BEGIN_SURVEY', details: { investigatorIds } })
    expect(answer).toMatchObject({ outcome: 'FILED' })
  })

  it('filing names what a caller behind the log has missed', async () => {
    const { matterId } = await room.apply()
    const requestId = await room.writeDown(staff.handler, matterId, { action: 'ACCEPT' })
    const behind = await fileAct(room.hands, { matterId, officerId: staff.handler.id, requestId, knownVersion: 0 })
    expect(behind).toMatchObject({ outcome: 'BEHIND', missing: [{ seq: 1, type: 'APPLICATION_SUBMITTED' }] })
  })

  it('a lost engine starts every open case anew from the archive', async () => {
    const { matterId } = await room.apply()
    await room.client.workflow.getHandle(matterWorkflowId('ASSISTANCE_CASE', matterId)).terminate('engine data lost')
    await room.owner.db.matter.updateMany({ where: { id: matterId }, data: { engineId: 'the engine before' } })
    expect(await sweepOnce(room)).toContain(matterId)
    const answer = await room.act(staff.handler, matterId, { action: 'ACCEPT' })
    expect(answer).toMatchObject({ outcome: 'FILED' })
  })

  it('a procedure that the engine lost without losing its identity is found by holding both against each other', async () => {
    const { matterId } = await room.apply()
    const { matterId: untouched } = await room.apply()
    await room.client.workflow
      .getHandle(matterWorkflowId('ASSISTANCE_CASE', matterId))
      .terminate('restored from a backup')
    await expect.poll(async () => (await room.desk.carriedCases()).has(matterId)).toBe(false)
    await expect.poll(async () => (await room.desk.carriedCases()).has(untouched)).toBe(true)
    const found = await reconcile(room)
    expect(found).toContain(matterId)
    expect(found).not.toContain(untouched)
    await expect.poll(() => statusOf(matterId)).toBe('RUNNING')
  })

  it('a worker killed between acts changes nothing', async () => {
    const { matterId } = await room.apply()
    await workers.stop()
    const waiting = room.act(staff.handler, matterId, { action: 'ACCEPT' })
    workers = await room.startWorkers()
    expect(await waiting).toMatchObject({ outcome: 'FILED' })
  })
})

describe('an act typed in late', () => {
  it('is overtaken at once by what time has brought since: a notice that ran out has the file handed up', async () => {
    const { matterId } = await room.apply()
    await surveyed(room, matterId)
    const assessmentId = await room.assessment(staff.leader, matterId)
    const finding = { agrees: true, assessmentId, category: null, unknownSources: [] }
    await room.act(staff.leader, matterId, { action: 'GIVE_OPINION', details: finding, papers: [['OPINION', '同意']] })
    const postedOn = dayOf(await readClock(room.archive.db))
    await room.timePasses(10 * 86_400_000)
    const sheet: [['NOTICE_SHEET', string]] = [['NOTICE_SHEET', '{}']]
    await room.act(staff.handler, matterId, { action: 'POST_NOTICE', papers: sheet, occurredOn: postedOn })
    await room.until(matterId, ({ stage }) => stage === 'HANDING_UP')
    await room.act(staff.clerk, matterId, { action: 'WITHDRAW', papers: [['REASON', '已就业']] })
  })
})

describe('a look that no repetition helps', () => {
  it('leaves the procedure running, and an act says what is missing', async () => {
    const { matterId } = await room.apply()
    const township = await room.archive.db.matter.findUniqueOrThrow({ where: { id: matterId } })
    await moveToNowhere(matterId)
    await room.desk.look(matterId)
    await expect(
      room.act(staff.handler, matterId, {
        action: 'RETURN',
        details: { to: 'CORRECTION' },
        papers: [['MENDING_LIST', '[]']],
      }),
    ).resolves.toMatchObject({ outcome: 'REFUSED' })
    expect(await statusOf(matterId)).toBe('RUNNING')
    await room.owner.db.matter.update({ where: { id: matterId }, data: { placeId: township.placeId } })
    expect(await room.act(staff.handler, matterId, { action: 'ACCEPT' })).toMatchObject({ outcome: 'FILED' })
  })
})

/** A place under the nation that no office covers and for which no parameters but the nation's hold. */
async function moveToNowhere(matterId: string): Promise<void> {
  await room.owner.db.matter.update({ where: { id: matterId }, data: { placeId: 'CN' } })
  await setTrainingClock(room.archive, addMs(await readClock(room.archive.db), 9 * 86_400_000))
}

describe('a limit', () => {
  it('that passes is a breach on its day; the case goes on and the next level is shown it', async () => {
    const { matterId } = await room.apply()
    await room.timePasses(8 * 86_400_000)
    await room.until(matterId, ({ breached }) => breached.length > 0)
    const deadline = await room.archive.db.deadline.findFirstOrThrow({ where: { matterId, limit: 'ACCEPTANCE' } })
    expect(deadline.state).toBe('BREACHED')
    const shown = await room.archive.db.supervisionItem.findMany({ where: { matterId } })
    expect(shown.filter(({ rung }) => rung === 'URGING')).toMatchObject([{ limit: 'ACCEPTANCE', shownTo: 'COUNTY' }])
    expect(await room.act(staff.handler, matterId, { action: 'ACCEPT' })).toMatchObject({ outcome: 'FILED' })
    const after = await room.archive.db.deadline.findFirstOrThrow({ where: { matterId, limit: 'ACCEPTANCE' } })
    expect(after.state).toBe('MET_LATE')
  })

  it('that passed is recorded by the next look even when no timer ever fired', async () => {
    const { matterId } = await room.apply()
    await workers.stop()
    await setTrainingClock(room.archive, instant(Date.now() + 200 * 86_400_000))
    await lookAtCase(room.hands, { matterId })
    expect(await types(matterId)).toContain('LIMIT_BREACHED')
    workers = await room.startWorkers()
  })
})
