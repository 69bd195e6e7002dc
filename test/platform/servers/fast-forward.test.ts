import { fileURLToPath } from 'node:url'
import type { Client } from '@temporalio/client'
import { ApplicationFailure } from '@temporalio/common'
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { fastForward, workflowClock } from '../../../platform/fast-forward.ts'
import { parseKeyRing } from '../../../platform/key-ring.ts'
import { connectClient, connectWorker } from '../../../platform/temporal.ts'
import { failingWorkflow, finishSignal, waitingWorkflow, wokeAtQuery } from './waiting-workflow.ts'

const day = 86_400_000
const taskQueue = 'fast-forward-test'
const payloadKeys = parseKeyRing(`t1:${Buffer.alloc(32, 5).toString('base64')}`)
let client: Client
let stopWorker: () => Promise<void>

beforeAll(async () => {
  Runtime.install({ logger: new DefaultLogger('ERROR') })
  const target = { address: inject('temporalAddress'), namespace: inject('temporalNamespace'), payloadKeys }
  client = await connectClient(target)
  const connected = await connectWorker(target)
  const worker = await Worker.create({
    ...connected,
    taskQueue,
    workflowsPath: fileURLToPath(new URL('./waiting-workflow.ts', import.meta.url)),
    activities: {
      fail: async (secret: string) => {
        throw ApplicationFailure.nonRetryable(`cannot place ${secret}`, 'notPlaced')
      },
    },
  })
  const running = worker.run()
  stopWorker = async () => {
    worker.shutdown()
    await running
    await connected.connection.close()
    await client.connection.close()
  }
})

afterAll(() => stopWorker())

async function startWaiting(workflowId: string, days: number) {
  const handle = await client.workflow.start(waitingWorkflow, { taskQueue, workflowId, args: [days] })
  await handle.query(wokeAtQuery)
  return handle
}

const move = (workflowId: string, days: number, fastForwardId: string) =>
  fastForward({
    connection: client.connection,
    namespace: inject('temporalNamespace'),
    workflowId,
    durationMs: days * day,
    fastForwardId,
  })

const clockOf = (workflowId: string) =>
  workflowClock({ connection: client.connection, namespace: inject('temporalNamespace'), workflowId })

test('a workflow that waits five days wakes at its day when moved six, and its clock stands there', async () => {
  const startedAt = Date.now()
  const handle = await startWaiting('waits-five-days', 5)
  expect(Math.abs((await clockOf('waits-five-days')) - Date.now())).toBeLessThan(60_000)
  expect(await move('waits-five-days', 6, 'first')).toBe('completed')
  const ahead = (await clockOf('waits-five-days')) - startedAt
  expect(ahead).toBeGreaterThanOrEqual(6 * day)
  expect(ahead).toBeLessThan(6 * day + 60_000)
  const wokeAfter = (await handle.query(wokeAtQuery)) - startedAt
  expect(wokeAfter).toBeGreaterThanOrEqual(5 * day)
  expect(wokeAfter).toBeLessThan(5 * day + 60_000)
  expect(await move('waits-five-days', 0.5, 'second')).toBe('completed')
  await handle.signal(finishSignal)
  expect(await handle.result()).toBe('finished')
})

test('a workflow that ends on the way is past its end, one that had ended is closed, an unknown one too', async () => {
  const handle = await startWaiting('ends-on-the-way', 2)
  await handle.signal(finishSignal)
  expect(await move('ends-on-the-way', 9, 'beyond')).toBe('pastEnd')
  expect(await handle.result()).toBe('finished')
  expect(await move('ends-on-the-way', 1, 'later')).toBe('closed')
  expect(await move('never-started', 1, 'never')).toBe('closed')
})

test('neither arguments nor failure messages stand in the history in clear, and the client reads them back', async () => {
  const handle = await client.workflow.start(failingWorkflow, {
    taskQueue,
    workflowId: 'fails',
    args: ['household-of-zhang'],
  })
  const failure = await handle.result().catch((error: unknown) => error)
  expect((failure as { cause?: { cause?: Error } }).cause?.cause?.message).toBe('cannot place household-of-zhang')
  const history = JSON.stringify(await handle.fetchHistory(), (_, value: unknown) =>
    value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : value,
  )
  expect(history).not.toContain('household-of-zhang')
  expect(history).toContain('notPlaced')
})
