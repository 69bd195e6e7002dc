import { createHmac, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { callbackSecret, type CounterRoom, openCounterRoom } from './support/counter-room.ts'

let room: CounterRoom
let requestId: string
let matterId: string
beforeAll(async () => {
  room = await openCounterRoom('callbacks')
  matterId = (await room.world.beijie.clerk.applies(room.world.aHousehold())).id
  requestId = randomUUID()
  const written = { id: requestId, matterId, countyId: 'qingyang-xifeng', sources: ['TAX' as const] }
  await room.owner.db.matchingRequest.create({ data: { ...written, writtenAt: new Date() } })
})
afterAll(() => room.close())

function answer(about: { requestId?: string; callbackId?: string } = {}) {
  return {
    callbackId: randomUUID(),
    requestId,
    source: 'TAX',
    answer: 'NONE_FOUND',
    items: [],
    answeredAt: '2026-11-20T09:00:00+08:00',
    validUntil: '2027-02-20',
    ...about,
  }
}

type Forgery = { secret?: string; sentAt?: Date; id?: string; body?: string }

/** Posts an answer of the matching centre, signed as the contract says unless a forger has a hand in it. */
async function posts(callback: ReturnType<typeof answer>, forged: Forgery = {}): Promise<Response> {
  const body = JSON.stringify(callback)
  const id = forged.id ?? callback.callbackId
  const timestamp = Math.floor((forged.sentAt ?? room.wall.now).getTime() / 1000)
  const signed = createHmac('sha256', forged.secret ?? callbackSecret).update(`${id}.${timestamp}.${body}`)
  return room.send('POST', '/callbacks/matching-centre', {
    raw: forged.body ?? body,
    headers: {
      'webhook-id': id,
      'webhook-timestamp': String(timestamp),
      'webhook-signature': `v1,${signed.digest('base64')}`,
    },
  })
}

const kept = () => room.archive.db.callback.count({ where: { matterId } })

describe('a callback', () => {
  it('is kept once for each id before it is acknowledged, and the procedure is told', async () => {
    const callback = answer()
    const sent = [await posts(callback), await posts(callback), await posts(callback)]
    expect(sent.map(({ status }) => status)).toEqual([204, 204, 204])
    expect(await kept()).toBe(1)
    await expect.poll(() => room.engine.looks).toContain(matterId)
  })

  it('forged, altered, stale or from the future is refused without a word of why', async () => {
    const before = await kept()
    const minutes = (count: number) => new Date(room.wall.now.getTime() + count * 60_000)
    const refused = [
      await posts(answer(), { secret: 'another-secret-of-thirty-two-bytes' }),
      await posts(answer(), { sentAt: minutes(-6) }),
      await posts(answer(), { sentAt: minutes(6) }),
      await posts(answer(), { id: randomUUID() }),
      await posts(answer(), { body: JSON.stringify(answer()) }),
      await room.send('POST', '/callbacks/matching-centre', { body: answer() }),
      await room.send('POST', '/callbacks/bank', { body: answer() }),
    ]
    expect(refused.map(({ status }) => status)).toEqual(refused.map(() => 401))
    expect(new Set(await Promise.all(refused.map((response) => response.text()))).size).toBe(1)
    expect(await kept()).toBe(before)
  })

  it('about nothing that we asked is taken for no case, and logged', async () => {
    const before = await kept()
    expect((await posts(answer({ requestId: randomUUID() }))).status).toBe(202)
    expect(await kept()).toBe(before)
    expect(room.lines.join()).toContain('callback about nothing that we asked')
  })

  it('about a matter that sleeps has it looked at soon, and starts no workflow', async () => {
    const asleep = (await room.world.beijie.clerk.applies(room.world.aHousehold())).id
    const { db } = room.owner
    await db.matter.update({ where: { id: asleep }, data: { dormant: true, wakeAt: null } })
    const asked = { id: randomUUID(), matterId: asleep, countyId: 'qingyang-xifeng', sources: ['TAX' as const] }
    await db.matchingRequest.create({ data: { ...asked, writtenAt: new Date() } })
    const looksBefore = room.engine.looks.length
    expect((await posts(answer({ requestId: asked.id }))).status).toBe(204)
    const { receivedAt } = await db.callback.findFirstOrThrow({ where: { matterId: asleep } })
    expect((await db.matter.findUniqueOrThrow({ where: { id: asleep } })).wakeAt).toEqual(receivedAt)
    expect(room.engine.looks.slice(looksBefore)).not.toContain(asleep)
  })
})
