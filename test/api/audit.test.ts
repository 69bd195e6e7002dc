import { randomUUID } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AuditLines, Seals, VerificationView } from '../../api/audit/audit-contract.ts'
import { people, type SeedPerson } from '../../prisma/seed/people.ts'
import { findBrokenLink } from '../../prisma/stores/system/audit.ts'
import { rollUpLooks } from '../../prisma/stores/system/looks.ts'
import { advanceTrainingClock } from './support/advance-training-clock.ts'
import type { CaseInHand } from '../support/people/officer.ts'
import { type CounterRoom, openCounterRoom } from './support/counter-room.ts'
import { aFile } from '../support/tiny-files.ts'

const { beijie, dongzhi } = people.xifeng
const handler = beijie.handlers[0]!
const stranger = dongzhi.handlers[0]!
const auditor = people.qingyang.auditors[0]!
const otherAuditor = people.nantong.auditors[0]!
const administrator = people.qingyang.administrators[0]!
const leader = beijie.leaders[0]!

let room: CounterRoom
let owner: pg.Client
let aCase: CaseInHand

beforeAll(async () => {
  room = await openCounterRoom('audit')
  owner = new pg.Client({ connectionString: room.ownerUrl })
  await owner.connect()
  aCase = await room.world.beijie.clerk.applies(room.world.aHousehold())
})
afterAll(async () => {
  await owner?.end()
  await room?.close()
})

const opens = (as: SeedPerson, id = aCase.id) => room.send('GET', `/api/assistance-cases/${id}`, { as })
const lastLook = async () => room.archive.db.readRecord.findFirst({ orderBy: { id: 'desc' } })
const lastAct = async (register: string) =>
  room.archive.db.auditRecord.findFirst({ where: { register }, orderBy: { seq: 'desc' } })
const search = async (filter: Record<string, string>, as = auditor) => {
  const response = await room.send('GET', `/api/audit/records?${new URLSearchParams(filter).toString()}`, { as })
  expect(response.status).toBe(200)
  return (await response.json()) as AuditLines
}
const verification = async (at = '/api/audit/verification', as = auditor) =>
  (await (await room.send('GET', at, { as })).json()) as VerificationView

describe('who looked at what', () => {
  it('is written down before the answer leaves: a case, by whom, on which post, from where', async () => {
    await opens(handler)
    expect(await lastLook()).toMatchObject({
      officerId: handler.id,
      officeId: handler.office,
      role: 'TOWNSHIP_HANDLER',
      kind: 'READ_CASE',
      result: 'DONE',
      matterId: aCase.id,
      source: '127.0.0.1',
    })
  })

  it('says so as well when it was refused, for a case as for a role', async () => {
    await opens(stranger)
    expect(await lastLook()).toMatchObject({ officerId: stranger.id, result: 'REFUSED', matterId: aCase.id })
    await opens(administrator)
    expect(await lastLook()).toMatchObject({ officerId: administrator.id, kind: 'READ_CASE', result: 'REFUSED' })
  })

  it('names the paper that was opened, and the purpose of an export', async () => {
    const { timeline } = await room.world.beijie.handler.opens(aCase)
    const paperId = timeline[0]?.papers[0]?.paperId
    await room.send('GET', `/api/matters/${aCase.id}/papers/${paperId}`, { as: handler })
    expect(await lastLook()).toMatchObject({ kind: 'OPEN_PAPER', matterId: aCase.id, subject: paperId })
    const about = new URLSearchParams({ purpose: '督办会议汇报' }).toString()
    await room.send('GET', `/api/board/export?${about}`, { as: leader })
    expect(await lastLook()).toMatchObject({ officerId: leader.id, kind: 'EXPORT', purpose: '督办会议汇报' })
  })

  it('is not shown when it cannot be written down', async () => {
    await owner.query('REVOKE INSERT ON read_record FROM jiuzhu_api')
    try {
      const response = await opens(handler)
      expect(response.status).toBeGreaterThanOrEqual(500)
      expect(await response.text()).not.toContain(aCase.number)
    } finally {
      await owner.query('GRANT INSERT ON read_record TO jiuzhu_api')
    }
    expect((await opens(handler)).status).toBe(200)
  })

  it('never waits for a filing that holds the case', async () => {
    await owner.query('BEGIN')
    await owner.query('SELECT 1 FROM matter WHERE id = $1 FOR UPDATE', [aCase.id])
    try {
      expect((await opens(handler)).status).toBe(200)
    } finally {
      await owner.query('ROLLBACK')
    }
  })

  it('can be changed and deleted by nobody, whoever asks', async () => {
    for (const sql of [
      `UPDATE read_record SET "officerId" = 'another'`,
      `UPDATE read_record SET "rollUp" = 1, "matterId" = 'another'`,
      'DELETE FROM read_record',
      'TRUNCATE read_record',
    ])
      await expect(owner.query(sql), sql).rejects.toThrow()
  })
})

describe('a sign-in', () => {
  it('is written down, and a wrong password under the officer whom it was tried on', async () => {
    await room.signIn(handler)
    expect(await lastLook()).toMatchObject({ officerId: handler.id, kind: 'SIGN_IN', result: 'DONE' })
    await room.signIn(handler, 'a wrong password')
    expect(await lastLook()).toMatchObject({ officerId: handler.id, kind: 'SIGN_IN', result: 'REFUSED', postId: null })
  })

  it('with a password typed for a staff number leaves no trace of that password', async () => {
    const typed = 'my-secret-password-2026'
    const tries = async (staffNumber: string) => {
      await room.send('POST', '/api/sessions', { body: { staffNumber, password: 'x' } })
      return lastLook()
    }
    const [first, second, other] = [await tries(typed), await tries(typed), await tries('another')]
    expect(first).toMatchObject({
      officerId: null,
      result: 'REFUSED',
      subject: expect.stringMatching(/^unknown:[0-9a-f]{12}$/),
    })
    expect(second?.subject).toBe(first?.subject)
    expect(other?.subject).not.toBe(first?.subject)
    const { rows } = await owner.query(`SELECT 1 FROM read_record r WHERE r::text LIKE $1`, [`%${typed}%`])
    expect(rows).toEqual([])
  })
})

describe('what is done to a case besides acts', () => {
  it('is chained onto it: an upload and an assessment, with their digests', async () => {
    const png = aFile('image/png', 'picture')
    const headers = { 'content-type': 'image/png', 'file-name': 'a.png', 'request-id': randomUUID() }
    const send = async () => room.send('POST', `/api/matters/${aCase.id}/papers`, { as: handler, raw: png, headers })
    const { paperId, digest } = (await (await send()).json()) as { paperId: string; digest: string }
    const uploaded = await lastAct(`case:${aCase.id}`)
    expect(uploaded).toMatchObject({
      action: 'ADD_PAPER',
      officerId: handler.id,
      detail: { papers: [{ paperId, digest, kind: 'EVIDENCE', sealedDigest: expect.any(String) }] },
    })
    await send()
    expect((await lastAct(`case:${aCase.id}`))?.seq).toBe(uploaded?.seq)

    const assessed = await room.send('POST', `/api/assistance-cases/${aCase.id}/assessments`, { as: leader, body: {} })
    const { assessmentId } = (await assessed.json()) as { assessmentId: string }
    expect(await lastAct(`case:${aCase.id}`)).toMatchObject({
      action: 'ASSESS',
      officerId: leader.id,
      detail: { papers: [{ paperId: assessmentId, kind: 'ASSESSMENT', sealedDigest: expect.any(String) }] },
    })
    expect(await findBrokenLink(room.archive.db, `case:${aCase.id}`)).toBeNull()
  })
})

describe('an auditor', () => {
  it('searches acts and looks together, by officer, case, kind and day, in Chinese', async () => {
    await opens(handler)
    const ofCase = await search({ matterId: aCase.id, pageSize: '100' })
    expect(ofCase.items.map(({ kindLabel }) => kindLabel)).toEqual(
      expect.arrayContaining(['查看案件', '提交申请', '上传材料']),
    )
    expect(new Set(ofCase.items.map(({ matterNumber }) => matterNumber))).toEqual(new Set([aCase.number]))
    expect(ofCase.items.map(({ at }) => at)).toEqual(
      ofCase.items
        .map(({ at }) => at)
        .toSorted()
        .toReversed(),
    )

    const refused = await search({ officerId: stranger.id, kind: 'READ_CASE', result: 'REFUSED' })
    expect(refused.items).toMatchObject([
      {
        sourceLabel: '查阅',
        kindLabel: '查看案件',
        resultLabel: '未准许',
        officer: { name: stranger.name },
        roleLabel: '乡镇（街道）经办人',
        address: '127.0.0.1',
      },
    ])
    expect((await search({ matterId: aCase.id, through: '2020-01-01' })).items).toEqual([])
    expect((await search({ matterId: aCase.id, from: '2020-01-01' })).items.length).toBeGreaterThan(3)
  })

  it('goes through all of it page by page, each line once', async () => {
    const all = await search({ matterId: aCase.id, pageSize: '100' })
    const paged: AuditLines['items'] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: AuditLines = await search({ matterId: aCase.id, pageSize: '2', ...(cursor === '' ? {} : { cursor }) })
      paged.push(...page.items)
      cursor = page.nextCursor
    }
    expect(paged).toEqual(all.items)
  })

  it('sees what belongs to their area, and leaves a line of their own', async () => {
    expect((await search({ matterId: aCase.id }, otherAuditor)).items).toEqual([])
    expect((await search({ officerId: handler.id }, otherAuditor)).items).toEqual([])
    expect(await lastLook()).toMatchObject({ officerId: otherAuditor.id, kind: 'SEARCH_AUDIT' })
    for (const as of [handler, leader, administrator])
      expect((await room.send('GET', '/api/audit/records', { as })).status).toBe(403)
  })
})

describe('a seal', () => {
  it('by hand is taken once for a request, and stands in a file that only its owner reads', async () => {
    const headers = { 'request-id': randomUUID() }
    const send = async () => (await room.send('POST', '/api/audit/seals', { as: auditor, headers })).json()
    const [first, again] = [await send(), await send()]
    expect(first).toMatchObject({ number: 1, takenBy: auditor.id })
    expect(again).toEqual(first)
    const file = path.join(room.config.sealDir, 'seals.jsonl')
    const { takenAt: _, takenBy: __, ...line } = first as Seals['items'][number]
    expect((await readFile(file, 'utf8')).trimEnd()).toBe(
      JSON.stringify({
        number: line.number,
        statement: line.statement,
        digest: line.digest,
        keyId: line.keyId,
        signature: line.signature,
      }),
    )
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    const { items, publicKeys } = (await (await room.send('GET', '/api/audit/seals', { as: auditor })).json()) as Seals
    expect(items).toMatchObject([{ number: 1 }])
    expect(publicKeys).toMatch(/^sample-seal:[A-Za-z0-9+/=]+$/)
  })

  it('stands in the file once, though others are taken at the same moment', async () => {
    const all = Array.from({ length: 4 }, async () => room.send('POST', '/api/audit/seals', { as: auditor }))
    expect((await Promise.all([...all, room.proof.keep()])).slice(0, -1).map((each) => each?.status)).toEqual([
      201, 201, 201, 201,
    ])
    const text = await readFile(path.join(room.config.sealDir, 'seals.jsonl'), 'utf8')
    const numbers = text
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { number: number }).number)
    expect(numbers).toEqual(numbers.map((_, index) => index + 1))
    expect(numbers.length).toBeGreaterThanOrEqual(5)
  })

  it('covers what was looked at until the minute before', async () => {
    await advanceTrainingClock(room.archive, 60_000)
    expect(await rollUpLooks(room.archive)).toBeGreaterThan(5)
    expect(await rollUpLooks(room.archive)).toBe(0)
    expect(await lastAct('reads')).toMatchObject({ action: 'ROLL_UP_READS', detail: { digest: expect.any(String) } })
    await room.send('POST', '/api/audit/seals', { as: auditor })
    const { holds, unproven, lastSeal, checked } = await verification()
    expect([holds, lastSeal?.number]).toEqual([true, await room.archive.db.archiveSeal.count()])
    expect(checked.looks).toBeGreaterThan(5)
    expect(unproven.records).toBe(0)
    expect(unproven.sentence).toContain('尚未封存')
  })
})

describe('a verification at the counter', () => {
  it('says in plain words that everything holds, for the archive and for a case', async () => {
    const [all, one] = [await verification(), await verification(`/api/matters/${aCase.id}/verification`)]
    expect([all.holds, one.holds]).toEqual([true, true])
    expect(all.conclusion).toMatch(/^核对审计记录\d+条、办理事件\d+个.*未发现改动。$/)
    expect(one.checked.registers).toBe(1)
    expect(all.checked.registers).toBeGreaterThan(1)
  })

  it('is for the auditors of the area', async () => {
    const at = `/api/matters/${aCase.id}/verification`
    expect((await room.send('GET', at, { as: otherAuditor })).status).toBe(404)
    expect((await room.send('GET', at, { as: handler })).status).toBe(403)
    expect((await room.send('GET', '/api/audit/verification', { as: administrator })).status).toBe(403)
  })

  it('says what was changed past the system', async () => {
    await owner.query('SET session_replication_role = replica')
    await owner.query(`UPDATE matter_event SET "officerId" = 'somebody' WHERE "matterId" = $1 AND seq = 1`, [aCase.id])
    const [all, one] = [await verification(), await verification(`/api/matters/${aCase.id}/verification`)]
    for (const { holds, findings, conclusion } of [all, one]) {
      expect([holds, conclusion]).toEqual([false, expect.stringContaining('发现1处不符')])
      expect(findings).toMatchObject([
        {
          kind: 'EVENT_CHANGED',
          label: '办理事件与审计记录不一致',
          register: `case:${aCase.id}`,
          what: 'event 1: actor',
        },
      ])
    }
  })
})
