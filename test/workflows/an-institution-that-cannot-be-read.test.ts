import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { stuckBy, unforeseenBy } from '../../activities/bounded-duty.ts'
import { GatewayNotUnderstood, GatewayRefused, GatewayUnanswered } from '../../activities/gateways/gateway-errors.ts'
import { bodyOfSetAside } from '../../prisma/stores/matter/set-aside.ts'
import { type CaseRoom, openCaseRoom, staff, workerLog } from '../support/case-room.ts'

let room: CaseRoom
let server: Server
/** What stands in the centre's place says this to everything. */
let answer: { status: number; body: (path: string) => unknown }

beforeAll(async () => {
  server = createServer((request, response) => {
    const { status, body } = answer
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body(request.url ?? '')))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  room = await openCaseRoom({ centreUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}` })
  await room.startWorkers()
})

afterAll(async () => {
  await room?.close()
  server.closeAllConnections()
  server.close()
})

const stuck = async (matterId: string) =>
  room.archive.db.alarm.findMany({ where: { matterId, kind: 'DUTY_STUCK', clearedAt: null } })
const setAside = async (matterId: string) => room.archive.db.setAsideItem.findMany({ where: { matterId } })

describe('an institution that answers our question with something unreadable', () => {
  it('is asked a few times; then a person is told and the question rests, until an answer can be read', async () => {
    answer = { status: 200, body: () => ({ whatever: 'this is' }) }
    const { matterId } = await room.apply()
    await room.act(staff.handler, matterId, { action: 'ACCEPT' })
    const investigatorIds = [staff.handler.id, staff.otherHandler.id]
    await room.act(staff.handler, matterId, { action: 'BEGIN_SURVEY', details: { investigatorIds } })
    await expect.poll(() => stuck(matterId)).toMatchObject([{ subject: `${matterId} REQUEST_MATCHING` }])
    const [item] = await setAside(matterId)
    expect(item).toMatchObject({ source: 'MATCHING_CENTRE', reason: 'NOT_UNDERSTOOD' })
    expect(item && bodyOfSetAside(room.archive, item)).toEqual({ whatever: 'this is' })

    const said = workerLog.filter(({ message, meta }) => message === 'activity failed' && meta?.matterId === matterId)
    const about = { activity: 'requestMatching', cause: 'GatewayNotUnderstood' }
    expect(said.map(({ meta }) => meta)).toMatchObject([
      { ...about, attempt: 1 },
      { ...about, attempt: 2 },
      { attempt: 3, cause: 'ApplicationFailure NOT_UNDERSTOOD' },
    ])

    // The hour passes, and what can be read of the next answer is taken.
    answer = { status: 200, body: readable }
    await room.timePasses(2 * 3_600_000)
    await room.until(
      matterId,
      ({ matching }) => matching?.answers.some((word) => word.answer === 'NONE_FOUND') === true,
    )
    expect(await setAside(matterId)).toHaveLength(2)
    await expect.poll(() => stuck(matterId)).toEqual([])
  })
})

describe('an alarm about a duty', () => {
  it('is over when the case is closed: nothing is owed any more', async () => {
    answer = { status: 200, body: () => ({ whatever: 'this is' }) }
    const { matterId } = await room.apply()
    await room.act(staff.handler, matterId, { action: 'ACCEPT' })
    await expect.poll(() => stuck(matterId)).toHaveLength(1)
    await room.act(staff.clerk, matterId, { action: 'WITHDRAW', papers: [['REASON', '已就业']] })
    expect(await stuck(matterId)).toEqual([])
  })
})

/** One answer in words that nobody knows, and one that can be read; the request stands in a new state. */
function readable(path: string): unknown {
  const requestId = path.split('/').at(-1)
  const at = { answeredAt: new Date().toISOString(), validUntil: '2027-06-01', items: [] }
  const say = (source: string, word: string) => ({
    callbackId: `centre-${source}`,
    requestId,
    source,
    answer: word,
    ...at,
  })
  return { requestId, state: 'IN_A_NEW_STATE', answers: [say('TAX', 'MAYBE'), say('VEHICLES', 'NONE_FOUND')] }
}

describe('a duty is repeated', () => {
  it('for as long as that may help, and never for ever', () => {
    const unread = new GatewayNotUnderstood('unreadable', { some: 'body' })
    expect([1, 2, 3].map((attempt) => stuckBy(unread, attempt)?.code)).toEqual([undefined, undefined, 'NOT_UNDERSTOOD'])
    const silent = new GatewayUnanswered('nothing')
    expect([1, 39, 40].map((attempt) => stuckBy(silent, attempt)?.code)).toEqual([undefined, undefined, 'UNANSWERED'])
    expect(stuckBy(new GatewayRefused('matching centre', 'NOT_VALID'), 1)?.code).toBe('REFUSED_NOT_VALID')
    expect(stuckBy(new TypeError('ours'), 1)?.code).toBe('FAILED_TypeError')
    expect(stuckBy(new Error('who knows'), 1000)).toBeNull()
    expect([1, 9, 10].map((attempt) => unforeseenBy(new Error('who knows'), attempt))).toEqual([
      null,
      null,
      'FAILED_Error',
    ])
    expect([silent, unread].map((known) => unforeseenBy(known, 1000))).toEqual([null, null])
  })
})
