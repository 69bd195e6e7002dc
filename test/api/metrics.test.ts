import { randomUUID } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { Registry } from 'prom-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createCounterMetrics } from '../../api/http/metrics.ts'
import { addMs } from '../../domain/time/plain-date.ts'
import { serveMetrics } from '../../platform/metrics-server.ts'
import { keepCallback } from '../../prisma/stores/matter/callbacks.ts'
import { readClock } from '../../prisma/stores/system/clock.ts'
import { raiseEngineAlarm } from '../../prisma/stores/oversight/engine-alarms.ts'
import { setAsideWithoutCase } from '../../prisma/stores/matter/set-aside.ts'
import { createWorkerMetrics } from '../../worker/metrics.ts'
import { type CaseRoom, openCaseRoom, staff } from '../support/case-room.ts'

const anyPort = { host: '127.0.0.1', port: 0 }
const workerMetrics = createWorkerMetrics()
let room: CaseRoom
let metrics: ReturnType<typeof createCounterMetrics>
const servers: Awaited<ReturnType<typeof serveMetrics>>[] = []

beforeAll(async () => {
  room = await openCaseRoom()
  await room.startWorkers(undefined, [workerMetrics.interceptor])
  metrics = createCounterMetrics(room.archive)
})
afterAll(async () => {
  for (const server of servers) server.close()
  await room.close()
})

async function served(registry: Registry): Promise<string> {
  const server = await serveMetrics(registry, anyPort)
  servers.push(server)
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function textAt(url: string): Promise<string> {
  const response = await fetch(`${url}/metrics`)
  expect([response.status, response.headers.get('content-type')]).toEqual([200, expect.stringContaining('text/plain')])
  return response.text()
}

const figure = (text: string, line: string) =>
  Number(
    text
      .split('\n')
      .find((one) => one.startsWith(`${line} `))
      ?.slice(line.length) ?? Number.NaN,
  )

describe('the figures of the processes', () => {
  it('say what waits, what fails and how long acts take, and nothing about anybody', async () => {
    const url = await served(metrics.registry)
    const quiet = await textAt(url)
    for (const name of [
      'jiuzhu_oldest_unanswered_request_seconds',
      'jiuzhu_oldest_untaken_callback_seconds',
      'jiuzhu_failing_procedures',
      'jiuzhu_replacing_stopped',
      'jiuzhu_set_aside_items',
    ])
      expect([name, figure(quiet, name)]).toEqual([name, 0])

    const { matterId } = await room.apply()
    const requestId = await room.writeDown(staff.handler, matterId, { action: 'ACCEPT' })
    const request = { officerId: staff.handler.id, requestId, action: 'ACCEPT' as const }
    expect(await metrics.measured(room.desk).act(matterId, request)).toMatchObject({ outcome: 'FILED' })
    await room.writeDown(staff.leader, matterId, { action: 'URGE', details: { limit: 'TOTAL', run: 1 } })
    const { countyId } = await room.archive.db.matter.findUniqueOrThrow({ where: { id: matterId } })
    const receivedAt = addMs(await readClock(room.archive.db), -3_600_000)
    const callback = { source: 'BANK' as const, sourceId: randomUUID(), text: '{}', matterId, countyId, receivedAt }
    await keepCallback(room.archive, callback)
    await raiseEngineAlarm(room.archive, { kind: 'PROCEDURE_STUCK', subject: `assistance-case/${matterId}`, matterId })

    await setAsideWithoutCase(
      room.archive,
      { source: 'BANK', reason: 'NOT_UNDERSTOOD', about: null, faults: [], body: '甲' },
      receivedAt,
    )

    const text = await textAt(url)
    expect(figure(text, 'jiuzhu_acts_total{action="ACCEPT",outcome="FILED"}')).toBe(1)
    expect(figure(text, 'jiuzhu_act_seconds_count{action="ACCEPT",outcome="FILED"}')).toBe(1)
    expect(figure(text, 'jiuzhu_unanswered_requests')).toBe(1)
    expect(figure(text, 'jiuzhu_oldest_unanswered_request_seconds')).toBeLessThan(60)
    expect(figure(text, 'jiuzhu_untaken_callbacks')).toBe(1)
    expect(figure(text, 'jiuzhu_oldest_untaken_callback_seconds')).toBeGreaterThanOrEqual(3_600)
    expect(figure(text, 'jiuzhu_failing_procedures')).toBe(1)
    expect(figure(text, 'jiuzhu_set_aside_items')).toBe(1)
    const ofWorker = await textAt(await served(workerMetrics.registry))
    expect(figure(ofWorker, 'jiuzhu_activity_seconds_count{activity="fileAct",outcome="done"}')).toBeGreaterThan(1)

    for (const words of [
      matterId,
      requestId,
      callback.sourceId,
      staff.handler.id,
      staff.handler.name,
      '甲',
      countyId,
    ]) {
      expect(text).not.toContain(words)
      expect(ofWorker).not.toContain(words)
    }
  })

  it('are all that is to be had there', async () => {
    const url = await served(new Registry())
    for (const [method, path] of [
      ['GET', '/'],
      ['GET', '/api/alarms'],
      ['POST', '/metrics'],
    ])
      expect((await fetch(`${url}${path}`, { method: method as string })).status).toBe(404)
  })
})
