import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { plainDate } from '../../domain/time/plain-date.ts'
import type { BulkPreview } from '../../api/matters/bulk-contract.ts'
import { findBrokenLink } from '../../prisma/stores/system/audit.ts'
import { checkDesks } from '../../prisma/stores/staff/staff-changes.ts'
import { identityIndex } from '../../prisma/stores/household/persons.ts'
import { people, postId, relativeOfAHandler, type SeedPerson } from '../../prisma/seed/people.ts'
import type { CaseInHand } from '../support/people/officer.ts'
import { type CounterRoom, openCounterRoom } from './support/counter-room.ts'
import { aFile } from '../support/tiny-files.ts'

const { beijie } = people.xifeng
const [handler, sister] = beijie.handlers as [SeedPerson, SeedPerson]
const leader = beijie.leaders[0]!
const supervisor = people.xifeng.supervisors[0]!
const auditor = people.qingyang.auditors[0]!

const png = aFile('image/png', 'picture')

let room: CounterRoom
let ofKin: CaseInHand
let other: CaseInHand
beforeAll(async () => {
  room = await openCounterRoom('recusal')
  const { clerk } = room.world.beijie
  ofKin = await clerk.applies(room.world.aHousehold().ofPerson(relativeOfAHandler))
  other = await clerk.applies(room.world.aHousehold())
  const { cipher, db } = room.owner
  const index = identityIndex({ cipher }, relativeOfAHandler.identityNumber)
  const since = new Date('2021-01-01')
  for (const { id } of [leader, supervisor, auditor])
    await db.officerRelative.create({
      data: { officerId: id, identityIndex: index, relation: '堂姐', effectiveFrom: since },
    })
})
afterAll(() => room.close())

const asks = async (as: SeedPerson, path: string) => {
  const response = await room.send('GET', path, { as })
  const text = await response.text()
  return { status: response.status, text, body: JSON.parse(text) as Record<string, unknown> }
}
const uploads = (as: SeedPerson, aCase: CaseInHand, requestId: string = randomUUID()) =>
  room.send('POST', `/api/matters/${aCase.id}/papers`, {
    as,
    raw: png,
    headers: { 'content-type': 'image/png', 'request-id': requestId },
  })

describe('whoever has to keep away from a case', () => {
  it('learns that it is there, and nothing about it', async () => {
    const { timeline } = await room.world.beijie.handler.opens(ofKin)
    const paperId = timeline[0]?.papers[0]?.paperId
    const paths = ['', '/deadlines/ACCEPTANCE/1', '/assessment', `/papers/${paperId}`]
    for (const as of [sister, leader, supervisor, auditor]) {
      for (const path of paths) {
        const { status, body, text } = await asks(
          as,
          `/api/${/^.(deadlines|papers|acts|verification)/.test(path) ? 'matters' : 'assistance-cases'}/${ofKin.id}${path}`,
        )
        if (body['code'] === 'notYourRole') continue
        expect([as.role, path, status, body['code']]).toEqual([as.role, path, 403, 'relativeOfHousehold'])
        expect(text).not.toContain(relativeOfAHandler.name)
        expect(text).not.toContain(ofKin.number)
      }
    }
    expect((await asks(handler, `/api/assistance-cases/${ofKin.id}`)).status).toBe(200)
    expect((await asks(sister, `/api/assistance-cases/${other.id}`)).status).toBe(200)
  })

  it('is told by the name of the rule when it is the own household', async () => {
    const { cipher, db } = room.owner
    const mine = identityIndex({ cipher }, other.household.applicant.identityNumber)
    await db.officer.update({ where: { id: handler.id }, data: { identityIndex: mine } })
    expect(await asks(handler, `/api/assistance-cases/${other.id}`)).toMatchObject({
      status: 403,
      body: { code: 'ownCase' },
    })
    await db.officer.update({ where: { id: handler.id }, data: { identityIndex: null } })
  })

  it('adds nothing to it, and that they tried is audited', async () => {
    const papers = () => room.archive.db.paper.count({ where: { matterId: ofKin.id } })
    const before = await papers()
    const returned = { action: 'RETURN', to: 'CORRECTION', mendingList: ['补充收入证明'], versionSeen: 1 }
    const tries = [
      await uploads(sister, ofKin),
      await room.send('POST', `/api/assistance-cases/${ofKin.id}/assessments`, { as: sister, body: {} }),
      await room.send('POST', `/api/matters/${ofKin.id}/acts`, { as: sister, body: returned }),
    ]
    expect(tries.map(({ status }) => status)).toEqual([403, 403, 403])
    expect(await papers()).toBe(before)
    const records = await room.archive.db.auditRecord.findMany({
      where: { register: `case:${ofKin.id}`, officerId: sister.id, result: 'REFUSED' },
      orderBy: { seq: 'asc' },
    })
    expect(records.map(({ action }) => action)).toEqual(['ADD_PAPER', 'ASSESS', 'RETURN'])
    expect(await findBrokenLink(room.archive.db, `case:${ofKin.id}`)).toBeNull()
  })

  it('is not offered it in a worklist, nor is it counted there', async () => {
    type List = { items: { matterId: string }[]; counts: { open: number } }
    const mine = (await asks(sister, '/api/worklist')).body as unknown as List
    const theirs = (await asks(handler, '/api/worklist')).body as unknown as List
    expect(mine.items.map(({ matterId }) => matterId)).toEqual([other.id])
    expect(theirs.items.map(({ matterId }) => matterId).toSorted()).toEqual([ofKin.id, other.id].toSorted())
    expect([mine.counts.open, theirs.counts.open]).toEqual([1, 2])
  })

  it('finds it on the board by number, place and stage alone, and so in the export', async () => {
    const { text, body } = await asks(supervisor, '/api/board/cases')
    const row = (body['items'] as { matterId: string }[]).find(({ matterId }) => matterId === ofKin.id)
    expect(row).toMatchObject({
      matterNumber: ofKin.number,
      recused: true,
      title: '（应回避）',
      stage: 'APPLIED',
      holders: [],
      limit: null,
      dueOn: null,
    })
    expect(text).not.toContain(relativeOfAHandler.name)
    const board = (await asks(supervisor, '/api/board')).body as { total: { open: number } }
    expect(board.total.open).toBe((body['items'] as object[]).length)
    for (const path of ['/api/overdue', '/api/supervision-items', '/api/supervision-orders'])
      expect((await asks(supervisor, path)).text).not.toContain(relativeOfAHandler.name)
  })

  it('has it skipped in bulk', async () => {
    const matterIds = [ofKin.id, other.id]
    const preview = await room.send('POST', '/api/bulk-previews', { as: sister, body: { action: 'ACCEPT', matterIds } })
    const shown = (await preview.json()) as BulkPreview
    expect(shown.singly).toEqual([{ matterId: ofKin.id, matterNumber: ofKin.number, reasons: ['您应当回避本案'] }])
    const likeness = shown.groups[0]?.likeness
    const rows = matterIds.map((matterId) => ({ matterId, versionSeen: 1 }))
    const bulk = await room.send('POST', '/api/bulk-acts', { as: sister, body: { action: 'ACCEPT', likeness, rows } })
    expect(await bulk.json()).toMatchObject({
      filed: 1,
      refused: 1,
      rows: [{ outcome: 'REFUSED', code: 'relativeOfHousehold' }, { outcome: 'FILED' }],
    })
  })

  it('is neither shown nor lets be answered what supervision addressed to the post', async () => {
    const { world } = room
    await world.citySupervisor.urges(ofKin, 'ACCEPTANCE', '请抓紧办理')
    const items = await world.beijie.handler.isShown(ofKin)
    expect(items).toHaveLength(1)
    const mine = (await asks(sister, '/api/supervision-items')).body
    expect([mine['unseen'], mine['items']]).toEqual([0, []])
    const itemId = items[0]!.supervisionItemId
    for (const path of ['seen', 'answers']) {
      const body = path === 'seen' ? {} : { text: '正在办理。' }
      const refused = await room.send('POST', `/api/supervision-items/${itemId}/${path}`, { as: sister, body })
      expect([refused.status, await refused.json()]).toMatchObject([403, { code: 'relativeOfHousehold' }])
    }
  })
})

describe('an item of supervision', () => {
  const relativeOf = async ({ id }: SeedPerson) =>
    room.owner.db.officerRelative.create({
      data: {
        officerId: id,
        identityIndex: identityIndex(room.archive, relativeOfAHandler.identityNumber),
        relation: '堂姐',
        effectiveFrom: new Date('2021-01-01'),
      },
    })
  const urgesOnce = async () => {
    const before = new Set((await room.archive.db.supervisionItem.findMany()).map(({ id }) => id))
    await room.world.citySupervisor.urges(ofKin, 'ACCEPTANCE', '请抓紧办理')
    const items = await room.archive.db.supervisionItem.findMany({ include: { recipients: true } })
    const [item] = items.filter(({ id }) => !before.has(id))
    return item?.recipients.map(({ role }) => role).toSorted()
  }

  it('reaches the seat above as well where all who fill one have to keep away, and so on up', async () => {
    expect(await urgesOnce()).toEqual(['TOWNSHIP_HANDLER'])
    await relativeOf(handler)
    expect(await urgesOnce()).toEqual(['TOWNSHIP_HANDLER', 'TOWNSHIP_LEADER'])
    await relativeOf(beijie.leaders[1]!)
    // The county has one supervisor, who is a relative, too.
    const everyone = ['CITY_SUPERVISOR', 'COUNTY_SUPERVISOR', 'TOWNSHIP_HANDLER', 'TOWNSHIP_LEADER']
    expect(await urgesOnce()).toEqual(everyone)
  })

  it('that nobody at all may read is told by an alarm, which is cleared when somebody may', async () => {
    const { db } = room.owner
    const { today } = await room.world.auditor.readsClock()
    const told = async () => {
      await checkDesks(room.hands, plainDate(today))
      const standing = await db.alarm.findMany({ where: { kind: 'NOBODY_MAY_SEE', clearedAt: null } })
      return new Set(standing.map(({ matterId }) => matterId))
    }
    // The urgings from before went to posts that only relatives fill by now.
    expect([...(await told())]).toEqual([ofKin.id])
    const standing = () => db.alarm.count({ where: { kind: 'NOBODY_MAY_SEE', clearedAt: null } })
    const before = await standing()
    await told()
    expect(await standing()).toBe(before)
    expect((await asks(people.qingyang.administrators[0]!, '/api/alarms?pageSize=100')).text).toContain(
      '督办事项无人可阅',
    )
    await db.postHolding.create({
      data: {
        postId: postId(leader),
        officerId: people.xifeng.dongzhi.leaders[0]!.id,
        effectiveFrom: new Date('2021-01-01'),
      },
    })
    await db.postHolding.create({
      data: {
        postId: postId(handler),
        officerId: people.xifeng.dongzhi.handlers[0]!.id,
        effectiveFrom: new Date('2021-01-01'),
      },
    })
    expect([...(await told())]).toEqual([])
  })
})

describe('a closed case', () => {
  it('takes neither files nor assessments, but answers again what it answered before', async () => {
    const { world } = room
    const aCase = await world.beijie.clerk.applies(world.aHousehold())
    const requestId = randomUUID()
    expect((await uploads(handler, aCase, requestId)).status).toBe(201)
    await world.beijie.clerk.withdraws(aCase)
    expect((await uploads(handler, aCase, requestId)).status).toBe(201)
    const refused = [
      await uploads(handler, aCase),
      await room.send('POST', `/api/assistance-cases/${aCase.id}/assessments`, { as: handler, body: {} }),
      await room.send('GET', `/api/assistance-cases/${aCase.id}/assessment`, { as: handler }),
    ]
    for (const response of refused)
      expect([response.status, await response.json()]).toMatchObject([409, { code: 'caseClosed' }])
  })
})

describe('a relative who is filed late', () => {
  it('leaves a mark on what the officer did before, which supervisors and auditors see', async () => {
    const kin = room.world.aHousehold()
    const aCase = await room.world.beijie.clerk.applies(kin)
    await room.world.beijie.otherHandler.accepts(aCase)
    const officer = beijie.handlers[1]!
    const before = await asks(people.qingyang.supervisors[0]!, '/api/late-filings')
    expect(before.text).not.toContain(aCase.id)
    const identity = identityIndex({ cipher: room.owner.cipher }, kin.applicant.identityNumber)
    await room.owner.db.officerRelative.create({
      data: { officerId: officer.id, identityIndex: identity, relation: '兄弟', effectiveFrom: new Date('2021-01-01') },
    })
    for (const as of [supervisor, people.qingyang.supervisors[0]!, auditor]) {
      const { body } = await asks(as, '/api/late-filings')
      expect(
        (body['items'] as object[]).filter((item) => 'matterId' in item && item.matterId === aCase.id),
      ).toMatchObject([{ type: 'APPLICATION_ACCEPTED', officerName: officer.name, matterNumber: aCase.number }])
    }
    // A relation that has ended since was one on the day of the act; one that began later was none.
    const tie = { officerId: officer.id, identityIndex: identity }
    const ends = async (effectiveFrom: string, effectiveTo: string | null) => {
      const until = effectiveTo === null ? null : new Date(effectiveTo)
      await room.owner.db.officerRelative.updateMany({
        where: tie,
        data: { effectiveFrom: new Date(effectiveFrom), effectiveTo: until },
      })
      return (await asks(supervisor, '/api/late-filings')).text.includes(aCase.id)
    }
    expect(await ends('2021-01-01', '2021-12-31')).toBe(false)
    expect(await ends('2199-01-01', null)).toBe(false)
    expect(await ends('2021-01-01', (await room.world.auditor.readsClock()).today)).toBe(true)
    const { timeline } = await room.world.beijie.handler.opens(aCase)
    expect(timeline.filter(({ byRecused }) => byRecused).map(({ type }) => type)).toEqual(['APPLICATION_ACCEPTED'])
    const seenByClerk = await room.world.beijie.clerk.opens(aCase)
    expect(seenByClerk.timeline.some(({ byRecused }) => byRecused)).toBe(false)
    expect((await asks(handler, '/api/late-filings')).status).toBe(403)
  })
})
