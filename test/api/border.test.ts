import { createHmac, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fileAct } from '../../activities/filing/file-act.ts'
import { tellingWhenStuck } from '../../activities/filing/in-time.ts'
import { lookAtCase } from '../../activities/filing/look-at-case.ts'
import { createMatchingCentre } from '../../activities/gateways/matching-centre.ts'
import { createMatchingActivities } from '../../activities/procedures/assistance-case/matching.ts'
import type { CaseView } from '../../api/assistance-cases/case-contract.ts'
import type { SetAsideItems } from '../../api/oversight/set-aside-contract.ts'
import { foldCase } from '../../domain/procedures/assistance-case/case.ts'
import { dayOf } from '../../domain/time/plain-date.ts'
import { people, postId, type SeedPerson } from '../../prisma/seed/people.ts'
import { findBrokenLink } from '../../prisma/stores/system/audit.ts'
import { readBacklog } from '../../prisma/stores/oversight/backlog.ts'
import { readCaseEvents } from '../../prisma/stores/matter/matter-events.ts'
import { readClock } from '../../prisma/stores/system/clock.ts'
import { receiveRequest } from '../../prisma/stores/matter/requests.ts'
import { callbackSecret, type CounterRoom, openCounterRoom } from './support/counter-room.ts'

let room: CounterRoom
const { xifeng, qingyang } = people
const handler = xifeng.beijie.handlers[0] as SeedPerson
const clerk = xifeng.beijie.clerks[0] as SeedPerson
const supervisor = xifeng.supervisors[0] as SeedPerson
const administrator = qingyang.administrators[0] as SeedPerson

beforeAll(async () => {
  room = await openCounterRoom('border')
})
afterAll(() => room.close())

/** A case whose registers have been asked; the centre itself is not there. */
async function aCaseBeingMatched() {
  const { beijie } = room.world
  const aCase = await beijie.clerk.applies(room.world.aHousehold())
  await beijie.handler.accepts(aCase)
  await beijie.handler.beginsSurvey(aCase, [beijie.otherHandler])
  const centre = createMatchingCentre({ url: 'http://127.0.0.1:2', token: 'x', timeoutMs: 1_000 })
  const { requestMatching } = createMatchingActivities({ archive: room.hands, centre })
  await requestMatching({ caseId: aCase.id }).catch(() => undefined)
  const { matching, memberPersonIds } = await stateOf(aCase.id)
  return {
    aCase,
    matterId: aCase.id,
    requestId: matching?.matchingRequestId as string,
    personId: memberPersonIds[0] as string,
  }
}

const stateOf = async (matterId: string) => foldCase(await readCaseEvents(room.archive.db, matterId))

const wage = (personRef: string) => ({
  personRef,
  kind: 'INCOME',
  incomeKind: 'WAGE',
  monthlyFen: 120_000,
  description: '工资',
  observedOn: '2026-10-31',
})

function answerTo(requestId: string, change: Record<string, unknown> = {}) {
  const at = { answeredAt: new Date().toISOString(), validUntil: '2027-02-20' }
  return { callbackId: randomUUID(), requestId, source: 'TAX', answer: 'NONE_FOUND', items: [], ...at, ...change }
}

/** Posts a callback of an institution, signed as the contract says, and lets the case take what arrived. */
async function posts(
  institution: 'matching-centre' | 'bank',
  callback: object | string,
  matterId?: string,
): Promise<number> {
  const body = typeof callback === 'string' ? callback : JSON.stringify(callback)
  const id = typeof callback === 'string' ? randomUUID() : (callback as { callbackId: string }).callbackId
  const timestamp = Math.floor(room.wall.now.getTime() / 1000)
  const signed = createHmac('sha256', callbackSecret).update(`${id}.${timestamp}.${body}`)
  const { status } = await room.send('POST', `/callbacks/${institution}`, {
    raw: body,
    headers: {
      'webhook-id': id,
      'webhook-timestamp': String(timestamp),
      'webhook-signature': `v1,${signed.digest('base64')}`,
    },
  })
  if (matterId !== undefined) await lookAtCase(room.hands, { matterId })
  return status
}

const matchingSeen = async (matterId: string, as: SeedPerson = handler) => {
  const view = (await (await room.send('GET', `/api/assistance-cases/${matterId}`, { as })).json()) as CaseView
  return { ...view.matching, tax: view.matching?.answers.find(({ source }) => source === 'TAX') }
}
const setAsideSeen = async (as: SeedPerson, query = '') =>
  (await (await room.send('GET', `/api/set-aside-items${query}`, { as })).json()) as SetAsideItems
const itemsOf = async (matterId: string, as: SeedPerson = supervisor) =>
  (await setAsideSeen(as, '?pageSize=100')).items.filter((item) => item.matterId === matterId)
const takenAs = async (matterId: string) =>
  (await room.archive.db.callback.findMany({ where: { matterId } })).map((callback) => callback.takenAs)

describe('a word that nobody knows yet', () => {
  it('costs the item in which it stands, which is shown as not understood, and never the others', async () => {
    const { matterId, requestId, personId } = await aCaseBeingMatched()
    const strange = { ...wage(personId), kind: 'PROPERTY', propertyKind: 'AIRSHIP', valueFen: 5 }
    const answer = answerTo(requestId, { answer: 'FOUND', items: [strange, wage(personId)] })
    expect(await posts('matching-centre', answer, matterId)).toBe(204)
    const { tax, facts, notUnderstood } = await matchingSeen(matterId)
    expect(facts).toMatchObject([{ personId, amountFen: 120_000 }])
    expect(notUnderstood).toMatchObject([{ source: 'TAX', label: '未能识别', raw: expect.stringContaining('AIRSHIP') }])
    expect(tax).toMatchObject({ answer: 'FOUND', notUnderstood: 1, unplaced: 0, persons: [{ standing: 'IN_DOUBT' }] })
    expect(await itemsOf(matterId)).toMatchObject([{ reason: 'NOT_UNDERSTOOD', register: 'TAX' }])
  })

  it('in the answer itself keeps the whole of it for a person to see, and is not told as a bad signature', async () => {
    const { matterId, requestId } = await aCaseBeingMatched()
    expect(await posts('matching-centre', answerTo(requestId, { answer: 'MAYBE' }), matterId)).toBe(204)
    expect(await posts('matching-centre', answerTo(requestId, { source: 'LOTTERY' }), matterId)).toBe(204)
    expect(await posts('matching-centre', answerTo(requestId), matterId)).toBe(204)
    expect(await itemsOf(matterId)).toMatchObject([{ reason: 'NOT_UNDERSTOOD' }, { reason: 'NOT_UNDERSTOOD' }])
    expect((await matchingSeen(matterId)).tax).toMatchObject({
      answer: 'NONE_FOUND',
      persons: [{ standing: 'ANSWERED' }],
    })
  })

  it('in place of a message that names a case is kept for the administrators', async () => {
    const { setAsideItems: before } = await readBacklog(room.archive.db)
    for (const body of ['no JSON', '{"callbackId":7}', '[]', '{"requestId":"\\u0000"}'])
      expect(await posts('matching-centre', body)).toBe(202)
    expect(await readBacklog(room.archive.db)).toMatchObject({ setAsideItems: before + 4 })
    const unread = (await setAsideSeen(administrator)).items.filter(({ matterId }) => matterId === null)
    expect(unread).toHaveLength(4)
    const seen = await room.send('GET', `/api/set-aside-items/${unread[3]?.itemId}`, { as: administrator })
    expect(await seen.json()).toMatchObject({ raw: expect.stringContaining('no JSON') })
    expect((await setAsideSeen(supervisor)).items.filter(({ matterId }) => matterId === null)).toEqual([])
    expect((await room.send('GET', `/api/set-aside-items/${unread[0]?.itemId}`, { as: supervisor })).status).toBe(404)
  })
})

describe('a message about a number that we do not know', () => {
  const kept = async () =>
    (await setAsideSeen(administrator, '?pageSize=100')).items.filter(({ matterId }) => !matterId)
  const alarms = () =>
    room.archive.db.alarm.findMany({ where: { kind: 'SET_ASIDE', subject: 'NO_CASE', clearedAt: null } })
  const close = (itemId: string) => room.send('POST', `/api/set-aside-items/${itemId}/closing`, { as: administrator })

  it('is kept once for the administrators, as an order may be unknown because the archive was put back', async () => {
    const [instructionId, requestId] = [randomUUID(), randomUUID()]
    const returned = { callbackId: randomUUID(), instructionId, outcome: 'RETURNED', reason: 'ACCOUNT_CLOSED' }
    expect(await posts('bank', returned)).toBe(202)
    expect(await posts('bank', { ...returned, settledAt: new Date().toISOString() })).toBe(202)
    expect(await posts('matching-centre', answerTo(requestId))).toBe(202)
    const unknown = (await kept()).filter(({ reason }) => reason === 'NUMBER_UNKNOWN')
    expect(unknown).toHaveLength(2)
    const rows = await room.archive.db.setAsideItem.findMany({ where: { reason: 'NUMBER_UNKNOWN' } })
    expect(new Set(rows.map(({ about }) => about))).toEqual(new Set([requestId, instructionId]))
    expect(unknown[1]).toMatchObject({ source: 'BANK', reasonLabel: '编号不明' })
    const read = await room.send('GET', `/api/set-aside-items/${unknown[1]?.itemId}`, { as: administrator })
    expect(await read.json()).toMatchObject({ raw: expect.stringContaining('ACCOUNT_CLOSED') })
  })

  it('raises one alarm at each office with an administrator, until the last such item is seen to', async () => {
    const offices = await room.archive.db.post.findMany({ where: { role: 'ADMINISTRATOR' }, distinct: ['officeId'] })
    for (let time = 0; time < 2; time++) await posts('matching-centre', answerTo(randomUUID()))
    const standing = await alarms()
    expect(standing.map(({ officeId }) => officeId).sort()).toEqual(offices.map(({ officeId }) => officeId).sort())
    expect(standing.every(({ role, matterId }) => role === 'ADMINISTRATOR' && matterId === null)).toBe(true)

    const [last, ...others] = await kept()
    for (const { itemId } of others) expect((await close(itemId)).status).toBe(200)
    expect(await alarms()).toHaveLength(offices.length)
    expect((await close(last?.itemId as string)).status).toBe(200)
    expect(await alarms()).toEqual([])

    await posts('bank', { callbackId: randomUUID(), instructionId: randomUUID() })
    expect(await alarms()).toHaveLength(offices.length)
    const { db } = room.archive
    for (const { register } of await db.auditRecord.findMany({ distinct: ['register'] }))
      expect([register, await findBrokenLink(db, register)]).toEqual([register, null])
  })

  it('and an alarm about a case reaches the administrators where its county has no supervising office', async () => {
    const { matterId, requestId } = await aCaseBeingMatched()
    const ended = `UPDATE jurisdiction SET "effectiveTo" = '2000-01-01' WHERE "effectiveTo" IS NULL`
    const bureaus = `AND "officeId" IN (SELECT id FROM office WHERE kind = 'CIVIL_AFFAIRS_BUREAU' AND level = 'COUNTY')`
    await room.asOwner(`${ended} ${bureaus}`)
    try {
      const answer = answerTo(requestId, { answer: 'FOUND', items: [wage(randomUUID())] })
      await posts('matching-centre', answer, matterId)
      const told = await room.archive.db.alarm.findMany({ where: { matterId, kind: 'SET_ASIDE' } })
      expect(told.length).toBeGreaterThan(0)
      expect(new Set(told.map(({ role }) => role))).toEqual(new Set(['ADMINISTRATOR']))
    } finally {
      await room.asOwner(`UPDATE jurisdiction SET "effectiveTo" = NULL WHERE "effectiveTo" = '2000-01-01'`)
    }
  })
})

describe('an answer of a register is held against what was asked', () => {
  it('about somebody else it is no answer: it is set aside, not shown, and the register stays unheard', async () => {
    const { matterId, requestId } = await aCaseBeingMatched()
    const stranger = randomUUID()
    const answer = answerTo(requestId, { answer: 'FOUND', items: [wage(stranger)] })
    expect(await posts('matching-centre', answer, matterId)).toBe(204)
    const seen = await matchingSeen(matterId)
    expect(seen.tax).toMatchObject({ answer: 'PENDING', unplaced: 1, persons: [{ standing: 'PENDING' }] })
    expect([seen.facts, seen.notUnderstood]).toEqual([[], []])
    expect(JSON.stringify(seen)).not.toContain(stranger)
    const [item] = await itemsOf(matterId)
    expect(item).toMatchObject({ reason: 'PERSON_NOT_ASKED', reasonLabel: '所涉人员不在核对名单内', register: 'TAX' })
    const read = await room.send('GET', `/api/set-aside-items/${item?.itemId}`, { as: supervisor })
    expect(await read.text()).toContain(stranger)

    // Whom it was about is not the household's handlers' business, nor another county's, nor the administrators'.
    for (const as of [handler, clerk, administrator])
      expect((await room.send('GET', `/api/set-aside-items/${item?.itemId}`, { as })).status).toBeGreaterThanOrEqual(
        403,
      )
  })

  it('beside an answer for those who were asked about, it leaves a doubt that whoever decides must sign for', async () => {
    const { matterId, requestId, personId } = await aCaseBeingMatched()
    const answer = answerTo(requestId, { answer: 'FOUND', items: [wage(randomUUID()), wage(personId)] })
    await posts('matching-centre', answer, matterId)
    const { tax, facts } = await matchingSeen(matterId)
    expect(facts).toHaveLength(1)
    expect(tax).toMatchObject({ answer: 'FOUND', unplaced: 1, persons: [{ personId, standing: 'ANSWERED' }] })
    const state = await stateOf(matterId)
    expect(state.matching?.answers.find(({ source }) => source === 'TAX')?.doubts).toMatchObject({ unplaced: 1 })
  })

  it('told again it is set aside once, and a person who has seen to it ends the alarm', async () => {
    const { matterId, requestId } = await aCaseBeingMatched()
    const items = [wage(randomUUID())]
    for (let time = 0; time < 3; time++)
      await posts('matching-centre', answerTo(requestId, { answer: 'FOUND', items }), matterId)
    const [item, ...others] = await itemsOf(matterId)
    expect(others).toEqual([])
    const alarms = () => room.archive.db.alarm.findMany({ where: { matterId, kind: 'SET_ASIDE', clearedAt: null } })
    expect(await alarms()).toMatchObject([{ role: 'COUNTY_SUPERVISOR' }])
    const closing = `/api/set-aside-items/${item?.itemId}/closing`
    expect((await room.send('POST', closing, { as: handler })).status).toBe(403)
    expect((await room.send('POST', closing, { as: supervisor })).status).toBe(200)
    expect(await itemsOf(matterId)).toEqual([])
    expect(await alarms()).toEqual([])
    await posts('matching-centre', answerTo(requestId, { answer: 'FOUND', items }), matterId)
    expect(await alarms()).toEqual([])
    const audited = await room.archive.db.auditRecord.findMany({
      where: { register: `case:${matterId}`, action: { in: ['RAISE_ALARM', 'CLEAR_ALARM'] } },
      orderBy: { seq: 'asc' },
    })
    const ofSetAside = audited.filter(({ detail }) => (detail as { kind?: string }).kind === 'SET_ASIDE')
    expect(ofSetAside.map(({ action }) => action)).toEqual(['RAISE_ALARM', 'CLEAR_ALARM'])
    expect(await findBrokenLink(room.archive.db, `case:${matterId}`)).toBeNull()
  })
})

describe('what the archive cannot hold', () => {
  it.each([
    ['a day that no calendar has', { observedOn: '0000-01-01' }],
    ['a character that no text holds', { description: 'a\u0000b' }],
    ['half a character', { description: '\ud800' }],
    ['an amount beyond measure', { monthlyFen: 2 ** 53 - 1 }],
  ])('%s is set aside at once, and what came with it is taken', async (_, wrong) => {
    const { matterId, requestId, personId } = await aCaseBeingMatched()
    const items = [{ ...wage(personId), ...wrong }, wage(personId)]
    await posts('matching-centre', answerTo(requestId, { answer: 'FOUND', items }), matterId)
    expect((await matchingSeen(matterId)).facts).toHaveLength(1)
    expect(await itemsOf(matterId)).toHaveLength(1)
    expect(await takenAs(matterId)).toEqual(['ENTERED'])
  })

  it('and passes every check of ours is set aside by itself, when only the database finds out', async () => {
    const { matterId, requestId, personId } = await aCaseBeingMatched()
    // A constraint of another day stands for whatever the next one will be.
    await room.asOwner(`ALTER TABLE matched_fact ADD CONSTRAINT odd CHECK ("amountFen" <> 7777) NOT VALID`)
    try {
      const poisoned = answerTo(requestId, { answer: 'FOUND', items: [{ ...wage(personId), monthlyFen: 7777 }] })
      const sound = answerTo(requestId, { source: 'VEHICLES' })
      await posts('matching-centre', poisoned)
      await posts('matching-centre', sound)
      await lookAtCase(room.hands, { matterId })
      const { matching } = await stateOf(matterId)
      const wordOf = (source: string) => matching?.answers.find((word) => word.source === source)?.answer
      expect([wordOf('VEHICLES'), wordOf('TAX')]).toEqual(['NONE_FOUND', 'PENDING'])
      expect(await itemsOf(matterId)).toMatchObject([{ reason: 'NOT_STORABLE', faults: ['23514'] }])
      expect(new Set(await takenAs(matterId))).toEqual(new Set(['ENTERED', 'SET_ASIDE']))
    } finally {
      await room.asOwner('ALTER TABLE matched_fact DROP CONSTRAINT odd')
    }
  })

  it('refuses the act that brings it by name, keeps what it was, and the next act is filed', async () => {
    const { aCase, matterId } = await aCaseBeingMatched()
    const { db } = room.archive
    const { version } = await stateOf(matterId)
    const key = { officerId: clerk.id, requestId: randomUUID(), postId: postId(clerk) }
    const content = { action: 'WITHDRAW', details: {}, versionSeen: version, occurredOn: '2026-11-26', paperIds: 7 }
    const receivedAt = await readClock(db)
    await receiveRequest(db, { ...key, action: 'WITHDRAW', matterId, contentDigest: 'x', content, receivedAt })
    const answer = await fileAct(room.hands, { ...key, matterId, knownVersion: version })
    expect(answer).toMatchObject({ outcome: 'REFUSED', code: 'contentNotStorable' })
    expect(await fileAct(room.hands, { ...key, matterId, knownVersion: version })).toMatchObject({ outcome: 'REFUSED' })
    expect(await itemsOf(matterId)).toMatchObject([
      { source: 'COUNTER', sourceLabel: '办理请求', reason: 'NOT_UNDERSTOOD' },
    ])
    await room.world.beijie.clerk.withdraws(aCase)
    expect((await stateOf(matterId)).outcome).toBe('WITHDRAWN')
  })
})

describe('a fault of our own', () => {
  it('is no refusal: the act has no answer, and sent again once it is mended it is filed', async () => {
    const { beijie } = room.world
    const { id: matterId } = await beijie.clerk.applies(room.world.aHousehold())
    const { db } = room.archive
    const { version } = await stateOf(matterId)
    const key = { officerId: handler.id, requestId: randomUUID(), postId: postId(handler) }
    const receivedAt = await readClock(db)
    const occurredOn = dayOf(receivedAt)
    const content = { action: 'ACCEPT', details: {}, versionSeen: version, occurredOn, paperIds: [] }
    await receiveRequest(db, { ...key, action: 'ACCEPT', matterId, contentDigest: 'x', content, receivedAt })
    const odd = `CHECK ("causeId" <> '${key.requestId}') NOT VALID`
    await room.asOwner(`ALTER TABLE matter_event ADD CONSTRAINT odd ${odd}`)
    try {
      const failed = fileAct(room.hands, { ...key, matterId, knownVersion: version })
      await expect(failed).rejects.toMatchObject({ type: 'FilingFailed', nonRetryable: true })
    } finally {
      await room.asOwner('ALTER TABLE matter_event DROP CONSTRAINT odd')
    }
    expect(await itemsOf(matterId)).toEqual([])
    expect(await fileAct(room.hands, { ...key, matterId, knownVersion: version })).toMatchObject({ outcome: 'FILED' })
  })

  it('that keeps the queue from filing is told once, after ten attempts, and no longer once it files', async () => {
    const { matterId } = await aCaseBeingMatched()
    const told = () => room.archive.db.alarm.count({ where: { matterId, kind: 'ACT_FAILED', clearedAt: null } })
    const fails = async () => Promise.reject(new Error('of no class'))
    for (const [attempt, alarms] of [
      [9, 0],
      [10, 1],
      [11, 1],
    ] as const) {
      await expect(tellingWhenStuck(room.hands, { subject: matterId, matterId, attempt }, fails)).rejects.toThrow(
        'of no class',
      )
      expect(await told()).toBe(alarms)
    }
    await tellingWhenStuck(room.hands, { subject: matterId, matterId, attempt: 12 }, () =>
      lookAtCase(room.hands, { matterId }),
    )
    expect(await told()).toBe(0)
  })

  it('that keeps a set-wide act from its end is told to those who keep the system', async () => {
    const about = { subject: 'redateCases', matterId: null }
    const told = () => room.archive.db.alarm.count({ where: { ...about, kind: 'ACT_FAILED', clearedAt: null } })
    const fails = async () => Promise.reject(new Error('of no class'))
    await expect(tellingWhenStuck(room.hands, { ...about, attempt: 10 }, fails)).rejects.toThrow('of no class')
    expect(await told()).toBeGreaterThan(0)
    await tellingWhenStuck(room.hands, { ...about, attempt: 11 }, async () => 'through')
    expect(await told()).toBe(0)
  })

  it('in a callback that no longer opens costs that callback alone, which is told, and the next act is filed', async () => {
    const { aCase, matterId, requestId } = await aCaseBeingMatched()
    await posts('matching-centre', answerTo(requestId))
    await posts('matching-centre', answerTo(requestId, { source: 'VEHICLES' }))
    const [damaged] = await room.archive.db.callback.findMany({ where: { matterId }, orderBy: { receivedAt: 'asc' } })
    await room.asOwner(
      `ALTER TABLE callback DISABLE TRIGGER USER;
        UPDATE callback SET "bodyCipher" = set_byte("bodyCipher", 40, get_byte("bodyCipher", 40) # 1)
        WHERE "sourceId" = '${damaged?.sourceId}';
        ALTER TABLE callback ENABLE TRIGGER USER`,
    )
    await room.world.beijie.clerk.withdraws(aCase)
    expect((await stateOf(matterId)).outcome).toBe('WITHDRAWN')
    expect(await itemsOf(matterId)).toMatchObject([{ reason: 'FAILED', faults: ['SealedFieldError'] }])
    expect(await room.archive.db.alarm.count({ where: { matterId, kind: 'SET_ASIDE', clearedAt: null } })).toBe(1)
    expect(new Set(await takenAs(matterId))).toEqual(new Set(['ENTERED', 'SET_ASIDE']))
  })
})

describe('a date from outside', () => {
  it('far in the future blocks no later answer: it waits for a person', async () => {
    const { matterId, requestId } = await aCaseBeingMatched()
    await posts('matching-centre', answerTo(requestId, { answeredAt: '2199-01-01T00:00:00Z' }), matterId)
    expect((await matchingSeen(matterId)).tax?.answer).toBe('PENDING')
    expect(await itemsOf(matterId)).toMatchObject([{ reason: 'DATE_NOT_POSSIBLE', faults: ['answeredAt'] }])
    await posts('matching-centre', answerTo(requestId), matterId)
    expect((await matchingSeen(matterId)).tax?.answer).toBe('NONE_FOUND')
  })

  it('before we asked is no answer to what we asked', async () => {
    const { matterId, requestId } = await aCaseBeingMatched()
    await posts('matching-centre', answerTo(requestId, { answeredAt: '2020-01-01T00:00:00Z' }), matterId)
    expect((await matchingSeen(matterId)).tax?.answer).toBe('PENDING')
    expect(await itemsOf(matterId)).toMatchObject([{ reason: 'DATE_NOT_POSSIBLE' }])
  })
})
