import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { beginningOfChain, type ChainedRecord, canonicalRecord } from '../../domain/audit/canonical-form.ts'
import { readsRegister } from '../../domain/audit/look.ts'
import type { Seal } from '../../domain/audit/seal-statement.ts'
import { dayOf, type Instant } from '../../domain/time/plain-date.ts'
import { createFieldCipher } from '../../platform/field-cipher.ts'
import { loadConfig } from '../../platform/config.ts'
import { createSealer, sealPublicKeys } from '../../platform/seal-key.ts'
import { type Archive, type Db, openArchive } from '../../prisma/client.ts'
import { chainAudit } from '../../prisma/stores/system/audit.ts'
import { joinOldRegisters } from '../../prisma/stores/system/audit-joining.ts'
import { readClock } from '../../prisma/stores/system/clock.ts'
import { beginOwedRound, finishDailyRound } from '../../prisma/stores/oversight/daily-rounds.ts'
import { noteLook, rollUpLooks } from '../../prisma/stores/system/looks.ts'
import { readSeals, takeOwedSeal, takeSeal } from '../../prisma/stores/system/seals.ts'
import { verifySeals } from '../../prisma/stores/system/verify-seals.ts'
import { verifyArchive } from '../../prisma/stores/system/verification.ts'
import { type CaseRoom, caseAtCounty, openCaseRoom, staff } from '../support/case-room.ts'
import { tamperings } from './support/tampering.ts'

const { keys: configKeys } = loadConfig({})
const sealer = createSealer(configKeys.seal!)
const keys = sealPublicKeys({ privateKeys: configKeys.seal })

let room: CaseRoom
let owner: Archive
let file: Seal[]
const cases: Record<'granted' | 'sealed' | 'fresh', string> = { granted: '', sealed: '', fresh: '' }

const register = (name: keyof typeof cases) => `case:${cases[name]}`

beforeAll(async () => {
  room = await openCaseRoom()
  await room.startWorkers()
  const { archive } = room
  owner = openArchive({ url: room.ownerUrl, process: 'api', cipher: createFieldCipher(configKeys), maxConnections: 1 })

  cases.granted = await caseAtCounty(room)
  cases.sealed = (await room.apply()).matterId
  await room.act(staff.handler, cases.sealed, { action: 'ACCEPT' })
  await room.until(cases.sealed, ({ matching }) => matching !== null)
  const tooSoon = await room.act(staff.leader, cases.granted, { action: 'GIVE_OPINION', details: {} })
  expect(tooSoon.outcome).not.toBe('FILED')
  await room.writeDown(staff.leader, cases.granted, { action: 'ACCEPT' })
  await looks(3)
  await room.timePasses(60_000)
  await rollUpLooks(archive)
  await beginOwedRound(archive.db)
  await finishDailyRound(room.hands, dayOf(await readClock(archive.db)))
  await takeOwedSeal(archive, sealer)

  const bySamePerson = await room.assessment(staff.leader, cases.granted)
  await room.act(staff.leader, cases.granted, {
    action: 'REVIEW_FILE',
    details: { agrees: true, assessmentId: bySamePerson, category: null, unknownSources: [] },
    papers: [['OPINION', '同意']],
  })
  let assessmentId = await room.assessment(staff.countyHandler, cases.granted)
  const finding = { agrees: true, category: null, unknownSources: [] }
  await room.act(staff.countyHandler, cases.granted, {
    action: 'REVIEW_FILE',
    details: { ...finding, assessmentId },
    papers: [['OPINION', '同意']],
  })
  assessmentId = await room.assessment(staff.approver, cases.granted)
  await room.act(staff.approver, cases.granted, {
    action: 'CONFIRM',
    details: { assessmentId, category: null, unknownSources: [] },
    papers: [['OPINION', '同意']],
  })
  await takeSeal(archive, sealer, 'the-auditor', 2)
  file = await readSeals(archive.db, { after: 0, take: 100 })

  await room.timePasses(60 * 60_000)
  cases.fresh = (await room.apply()).matterId
  await looks(2)
  // The names by which plantings find the cases.
  for (const [name, id] of Object.entries(cases))
    await room.owner.db.matter.update({ where: { id }, data: { title: name } })
}, 180_000)

afterAll(async () => {
  await owner?.close()
  await room?.close()
})

/** Looks that somebody took, and the questions to other counties that each application and confirmation asks. */
const looksThere = (rolledUp: boolean) =>
  room.archive.db.readRecord.count({ where: { rollUp: rolledUp ? { not: null } : null } })

describe('an archive that nobody touched', () => {
  it('is found whole, and it is said what no seal covers yet', async () => {
    const verified = await verifyArchive(room.archive.db, { keys, file })
    expect(verified.findings).toEqual([])
    expect(verified.lastSeal).toMatchObject({ number: 2 })
    expect(verified.checked.seals).toBe(2)
    expect(verified.checked.events).toBe(await room.archive.db.matterEventRow.count())
    expect(verified.checked.records).toBe(await room.archive.db.auditRecord.count())
    expect(verified.checked.looks).toBe(await looksThere(true))
    expect(verified.unproven.registers).toBeGreaterThan(0)
    expect(verified.unproven.since).not.toBeNull()
    expect(verified.unproven.looks).toBe(await looksThere(false))
    expect(await looksThere(true)).toBeGreaterThan(3)
    expect(await looksThere(false)).toBeGreaterThan(2)
  })

  it('is found whole case by case', async () => {
    for (const matterId of Object.values(cases)) {
      const verified = await verifyArchive(room.archive.db, { matterId, keys, file })
      expect(verified.findings).toEqual([])
      expect(verified.checked.registers).toBe(1)
    }
    const proven = await verifyArchive(room.archive.db, { matterId: cases.sealed, keys })
    const unproven = await verifyArchive(room.archive.db, { matterId: cases.fresh, keys })
    expect(proven.unproven.records).toBeLessThan(proven.checked.records)
    expect(unproven.unproven.records).toBe(unproven.checked.records)
  })
})

describe('what was changed past the system', () => {
  it('is tried in more than thirty-six ways, each by a name of its own', () => {
    expect(new Set(tamperings.map(({ what }) => what)).size).toBe(tamperings.length)
    expect(tamperings.length).toBeGreaterThanOrEqual(36)
  })

  it.each(tamperings)('is found: $what', async ({ finds, says, sql, recompute = [], byFile }) => {
    const { findings, found } = await tampered(sql, recompute, async (db) =>
      verifyArchive(db, { keys, file: byFile ? file : null }),
    )
    expect(found).toBeGreaterThan(0)
    const named = findings.filter(({ kind }) => kind === finds)
    expect(named, JSON.stringify(findings)).not.toEqual([])
    if (says !== undefined) expect(named.some(({ what }) => says.test(what ?? ''))).toBe(true)
  })

  it('is found in its case alone when one case is asked for', async () => {
    const sql = [`UPDATE matter_event SET data = '{}' WHERE "matterId" = '${cases.granted}' AND type = 'CONFIRMED'`]
    const [inCase, inOther] = await tampered(sql, [], async (db) => [
      await verifyArchive(db, { matterId: cases.granted, keys }),
      await verifyArchive(db, { matterId: cases.sealed, keys }),
    ])
    expect(inCase?.findings).toMatchObject([{ kind: 'EVENT_CHANGED', register: register('granted') }])
    expect(inOther?.findings).toEqual([])
  })

  it('is found after any number of seals that were taken over it', async () => {
    const sql = [
      `UPDATE matter_event SET data = jsonb_set(data, '{amountFen}', '7777')
       WHERE "matterId" = '${cases.granted}' AND type = 'OPINION_GIVEN'`,
      `UPDATE audit_record SET detail = jsonb_set(detail, '{data,amountFen}', '7777')
       WHERE register = '${register('granted')}' AND action = 'GIVE_OPINION'`,
    ]
    const { findings } = await tampered(sql, ['granted'], async (db) => {
      await takeSeal({ ...owner, db: inside(db) }, sealer, 'the-auditor')
      return verifyArchive(db, { keys })
    })
    expect(findings.map(({ kind }) => kind)).toContain('CHAIN_RECOMPUTED')
  })
})

describe('seals that fill a page to the last', () => {
  it.each([1, 2, 3])('are held against all heads as well: %i at once', async (sealsAtOnce) => {
    const found: (string | null | undefined)[] = []
    await tampered([`DELETE FROM sealed_head WHERE seal = 1`], [], async (db) =>
      verifySeals(db, {
        keys,
        file: null,
        register: null,
        sealsAtOnce,
        report: (kind, { what }) => void (kind === 'SEALED_HEADS_CHANGED' && found.push(what)),
      }),
    )
    expect(found).toContain('all')
  })
})

describe('a register of before', () => {
  const entry = {
    officerId: null,
    postId: null,
    officeId: null,
    role: null,
    placeId: null,
    action: 'SEE_SUPERVISION',
    result: 'DONE',
    eventId: null,
    detail: {},
  } as const

  /** A register as the version before left it, with one record of today on top of it. */
  async function joined<T>(sql: readonly string[], work: (db: Db) => Promise<T>): Promise<T> {
    return tampered([], [], async (db) => {
      await writeAsBefore(db, register('fresh'))
      expect((await verifyArchive(db, { keys })).findings).toEqual([])
      await chainAudit(db, register('fresh'), [{ ...entry, at: await readClock(db), subject: cases.fresh }])
      for (const statement of sql) expect(await db.$executeRawUnsafe(statement), statement).toBeGreaterThan(0)
      return work(db)
    })
  }

  it('is checked by the form that it was written in, and joined to today’s by one record', async () => {
    const { verified, forms } = await joined([], async (db) => ({
      verified: await verifyArchive(db, { keys }),
      forms: await db.auditRecord.findMany({ where: { register: register('fresh') }, orderBy: { seq: 'asc' } }),
    }))
    expect(verified.findings).toEqual([])
    expect(forms.slice(-3).map(({ form, action }) => `${form} ${action}`)).toEqual([
      expect.stringMatching(/^1 /),
      '2 NEW_FORM',
      '2 SEE_SUPERVISION',
    ])
  })

  it.each([
    ['the capacity of a signer', `UPDATE matter_event SET capacity = 'CONFIRM' WHERE capacity IS NULL OR true`],
    ['when an event was recorded', `UPDATE matter_event SET "recordedAt" = "recordedAt" - interval '1 day'`],
    ['the rules that an event was judged by', `UPDATE matter_event SET "ruleVersion" = 'older'`],
  ])('binds from then on what old records did not: %s', async (_, change) => {
    const where = `"matterId" = '${cases.fresh}' AND "officerId" IS NOT NULL`
    const statement = change.replace(/ WHERE.*|$/, ` WHERE ${where}`)
    const { findings } = await joined([statement], async (db) => verifyArchive(db, { keys }))
    expect(findings).toMatchObject([{ kind: 'EVENT_CHANGED', register: register('fresh') }])
  })

  it('cannot be exchanged below the record that joins it', async () => {
    const sql = [
      `UPDATE audit_record SET hash = repeat('1', 64) WHERE register = '${register('fresh')}' AND seq = 1`,
      `UPDATE audit_record SET previous = repeat('1', 64) WHERE register = '${register('fresh')}' AND seq = 2`,
    ]
    const { findings } = await joined(sql, async (db) => verifyArchive(db, { keys }))
    expect(findings.map(({ kind }) => kind)).toContain('RECORD_CHANGED')
  })

  it('takes a roll-up of looks under its own number, after the record that joins it', async () => {
    const { rolledUp, verified, last } = await tampered([], [], async (db) => {
      await writeAsBefore(db, readsRegister)
      await db.$executeRaw`UPDATE deployment_clock SET "offsetMs" = "offsetMs" + 60000`
      return {
        rolledUp: await rollUpLooks({ ...owner, db: inside(db) }),
        verified: await verifyArchive(db, { keys }),
        last: await db.auditRecord.findMany({ where: { register: readsRegister }, orderBy: { seq: 'desc' }, take: 2 }),
      }
    })
    expect(rolledUp).toBe(await looksThere(false))
    expect(last.map(({ action }) => action)).toEqual(['ROLL_UP_READS', 'NEW_FORM'])
    expect(verified.findings.filter(({ kind }) => kind.startsWith('LOOK'))).toEqual([])
  })

  it('that nobody has touched since is joined by the sweep', async () => {
    const { joinedNow, verified, left } = await tampered([], [], async (db) => {
      await writeAsBefore(db, register('fresh'))
      const joinedNow = await joinOldRegisters({ ...owner, db: inside(db) }, 100)
      return {
        joinedNow,
        verified: await verifyArchive(db, { keys }),
        left: await joinOldRegisters({ ...owner, db: inside(db) }, 100),
      }
    })
    expect([joinedNow, left]).toEqual([1, 0])
    expect(verified.findings).toEqual([])
  })
})

class Undone extends Error {}

/** Runs something on an archive that was tampered with, as its owner; nothing of it stays. */
async function tampered<T>(
  sql: readonly string[],
  recompute: readonly string[],
  work: (db: Db) => Promise<T>,
): Promise<T> {
  let result: T | undefined
  await owner.db
    .$transaction(
      async (tx) => {
        await tx.$executeRawUnsafe('SET LOCAL ROLE NONE')
        await tx.$executeRawUnsafe('SET LOCAL session_replication_role = replica')
        for (const statement of sql) expect(await tx.$executeRawUnsafe(statement), statement).toBeGreaterThan(0)
        for (const name of recompute) await computeAnew(tx, register(name as keyof typeof cases))
        result = await work(tx)
        throw new Undone()
      },
      { timeout: 60_000 },
    )
    .catch((error: unknown) => {
      if (!(error instanceof Undone)) throw error
    })
  return result as T
}

/** What somebody does who knows the form: numbers and hashes that hold in themselves. */
async function computeAnew(db: Db, of: string): Promise<void> {
  const records = await db.auditRecord.findMany({ where: { register: of }, orderBy: { seq: 'asc' } })
  let previous = beginningOfChain
  for (const [index, { hash: _, at, seq: then, ...rest }] of records.entries()) {
    const record = { ...rest, at: at.toISOString() as Instant, seq: index + 1, previous } satisfies ChainedRecord
    const hash = createHash('sha256')
      .update(canonicalRecord(record) as string)
      .digest('hex')
    await db.$executeRaw`UPDATE audit_record SET seq = ${index + 1}, previous = ${previous}, hash = ${hash}
      WHERE register = ${of} AND seq = ${then}`
    previous = hash
  }
}

/** What the version before would have written: its own form, over the part of an event that it knew. */
async function writeAsBefore(db: Db, of: string): Promise<void> {
  const records = await db.auditRecord.findMany({ where: { register: of }, orderBy: { seq: 'asc' } })
  let previous = '0'.repeat(64)
  for (const record of records) {
    const { seq, at, officerId, postId, officeId, role, placeId, action, result, subject, eventId } = record
    const { type, occurredOn, data, papers, cause } = record.detail as Record<string, unknown>
    const known = { seq: (record.detail as { seq: number }).seq, type, occurredOn, data, papers, cause }
    const detail = inKeyOrder(result === 'FILED' ? known : record.detail)
    const who = [officerId, postId, officeId, role, placeId]
    const text = [of, seq, at.toISOString(), ...who, action, result, subject, eventId, detail, previous]
    const hash = createHash('sha256').update(JSON.stringify(text)).digest('hex')
    await db.auditRecord.update({
      where: { register_seq: { register: of, seq } },
      data: { form: 1, detail: detail as object, previous, hash },
    })
    previous = hash
  }
}

function inKeyOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inKeyOrder)
  if (value === null || typeof value !== 'object') return value
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([key, inner]) => [key, inKeyOrder(inner)]))
}

/** A transaction that is asked for one is that one. */
function inside(db: Db): Archive['db'] {
  return new Proxy(db as Archive['db'], {
    get: (target, name) =>
      name === '$transaction'
        ? async (work: (tx: Db) => Promise<unknown>) => work(db)
        : (target[name as keyof Archive['db']] as unknown),
  })
}

async function looks(count: number): Promise<void> {
  for (let each = 0; each < count; each += 1)
    await noteLook(room.archive.db, {
      officerId: staff.handler.id,
      postId: 'a-post',
      officeId: 'an-office',
      role: 'TOWNSHIP_HANDLER',
      kind: 'READ_CASE',
      result: 'DONE',
      matterId: cases.granted,
      subject: null,
      purpose: null,
      source: '127.0.0.1',
    })
}
