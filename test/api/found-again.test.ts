import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CasesFound } from '../../api/matters/search-contract.ts'
import { bodyExamples } from '../../api/http/examples.ts'
import type { Worklist } from '../../api/worklist/worklist-contract.ts'
import { people, type SeedPerson } from '../../prisma/seed/people.ts'
import { checkCharacterOf } from '../../domain/household/identity-number.ts'
import { addDays, plainDate } from '../../domain/time/plain-date.ts'
import { villages } from '../../prisma/seed/places.ts'
import { indexSomeNames, readNameCollisions } from '../../prisma/stores/household/member-names.ts'
import { aFile } from '../support/tiny-files.ts'
import type { CaseInHand } from '../support/people/officer.ts'
import { type CounterRoom, openCounterRoom } from './support/counter-room.ts'

const { xifeng, qingyang, chongchuan } = people
const clerk = xifeng.beijie.clerks[0]!
const [handler, otherHandler] = xifeng.beijie.handlers as [SeedPerson, SeedPerson]
const leader = xifeng.beijie.leaders[0]!

let room: CounterRoom
let aCase: CaseInHand

beforeAll(async () => {
  room = await openCounterRoom('found')
  aCase = await room.world.beijie.clerk.applies(room.world.aHousehold().headedBy('古丽·买买提').of(2))
})
afterAll(() => room.close())

async function finds(as: SeedPerson, by: object): Promise<string[]> {
  const answer = await room.send('POST', '/api/matter-searches', { as, body: by })
  expect(answer.status).toBe(200)
  const { items } = (await answer.json()) as CasesFound
  return items.map(({ matterId }) => matterId)
}

async function done(as: SeedPerson): Promise<string[]> {
  const answer = await room.send('GET', '/api/worklist?status=done', { as })
  const { items } = (await answer.json()) as Worklist
  return items.map(({ matterId }) => matterId)
}

describe('whoever did something in a case', () => {
  it('finds it among what they have done, whether or not it left a desk', async () => {
    expect(await done(clerk)).toContain(aCase.id)
    expect(await done(handler)).not.toContain(aCase.id)
    await room.world.beijie.handler.accepts(aCase)
    await room.world.beijie.handler.beginsSurvey(aCase, [room.world.beijie.otherHandler])
    expect(await done(handler)).toEqual([aCase.id])
    expect([await done(otherHandler), await done(leader)]).toEqual([[], []])
    const waits = { action: 'AWAIT', waitsFor: 'HOUSEHOLD', throughDay: await dayAfter(3), reason: '申请人住院。' }
    const { case: head } = await room.world.beijie.leader.opens(aCase)
    const body = { ...waits, versionSeen: head.version }
    expect((await room.send('POST', `/api/matters/${aCase.id}/acts`, { as: leader, body })).status).toBe(200)
    expect(await done(leader)).toEqual([aCase.id])
  })

  it('is shown it once, by what they did last, page by page', async () => {
    const another = await room.world.beijie.clerk.applies(room.world.aHousehold())
    const first = (await (
      await room.send('GET', '/api/worklist?status=done&pageSize=1', { as: clerk })
    ).json()) as Worklist
    expect(first.items.map(({ matterId }) => matterId)).toEqual([another.id])
    const next = `/api/worklist?status=done&pageSize=1&cursor=${first.nextCursor ?? ''}`
    const second = (await (await room.send('GET', next, { as: clerk })).json()) as Worklist
    expect(second.items.map(({ matterId }) => matterId)).toEqual([aCase.id])
  })

  async function dayAfter(days: number): Promise<string> {
    const { today } = await room.world.beijie.leader.readsClock()
    return new Date(Date.parse(today) + days * 86_400_000).toISOString().slice(0, 10)
  }
})

describe('a case', () => {
  const auditor = qingyang.auditors[0]!

  it('is found by its number, by the name of any member in whatever writing, and by an identity number', async () => {
    const [head, spouse] = aCase.household.members
    for (const as of [clerk, handler, xifeng.handlers[0]!, auditor]) {
      expect(await finds(as, { matterNumber: aCase.number })).toEqual([aCase.id])
      expect(await finds(as, { name: '古丽•买买提' })).toEqual([aCase.id])
      expect(await finds(as, { name: spouse?.name })).toContain(aCase.id)
      for (const { identityNumber } of [head!, spouse!]) expect(await finds(as, { identityNumber })).toEqual([aCase.id])
    }
  })

  it('is not there for whom it is not: another county, or finance before it is to be paid', async () => {
    const { identityNumber } = aCase.household.applicant
    for (const as of [chongchuan.haobin.clerks[0]!, xifeng.financeOfficers[0]!]) {
      expect(await finds(as, { matterNumber: aCase.number })).toEqual([])
      expect(await finds(as, { name: '古丽·买买提' })).toEqual([])
      expect(await finds(as, { identityNumber })).toEqual([])
    }
    const administrator = await room.send('POST', '/api/matter-searches', {
      as: qingyang.administrators[0]!,
      body: { matterNumber: aCase.number },
    })
    expect(administrator.status).toBe(403)
  })

  it('that somebody looks for is on record, without what they looked for', async () => {
    const { identityNumber } = aCase.household.applicant
    await finds(auditor, { identityNumber })
    const looks = await room.archive.db.readRecord.findMany({ where: { kind: 'SEARCH_CASES', officerId: auditor.id } })
    expect(looks.map(({ subject }) => subject)).toContain('identityNumber')
    expect(looks.map(({ subject, purpose }) => `${subject} ${purpose}`).join()).not.toContain(identityNumber)
  })
})

describe('a file that is handed in', () => {
  it('says what it shows, is listed with the case before any act cites it, and afterwards with the act', async () => {
    const another = await room.world.beijie.clerk.applies(room.world.aHousehold())
    const headers = {
      'content-type': 'application/pdf',
      'file-name': encodeURIComponent('残疾证.pdf'),
      'evidence-kind': 'MEDICAL_PROOF',
      'evidence-title': encodeURIComponent('二级残疾证'),
    }
    const raw = aFile('application/pdf')
    const kept = await room.send('POST', `/api/matters/${another.id}/papers`, { as: handler, raw, headers })
    const { paperId } = (await kept.json()) as { paperId: string }
    const shown = async () =>
      (await room.world.beijie.handler.opens(another)).papers.find((one) => one.paperId === paperId)
    expect(await shown()).toMatchObject({
      evidenceKindLabel: '诊断证明、残疾证',
      title: '二级残疾证',
      fileName: '残疾证.pdf',
      writtenByName: handler.name,
      citedBy: [],
    })
    const body = { action: 'ACCEPT', versionSeen: 1, evidencePaperIds: [paperId] }
    expect((await room.send('POST', `/api/matters/${another.id}/acts`, { as: handler, body })).status).toBe(200)
    expect((await shown())?.citedBy).toMatchObject([{ label: '受理' }])
    const watched = { limit: 'SURVEY_START', run: 1, text: '请抓紧入户。' }
    const urges = { action: 'URGE', ...watched, versionSeen: 2, evidencePaperIds: [paperId] }
    expect((await room.send('POST', `/api/matters/${another.id}/acts`, { as: leader, body: urges })).status).toBe(200)
    const items = await room.world.beijie.handler.isShown(another)
    expect(items.map(({ text }) => text)).toEqual(['请抓紧入户。'])
    const strange = {
      ...body,
      action: 'WITHDRAW',
      reason: '撤回',
      versionSeen: 3,
      evidencePaperIds: ['of-another-case'],
    }
    expect((await room.send('POST', `/api/matters/${another.id}/acts`, { as: handler, body: strange })).status).toBe(
      400,
    )
    // Neighbours and the city's supervisor are shown no file of a family.
    const { papers } = await room.world.citySupervisor.opens(another)
    expect(papers.map(({ kind }) => kind)).not.toContain('EVIDENCE')
  })
})

describe('the example of an application that the contract shows', () => {
  it('is taken in as it stands', async () => {
    const body = bodyExamples['POST /api/assistance-cases']?.example?.value as object
    expect((await room.send('POST', '/api/assistance-cases', { as: clerk, body })).status).toBe(201)
  })
})

describe('a file that is handed in before its application', () => {
  it('is cited by the application that names it, and belongs to no other', async () => {
    const [requestId, other] = ['an-application-with-files', 'another-application']
    const sends = async (application: string) =>
      room.send('POST', '/api/application-files', {
        as: clerk,
        raw: aFile('image/jpeg'),
        headers: {
          'content-type': 'image/jpeg',
          'evidence-kind': 'INCOME_PROOF',
          'application-request-id': application,
        },
      })
    const { paperId } = (await (await sends(requestId)).json()) as { paperId: string }
    const { paperId: strange } = (await (await sends(other)).json()) as { paperId: string }
    const { today } = await room.world.beijie.clerk.readsClock()
    const at = { placeId: villages.beijie, divisionCode: '621002', signedOn: today }
    const usual = room.world.aHousehold().applicationAt(at)
    const applies = async (evidencePaperIds: string[]) =>
      room.send('POST', '/api/assistance-cases', {
        as: clerk,
        body: { ...usual, evidencePaperIds },
        headers: { 'request-id': requestId },
      })
    const refused = await applies([paperId, strange])
    expect([refused.status, await refused.json()]).toMatchObject([
      400,
      { faults: [{ path: ['evidencePaperIds', 1], message: expect.stringContaining('没有找到该证明材料') }] },
    ])
    const made = await applies([paperId])
    const { matterId } = (await made.json()) as { matterId: string }
    const { papers } = await room.world.beijie.handler.opens({ id: matterId })
    expect(papers.find((one) => one.paperId === paperId)).toMatchObject({
      evidenceKind: 'INCOME_PROOF',
      citedBy: [{ label: '提交申请' }],
    })
    expect(await (await sends(requestId)).json()).toMatchObject({ code: 'applicationSent' })
  })
})

describe('a household whose members have other documents than most', () => {
  it('is taken in: a permanent residence card, a residence permit, and a newborn whose number is owed by a day', async () => {
    const { today } = await room.world.beijie.clerk.readsClock()
    const usual = room.world
      .aHousehold()
      .applicationAt({ placeId: villages.beijie, divisionCode: '621002', signedOn: today })
    const [applicant] = usual.members
    const member = { ...applicant!, income: [], property: [], hardships: [] }
    const spouse = { ...member, name: 'John Smith', identityNumber: 'USA110080010112', relation: 'SPOUSE' as const }
    const permit = '81000019800101001'
    const sibling = {
      ...member,
      name: '陈大文',
      identityNumber: permit + checkCharacterOf(permit),
      relation: 'SIBLING' as const,
    }
    const newborn = {
      name: '小宝',
      relation: 'CHILD' as const,
      birthDate: today,
      sex: 'MALE' as const,
      workCapable: false,
    }
    const child = { ...member, ...newborn, identityNumber: 'V620012345' }
    const members = [applicant!, { ...spouse, birthDate: '1980-01-01', sex: 'MALE' as const }, sibling, child]
    const signing = members.slice(0, 3).map(({ identityNumber }) => ({ identityNumber, signedOn: today }))
    const application = { ...usual, members, consents: { ...usual.consents, authorisations: signing } }

    const bare = { ...application, members: [applicant!, spouse, sibling, child] }
    const refused = await room.send('POST', '/api/assistance-cases', { as: clerk, body: bare })
    const { faults } = (await refused.json()) as { faults: { path: unknown[] }[] }
    expect([refused.status, faults.map(({ path }) => path.join('.'))]).toEqual([
      400,
      ['members.1.birthDate', 'members.1.sex'],
    ])

    const made = await room.send('POST', '/api/assistance-cases', { as: clerk, body: application })
    expect(made.status).toBe(201)
    const { matterId } = (await made.json()) as { matterId: string }
    const shown = async () => (await room.world.beijie.handler.opens({ id: matterId })).household
    const { members: kept, numbersOwed } = await shown()
    expect(kept.map(({ documentKind }) => documentKind)).toEqual([
      'RESIDENT_ID',
      'PERMANENT_RESIDENT_CARD',
      'RESIDENCE_PERMIT',
      'BIRTH_CERTIFICATE',
    ])
    expect(numbersOwed).toEqual([{ personId: kept[3]?.personId, name: '小宝', dueOn: addDays(plainDate(today), 180) }])

    // The number is there at last: the household adds it, and the child is the same person.
    const asked = { action: 'RETURN', to: 'CORRECTION', mendingList: ['补登新生儿身份证号码'], versionSeen: 1 }
    expect((await room.send('POST', `/api/matters/${matterId}/acts`, { as: handler, body: asked })).status).toBe(200)
    const digits = `621002${today.replaceAll('-', '')}001`
    const number = digits + checkCharacterOf(digits)
    const numbered = { ...application, members: [...members.slice(0, 3), { ...child, identityNumber: number }] }
    const mended = { action: 'RESUBMIT', application: numbered, versionSeen: 2 }
    expect((await room.send('POST', `/api/matters/${matterId}/acts`, { as: clerk, body: mended })).status).toBe(200)
    const after = await shown()
    expect(after.members[3]).toMatchObject({ personId: kept[3]?.personId, documentKind: 'RESIDENT_ID' })
    expect(after.numbersOwed).toEqual([])
    for (const identityNumber of [number, 'V620012345', 'USA110080010112'])
      expect(await finds(clerk, { identityNumber })).toEqual([matterId])
  })
})

describe('names from before they were indexed', () => {
  it('are indexed a few at a time, from where it stopped, and then found', async () => {
    await room.asOwner('UPDATE matter_person SET "nameIndex" = NULL')
    expect(await finds(clerk, { name: '古丽·买买提' })).toEqual([])
    const first = await indexSomeNames(room.archive, '', 1)
    expect(first).toMatchObject({ indexed: 1 })
    while ((await indexSomeNames(room.archive, '', 1)) !== null);
    expect(await finds(clerk, { name: '古丽·买买提' })).toEqual([aCase.id])
    expect(await indexSomeNames(room.archive, '', 1)).toBeNull()
  })

  it('that two persons of a village share in two writings are told to a person', async () => {
    expect(await readNameCollisions(room.archive)).toEqual([])
    const other = await room.world.beijie.clerk.applies(room.world.aHousehold().headedBy('古丽・买买提'))
    const [collision] = await readNameCollisions(room.archive)
    expect(collision?.members.map(({ name }) => name).toSorted()).toEqual(['古丽·买买提', '古丽・买买提'].toSorted())
    expect(collision?.members.map(({ matterNumber }) => matterNumber)).toContain(other.number)
  })
})
