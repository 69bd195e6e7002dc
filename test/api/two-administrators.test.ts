import { randomBytes, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addDays, addMs, dayOf } from '../../domain/time/plain-date.ts'
import { checkCharacterOf } from '../../domain/household/identity-number.ts'
import { identityNumberOf, people, postId, type SeedPerson, trainingPassword } from '../../prisma/seed/people.ts'
import { findBrokenLink } from '../../prisma/stores/system/audit.ts'
import { readClock } from '../../prisma/stores/system/clock.ts'
import { setTrainingClock } from '../../prisma/stores/system/training-clock.ts'
import { type CounterRoom, openCounterRoom, readCookie } from './support/counter-room.ts'

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

type Made = { officerId: string; firstPassword: string | null }
type Answer = { status: number; code?: string; proposalId: string; done: boolean; alarms: object[] } & Made

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

function aSessionOf(officerId: string) {
  const [createdAt, expiresAt] = [new Date(), new Date('2099-01-01')]
  return { tokenHash: randomBytes(32), officerId, postId: handlerPost, createdAt, lastSeenAt: createdAt, expiresAt }
}

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
    const cookie = readCookie(await room.signIn(countyHandlers[1]!))
    expect((await posts(administrator, `/api/officers/${countyHandlers[1]!.id}/disables`)).status).toBe(200)
    const enables = `/api/officers/${countyHandlers[1]!.id}/enables`
    expect(await posts(administrator, enables)).toMatchObject({ status: 409, code: 'proposalNeeded' })
    const proposal = await proposes(administrator, { kind: 'ENABLE_OFFICER', officerId: countyHandlers[1]!.id })
    expect((await room.signIn(countyHandlers[1]!)).status).toBe(401)
    expect(await agrees(second, proposal)).toMatchObject({ status: 200 })
    // A session of before is over for good, also where nobody used it in between.
    expect((await room.send('GET', '/api/sessions/current', { headers: { cookie } })).status).toBe(401)
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

describe('a new account', () => {
  const joiner = newcomer('xf-beijie-95')
  const digits = '62100119900101900'
  const identityNumber = digits + checkCharacterOf(digits)
  const opened = (staffNumber: string, whose = identityNumber) => ({
    kind: 'NEW_OFFICER',
    staffNumber,
    name: joiner.name,
    identityNumber: whose,
  })
  const kept = async () => {
    const { db } = room.owner
    const rows = [
      await db.request.findMany(),
      await db.staffProposal.findMany(),
      await db.auditRecord.findMany(),
      await db.readRecord.findMany(),
      room.lines,
    ]
    return JSON.stringify(rows, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))
  }
  const here = { ...handler, staffNumber: joiner.staffNumber }
  let first: string
  let officerId: string

  it('is proposed by one and made when another agrees, who alone is told the first password, and once', async () => {
    const proposal = await proposes(administrator, opened(joiner.staffNumber))
    expect(proposal).toMatchObject({ status: 201, done: false, firstPassword: null, personHasOtherAccounts: false })
    expect(await agrees(administrator, proposal)).toMatchObject({ status: 403, code: 'secondIsFirst' })
    expect(await room.archive.db.officer.count({ where: { staffNumber: joiner.staffNumber } })).toBe(0)
    const listed = await (await room.send('GET', '/api/staff-proposals?pageSize=1', { as: second })).json()
    const shown = { kindLabel: '新建账号', staffNumber: joiner.staffNumber, officerName: joiner.name }
    expect(listed).toMatchObject({ proposals: [shown] })

    const headers = { 'request-id': randomUUID() }
    const agree = async () => {
      const path = `/api/staff-proposals/${proposal.proposalId}/agrees`
      const response = await room.send('POST', path, { as: second, body: {}, headers })
      return { status: response.status, body: (await response.json()) as Made }
    }
    // Sent three times under one name: done once, and told once.
    const answers = [...(await Promise.all([agree(), agree()])), await agree()]
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
    const told = answers.flatMap(({ body }) => body.firstPassword ?? [])
    expect(told).toHaveLength(1)
    first = told[0]!
    officerId = answers[0]!.body.officerId
    expect(await agrees(second, proposal)).toMatchObject({ code: 'proposalDone' })
    for (const secret of [first, identityNumber]) expect(await kept()).not.toContain(secret)
  })

  it('has no post and cannot sign in before two give it one, and does nothing before the password is changed', async () => {
    expect((await room.signIn(here, first)).status).not.toBe(201)
    const given = await proposes(administrator, { kind: 'GIVE_POST', postId: handlerPost, officerId })
    expect((await room.signIn(here, first)).status).not.toBe(201)
    expect(await agrees(second, given)).toMatchObject({ status: 200, firstPassword: null })
    const signedIn = await room.signIn(here, first)
    expect(signedIn.status).toBe(201)
    const cookie = readCookie(signedIn)
    const asks = async (method: string, path: string, body?: object) =>
      room.send(method, path, { headers: { cookie }, ...(body === undefined ? {} : { body }) })
    for (const path of ['/api/worklist', '/api/places', '/api/officers']) {
      const refused = await asks('GET', path)
      expect([refused.status, await refused.json()]).toMatchObject([403, { code: 'passwordChangeDue' }])
    }
    expect((await asks('GET', '/api/sessions/current')).status).toBe(200)
    const chosen = { oldPassword: first, newPassword: 'Yangguang-2026-x' }
    expect((await asks('POST', '/api/password-changes', chosen)).status).toBe(201)
    expect((await asks('GET', '/api/worklist')).status).toBe(200)
    expect((await room.signIn(here, first)).status).toBe(401)
    expect((await room.signIn(here, chosen.newPassword)).status).toBe(201)
    const again = { kind: 'NEW_FIRST_PASSWORD', officerId }
    expect(await proposes(administrator, again)).toMatchObject({ status: 409, code: 'passwordAlreadyChosen' })

    const forgotten = await proposes(administrator, { kind: 'RESET_PASSWORD', officerId })
    expect((await room.signIn(here, chosen.newPassword)).status).toBe(201)
    const { firstPassword: reset } = await agrees(second, forgotten)
    // The one before opens nothing any more, and neither does a session that it opened.
    expect((await room.signIn(here, chosen.newPassword)).status).toBe(401)
    expect((await asks('GET', '/api/worklist')).status).toBe(401)
    const back = await room.signIn(here, reset ?? '')
    expect(back.status).toBe(201)
    const due = await room.send('GET', '/api/worklist', { headers: { cookie: readCookie(back) } })
    expect([due.status, await due.json()]).toMatchObject([403, { code: 'passwordChangeDue' }])
    const twice = { kind: 'RESET_PASSWORD', officerId }
    expect(await proposes(administrator, twice)).toMatchObject({ status: 409, code: 'passwordNotYetChosen' })
  })

  it('whose first password was lost gets another one from two, and the old one is none any more', async () => {
    const [aliasNumber, password] = ['xf-beijie-96', 'firstPassword'] as const
    const made = await agrees(second, await proposes(administrator, opened(aliasNumber)))
    // A second account of a person is allowed, and told.
    expect(made).toMatchObject({ status: 200, personHasOtherAccounts: true })
    const renews = { kind: 'NEW_FIRST_PASSWORD', officerId: made.officerId }
    await room.owner.db.session.create({ data: aSessionOf(made.officerId) })
    const renewed = await agrees(second, await proposes(administrator, renews))
    expect(renewed[password]).toEqual(expect.any(String))
    expect(renewed[password]).not.toBe(made[password])
    // Whoever came in by the old one is out.
    const { db } = room.archive
    expect(await db.session.count({ where: { officerId: made.officerId, endedAt: null } })).toBe(0)
    const signIn = (given: string) =>
      room.send('POST', '/api/sessions', { body: { staffNumber: aliasNumber, password: given } })
    expect((await signIn(made[password]!)).status).toBe(401)
    expect((await signIn(renewed[password]!)).status).not.toBe(401)
  })

  it('is made neither on a number that is taken, nor by anybody for themselves', async () => {
    expect(await proposes(administrator, opened(handler.staffNumber))).toMatchObject({
      status: 409,
      code: 'staffNumberTaken',
    })
    const own = opened('qy-minzheng-97', identityNumberOf(administrator))
    expect(await proposes(administrator, own)).toMatchObject({ status: 403, code: 'ownNewAccount' })
    const proposed = await proposes(second, own)
    expect(await agrees(administrator, proposed)).toMatchObject({ status: 403, code: 'ownNewAccount' })
    expect(await proposes(handler, opened('xf-beijie-98'))).toMatchObject({ code: 'notYourRole' })
    const twice = [await proposes(second, opened('xf-beijie-99')), await proposes(second, opened('xf-beijie-99'))]
    expect(await agrees(administrator, twice[0]!)).toMatchObject({ status: 200 })
    expect(await agrees(administrator, twice[1]!)).toMatchObject({ status: 409, code: 'staffNumberTaken' })
  })

  it('takes one administrator in training', async () => {
    const url = await room.opensAnother()
    const send = (path: string, body: object, cookie = '') =>
      fetch(`${url}${path}`, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json', 'request-id': randomUUID(), cookie },
      })
    const { staffNumber } = administrator
    const cookie = readCookie(await send('/api/sessions', { staffNumber, password: trainingPassword }))
    const made = await send('/api/staff-proposals', opened('xf-beijie-94'), cookie)
    expect(await made.json()).toMatchObject({ done: true, firstPassword: expect.any(String) })
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
