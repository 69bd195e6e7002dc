import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addDays, addMs, dayOf, type PlainDate, startOf } from '../../domain/time/plain-date.ts'
import { people, postId, relativeOfAHandler, type SeedPerson } from '../../prisma/seed/people.ts'
import { findBrokenLink } from '../../prisma/stores/system/audit.ts'
import { readClock } from '../../prisma/stores/system/clock.ts'
import { checkDesks } from '../../prisma/stores/staff/staff-changes.ts'
import { setTrainingClock } from '../../prisma/stores/system/training-clock.ts'
import { type CounterRoom, openCounterRoom } from './support/counter-room.ts'

const { beijie, dongzhi, approvers, supervisors, handlers: countyHandlers } = people.xifeng
const [approver, otherApprover] = approvers as [SeedPerson, SeedPerson]
const [handler, kin] = beijie.handlers as [SeedPerson, SeedPerson]
const administrator = people.qingyang.administrators[0]!
const approverPost = postId(approver)
const handlerPost = postId(handler)

let room: CounterRoom
beforeAll(async () => {
  room = await openCounterRoom('posts and alarms')
})
afterAll(() => room.close())

type Alarm = { alarmId: string; kind: string; subject?: string; matterNumber?: string | null; role: string }
type Answer = { status: number; code?: string; alarms: Alarm[] }

const today = async () => dayOf(await readClock(room.archive.db))
const untilMorningOf = async (day: PlainDate) => setTrainingClock(room.archive, addMs(startOf(day), 9 * 3_600_000))
const posts = async (
  as: SeedPerson,
  path: string,
  body: object = {},
  requestId: string = randomUUID(),
): Promise<Answer> => {
  const response = await room.send('POST', path, { as, body, headers: { 'request-id': requestId } })
  return { status: response.status, ...((await response.json()) as Omit<Answer, 'status'>) }
}
const ends = (as: SeedPerson, post: string, officer: SeedPerson, body: object = {}, requestId?: string) =>
  posts(as, `/api/posts/${post}/holders/${officer.id}/ends`, body, requestId)
const gives = (as: SeedPerson, post: string, officer: SeedPerson, body: object = {}) =>
  posts(as, `/api/posts/${post}/holders`, { officerId: officer.id, ...body })
const alarms = async (as: SeedPerson, query = '') =>
  ((await (await room.send('GET', `/api/alarms${query}`, { as })).json()) as { alarms: Alarm[] }).alarms
const orphans = async (as: SeedPerson) =>
  (await (await room.send('GET', '/api/orphans', { as })).json()) as {
    count: number
    orphans: { matterNumber: string; reason: string; stage: string }[]
  }

describe('the last holder of a post', () => {
  it('may go, and the alarm is there in the same moment; it goes when somebody has the post', async () => {
    expect((await ends(administrator, approverPost, approver)).alarms).toEqual([])
    const last = await ends(administrator, approverPost, otherApprover)
    expect(last).toMatchObject({ status: 200, alarms: [{ kind: 'POST_VACANT', subject: approverPost }] })
    for (const as of [supervisors[0]!, people.qingyang.supervisors[0]!, administrator]) {
      expect(await alarms(as)).toMatchObject([{ kind: 'POST_VACANT', role: 'COUNTY_APPROVER', matterNumber: null }])
    }
    for (const as of [beijie.leaders[0]!, people.chongchuan.supervisors[0]!]) expect(await alarms(as)).toEqual([])
    expect((await room.send('GET', '/api/alarms', { as: handler })).status).toBe(403)

    expect(await gives(administrator, approverPost, approver)).toMatchObject({ status: 201, alarms: [] })
    expect(await alarms(supervisors[0]!)).toEqual([])
    expect(await alarms(supervisors[0]!, '?status=cleared')).toMatchObject([{ kind: 'POST_VACANT' }])
    await gives(administrator, approverPost, otherApprover)
  })

  it('sent twice goes once, with one alarm and one answer', async () => {
    await ends(administrator, approverPost, otherApprover)
    const requestId = randomUUID()
    const both = await Promise.all([
      ends(administrator, approverPost, approver, {}, requestId),
      ends(administrator, approverPost, approver, {}, requestId),
    ])
    expect(both[1]).toEqual(both[0])
    expect(both[0]?.alarms).toHaveLength(1)
    expect(await ends(administrator, approverPost, approver)).toMatchObject({ status: 422, code: 'officerNotOnPost' })
    for (const officer of [approver, otherApprover]) await gives(administrator, approverPost, officer)
  })

  it('leaves on the day that was set: the alarm comes with the check of the day on which the post falls empty', async () => {
    const lastDay = addDays(await today(), 1)
    await ends(administrator, approverPost, otherApprover)
    expect((await ends(administrator, approverPost, approver, { lastDay })).alarms).toEqual([])
    expect(await checkDesks(room.hands, await today())).toBe(0)
    expect(await alarms(supervisors[0]!)).toEqual([])
    await untilMorningOf(addDays(lastDay, 1))
    // A round of a day that is over raises nothing by the people of that day.
    expect(await checkDesks(room.hands, lastDay)).toBeNull()
    expect(await alarms(supervisors[0]!)).toEqual([])
    for (let twice = 0; twice < 2; twice += 1) await checkDesks(room.hands, await today())
    expect(await alarms(supervisors[0]!)).toMatchObject([{ kind: 'POST_VACANT', role: 'COUNTY_APPROVER' }])
    for (const officer of [approver, otherApprover]) await gives(administrator, approverPost, officer)
  })

  it('on leave without a stand-in leaves the post empty; a stand-in fills it', async () => {
    const clerk = beijie.clerks[0]!
    const day = await today()
    const leave = { postId: postId(clerk), officerId: clerk.id, cause: 'LEAVE', fromOn: day, throughOn: day }
    const alone = (await posts(clerk, '/api/absences', leave)) as Answer & { absenceId: string }
    expect(alone.alarms).toMatchObject([{ kind: 'POST_VACANT', subject: postId(clerk) }])
    expect(await alarms(beijie.leaders[0]!)).toHaveLength(1)
    expect((await posts(clerk, `/api/absences/${alone.absenceId}/ends`)).status).toBe(200)
    expect(await alarms(beijie.leaders[0]!)).toEqual([])
    const covered = (await posts(clerk, '/api/absences', { ...leave, standInId: handler.id })) as typeof alone
    expect(covered.alarms).toMatchObject([{ kind: 'POST_VACANT', subject: postId(clerk) }])
    const agreed = await posts(beijie.leaders[0]!, `/api/absences/${covered.absenceId}/agrees`)
    expect(agreed).toMatchObject({ status: 200, alarms: [] })
    expect(await alarms(beijie.leaders[0]!)).toEqual([])

    // The stand-in falls ill: nobody is left on the clerk's post.
    const ill = { postId: handlerPost, officerId: handler.id, cause: 'ILLNESS', fromOn: day, throughOn: day }
    const fallen = (await posts(handler, '/api/absences', ill)) as Answer & { absenceId: string }
    expect(fallen.alarms).toMatchObject([{ kind: 'POST_VACANT', subject: postId(clerk) }])
    await posts(handler, `/api/absences/${fallen.absenceId}/ends`)
    await posts(clerk, `/api/absences/${covered.absenceId}/ends`)
    expect(await alarms(beijie.leaders[0]!)).toEqual([])
  })
})

describe('the last administrator of an area', () => {
  it('stays on the post, in training too', async () => {
    const own = postId(administrator)
    expect(await ends(administrator, own, administrator)).toMatchObject({ status: 409, code: 'lastAdministrator' })
    const lastDay = addDays(await today(), 30)
    const later = await ends(administrator, own, administrator, { lastDay })
    expect(later).toMatchObject({ status: 409, code: 'lastAdministrator' })
    expect((await room.send('GET', '/api/alarms', { as: administrator })).status).toBe(200)
  })
})

describe('a step that nobody may take', () => {
  it('is listed and told at once, and is so no more when somebody who may is there', async () => {
    const ofKin = await room.world.beijie.clerk.applies(room.world.aHousehold().ofPerson(relativeOfAHandler))
    expect(await orphans(beijie.leaders[0]!)).toEqual({ count: 0, orphans: [], nextCursor: null })
    const gone = await ends(administrator, handlerPost, handler)
    expect(gone.alarms).toMatchObject([{ kind: 'NOBODY_MAY_ACT', role: 'TOWNSHIP_HANDLER' }])
    for (const as of [beijie.leaders[0]!, supervisors[0]!, administrator]) {
      expect(await alarms(as)).toMatchObject([{ kind: 'NOBODY_MAY_ACT', matterNumber: ofKin.number, stage: 'APPLIED' }])
      expect(await orphans(as)).toMatchObject({
        count: 1,
        orphans: [{ matterNumber: ofKin.number, stage: 'APPLIED', reason: 'ALL_BARRED' }],
      })
    }
    expect(await orphans(dongzhi.leaders[0]!)).toMatchObject({ count: 0, orphans: [] })
    const text = await (await room.send('GET', '/api/orphans', { as: administrator })).text()
    expect(text).not.toContain(ofKin.household.applicant.name)

    await gives(administrator, handlerPost, handler)
    expect(await orphans(supervisors[0]!)).toMatchObject({ count: 0, orphans: [] })
    expect(await alarms(supervisors[0]!)).toEqual([])
  })

  it('on an empty post is told once, by the alarm of the post, and listed one by one', async () => {
    await room.world.beijie.clerk.applies(room.world.aHousehold())
    expect((await posts(administrator, `/api/officers/${handler.id}/disables`)).alarms).toHaveLength(1)
    const empty = await posts(administrator, `/api/officers/${kin.id}/disables`)
    expect(empty.alarms).toMatchObject([{ kind: 'POST_VACANT', subject: handlerPost }])
    expect((await alarms(supervisors[0]!)).map(({ kind }) => kind)).toEqual(['POST_VACANT'])
    const listed = await orphans(supervisors[0]!)
    expect(listed.count).toBe(2)
    expect(listed.orphans.every(({ reason }) => reason === 'POST_VACANT')).toBe(true)

    for (const officer of [handler, kin]) await posts(administrator, `/api/officers/${officer.id}/enables`)
    expect(await orphans(supervisors[0]!)).toMatchObject({ count: 0 })
    expect(await alarms(supervisors[0]!)).toEqual([])
  })
})

describe('a post', () => {
  it('is given and ended by the administrator of the area, and by nobody else', async () => {
    for (const as of [beijie.leaders[0]!, supervisors[0]!]) {
      expect(await gives(as, handlerPost, countyHandlers[0]!)).toMatchObject({ status: 403, code: 'notYourRole' })
      expect(await ends(as, handlerPost, handler)).toMatchObject({ status: 403, code: 'notYourRole' })
    }
    const stranger = people.nantong.administrators[0]!
    expect(await gives(stranger, handlerPost, people.chongchuan.handlers[0]!)).toMatchObject({ status: 404 })
    expect(await ends(stranger, handlerPost, handler)).toMatchObject({ status: 404 })
    expect(await posts(stranger, `/api/officers/${handler.id}/disables`)).toMatchObject({ status: 404 })
  })

  it('is given to somebody who works in the area or nowhere yet, from today on, and not to oneself', async () => {
    expect(await gives(administrator, approverPost, administrator)).toMatchObject({ code: 'notToOneself' })
    expect(await gives(administrator, handlerPost, people.chongchuan.handlers[0]!)).toMatchObject({
      status: 422,
      code: 'officerNotAvailable',
    })
    expect(await gives(administrator, handlerPost, handler)).toMatchObject({ status: 409, code: 'alreadyOnPost' })
    const yesterday = { fromOn: addDays(await today(), -1) }
    expect(await gives(administrator, handlerPost, dongzhi.handlers[0]!, yesterday)).toMatchObject({
      status: 422,
      code: 'holdingBeginsInThePast',
    })
    const { id, ...rest } = await room.archive.db.officer.findUniqueOrThrow({ where: { id: handler.id } })
    const newcomer = await room.owner.db.officer.create({ data: { ...rest, id: `${id}-new`, staffNumber: 'new' } })
    expect((await gives(administrator, handlerPost, { ...handler, id: newcomer.id })).status).toBe(201)
    const { posts: shown } = (await (await room.send('GET', '/api/posts?pageSize=100', { as: handler })).json()) as {
      posts: { postId: string; vacant: boolean; people: { officerId: string }[] }[]
    }
    const own = shown.find((post) => post.postId === handlerPost)
    expect(own?.vacant).toBe(false)
    expect(own?.people.map(({ officerId }) => officerId)).toContain(newcomer.id)
    const page = async (query: string) =>
      (await (await room.send('GET', `/api/posts?${query}`, { as: administrator })).json()) as {
        posts: { postId: string }[]
        nextCursor: string | null
      }
    const office = await page(`officeId=${handler.office}`)
    expect(office.posts.map((post) => post.postId)).toEqual([handlerPost, postId(beijie.leaders[0]!)])
    const first = await page(`officeId=${handler.office}&pageSize=1`)
    const second = await page(`officeId=${handler.office}&pageSize=1&cursor=${first.nextCursor}`)
    expect([...first.posts, ...second.posts]).toEqual(office.posts)
    expect((await page('officeId=cc-haobin')).posts).toEqual([])
    // The office above is among them, as stand-ins come from there; another township is not.
    expect(shown.some((post) => post.postId === approverPost)).toBe(true)
    expect(shown.some((post) => post.postId === postId(dongzhi.handlers[0]!))).toBe(false)
    await ends(administrator, handlerPost, { ...handler, id: newcomer.id })
  })

  it('ends no earlier than yesterday', async () => {
    const lastDay = addDays(await today(), -2)
    expect(await ends(administrator, handlerPost, handler, { lastDay })).toMatchObject({
      status: 422,
      code: 'holdingEndsTooEarly',
    })
  })
})

describe('an account', () => {
  it('that is disabled is out at once, and opened again it is in', async () => {
    const as = countyHandlers[0]!
    expect((await room.send('GET', '/api/worklist', { as })).status).toBe(200)
    expect((await posts(administrator, `/api/officers/${as.id}/disables`)).status).toBe(200)
    expect((await room.send('GET', '/api/worklist', { as })).status).toBe(401)
    expect((await room.signIn(as)).status).toBe(401)
    expect(await posts(administrator, `/api/officers/${as.id}/disables`)).toMatchObject({ code: 'alreadyDisabled' })
    expect((await posts(administrator, `/api/officers/${as.id}/enables`)).status).toBe(200)
    expect((await room.send('GET', '/api/worklist', { as })).status).toBe(200)
    expect(await posts(administrator, `/api/officers/${as.id}/enables`)).toMatchObject({ code: 'notDisabled' })
    const own = await posts(administrator, `/api/officers/${administrator.id}/disables`)
    expect(own).toMatchObject({ status: 403, code: 'notOwnAccount' })
  })
})

describe('the audit of the staff', () => {
  it('has each raising and clearing of an alarm, and holds', async () => {
    const { db } = room.archive
    const raised = await db.alarm.count()
    const cleared = await db.alarm.count({ where: { clearedAt: { not: null } } })
    const records = (action: string) => db.auditRecord.count({ where: { register: 'staff:qingyang-xifeng', action } })
    expect([await records('RAISE_ALARM'), await records('CLEAR_ALARM')]).toEqual([raised, cleared])
    expect(raised).toBeGreaterThan(5)
    expect(await findBrokenLink(db, 'staff:qingyang-xifeng')).toBeNull()
  })
})
