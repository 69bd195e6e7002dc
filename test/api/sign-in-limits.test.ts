import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { people, postId, type SeedPerson, trainingPassword } from '../../prisma/seed/people.ts'
import { type CounterRoom, openCounterRoom, readCookie } from './support/counter-room.ts'

const { beijie, dongzhi } = people.xifeng
const [clerk, handler, leader] = [beijie.clerks[0]!, beijie.handlers[0]!, beijie.leaders[0]!]
const administrator = people.qingyang.administrators[0]!
const hour = 3_600_000

let room: CounterRoom
// The tests sit where the proxy sits.
beforeAll(async () => {
  room = await openCounterRoom('limits', { JIUZHU_TRUSTED_PROXIES: '127.0.0.1,10.20.0.0/16' })
})
afterAll(() => room.close())

type Try = { from?: string; device?: string; url?: string; password?: string }

const tries = async (
  person: Pick<SeedPerson, 'staffNumber'> & Partial<SeedPerson>,
  { from = '203.0.113.1', device, url = room.url, password = 'a guess' }: Try = {},
): Promise<Response> =>
  fetch(`${url}/api/sessions`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-forwarded-for': from,
      ...(device === undefined ? {} : { cookie: device }),
    },
    body: JSON.stringify({ staffNumber: person.staffNumber, password }),
  })
const comesIn = async (person: SeedPerson, how: Try = {}) => tries(person, { ...how, password: trainingPassword })
const statuses = async (answers: Promise<Response>[]) => (await Promise.all(answers)).map(({ status }) => status)
const count = (all: readonly number[], status: number) => all.filter((one) => one === status).length
const deviceOf = async (response: Response) =>
  readCookie(response)
    .split('; ')
    .find((cookie) => cookie.startsWith('jiuzhu_device=')) as string

describe('wrong passwords', () => {
  it('three hundred at the same moment are five that are checked, over two counters together', async () => {
    const other = await room.opensAnother()
    const all = await statuses(
      Array.from({ length: 300 }, (_, index) => tries(leader, { url: index % 2 === 0 ? room.url : other })),
    )
    expect([count(all, 401), count(all, 429)]).toEqual([5, 295])
    expect((await comesIn(leader)).status).toBe(429)
  })

  it('stay counted when the counter starts anew, and end with their quarter of an hour', async () => {
    const restarted = await room.opensAnother()
    const locked = await comesIn(leader, { url: restarted })
    expect(locked.status).toBe(429)
    expect(Number(locked.headers.get('retry-after'))).toBeGreaterThan(800)
    room.wall.now = new Date(room.wall.now.getTime() + hour / 4)
    expect((await comesIn(leader)).status).toBe(201)
  })

  it('of one account keep no other officer out, from the same source or elsewhere', async () => {
    await statuses(Array.from({ length: 200 }, () => tries(clerk)))
    expect((await comesIn(clerk)).status).toBe(429)
    expect((await comesIn(handler)).status).toBe(201)
  })

  it('keep nobody out who comes from elsewhere', async () => {
    expect((await comesIn(clerk, { from: '203.0.113.2' })).status).toBe(201)
  })

  it('of others keep nobody out on a device of their own, and even there guesses end', async () => {
    const from = '203.0.113.3'
    const device = await deviceOf(await comesIn(handler, { from }))
    await statuses(Array.from({ length: 20 }, () => tries(handler, { from })))
    expect((await comesIn(handler, { from })).status).toBe(429)
    expect((await comesIn(handler, { from, device })).status).toBe(201)
    const guesses = await statuses(Array.from({ length: 40 }, () => tries(handler, { from, device })))
    expect(count(guesses, 401)).toBe(10)
    expect((await comesIn(handler, { from, device })).status).toBe(429)
  })

  it('are not excused by the device of somebody else, nor by one that was made up or is old', async () => {
    const from = '203.0.113.4'
    const device = await deviceOf(await comesIn(dongzhi.handlers[0]!, { from }))
    const target = dongzhi.handlers[1]!
    await statuses(Array.from({ length: 5 }, () => tries(target, { from })))
    const [name, value] = device.split('=') as [string, string]
    const parts = value.split('.')
    const madeUp = [Buffer.from(target.id).toString('base64url'), ...parts.slice(1)].join('.')
    expect((await comesIn(target, { from, device })).status).toBe(429)
    expect((await comesIn(target, { from, device: `${name}=${madeUp}` })).status).toBe(429)
    const own = await deviceOf(await comesIn(target, { from: '203.0.113.5' }))
    expect((await comesIn(target, { from, device: own })).status).toBe(201)
    const before = room.wall.now
    room.wall.now = new Date(before.getTime() + 91 * 24 * hour)
    await statuses(Array.from({ length: 5 }, () => tries(target, { from })))
    expect((await comesIn(target, { from, device: own })).status).toBe(429)
    room.wall.now = new Date(before.getTime() + 92 * 24 * hour)
  })

  it('from one source for many accounts lock the source, and an administrator lets an officer in again', async () => {
    const from = '203.0.113.6'
    await statuses(Array.from({ length: 120 }, (_, index) => tries({ staffNumber: `nobody-${index}` }, { from })))
    expect((await comesIn(handler, { from })).status).toBe(429)
    const unlocks = (as: SeedPerson, officerId: string) =>
      room.send('POST', `/api/officers/${officerId}/sign-in-unlocks`, { as, body: {} })
    expect((await unlocks(leader, handler.id)).status).toBe(403)
    expect((await unlocks(administrator, people.chongchuan.approvers[0]!.id)).status).toBe(404)
    expect((await unlocks(administrator, administrator.id)).status).toBe(403)
    expect((await unlocks(administrator, handler.id)).status).toBe(201)
    expect((await comesIn(handler, { from })).status).toBe(201)
    expect((await comesIn(clerk, { from })).status).toBe(429)
    const record = await room.archive.db.auditRecord.findFirst({ where: { action: 'UNLOCK_SIGN_IN' } })
    expect(record).toMatchObject({ officerId: administrator.id, subject: handler.id })
  })

  it('leave neither staff numbers nor addresses in the counts', async () => {
    const kept = JSON.stringify(await room.archive.db.signInCounter.findMany())
    expect(kept).not.toContain(handler.staffNumber)
    expect(kept).not.toContain('203.0.113')
  })
})

describe('the source of a request', () => {
  it('is whom a declared proxy names, and never what the sender wrote before that', async () => {
    const person = people.xifeng.approvers[0]!
    const all = await statuses(
      Array.from({ length: 30 }, (_, index) => tries(person, { from: `198.51.100.${index}, 203.0.113.7` })),
    )
    expect(count(all, 401)).toBe(5)
    const behindTwo = await tries(person, { from: '203.0.113.8, 10.20.3.4' })
    expect(behindTwo.status).toBe(401)
  })

  it('is whoever connects where no proxy is declared, and that somebody forwards is told once', async () => {
    const plain = await openCounterRoom('plain')
    const person = people.xifeng.approvers[0]!
    const all = await statuses(
      Array.from({ length: 30 }, (_, index) => tries(person, { url: plain.url, from: `198.51.100.${index}` })),
    )
    expect(count(all, 401)).toBe(5)
    expect(plain.lines.filter((line) => line.includes('JIUZHU_TRUSTED_PROXIES'))).toHaveLength(1)
    await plain.close()
  })
})

describe('a session', () => {
  const current = (cookie: string) => room.send('GET', '/api/sessions/current', { headers: { cookie } })
  const [twice, other] = people.xifeng.handlers as [SeedPerson, SeedPerson]

  it('ends when the officer signs in on the post again, also of two at the same moment', async () => {
    const first = readCookie(await room.signIn(twice))
    const second = readCookie(await room.signIn(twice))
    expect([(await current(first)).status, (await current(second)).status]).toEqual([401, 200])
    const many = await Promise.all(Array.from({ length: 5 }, async () => readCookie(await room.signIn(twice))))
    const open = await Promise.all(many.map(async (cookie) => (await current(cookie)).status))
    expect(count(open, 200)).toBe(1)
  })

  it('of the officer on another post stays, until all are ended', async () => {
    const both = dongzhi.leaders[1]!
    const [asLeader, asHandler] = await Promise.all([
      room.signIn(both).then(readCookie),
      room.signIn({ ...both, role: 'TOWNSHIP_HANDLER' }).then(readCookie),
    ])
    expect([(await current(asLeader)).status, (await current(asHandler)).status]).toEqual([200, 200])
    const ended = await room.send('DELETE', '/api/sessions', { headers: { cookie: asLeader } })
    expect(ended.status).toBe(204)
    expect([(await current(asLeader)).status, (await current(asHandler)).status]).toEqual([401, 401])
  })

  const changes = (cookie: string, body: object, requestId: string = randomUUID()) =>
    room.send('POST', '/api/password-changes', { headers: { cookie, 'request-id': requestId }, body })

  it('lets its officer change the password, which ends the others and is audited', async () => {
    const elsewhere = readCookie(await room.signIn(both2()))
    const cookie = readCookie(await room.signIn(other))
    const old = trainingPassword
    const weak = await changes(cookie, { oldPassword: old, newPassword: 'short' })
    expect([weak.status, ((await weak.json()) as { faults: object[] }).faults.length]).toEqual([400, 3])
    const body = { oldPassword: old, newPassword: 'Yangguang-2026-xifeng' }
    const requestId = randomUUID()
    const done = await changes(cookie, body, requestId)
    expect(done.status).toBe(201)
    const text = await done.text()
    expect(await (await changes(cookie, body, requestId)).text()).toBe(text)
    expect((await current(cookie)).status).toBe(200)
    expect((await current(elsewhere)).status).toBe(200)
    expect((await room.signIn(other)).status).toBe(401)
    expect((await room.signIn(other, body.newPassword)).status).toBe(201)
    expect(await room.archive.db.auditRecord.count({ where: { action: 'CHANGE_PASSWORD', subject: other.id } })).toBe(1)
    const kept = JSON.stringify(await room.archive.db.request.findMany({ where: { officerId: other.id } }))
    expect(kept + room.lines.join()).not.toContain(body.newPassword)
  })

  it('of the officer on whatever post ends with a change of the password, but for the one in which it was changed', async () => {
    const both = dongzhi.leaders[1]!
    const asLeader = readCookie(await room.signIn(both))
    const asHandler = readCookie(await room.signIn({ ...both, role: 'TOWNSHIP_HANDLER' }))
    const done = await changes(asLeader, { oldPassword: trainingPassword, newPassword: 'Yangguang-2026-xifeng' })
    expect(done.status).toBe(201)
    expect([(await current(asLeader)).status, (await current(asHandler)).status]).toEqual([200, 401])
  })

  it('does not tell the password to whoever guesses in it', async () => {
    const cookie = readCookie(await room.signIn(leader))
    const guesses = await statuses(
      Array.from({ length: 20 }, (_, index) =>
        changes(cookie, { oldPassword: `guess ${index}`, newPassword: 'Yangguang-2026-xifeng' }),
      ),
    )
    expect([count(guesses, 403), count(guesses, 429)]).toEqual([5, 15])
    expect((await room.signIn(leader)).status).toBe(201)
  })

  const both2 = () => people.xifeng.supervisors[0]!

  it('on a post that ends is over for good, and so is one of a disabled account', async () => {
    const person = people.xifeng.financeOfficers[0]!
    const cookie = readCookie(await room.signIn(person))
    const path = `/api/posts/${postId(person)}/holders`
    const ended = await room.send('POST', `${path}/${person.id}/ends`, { as: administrator, body: {} })
    expect(ended.status).toBe(200)
    const given = await room.send('POST', path, { as: administrator, body: { officerId: person.id } })
    expect(given.status).toBe(201)
    expect((await current(cookie)).status).toBe(401)
    const anew = readCookie(await room.signIn(person))
    for (const act of ['disables', 'enables'])
      await room.send('POST', `/api/officers/${person.id}/${act}`, { as: administrator, body: {} })
    expect((await current(anew)).status).toBe(401)
    expect((await room.signIn(person)).status).toBe(201)
  })
})

describe('a probe', () => {
  it('is answered however many requests its source has sent, and uses up nobody’s share', {
    timeout: 60_000,
  }, async () => {
    const url = await room.opensAnother('production')
    const asks = async (path: string, times: number) => {
      const all: number[] = []
      for (let left = times; left > 0; left -= 50)
        all.push(...(await statuses(Array.from({ length: Math.min(50, left) }, () => fetch(`${url}${path}`)))))
      return all
    }
    const most = 3_000
    await asks('/api/clock', most - 10)
    expect(count(await asks('/healthz', 50), 200)).toBe(50)
    expect(await asks('/api/clock', 11)).toEqual([...Array(10).fill(401), 429])
    expect(await asks('/healthz', 1)).toEqual([200])
  })
})
