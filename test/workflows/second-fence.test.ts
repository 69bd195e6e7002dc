import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createMatterClient } from '../../api/matters/matter-client.ts'
import { startOwedDailyRound } from '../../api/clock/daily-round-desk.ts'
import { type FenceDeps, guardProcedures } from '../../api/matters/fence.ts'
import { startOwedRedating } from '../../api/rules/redating-desk.ts'
import { addDays, dayOf } from '../../domain/time/plain-date.ts'
import { findBrokenLink } from '../../prisma/stores/system/audit.ts'
import { people, postId } from '../../prisma/seed/people.ts'
import { readClock } from '../../prisma/stores/system/clock.ts'
import { resumeReplacing } from '../../prisma/stores/oversight/engine-alarms.ts'
import { findRedatingUnderway } from '../../prisma/stores/rules/redatings.ts'
import { rowOfDay } from '../../prisma/stores/system/rows.ts'
import { inOneTransaction } from '../../prisma/stores/system/transaction.ts'
import { matterWorkflowId } from '../../workflows/shared/matter-contract.ts'
import { calendarRedatingWorkflowId } from '../../workflows/calendar-redating/contract.ts'
import { dailyRoundWorkflowId } from '../../workflows/daily-round/contract.ts'
import { alteredBundle, type CaseRoom, openCaseRoom, staff } from '../support/case-room.ts'
import { enterNotice } from '../support/new-notice.ts'

let room: CaseRoom
let fence: FenceDeps

beforeAll(async () => {
  room = await openCaseRoom()
  fence = anotherFence()
})
afterAll(() => room.close())

/** The fence as one API process has it. */
function anotherFence(): FenceDeps {
  const { archive, client } = room
  return {
    archive,
    client,
    desk: createMatterClient({ client, archive }),
    log: pino({ level: 'silent' }),
    startOwedRedating: () => startOwedRedating({ archive, client }),
    startOwedDailyRound: () => startOwedDailyRound({ archive, client }),
  }
}

/** A release that does things in another order than today’s procedure, in each kind of workflow. */
const anotherRelease = () =>
  alteredBundle(
    [/return isNotNow\(answer\) \? second\(\) : answer/, 'return second()'],
    [/await \S+\.passOnTasks\([^;]*;/, pauseFirst],
    [/const mark = await \S+\.markRedating\([^;]*;/, `const mark = ''; ${pauseFirst}`],
  )
const pauseFirst = 'await new Promise((resolve) => setTimeout(resolve, 4000));'
/** A release with a fault in it: it throws wherever a case is looked at. */
const brokenRelease = () => alteredBundle([/session\.noteNews\(\)/, '(() => { throw new TypeError("broken") })()'])

const keptOf = (workflowId: string) => room.archive.db.keptHistory.findMany({ where: { workflowId } })
const alarmsOf = (kind: 'PROCEDURE_STUCK' | 'REPLACING_STOPPED' | 'ACT_FAILED', subject: string) =>
  room.archive.db.alarm.findMany({ where: { kind, subject }, orderBy: { raisedAt: 'asc' } })
const standing = async (kind: Parameters<typeof alarmsOf>[0], subject: string) =>
  (await alarmsOf(kind, subject)).filter(({ clearedAt }) => clearedAt === null).length
const patience = { timeout: 60_000, interval: 500 }

/** Rounds of the fence, until something holds. */
async function guardedUntil(holds: () => Promise<boolean>): Promise<void> {
  await expect.poll(async () => (await guardProcedures(fence), holds()), patience).toBe(true)
}

/** That many replacements, so long ago; what was replaced before is too long ago to count. */
async function replacedBefore(count: number, secondsAgo: number, workflowId = 'some-other'): Promise<void> {
  await forgetReplacements()
  for (let number = 1; number <= count; number += 1) {
    await room.archive.db.keptHistory.create({
      data: {
        runId: `planted-${secondsAgo}-${number}-${Math.random()}`,
        workflowId: workflowId === 'some-other' ? `${workflowId}-${number}` : workflowId,
        workflowType: 'planted',
        cause: 'planted',
        events: 0,
        historyGzip: new Uint8Array(0),
        keptAt: new Date(Date.now() - secondsAgo * 1000),
        replacedAt: new Date(),
      },
    })
  }
}
const forgetReplacements = () => room.ask(`UPDATE kept_history SET "keptAt" = "keptAt" - interval '2 hours'`)

/** A case of another release; today’s workers cannot replay it, and it is told to look. */
async function stuckCases(count: number): Promise<string[]> {
  const before = await room.startWorkers(await anotherRelease())
  const cases: string[] = []
  for (let number = 1; number <= count; number += 1) cases.push((await room.apply()).matterId)
  await before.stop()
  return cases
}

async function isReported(matterId: string): Promise<boolean> {
  const { searchAttributes } = await room.client.workflow
    .getHandle(matterWorkflowId('ASSISTANCE_CASE', matterId))
    .describe()
  return searchAttributes.TemporalReportedProblems !== undefined
}

describe('a procedure whose history the present release cannot replay', () => {
  it('of each kind is told, kept as it was, and carried on from the archive', { timeout: 180_000 }, async () => {
    const { archive, client } = room
    const other = await room.startWorkers(await anotherRelease())
    const { matterId } = await room.apply()
    const today = dayOf(await readClock(archive.db))
    const redatingId = await enterNotice(archive, addDays(today, 40))
    await startOwedRedating({ archive, client })
    await startOwedDailyRound({ archive, client })
    const ids = [
      matterWorkflowId('ASSISTANCE_CASE', matterId),
      dailyRoundWorkflowId(today),
      calendarRedatingWorkflowId(redatingId),
    ]
    await expect
      .poll(async () => (await client.workflow.getHandle(ids[2] as string).fetchHistory()).events?.length)
      .toBeGreaterThan(4)
    await other.stop()
    const workers = await room.startWorkers()
    await room.desk.look(matterId)

    await guardedUntil(async () =>
      (await Promise.all(ids.map(keptOf))).every((kept) => kept[0]?.replacedAt instanceof Date),
    )
    for (const workflowId of ids) {
      const [kept] = await keptOf(workflowId)
      expect(kept).toMatchObject({ cause: 'WorkflowTaskFailedCauseNonDeterministicError' })
      const { events } = historyFromJSON(JSON.parse((await promisify(gunzip)(kept?.historyGzip ?? '')).toString()))
      expect(events?.length).toBe(kept?.events)
      expect(events?.some(({ workflowTaskFailedEventAttributes: failed }) => failed)).toBe(true)
      const { runId } = await client.workflow.getHandle(workflowId).describe()
      expect(runId).not.toBe(kept?.runId)
    }
    expect(await room.act(staff.handler, matterId, { action: 'ACCEPT' })).toMatchObject({ outcome: 'FILED' })
    await expect.poll(() => findRedatingUnderway(archive.db), patience).toBeNull()
    await expect
      .poll(
        async () => (await archive.db.dailyRound.findUnique({ where: { day: rowOfDay(today) } }))?.finishedAt,
        patience,
      )
      .toBeInstanceOf(Date)
    await guardProcedures(fence)
    for (const workflowId of ids) {
      // A case at its county's bureau; the others at each of the two offices with an administrator.
      expect(await alarmsOf('PROCEDURE_STUCK', workflowId)).toHaveLength(workflowId === ids[0] ? 1 : 2)
      expect(await standing('PROCEDURE_STUCK', workflowId)).toBe(0)
    }
    expect(await findBrokenLink(archive.db, 'staff:qingyang-xifeng')).toBeNull()
    await workers.stop()
  })

  it('is not replaced when five were within ten minutes; then an alarm says so, until an administrator lets it go on', async () => {
    const [matterId] = (await stuckCases(1)) as [string]
    const workflowId = matterWorkflowId('ASSISTANCE_CASE', matterId)
    const workers = await room.startWorkers()
    await room.desk.look(matterId)
    await replacedBefore(5, 120)
    await guardedUntil(async () => (await standing('REPLACING_STOPPED', 'replacing')) > 0)
    await guardProcedures(fence)
    expect(await keptOf(workflowId)).toEqual([])
    expect(await alarmsOf('PROCEDURE_STUCK', workflowId)).toMatchObject([{ matterId, clearedAt: null }])
    // Raised once, at each office that has an administrator.
    expect(await standing('REPLACING_STOPPED', 'replacing')).toBe(2)

    await forgetReplacements()
    await guardProcedures(fence)
    expect([await keptOf(workflowId), await standing('REPLACING_STOPPED', 'replacing')]).toEqual([[], 2])
    const administrator = people.qingyang.administrators[0]!
    const { id: officerId } = administrator
    const by = { officerId, postId: postId(administrator), officeId: administrator.office, role: administrator.role }
    await inOneTransaction(room.archive, (tx) => resumeReplacing(tx, { ...by, standsInFor: null }))
    await guardedUntil(async () => (await keptOf(workflowId)).length === 1)
    expect(await standing('REPLACING_STOPPED', 'replacing')).toBe(0)
    expect(await room.act(staff.handler, matterId, { action: 'ACCEPT' })).toMatchObject({ outcome: 'FILED' })
    await workers.stop()
  })

  it('waits while three were replaced within the minute, and two processes share what is left', async () => {
    const cases = await stuckCases(2)
    const workers = await room.startWorkers()
    await Promise.all(cases.map((matterId) => room.desk.look(matterId)))
    await replacedBefore(3, 5)
    await expect.poll(async () => (await Promise.all(cases.map(isReported))).every(Boolean), patience).toBe(true)
    const kept = async () =>
      (await Promise.all(cases.map((id) => keptOf(matterWorkflowId('ASSISTANCE_CASE', id))))).flat()
    await guardedUntil(
      async () => (await standing('PROCEDURE_STUCK', matterWorkflowId('ASSISTANCE_CASE', cases[1]!))) > 0,
    )
    expect(await kept()).toEqual([])

    await replacedBefore(2, 5)
    await Promise.all([guardProcedures(fence), guardProcedures(anotherFence())])
    expect(await kept()).toHaveLength(1)
    await forgetReplacements()
    await guardedUntil(async () => (await kept()).length === 2)
    await workers.stop()
  })

  it('is left to a person when it was replaced within the hour and fails again', async () => {
    const [matterId] = (await stuckCases(1)) as [string]
    const workflowId = matterWorkflowId('ASSISTANCE_CASE', matterId)
    const workers = await room.startWorkers()
    await room.desk.look(matterId)
    await replacedBefore(1, 1_800, workflowId)
    await guardedUntil(async () => (await standing('PROCEDURE_STUCK', workflowId)) > 0)
    await guardProcedures(fence)
    expect(await keptOf(workflowId)).toMatchObject([{ workflowType: 'planted' }])
    await forgetReplacements()
    await guardedUntil(async () => (await keptOf(workflowId)).length === 2)
    await workers.stop()
  })

  it('whose replacement was cut short is started by the next round', async () => {
    const workers = await room.startWorkers()
    const { matterId } = await room.apply()
    const handle = room.client.workflow.getHandle(matterWorkflowId('ASSISTANCE_CASE', matterId))
    const { runId, type: workflowType } = await handle.describe()
    await room.archive.db.keptHistory.create({
      data: {
        runId,
        workflowId: handle.workflowId,
        workflowType,
        matterId,
        cause: 'planted',
        events: 0,
        historyGzip: new Uint8Array(0),
      },
    })
    await handle.terminate('and then the process died')
    await guardProcedures(fence)
    expect((await handle.describe()).status.name).toBe('RUNNING')
    expect((await keptOf(handle.workflowId))[0]?.replacedAt).toBeInstanceOf(Date)
    await workers.stop()
  })
})

describe('a procedure that fails of anything else', () => {
  it('is told as an alarm and never replaced; mended, it goes on by itself', async () => {
    const sound = await room.startWorkers()
    const { matterId } = await room.apply()
    await sound.stop()
    const workflowId = matterWorkflowId('ASSISTANCE_CASE', matterId)
    const { runId } = await room.client.workflow.getHandle(workflowId).describe()
    const broken = await room.startWorkers(await brokenRelease())
    await room.desk.look(matterId)
    await guardedUntil(async () => (await standing('PROCEDURE_STUCK', workflowId)) > 0)
    await guardProcedures(fence)
    expect(await keptOf(workflowId)).toEqual([])
    expect((await room.client.workflow.getHandle(workflowId).describe()).runId).toBe(runId)
    await broken.stop()

    const mended = await room.startWorkers()
    await guardedUntil(async () => (await standing('PROCEDURE_STUCK', workflowId)) === 0)
    expect(await room.act(staff.handler, matterId, { action: 'ACCEPT' })).toMatchObject({ outcome: 'FILED' })
    expect((await room.client.workflow.getHandle(workflowId).describe()).runId).toBe(runId)
    await mended.stop()
  })
})
