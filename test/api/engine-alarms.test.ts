import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ActFailed, EngineUnavailable, NeedsAPerson } from '../../api/matters/matter-client.ts'
import { people, type SeedPerson } from '../../prisma/seed/people.ts'
import { casesThatActAgain, clearEngineAlarm, raiseEngineAlarm } from '../../prisma/stores/oversight/engine-alarms.ts'
import type { CaseInHand } from '../support/people/officer.ts'
import { type CounterRoom, openCounterRoom } from './support/counter-room.ts'

const { beijie, supervisors } = people.xifeng
const handler = beijie.handlers[0]!
const administrator = people.qingyang.administrators[0]!
const accept = { action: 'ACCEPT', versionSeen: 1 }

let room: CounterRoom
let filing: CounterRoom['engine']['act']
beforeAll(async () => {
  room = await openCounterRoom('engine alarms')
  filing = room.engine.act
})
afterAll(() => room.close())

const applied = async (): Promise<CaseInHand> => room.world.beijie.clerk.applies(room.world.aHousehold())
const accepts = async ({ id }: CaseInHand, requestId: string, engine: CounterRoom['engine']['act']) => {
  room.engine.act = engine
  try {
    const headers = { 'request-id': requestId }
    return await room.send('POST', `/api/matters/${id}/acts`, { as: handler, body: accept, headers })
  } finally {
    room.engine.act = filing
  }
}
const alarms = async (as: SeedPerson) =>
  ((await (await room.send('GET', '/api/alarms', { as })).json()) as { alarms: Record<string, unknown>[] }).alarms
const health = async () => {
  const response = await room.send('GET', '/healthz')
  return { httpStatus: response.status, ...((await response.json()) as object) }
}

describe('an act that fails in a way that nobody foresaw', () => {
  it('is to be sent again, and somebody is told until acts of the case have answers', async () => {
    const aCase = await applied()
    const requestId = randomUUID()
    const fails = async () => {
      throw new ActFailed('TypeError')
    }
    for (const _time of ['first', 'again']) {
      const failed = await accepts(aCase, requestId, fails)
      expect([failed.status, failed.headers.get('retry-after')]).toEqual([503, '5'])
      expect(await failed.json()).toMatchObject({ code: 'tryAgain' })
    }
    for (const as of [supervisors[0]!, administrator])
      expect(await alarms(as)).toMatchObject([
        { kind: 'ACT_FAILED', kindLabel: '办理出错', matterNumber: aCase.number, role: 'ADMINISTRATOR' },
      ])
    expect(await alarms(people.chongchuan.supervisors[0]!)).toEqual([])
    expect(await health()).toMatchObject({ httpStatus: 200, status: 'degraded', failedActs: 1, stuckProcedures: 0 })

    expect(await casesThatActAgain(room.archive.db)).toEqual([])
    expect((await accepts(aCase, requestId, filing)).status).toBe(200)
    expect(await casesThatActAgain(room.archive.db)).toEqual([aCase.id])
    await clearEngineAlarm(room.archive, { kind: 'ACT_FAILED', subject: aCase.id })
    expect(await health()).toMatchObject({ httpStatus: 200, status: 'ok' })
  })

  it('has its true answer when the archive filed it all the same', async () => {
    for (const error of [new EngineUnavailable('late'), new ActFailed('odd'), new NeedsAPerson('ParameterMissing')]) {
      const aCase = await applied()
      const lost = await accepts(aCase, randomUUID(), async (matterId, request) => {
        await filing(matterId, request)
        throw error
      })
      expect([lost.status, await lost.json()]).toEqual([200, expect.objectContaining({ outcome: 'FILED' })])
    }
    expect(await alarms(administrator)).toEqual([])
  })
})

describe('health', () => {
  it('tells what is stuck, and that replacing has stopped, with 200 for whoever sends requests', async () => {
    const { id } = await applied()
    const stuck = { kind: 'PROCEDURE_STUCK' as const, subject: `assistance-case/${id}` }
    const stopped = { kind: 'REPLACING_STOPPED' as const, subject: 'replacing' }
    expect(await raiseEngineAlarm(room.archive, { ...stuck, matterId: id })).toBe(true)
    expect(await raiseEngineAlarm(room.archive, { ...stopped, matterId: null })).toBe(true)
    expect(await raiseEngineAlarm(room.archive, { ...stopped, matterId: null })).toBe(false)
    expect(await health()).toEqual({
      httpStatus: 200,
      status: 'degraded',
      stuckProcedures: 1,
      replacingStopped: true,
      failedActs: 0,
    })
    const kinds = (await alarms(administrator)).map(({ kindLabel }) => kindLabel)
    expect(new Set(kinds)).toEqual(new Set(['流程停滞', '流程自动恢复已停止']))
    await clearEngineAlarm(room.archive, stuck)
    await clearEngineAlarm(room.archive, stopped)
    expect(await health()).toMatchObject({ status: 'ok', replacingStopped: false })
  })
})
