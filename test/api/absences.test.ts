import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addDays, addMs, dayOf, type PlainDate, startOf } from '../../domain/time/plain-date.ts'
import type { Role } from '../../domain/vocabulary.ts'
import { people, postId, relativeOfAHandler, type SeedPerson } from '../../prisma/seed/people.ts'
import { findBrokenLink } from '../../prisma/stores/system/audit.ts'
import { readClock } from '../../prisma/stores/system/clock.ts'
import { setTrainingClock } from '../../prisma/stores/system/training-clock.ts'
import type { CaseInHand } from '../support/people/officer.ts'
import { type CounterRoom, openCounterRoom, readCookie } from './support/counter-room.ts'

const { beijie, dongzhi, supervisors, approvers, handlers: countyHandlers, financeOfficers } = people.xifeng
const clerk = beijie.clerks[0]!
const [handler, kin] = beijie.handlers as [SeedPerson, SeedPerson]
const [leader, otherLeader] = beijie.leaders as [SeedPerson, SeedPerson]
const administrator = people.qingyang.administrators[0]!
const handlerPost = postId(handler)

let room: CounterRoom
beforeAll(async () => {
  room = await openCounterRoom('absences')
})
afterAll(() => room.close())

type Entered = {
  absenceId: string
  standInId: string | null
  standInAgreed: boolean
  alarms: { kind: string }[]
  code?: string
}

const today = async () => dayOf(await readClock(room.archive.db))
const untilMorningOf = async (day: PlainDate) => setTrainingClock(room.archive, addMs(startOf(day), 9 * 3_600_000))
const applied = (): Promise<CaseInHand> => room.world.beijie.clerk.applies(room.world.aHousehold())

async function enters(as: SeedPerson, absence: Record<string, unknown>, requestId: string = randomUUID()) {
  const day = await today()
  const body = { postId: handlerPost, officerId: handler.id, cause: 'LEAVE', fromOn: day, throughOn: day, ...absence }
  const response = await room.send('POST', '/api/absences', { as, body, headers: { 'request-id': requestId } })
  return { status: response.status, ...((await response.json()) as Entered) }
}

async function agrees(as: SeedPerson, absenceId: string) {
  const response = await room.send('POST', `/api/absences/${absenceId}/agrees`, { as })
  return { status: response.status, ...((await response.json()) as { alarms: object[]; code?: string }) }
}

/** Enters an absence with a stand-in to whom a second person agrees. */
async function isCovered(as: SeedPerson, absence: Record<string, unknown>) {
  const entered = await enters(as, absence)
  expect(await agrees(administrator, entered.absenceId)).toMatchObject({ status: 200, alarms: [] })
  return entered
}

async function ends(as: SeedPerson, absenceId: string, body: object = {}) {
  const response = await room.send('POST', `/api/absences/${absenceId}/ends`, { as, body })
  return { status: response.status, ...((await response.json()) as { endedOn: string; code?: string }) }
}

/** Signs in on a post that is not one's own. */
const sitsOn = async (person: SeedPerson, role: Role) => room.signIn({ ...person, role })
const acts = async (cookie: string, aCase: CaseInHand, body: object) =>
  room.send('POST', `/api/matters/${aCase.id}/acts`, { body, headers: { cookie } })
const accept = { action: 'ACCEPT', versionSeen: 1 }

describe('a stand-in', () => {
  it('has the post from the first day to the last, with what lay on it before', async () => {
    const aCase = await applied()
    const first = addDays(await today(), 1)
    const days = { fromOn: first, throughOn: addDays(first, 1), standInId: otherLeader.id }
    const entered = await isCovered(handler, days)
    expect([entered.status, entered.standInAgreed, entered.alarms]).toEqual([201, false, []])
    expect((await sitsOn(otherLeader, 'TOWNSHIP_HANDLER')).status).toBe(403)

    await untilMorningOf(first)
    const signedIn = await sitsOn(otherLeader, 'TOWNSHIP_HANDLER')
    expect(signedIn.status).toBe(201)
    expect(await signedIn.clone().json()).toMatchObject({
      post: { postId: handlerPost, standsInFor: { officerId: handler.id, name: handler.name } },
    })
    const cookie = readCookie(signedIn)
    const list = await room.send('GET', '/api/worklist', { headers: { cookie } })
    expect(((await list.json()) as { items: { matterId: string }[] }).items.map(({ matterId }) => matterId)).toContain(
      aCase.id,
    )
    const accepted = await acts(cookie, aCase, accept)
    expect([accepted.status, await accepted.json()]).toMatchObject([200, { standsInFor: handler.id }])
    const { timeline } = await room.world.beijie.handler.opens(aCase)
    expect(timeline.at(-1)).toMatchObject({ actorName: otherLeader.name, standsInForName: handler.name })
    const event = await room.archive.db.matterEventRow.findFirstOrThrow({ where: { matterId: aCase.id, seq: 2 } })
    expect(event).toMatchObject({ officerId: otherLeader.id, standsInFor: handler.id, postId: handlerPost })

    await untilMorningOf(addDays(first, 2))
    expect((await room.send('GET', '/api/worklist', { headers: { cookie } })).status).toBe(401)
    expect((await sitsOn(otherLeader, 'TOWNSHIP_HANDLER')).status).toBe(403)
  })

  it('leaves the post to its holder, who may come in all the same and stands in for nobody', async () => {
    const aCase = await applied()
    const { absenceId } = await isCovered(handler, { standInId: leader.id })
    expect((await acts(await room.cookieOf(handler), aCase, accept)).status).toBe(200)
    const event = await room.archive.db.matterEventRow.findFirstOrThrow({ where: { matterId: aCase.id, seq: 2 } })
    expect(event).toMatchObject({ officerId: handler.id, standsInFor: null })
    await ends(handler, absenceId)
  })

  it('is judged as the person they are: a relative, or one in another part of the case, is refused', async () => {
    const ofKin = await room.world.beijie.clerk.applies(room.world.aHousehold().ofPerson(relativeOfAHandler))
    const { absenceId } = await isCovered(leader, {
      postId: postId(leader),
      officerId: leader.id,
      standInId: kin.id,
    })
    const cookie = readCookie(await sitsOn(kin, 'TOWNSHIP_LEADER'))
    const extend = { action: 'EXTEND', versionSeen: 2, cause: 'HARD_SURVEY', reason: '情况复杂。' }
    await acts(await room.cookieOf(handler), ofKin, accept)
    const refused = await acts(cookie, ofKin, extend)
    expect([refused.status, await refused.json()]).toMatchObject([403, { code: 'relativeOfHousehold' }])

    const handled = await applied()
    await acts(await room.cookieOf(kin), handled, accept)
    const other = await acts(cookie, handled, extend)
    expect([other.status, await other.json()]).toMatchObject([403, { code: 'otherCapacityInThisCase' }])
    await ends(leader, absenceId)
  })

  it('is out at once when the officer is back', async () => {
    const { absenceId } = await isCovered(handler, { standInId: leader.id, throughOn: addDays(await today(), 5) })
    const cookie = readCookie(await sitsOn(leader, 'TOWNSHIP_HANDLER'))
    const ended = await ends(handler, absenceId)
    expect(ended).toMatchObject({ status: 200, endedOn: addDays(await today(), -1) })
    expect((await room.send('GET', '/api/worklist', { headers: { cookie } })).status).toBe(401)
    expect(await ends(handler, absenceId)).toMatchObject({ status: 409, code: 'absenceOver' })
  })

  it('works in the office or the one above, and is not away', async () => {
    for (const standIn of [dongzhi.handlers[0]!, financeOfficers[0]!, clerk]) {
      expect(await enters(handler, { standInId: standIn.id })).toMatchObject({
        status: 422,
        code: 'standInNotOfOffice',
      })
    }
    const day = await today()
    const above = await enters(handler, { standInId: countyHandlers[0]!.id })
    expect(above.status).toBe(201)
    const clerks = { postId: postId(clerk), officerId: clerk.id }
    const away = await enters(clerk, { ...clerks, standInId: handler.id })
    expect(away).toMatchObject({ status: 422, code: 'standInAway' })
    const below = await isCovered(clerk, { ...clerks, standInId: leader.id })
    expect(below).toMatchObject({ status: 201, alarms: [{ kind: 'POST_VACANT' }] })
    for (const { absenceId } of [above, below]) await ends(leader, absenceId, { backOn: day })
  })
})

describe('a stand-in who is named', () => {
  const named = { standInId: otherLeader.id }

  it('is named by the absent person, the head or an administrator, and by nobody else', async () => {
    for (const as of [handler, leader, administrator]) {
      const entered = await enters(as, named)
      expect(entered.status).toBe(201)
      await ends(as, entered.absenceId)
    }
    expect(await enters(supervisors[0]!, named)).toMatchObject({ status: 403, code: 'notYoursToArrange' })
    expect(await enters(otherLeader, named)).toMatchObject({ status: 403, code: 'standInNamesThemselves' })
    const watcher = { postId: postId(supervisors[0]!), officerId: supervisors[0]!.id }
    const chosen = { ...watcher, standInId: countyHandlers[0]!.id }
    expect(await enters(approvers[0]!, chosen)).toMatchObject({ status: 403, code: 'notYoursToArrange' })
  })

  it('has nothing of the post before a second one of these agrees, who is neither they nor who named them', async () => {
    const { absenceId, standInAgreed } = await enters(leader, named)
    expect(standInAgreed).toBe(false)
    expect((await sitsOn(otherLeader, 'TOWNSHIP_HANDLER')).status).toBe(403)
    expect(await agrees(otherLeader, absenceId)).toMatchObject({ status: 403, code: 'gainerSigns' })
    expect(await agrees(leader, absenceId)).toMatchObject({ status: 403, code: 'secondIsFirst' })
    expect(await agrees(supervisors[0]!, absenceId)).toMatchObject({ status: 403, code: 'notYoursToArrange' })
    expect(await agrees(kin, absenceId)).toMatchObject({ status: 403, code: 'notYoursToArrange' })
    expect(await agrees(dongzhi.leaders[0]!, absenceId)).toMatchObject({ status: 404, code: 'notFound' })
    expect((await sitsOn(otherLeader, 'TOWNSHIP_HANDLER')).status).toBe(403)
    const agreed = await agrees(handler, absenceId)
    expect(agreed.status).toBe(200)
    expect(await agrees(administrator, absenceId)).toEqual(agreed)
    expect((await sitsOn(otherLeader, 'TOWNSHIP_HANDLER')).status).toBe(201)
    const { absences } = (await (await room.send('GET', '/api/absences', { as: handler })).json()) as {
      absences: object[]
    }
    expect(absences).toContainEqual(
      expect.objectContaining({ absenceId, recordedByName: leader.name, standInAgreedByName: handler.name }),
    )
    await ends(leader, absenceId)
    expect(await agrees(administrator, (await enters(handler, {})).absenceId)).toMatchObject({ code: 'noStandInNamed' })
    await room.owner.db.absence.updateMany({ data: { endedOn: new Date('2020-01-01') } })
  })

  it('has duties of no other family', async () => {
    const ofFinance = { postId: postId(financeOfficers[0]!), officerId: financeOfficers[0]!.id }
    const post = { id: 'xf-caizheng.auditor', officeId: 'xf-caizheng', role: 'AUDITOR', title: '审计' } as const
    await room.owner.db.post.create({ data: post })
    const watches = { ...financeOfficers[1]!, id: 'watches-finance', staffNumber: 'watches-finance' }
    const account = await room.archive.db.officer.findUniqueOrThrow({ where: { id: clerk.id } })
    const identityIndex = new TextEncoder().encode(watches.id)
    await room.owner.db.officer.create({
      data: { ...account, id: watches.id, staffNumber: watches.id, identityIndex },
    })
    await room.owner.db.postHolding.create({
      data: { postId: post.id, officerId: watches.id, effectiveFrom: new Date('2021-01-01') },
    })
    const other = { ...ofFinance, standInId: watches.id }
    expect(await enters(financeOfficers[0]!, other)).toMatchObject({ status: 422, code: 'otherFamilyOfDuties' })
    await room.owner.db.officer.update({ where: { id: watches.id }, data: { identityIndex: null } })
    expect(await enters(financeOfficers[0]!, other)).toMatchObject({ status: 422, code: 'identityNotRecorded' })
  })
})

describe('a standing deputy', () => {
  const sends = async (as: SeedPerson, path: string, body: object = {}) => {
    const response = await room.send('POST', `/api/standing-deputies${path}`, { as, body })
    return { status: response.status, ...((await response.json()) as { standingDeputyId: string; code?: string }) }
  }
  const deputy = { postId: handlerPost, officerId: handler.id, deputyId: otherLeader.id }

  it('is agreed to beforehand by two others, and then stands in without anybody being asked', async () => {
    expect(await sends(otherLeader, '', deputy)).toMatchObject({ status: 403, code: 'standInNamesThemselves' })
    expect(await sends(supervisors[0]!, '', deputy)).toMatchObject({ status: 403, code: 'notYoursToArrange' })
    const { standingDeputyId, status } = await sends(handler, '', deputy)
    expect(status).toBe(201)
    expect(await sends(leader, '', deputy)).toMatchObject({ status: 409, code: 'deputyOverlaps' })
    const before = await enters(handler, {})
    expect(before).toMatchObject({ standInId: null, standInAgreed: false })
    await ends(handler, before.absenceId)
    expect(await sends(otherLeader, `/${standingDeputyId}/agrees`)).toMatchObject({ status: 403, code: 'gainerSigns' })
    expect(await sends(handler, `/${standingDeputyId}/agrees`)).toMatchObject({ status: 403, code: 'secondIsFirst' })
    expect(await sends(leader, `/${standingDeputyId}/agrees`)).toMatchObject({ status: 200 })
    expect((await sitsOn(otherLeader, 'TOWNSHIP_HANDLER')).status).toBe(403)

    const atNight = await enters(handler, { cause: 'ILLNESS' })
    expect(atNight).toMatchObject({ status: 201, standInId: otherLeader.id, standInAgreed: true, alarms: [] })
    expect((await sitsOn(otherLeader, 'TOWNSHIP_HANDLER')).status).toBe(201)
    await ends(handler, atNight.absenceId)

    const listed = await room.send('GET', '/api/standing-deputies', { as: kin })
    expect(await listed.json()).toMatchObject({
      deputies: [{ standingDeputyId, deputyName: otherLeader.name, agreedByName: leader.name }],
    })
    expect(await sends(otherLeader, `/${standingDeputyId}/ends`)).toMatchObject({ status: 200 })
    const after = await enters(handler, {})
    expect(after.standInAgreed).toBe(false)
    await ends(handler, after.absenceId)
  })
})

describe('an absence', () => {
  it('that shares a day with another on the same post is refused by name', async () => {
    const first = await enters(handler, { standInId: leader.id, throughOn: addDays(await today(), 3) })
    const again = { standInId: otherLeader.id, fromOn: addDays(await today(), 3), throughOn: addDays(await today(), 9) }
    expect(await enters(handler, again)).toMatchObject({ status: 409, code: 'absenceOverlaps' })
    await ends(handler, first.absenceId)
    const later = await enters(handler, again)
    expect(later.status).toBe(201)
    await room.owner.db.absence.update({ where: { id: later.absenceId }, data: { endedOn: new Date('2020-01-01') } })
  })

  it('is entered by the officer or who heads the office, and by nobody else', async () => {
    const may = [handler, leader, supervisors[0]!, administrator]
    for (const as of may) {
      const entered = await enters(as, {})
      expect(entered.status).toBe(201)
      expect((await ends(as, entered.absenceId)).status).toBe(200)
    }
    expect(await enters(kin, {})).toMatchObject({ status: 403, code: 'notYoursToArrange' })
    expect(await enters(approvers[0]!, {})).toMatchObject({ status: 403, code: 'notYoursToArrange' })
    for (const stranger of [
      dongzhi.leaders[0]!,
      people.chongchuan.supervisors[0]!,
      people.nantong.administrators[0]!,
    ]) {
      expect(await enters(stranger, {})).toMatchObject({ status: 404, code: 'notFound' })
    }
    expect(await enters(handler, { postId: 'nowhere' })).toMatchObject({ status: 404, code: 'notFound' })
    const ofFinance = { postId: postId(financeOfficers[0]!), officerId: financeOfficers[0]!.id }
    expect(await enters(supervisors[0]!, ofFinance)).toMatchObject({ status: 403, code: 'notYoursToArrange' })
  })

  it('puts no administrator on a post by their own hand', async () => {
    const bureau = { postId: postId(approvers[0]!), officerId: approvers[0]!.id, standInId: administrator.id }
    expect(await enters(administrator, bureau)).toMatchObject({ status: 403, code: 'standInNamesThemselves' })
  })

  it('entered twice under one request id is one, with one answer', async () => {
    const requestId = randomUUID()
    const [once, twice] = await Promise.all([enters(handler, {}, requestId), enters(handler, {}, requestId)])
    expect(twice).toEqual(once)
    expect(await room.archive.db.absence.count({ where: { id: once.absenceId } })).toBe(1)
    expect(await enters(handler, { cause: 'ILLNESS' }, requestId)).toMatchObject({
      status: 409,
      code: 'requestIdReused',
    })
    await ends(handler, once.absenceId)
  })

  it('of two that share days, entered at the same moment, is one', async () => {
    const both = await Promise.all([enters(handler, {}), enters(leader, {})])
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409])
    for (const { absenceId, status } of both) if (status === 201) await ends(leader, absenceId)
  })

  it('is shown to the office and to who arranges; why, only to the officer and to these', async () => {
    const day = await today()
    const { absenceId } = await enters(handler, { cause: 'ILLNESS', standInId: leader.id, fromOn: day, throughOn: day })
    const seen = async (as: SeedPerson) => {
      const { absences } = (await (await room.send('GET', '/api/absences', { as })).json()) as {
        absences: { absenceId: string; cause: string | null; standInName: string }[]
      }
      return absences.find((absence) => absence.absenceId === absenceId)
    }
    expect(await seen(kin)).toMatchObject({ cause: null, causeLabel: null, standInName: leader.name })
    for (const as of [handler, leader, supervisors[0]!]) expect(await seen(as)).toMatchObject({ cause: 'ILLNESS' })
    for (const as of [dongzhi.leaders[0]!, financeOfficers[0]!]) expect(await seen(as)).toBeUndefined()
    await ends(leader, absenceId)
  })

  it('comes page by page, the earliest first', async () => {
    const day = await today()
    const entered = []
    for (const [index, officer] of [handler, kin].entries()) {
      const fromOn = addDays(day, 10 + index)
      entered.push(await enters(leader, { officerId: officer.id, fromOn, throughOn: fromOn }))
    }
    const page = async (cursor: string) =>
      (await room.send('GET', `/api/absences?pageSize=1&since=${addDays(day, 10)}${cursor}`, { as: leader })).json()
    const first = (await page('')) as { absences: { absenceId: string }[]; nextCursor: string }
    const second = (await page(`&cursor=${first.nextCursor}`)) as typeof first
    const ids = [...first.absences, ...second.absences].map(({ absenceId }) => absenceId)
    expect(ids).toEqual(entered.map(({ absenceId }) => absenceId))
    expect(second.nextCursor).toBeNull()
  })

  it('leaves a record in the audit of its county', async () => {
    const { db } = room.archive
    const records = await db.auditRecord.findMany({ where: { register: 'staff:qingyang-xifeng' } })
    const absences = await db.absence.findMany()
    expect(
      records
        .filter(({ action }) => action === 'ENTER_ABSENCE')
        .map(({ subject }) => subject)
        .toSorted(),
    ).toEqual(absences.map(({ id }) => id).toSorted())
    expect(records.every(({ role, result }) => role !== null && result === 'DONE')).toBe(true)
    expect(await findBrokenLink(db, 'staff:qingyang-xifeng')).toBeNull()
  })
})
