import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { lookAtCase } from '../../activities/filing/look-at-case.ts'
import { foldCase } from '../../domain/procedures/assistance-case/case.ts'
import { keepCallback } from '../../prisma/stores/matter/callbacks.ts'
import { readClock } from '../../prisma/stores/system/clock.ts'
import { bodyOfSetAside } from '../../prisma/stores/matter/set-aside.ts'
import { caseAtCounty, type CaseRoom, openCaseRoom, staff } from '../support/case-room.ts'

let room: CaseRoom
let matterId: string
let instructionId: string

/** A household that was paid its first month. */
beforeAll(async () => {
  room = await openCaseRoom()
  await room.startWorkers()
  matterId = await caseAtCounty(room)
  for (const [officer, action] of [
    [staff.countyHandler, 'REVIEW_FILE'],
    [staff.approver, 'CONFIRM'],
  ] as const) {
    const assessmentId = await room.assessment(officer, matterId)
    const details = { agrees: true, assessmentId, category: null, unknownSources: [] }
    await room.act(officer, matterId, { action, details, papers: [['OPINION', '同意']] })
  }
  await room.act(staff.financeOfficer, matterId, { action: 'PREPARE_PAYMENT' })
  await room.timePasses(32 * 86_400_000)
  await room.act(staff.otherFinanceOfficer, matterId, { action: 'RELEASE_PAYMENT' })
  await room.until(matterId, ({ instruction }) => instruction?.state === 'SENT')
  await room.timePasses(3_700_000)
  await room.until(matterId, ({ outcome }) => outcome === 'GRANTED')
  instructionId = (await state()).instruction?.instructionId as string
}, 120_000)

afterAll(() => room?.close())

const state = async () => foldCase(await room.events(matterId))

/** What the bank says comes in as the counter keeps it, and the case takes it. */
async function bankSays(news: Record<string, unknown>): Promise<void> {
  const callback = { callbackId: randomUUID(), instructionId, ...news }
  const kept = { source: 'BANK', sourceId: callback.callbackId, text: JSON.stringify(callback) } as const
  const receivedAt = await readClock(room.archive.db)
  await keepCallback(room.archive, { ...kept, matterId, countyId: 'qingyang-xifeng', receivedAt })
  await lookAtCase(room.hands, { matterId })
}

const setAside = async () =>
  room.archive.db.setAsideItem.findMany({ where: { matterId }, orderBy: { setAsideAt: 'asc' } })

it.each([
  ['dated years before we sent the money', { state: 'RETURNED', reason: 'FROZEN', settledAt: '2020-01-01T00:00:00Z' }],
  ['dated in a time to come', { state: 'RETURNED', reason: 'FROZEN', settledAt: '2199-01-01T00:00:00Z' }],
  ['dated in the year 0', { state: 'RETURNED', reason: 'FROZEN', settledAt: '0000-01-01T00:00:00Z' }],
  ['in a word that nobody knows', { state: 'SEIZED_BY_COURT', settledAt: new Date().toISOString() }],
])('a return %s does not undo the payment; a person sees it', async (_, news) => {
  const before = (await setAside()).length
  await bankSays(news)
  expect((await state()).instruction?.state).toBe('PAID')
  expect((await state()).outcome).toBe('GRANTED')
  expect(await setAside()).toHaveLength(before + 1)
  const waiting = await room.archive.db.callback.count({ where: { matterId, takenAt: null } })
  expect(waiting).toBe(0)
})

it('a return for a reason that nobody knows is a return, and the bank’s own word is kept', async () => {
  await bankSays({ state: 'RETURNED', reason: 'BRANCH_FLOODED', settledAt: new Date().toISOString() })
  expect((await state()).instruction?.state).toBe('RETURNED')
  const row = await room.archive.db.paymentInstruction.findUniqueOrThrow({ where: { id: instructionId } })
  expect(row.returnReason).toBe('OTHER')
  const last = (await setAside()).at(-1)
  expect(last).toMatchObject({ reason: 'NOT_UNDERSTOOD', source: 'BANK', faults: ['reason'] })
  expect(last && bodyOfSetAside(room.archive, last)).toMatchObject({ reason: 'BRANCH_FLOODED' })
})
