import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addDays, addMs, dayOf } from '../../domain/time/plain-date.ts'
import { identityNumberOf, people, postId, type SeedPerson } from '../../prisma/seed/people.ts'
import { findBrokenLink } from '../../prisma/stores/audit.ts'
import { readClock } from '../../prisma/stores/clock.ts'
import { setTrainingClock } from '../../prisma/stores/training-clock.ts'
import { type CounterRoom, openCounterRoom } from './support/counter-room.ts'

const { beijie, approvers, handlers: countyHandlers, supervisors } = people.xifeng
const [handler, otherHandler] = beijie.handlers as [SeedPerson, SeedPerson]
const approver = approvers[0]!
const clerk = beijie.clerks[0]!
const administrator = people.qingyang.administrators[0]!
const auditor = people.qingyang.auditors[0]!
const stranger = people.nantong.administrators[0]!
const newcomer = (id: string): SeedPerson => ({ ...administrator, id: `officer-${id}`, staffNumber: id, name: '新人' })
const second = newcomer('qy-minzheng-90')
const administratorPost = postId(administrator)
const handlerPost = postId(handler)

let room: CounterRoom
beforeAll(async () => {
  room = await openCounterRoom('two administrators', {}, { as: 'production' })
  await opens(second, 'second')
  await holds(second, administratorPost)
})
afterAll(() => room.close())

type Answer = { status: number; code?: string; proposalId: string; done: boolean; alarms: object[] }

const today = async () => dayOf(await readClock(room.archive.db))
const posts = async (as: SeedPerson, path: string, body: object = {}): Promise<Answer> => {
  const response = await room.send('POST', path, { as, body, headers: { 'request-id': randomUUID() } })
  return { status: response.status, ...((await response.json()) as Omit<Answer, 'status'>) }
}
const proposes = (as: SeedPerson, body: object) => posts(as, '/api/staff-proposals', body)
const agrees = (as: SeedPerson, { proposalId }: Answer) => posts(as, `/api/staff-proposals/${proposalId}/agrees`)
const withdraws = (as: SeedPerson, { proposalId }: Answer) => posts(as, `/api/staff-proposals/${proposalId}/withdraws`)
const gives = (to: SeedPerson, post = handlerPost) => ({ kind: 'GIVE_POST', postId: post, officerId: to.id })
const isOn = async (person: SeedPerson, post: string) =>
  (await room.archive.db.postHolding.count({ where: { officerId: person.id, postId: post, effectiveTo: null } })) > 0

/** An account as the owner of the archive makes one, with the password of everybody. */
async function opens({ id, staffNumber, name }: SeedPerson, identity: string | null) {
  const { passwordHash } = await room.archive.db.officer.findFirstOrThrow()
  const identityIndex = identity === null ? null : new TextEncoder().encode(identity)
  await room.owner.db.officer.create({ data: { id, staffNumber, name, passwordHash, identityIndex } })
}
const holds = ({ id }: SeedPerson, post: string) =>
  room.owner.db.postHolding.create({
    data: { postId: post, officerId: id, effectiveFrom: new Date('2024-01-01') },
  })

describe('in production', () => {
  it('one administrator alone changes nobody’s post and enables no account', async () => {
    const alone = [
      posts(administrator, `/api/posts/${handlerPost}/holders`, { officerId: clerk.id }),
      posts(administrator, `/api/posts/${handlerPost}/holders/${handler.id}/ends`),
      posts(administrator, `/api/officers/${second.id}/disables`),
    ]
    for (const refused of await Promise.all(alone)) {
      expect(refused).toMatchObject({ status: 409, code: 'proposalNeeded' })
    }
    expect([await isOn(clerk, handlerPost), await isOn(handler, handlerPost)]).toEqual([false, true])
    expect((await room.send('GET', '/api/staff-proposals', { as: second })).status).toBe(200)
  })

  it('an account that must not be used any more is disabled at once by one, and enabled again by two', async () => {
    expect((await posts(administrator, `/api/officers/${countyHandlers[1]!.id}/disables`)).status).toBe(200)
    const enables = `/api/officers/${countyHandlers[1]!.id}/enables`
    expect(await posts(administrator, enables)).toMatchObject({ status: 409, code: 'proposalNeeded' })
    const proposal = await proposes(administrator, { kind: 'ENABLE_OFFICER', officerId: countyHandlers[1]!.id })
    expect((await room.signIn(countyHandlers[1]!)).status).toBe(401)
    expect(await agrees(second, proposal)).toMatchObject({ status: 200 })
    expect((await room.signIn(countyHandlers[1]!)).status).toBe(201)
  })

  it('a post is given when another administrator agrees to what one proposes, and then once', async () => {
    const proposal = await proposes(administrator, gives(clerk))
    expect(proposal).toMatchObject({ status: 201, done: false, alarms: [] })
    expect(await isOn(clerk, handlerPost)).toBe(false)
    expect(await agrees(administrator, proposal)).toMatchObject({ status: 403, code: 'secondIsFirst' })
    expect(await agrees(handler, proposal)).toMatchObject({ status: 403, code: 'notYourRole' })
    expect(await agrees(stranger, proposal)).toMatchObject({ status: 404, code: 'notFound' })
    const both = await Promise.all([agrees(second, proposal), agrees(second, proposal)])
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409])
    expect(await isOn(clerk, handlerPost)).toBe(true)
    expect(await agrees(second, proposal)).toMatchObject({ status: 409, code: 'proposalDone' })

    const listed = await room.send('GET', '/api/staff-proposals', { as: second })
    expect(await listed.json()).toMatchObject({
      proposals: [
        {
          kindLabel: '安排到岗',
          officerName: clerk.name,
          proposedByName: administrator.name,
          agreedByName: second.name,
        },
        { kindLabel: '恢复账号' },
      ],
    })
    const ends = await proposes(second, { kind: 'END_POST', postId: handlerPost, officerId: clerk.id })
    expect(await agrees(administrator, ends)).toMatchObject({ status: 200 })
    expect(await isOn(clerk, handlerPost)).toBe(false)
  })

  it('nobody agrees by a second account, for themselves, or for who has other duties', async () => {
    const alias = newcomer('qy-minzheng-91')
    await opens(alias, 'second')
    await holds(alias, administratorPost)
    const proposal = await proposes(second, gives(clerk))
    expect(await agrees(alias, proposal)).toMatchObject({ status: 403, code: 'secondIsFirst' })
    expect(await proposes(second, gives(alias, postId(clerk)))).toMatchObject({ status: 403, code: 'notToOneself' })
    expect(await proposes(administrator, gives(auditor, administratorPost))).toMatchObject({
      status: 422,
      code: 'otherFamilyOfDuties',
    })
    expect(await proposes(administrator, gives(supervisors[0]!, postId(approver)))).toMatchObject({
      code: 'otherFamilyOfDuties',
    })
    expect(await withdraws(administrator, proposal)).toMatchObject({ status: 200 })
    expect(await agrees(administrator, proposal)).toMatchObject({ status: 409, code: 'proposalWithdrawn' })
    await room.owner.db.officer.update({ where: { id: alias.id }, data: { disabledAt: new Date() } })
  })

  it('what has changed since is judged again, and a proposal does not stay open', async () => {
    const proposal = await proposes(administrator, gives(otherHandler, postId(clerk)))
    const { db } = room.owner
    const finance = await db.postHolding.create({
      data: {
        postId: 'xf-caizheng.finance-officer',
        officerId: otherHandler.id,
        effectiveFrom: new Date('2024-01-01'),
      },
    })
    expect(await agrees(second, proposal)).toMatchObject({ status: 422, code: 'otherFamilyOfDuties' })
    await db.postHolding.update({ where: { id: finance.id }, data: { effectiveTo: new Date('2024-01-02') } })
    await setTrainingClock(room.archive, addMs(await readClock(db), 15 * 24 * 3_600_000))
    expect(await agrees(second, proposal)).toMatchObject({ status: 409, code: 'proposalExpired' })
  })

  it('whose proposer is no administrator any more is not agreed to', async () => {
    const third = newcomer('qy-minzheng-92')
    await opens(third, 'third')
    await holds(third, administratorPost)
    const proposal = await proposes(third, gives(clerk))
    await room.owner.db.officer.update({ where: { id: third.id }, data: { disabledAt: new Date() } })
    expect(await agrees(administrator, proposal)).toMatchObject({ status: 409, code: 'proposerGone' })
  })

  it('nobody has a post before it is recorded whose account it is, in all accounts of the person', async () => {
    const nobody = newcomer('xf-beijie-90')
    await opens(nobody, null)
    expect(await proposes(administrator, gives(nobody))).toMatchObject({ status: 422, code: 'identityNotRecorded' })
    const records = (identityNumber: string) => ({ kind: 'RECORD_IDENTITY', officerId: nobody.id, identityNumber })
    const recorded = await proposes(administrator, records(identityNumberOf(auditor)))
    expect(await agrees(second, recorded)).toMatchObject({ status: 200 })
    expect(await proposes(administrator, gives(nobody))).toMatchObject({ status: 422, code: 'otherFamilyOfDuties' })
    const { content } = await room.archive.db.staffProposal.findUniqueOrThrow({ where: { id: recorded.proposalId } })
    expect(JSON.stringify(content)).not.toContain(identityNumberOf(auditor))
    const corrected = await proposes(second, records('621001198001019910'.slice(0, 17) + '3'))
    expect([corrected.status, corrected.code]).toEqual([400, 'inputNotValid'])

    // And nobody who works already is said to be somebody with other duties.
    const other = { kind: 'RECORD_IDENTITY', officerId: handler.id, identityNumber: identityNumberOf(auditor) }
    expect(await proposes(administrator, other)).toMatchObject({ status: 422, code: 'otherFamilyOfDuties' })
  })

  it('a post is handed over to who was given it before', async () => {
    const names = { postId: handlerPost, fromOfficerId: handler.id, toOfficerId: clerk.id, lastDay: await today() }
    expect(await posts(beijie.leaders[0]!, '/api/hand-overs', names)).toMatchObject({ code: 'successorNotAppointed' })
    await agrees(second, await proposes(administrator, gives(clerk)))
    expect((await posts(beijie.leaders[0]!, '/api/hand-overs', names)).status).toBe(201)
  })
})

describe('the last administrator', () => {
  const ends = (officer: SeedPerson, more: object = {}) => ({
    kind: 'END_POST',
    postId: administratorPost,
    officerId: officer.id,
    ...more,
  })

  it('neither ends the own post, nor at a later day, nor is disabled', async () => {
    // Of two, one may go; who would be left with nobody after a day that is set already is the last one all the same.
    const lastDay = addDays(await today(), 10)
    expect(await agrees(administrator, await proposes(second, ends(second, { lastDay })))).toMatchObject({
      status: 200,
    })
    for (const change of [ends(administrator), ends(administrator, { lastDay: addDays(lastDay, 30) })]) {
      expect(await proposes(second, change)).toMatchObject({ status: 409, code: 'lastAdministrator' })
      expect(await proposes(administrator, change)).toMatchObject({ status: 409, code: 'lastAdministrator' })
    }
    const disables = { kind: 'DISABLE_OFFICER', officerId: administrator.id }
    expect(await proposes(second, disables)).toMatchObject({ status: 409, code: 'lastAdministrator' })
    expect((await posts(second, `/api/officers/${administrator.id}/disables`)).code).toBe('lastAdministrator')
    expect(await isOn(administrator, administratorPost)).toBe(true)
  })

  it('leaves each step in the audit, which holds', async () => {
    const { db } = room.archive
    const registers = await db.auditRecord.findMany({ distinct: ['register'], select: { register: true } })
    for (const { register } of registers) expect(await findBrokenLink(db, register)).toBeNull()
    const count = (action: string) => db.auditRecord.count({ where: { action } })
    expect(await count('PROPOSE_STAFF_CHANGE')).toBe(await db.staffProposal.count())
    expect(await count('AGREE_STAFF_CHANGE')).toBe(await db.staffProposal.count({ where: { agreedBy: { not: null } } }))
    expect(await count('WITHDRAW_STAFF_CHANGE')).toBe(1)
  })
})
