import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { people } from '../../prisma/seed/people.ts'
import { type CounterRoom, openCounterRoom, readCookie } from './support/counter-room.ts'

const clerk = people.xifeng.beijie.clerks[0]!
const handler = people.xifeng.beijie.handlers[0]!
const leader = people.xifeng.dongzhi.leaders[0]!
const hour = 3_600_000

let room: CounterRoom
beforeAll(async () => {
  room = await openCounterRoom('sessions')
})
afterAll(() => room.close())

const current = (cookie: string) => room.send('GET', '/api/sessions/current', { headers: { cookie } })

describe('signing in', () => {
  it('tells who and on which post, in a cookie that scripts and other sites never see', async () => {
    const response = await room.signIn(clerk)
    expect(response.status).toBe(201)
    const [cookie] = response.headers.getSetCookie()
    expect(cookie).toMatch(/^jiuzhu_session=[\w-]{43};/)
    expect(cookie).toMatch(/HttpOnly/)
    expect(cookie).toMatch(/SameSite=Strict/)
    expect(await response.json()).toMatchObject({
      officer: { officerId: clerk.id, name: clerk.name },
      post: { role: 'VILLAGE_CLERK' },
    })
  })

  it('never says whether account or password was wrong', async () => {
    const wrong = await room.signIn(clerk, 'a wrong password')
    const unknown = await room.signIn({ ...clerk, staffNumber: 'nobody' }, 'a wrong password')
    expect([wrong.status, unknown.status]).toEqual([401, 401])
    expect(await wrong.json()).toEqual(await unknown.json())
  })

  it('keeps the token nowhere but with the officer', async () => {
    const cookie = readCookie(await room.signIn(clerk))
    const token = cookie.split('=')[1] as string
    const kept = await room.archive.db.session.findMany()
    expect(kept.some(({ tokenHash }) => Buffer.from(tokenHash).includes(token))).toBe(false)
    expect(room.lines.join()).not.toContain(token)
  })

  it('on a post of somebody else is refused', async () => {
    const response = await room.signIn({ ...clerk, office: handler.office, role: 'TOWNSHIP_HANDLER' })
    expect(response.status).toBe(403)
    expect(await response.json()).toMatchObject({ code: 'postNotHeld' })
  })

  it('stops after five wrong passwords, for a quarter of an hour', async () => {
    for (let attempt = 0; attempt < 5; attempt += 1) await room.signIn(leader, 'guess')
    expect((await room.signIn(leader)).status).toBe(429)
    room.wall.now = new Date(room.wall.now.getTime() + hour / 4)
    expect((await room.signIn(leader)).status).toBe(201)
  })
})

describe('a session', () => {
  it('ends when signed out', async () => {
    const cookie = readCookie(await room.signIn(clerk))
    expect((await current(cookie)).status).toBe(200)
    expect((await room.send('DELETE', '/api/sessions/current', { headers: { cookie } })).status).toBe(204)
    expect((await current(cookie)).status).toBe(401)
  })

  it('ends after twelve hours', async () => {
    const cookie = readCookie(await room.signIn(clerk))
    room.wall.now = new Date(room.wall.now.getTime() + 11 * hour)
    expect((await current(cookie)).status).toBe(200)
    room.wall.now = new Date(room.wall.now.getTime() + hour)
    expect((await current(cookie)).status).toBe(401)
  })

  it('ends at once and for good when the officer is disabled or leaves the post', async () => {
    const cookie = readCookie(await room.signIn(handler))
    await room.owner.db.officer.update({ where: { id: handler.id }, data: { disabledAt: new Date() } })
    expect((await current(cookie)).status).toBe(401)
    await room.owner.db.officer.update({ where: { id: handler.id }, data: { disabledAt: null } })
    expect((await current(cookie)).status).toBe(401)
    const anew = readCookie(await room.signIn(handler))
    expect((await current(anew)).status).toBe(200)
    await room.owner.db.postHolding.updateMany({
      where: { officerId: handler.id },
      data: { effectiveTo: new Date('2026-01-01') },
    })
    expect((await current(anew)).status).toBe(401)
    await room.owner.db.postHolding.updateMany({ where: { officerId: handler.id }, data: { effectiveTo: null } })
    expect((await current(anew)).status).toBe(401)
  })

  it('is wanted for everything that is not open to anybody', async () => {
    for (const path of ['/api/worklist', '/api/places', '/api/clock', '/api/assistance-cases/some-case']) {
      expect((await room.send('GET', path)).status).toBe(401)
    }
  })
})
