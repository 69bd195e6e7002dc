import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dayOf } from '../../domain/time/plain-date.ts'
import type { Role } from '../../domain/vocabulary.ts'
import { people, postId, type SeedPerson } from '../../prisma/seed/people.ts'
import { readClock } from '../../prisma/stores/system/clock.ts'
import { Supervisor } from '../support/people/supervision.ts'
import { type CounterRoom, openCounterRoom } from './support/counter-room.ts'

const { beijie, approvers, supervisors } = people.xifeng
const approver = approvers[0]!
const supervisor = supervisors[0]!
const leader = beijie.leaders[0]!
const clerk = beijie.clerks[0]!
const { administrators, auditors } = people.qingyang
const administrator = administrators[0]!
const auditor = auditors[0]!

let room: CounterRoom
beforeAll(async () => {
  room = await openCounterRoom('self-appointment')
})
afterAll(() => room.close())

type Answer = { status: number; code?: string; absenceId: string; handOverId: string }

const today = async () => dayOf(await readClock(room.archive.db))
const posts = async (as: SeedPerson, path: string, body: object = {}): Promise<Answer> => {
  const response = await room.send('POST', path, { as, body, headers: { 'request-id': randomUUID() } })
  return { status: response.status, ...((await response.json()) as Omit<Answer, 'status'>) }
}
const sitsOn = async ({ office }: SeedPerson, role: Role, person: SeedPerson) =>
  (await room.signIn({ ...person, office, role })).status
const enters = async (as: SeedPerson, away: SeedPerson, standIn: SeedPerson) => {
  const day = await today()
  const who = { postId: postId(away), officerId: away.id, standInId: standIn.id }
  return posts(as, '/api/absences', { ...who, cause: 'ILLNESS', fromOn: day, throughOn: day })
}
const gives = (as: SeedPerson, post: SeedPerson, to: SeedPerson) =>
  posts(as, `/api/posts/${postId(post)}/holders`, { officerId: to.id })
const opens = async (as: SeedPerson, from: SeedPerson, to: SeedPerson) => {
  const who = { postId: postId(from), fromOfficerId: from.id, toOfficerId: to.id }
  return posts(as, '/api/hand-overs', { ...who, lastDay: await today() })
}

describe('nobody appoints themselves', () => {
  it('a supervisor who writes an absence for an approver with herself as stand-in confirms nothing', async () => {
    expect(await enters(supervisor, approver, supervisor)).toMatchObject({
      status: 403,
      code: 'standInNamesThemselves',
    })
    expect(await sitsOn(approver, 'COUNTY_APPROVER', supervisor)).toBe(403)
  })

  it('an approver who makes herself supervisor closes no order that she answered', async () => {
    expect(await enters(approver, supervisor, approver)).toMatchObject({ status: 403, code: 'standInNamesThemselves' })
    expect(await opens(approver, supervisor, approver)).toMatchObject({ status: 403 })
    expect(await sitsOn(supervisor, 'COUNTY_SUPERVISOR', approver)).toBe(403)
  })

  it('a leader becomes no clerk by their own hand', async () => {
    expect(await enters(leader, clerk, leader)).toMatchObject({ status: 403, code: 'standInNamesThemselves' })
    expect(await opens(leader, clerk, leader)).toMatchObject({ status: 403, code: 'notToOneself' })
    expect(await sitsOn(clerk, 'VILLAGE_CLERK', leader)).toBe(403)
  })

  it('an administrator gives no auditor the post of an administrator', async () => {
    expect(await gives(administrator, administrator, auditor)).toMatchObject({
      status: 422,
      code: 'otherFamilyOfDuties',
    })
    expect(await sitsOn(administrator, 'ADMINISTRATOR', auditor)).toBe(403)
  })
})

describe('whatever got into the books', () => {
  const since = (year: number) => ({ effectiveFrom: new Date(`${year}-06-01`) })
  const planted = (holding: { postId: string; officerId: string; effectiveFrom: Date }) =>
    room.owner.db.postHolding.create({ data: holding })

  it('an auditor with the post of an administrator has it not, and goes on as auditor', async () => {
    await planted({ postId: postId(administrator), officerId: auditor.id, ...since(2022) })
    expect(await sitsOn(administrator, 'ADMINISTRATOR', auditor)).toBe(403)
    expect((await room.signIn(auditor)).status).toBe(201)
  })

  it('a session ends with the duties that came before it, on whatever account', async () => {
    const account = await room.archive.db.officer.findUniqueOrThrow({ where: { id: supervisor.id } })
    const [mask, other] = ['mask', 'other'].map((id) => ({ ...approver, id, staffNumber: id })) as [
      SeedPerson,
      SeedPerson,
    ]
    const { passwordHash, identityIndex } = account
    const names = { name: '某人', passwordHash }
    await room.owner.db.officer.create({
      data: { ...names, id: mask.id, staffNumber: mask.id, identityIndex: new TextEncoder().encode('nobody else') },
    })
    await planted({ postId: postId(approver), officerId: mask.id, ...since(2022) })
    expect((await room.send('GET', '/api/worklist', { as: mask })).status).toBe(200)
    // The account turns out to be the supervisor's.
    await room.owner.db.officer.update({ where: { id: mask.id }, data: { identityIndex } })
    expect((await room.send('GET', '/api/worklist', { as: mask })).status).toBe(401)
    expect((await room.signIn(mask)).status).toBe(403)
    expect((await room.signIn(supervisor)).status).toBe(201)
    // A second account for the same family of duties is one more way in, not one more person.
    await room.owner.db.officer.create({ data: { ...names, id: other.id, staffNumber: other.id, identityIndex } })
    expect(await gives(administrator, approver, other)).toMatchObject({ status: 422, code: 'otherFamilyOfDuties' })
    expect((await posts(administrator, `/api/posts/${postId(approver)}/holders/${mask.id}/ends`)).status).toBe(200)
    expect((await gives(administrator, supervisor, other)).status).toBe(201)
  })
})

describe('who has changed to another family of duties', () => {
  it('closes no order that they answered before', async () => {
    const { world } = room
    const aCase = await world.beijie.clerk.applies(world.aHousehold())
    await world.supervisor.orders(aCase, 'ACCEPTANCE', leader.office, '逾期未受理，请说明情况。')
    await world.beijie.leader.answersOrder(aCase, '因人员请假延误，已安排本周受理。')
    expect((await gives(administrator, supervisor, leader)).code).toBe('otherFamilyOfDuties')
    const ends = await posts(administrator, `/api/posts/${postId(leader)}/holders/${leader.id}/ends`)
    expect(ends.status).toBe(200)
    expect((await gives(administrator, supervisor, leader)).status).toBe(201)
    const watches = new Supervisor(room.url, { ...leader, office: supervisor.office, role: 'COUNTY_SUPERVISOR' })
    await expect(watches.closesOrder(aCase, '已整改。')).rejects.toMatchObject({ code: 'ownAnswer' })
    await world.supervisor.closesOrder(aCase, '已整改。')
  })
})
