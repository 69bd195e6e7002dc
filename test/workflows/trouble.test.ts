import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pendingSources } from '../../domain/procedures/assistance-case/state.ts'
import { msOf } from '../../domain/time/plain-date.ts'
import { readClock } from '../../prisma/stores/system/clock.ts'
import { matterWorkflowId, lookSignal } from '../../workflows/shared/matter-contract.ts'
import { type CaseRoom, openCaseRoom, staff } from '../support/case-room.ts'
import { keepHistory } from '../support/kept-histories.ts'

let room: CaseRoom
let workers: { stop(): Promise<void> }

beforeAll(async () => {
  room = await openCaseRoom()
  workers = await room.startWorkers()
})

afterAll(async () => {
  await room?.close()
})

/** Longer than a filing in place waits for a row, shorter than a person waits for an answer. */
const heldMs = 4_500
const tenMinutesMs = 600_000

const procedure = (matterId: string) => room.client.workflow.getHandle(matterWorkflowId('ASSISTANCE_CASE', matterId))
const statusOf = async (matterId: string) => (await procedure(matterId).describe()).status.name
const typesOf = async (matterId: string) => (await room.events(matterId)).map(({ type }) => type)

/** Which activities of a procedure went to the queue. */
async function queuedIn(matterId: string): Promise<string[]> {
  const { events } = await procedure(matterId).fetchHistory()
  return (events ?? []).flatMap(
    ({ activityTaskScheduledEventAttributes: scheduled }) => scheduled?.activityType?.name ?? [],
  )
}

/** Nothing is remembered of any procedure: the next act has to replay its history first. */
async function restartWorkers(): Promise<void> {
  await workers.stop()
  workers = await room.startWorkers()
}

const withdraws = async (matterId: string) =>
  room.act(staff.clerk, matterId, { action: 'WITHDRAW', papers: [['REASON', '申请人自愿撤回']] })

async function goesOnAfterARestart(matterId: string): Promise<void> {
  await restartWorkers()
  expect(await withdraws(matterId)).toMatchObject({ outcome: 'FILED' })
  expect(await statusOf(matterId)).not.toBe('FAILED')
}

/** Rows that a person forgot to enter: the limits are gone until they are put back. */
async function withoutLimits<T>(work: () => Promise<T>): Promise<T> {
  await room.ask(`
    CREATE TABLE aside AS SELECT * FROM parameter WHERE key LIKE 'limit.%';
    ALTER TABLE parameter DISABLE TRIGGER USER;
    DELETE FROM parameter WHERE key LIKE 'limit.%';
    ALTER TABLE parameter ENABLE TRIGGER USER`)
  try {
    return await work()
  } finally {
    await room.ask('INSERT INTO parameter SELECT * FROM aside; DROP TABLE aside')
  }
}

describe('while somebody else holds the row of a case', () => {
  it('an act goes to the queue, is filed once, and the case goes on after a restart', async () => {
    const { matterId } = await room.apply()
    const acceptance = await room.writeDown(staff.handler, matterId, { action: 'ACCEPT' })
    const request = { officerId: staff.handler.id, requestId: acceptance, action: 'ACCEPT' } as const
    const answer = await room.whileHeld(matterId, async () => {
      const answered = room.desk.act(matterId, request)
      await pause(heldMs)
      return { answered }
    })
    expect(await answer.answered).toMatchObject({ outcome: 'FILED' })
    expect(await queuedIn(matterId)).toContain('fileAct')
    expect((await typesOf(matterId)).filter((type) => type === 'APPLICATION_ACCEPTED')).toHaveLength(1)
    await goesOnAfterARestart(matterId)
    await keepHistory(room.client, matterId, 'act-queued')
  })

  it('a look goes to the queue, and the case goes on after a restart', async () => {
    const { matterId } = await room.apply()
    await room.whileHeld(matterId, async () => {
      await procedure(matterId).signal(lookSignal)
      await pause(heldMs)
    })
    await expect.poll(() => queuedIn(matterId)).toContain('lookAtCase')
    await goesOnAfterARestart(matterId)
    await keepHistory(room.client, matterId, 'look-queued')
  })
})

describe('what only a person can mend', () => {
  it('fails an act by name and not the case, in place and from the queue', async () => {
    const { matterId } = await room.apply()
    await withoutLimits(async () => {
      await expect(room.act(staff.handler, matterId, { action: 'ACCEPT' })).rejects.toThrow('ParameterMissing')
      const requestId = await room.writeDown(staff.handler, matterId, { action: 'ACCEPT' })
      const fromTheQueue = await room.whileHeld(matterId, async () => {
        const acted = room.desk.act(matterId, { officerId: staff.handler.id, requestId, action: 'ACCEPT' })
        const caught = acted.catch((error: unknown) => error)
        await pause(heldMs)
        return { caught }
      })
      expect(await fromTheQueue.caught).toMatchObject({ message: 'ParameterMissing' })
    })
    expect(await room.act(staff.handler, matterId, { action: 'ACCEPT' })).toMatchObject({ outcome: 'FILED' })
    await goesOnAfterARestart(matterId)
    await keepHistory(room.client, matterId, 'act-failed-by-name')
  })

  it('does not end the case when it looks, in place or from the queue', async () => {
    const { matterId } = await room.apply()
    await room.timePasses((await untilNextDueMs(matterId)) - tenMinutesMs)
    await withoutLimits(async () => {
      // The limit for accepting passes; to write that down what follows from it has to be counted.
      await room.timePasses(2 * tenMinutesMs)
      await expect.poll(() => markersOf(matterId, 'lookAtCase')).toBeGreaterThan(0)
      await room.whileHeld(matterId, async () => {
        await procedure(matterId).signal(lookSignal)
        await pause(heldMs)
      })
      await expect.poll(() => queuedIn(matterId)).toContain('lookAtCase')
      await pause(2_000)
      expect(await statusOf(matterId)).toBe('RUNNING')
    })
    await procedure(matterId).signal(lookSignal)
    await expect.poll(() => typesOf(matterId)).toContain('LIMIT_BREACHED')
    await goesOnAfterARestart(matterId)
    await keepHistory(room.client, matterId, 'look-failed-by-name')
  })

  it('blocks a duty until it is mended, and the case goes on meanwhile', async () => {
    const { matterId } = await room.apply()
    await room.act(staff.handler, matterId, { action: 'ACCEPT' })
    await room.until(matterId, ({ matching }) => matching !== null)
    await withoutLimits(async () => {
      await room.timePasses(3_700_000)
      await expect.poll(() => queuedIn(matterId)).toContain('askMatchingCentre')
      await pause(1_000)
    })
    await restartWorkers()
    await procedure(matterId).signal(lookSignal)
    await room.until(matterId, (state) => pendingSources(state).length === 0)
    await goesOnAfterARestart(matterId)
    await keepHistory(room.client, matterId, 'duty-blocked')
  })
})

async function untilNextDueMs(matterId: string): Promise<number> {
  const [next] = await room.ask('SELECT min("dueAt") AS at FROM deadline WHERE "matterId" = $1', [matterId])
  return (next as { at: Date }).at.getTime() - msOf(await readClock(room.archive.db))
}

/** How often an activity answered or failed in place. */
async function markersOf(matterId: string, activity: string): Promise<number> {
  const { events } = await procedure(matterId).fetchHistory()
  const markers = (events ?? []).flatMap(
    ({ markerRecordedEventAttributes: marker }) => marker?.details?.data?.payloads ?? [],
  )
  return markers.filter(({ data }) =>
    Buffer.from(data ?? [])
      .toString()
      .includes(activity),
  ).length
}
