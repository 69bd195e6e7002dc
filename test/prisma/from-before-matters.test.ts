import { randomUUID } from 'node:crypto'
import { cp, mkdtemp, readFile, readdir } from 'node:fs/promises'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { fileAct } from '../../activities/filing/file-act.ts'
import { lookAtCase } from '../../activities/filing/look-at-case.ts'
import { fold } from '../../domain/matter/fold.ts'
import { procedureOf } from '../../domain/procedures/index.ts'
import { dayOf } from '../../domain/time/plain-date.ts'
import { loadConfig } from '../../platform/config.ts'
import { createDatabaseClient } from '../../platform/database-session.ts'
import { createFieldCipher } from '../../platform/field-cipher.ts'
import { applyMigrations } from '../../platform/migrate.ts'
import { sealPublicKeys } from '../../platform/seal-key.ts'
import { type Archive, openArchive } from '../../prisma/client.ts'
import { readCaseEvents } from '../../prisma/stores/matter/matter-events.ts'
import { readClock } from '../../prisma/stores/system/clock.ts'
import { receiveRequest } from '../../prisma/stores/matter/requests.ts'
import { verifyArchive } from '../../prisma/stores/system/verification.ts'
import { unusedDatabaseUrl } from '../support/database.ts'

/** Rows of a training copy with four applications (handed in, surveyed, at the county, granted), by table. */
const keptFile = path.resolve(import.meta.dirname, 'kept', 'before-matters.json.gz')
const migrations = path.resolve(import.meta.dirname, '../../prisma/migrations')
const migration = '20261201000000_matters'

const { keys } = loadConfig({})
const cipher = createFieldCipher(keys)
const url = unusedDatabaseUrl()
let api: Archive
let worker: Archive

beforeAll(async () => {
  const folder = await mkdtemp(path.join(inject('scratchDir'), 'before-matters-'))
  const before = (await readdir(migrations)).filter((name) => name < migration)
  for (const name of before) await cp(path.join(migrations, name), path.join(folder, name), { recursive: true })
  await applyMigrations(url, folder)
  await load(JSON.parse(gunzipSync(await readFile(keptFile)).toString()) as Record<string, object[]>)
  await applyMigrations(url)
  const appUrl = new URL(inject('appTemplateUrl'))
  appUrl.pathname = new URL(url).pathname
  api = openArchive({ url: appUrl.href, process: 'api', cipher })
  worker = openArchive({ url: appUrl.href, process: 'worker', cipher })
})

afterAll(async () => {
  await api?.db.$disconnect()
  await worker?.db.$disconnect()
  await onServer(async (client) =>
    client.query(`DROP DATABASE IF EXISTS ${new URL(url).pathname.slice(1)} WITH (FORCE)`),
  )
})

describe('a training copy from before there were matters', () => {
  it('has all of its applications, each where its log says that it stands', async () => {
    const matters = await api.db.matter.findMany({ include: { tasks: { where: { closedAt: null } } } })
    expect(matters.map(({ stage }) => stage).toSorted()).toEqual([
      'APPLIED',
      'COUNTY_REVIEW',
      'FIRST_PAYMENT',
      'TOWNSHIP_OPINION',
    ])
    for (const { id, kind, stage, version, title, number, tasks } of matters) {
      const state = fold(procedureOf(kind), await readCaseEvents(api.db, id))
      expect({ stage: state.stage, version: state.version }).toEqual({ stage, version })
      expect([title, number]).not.toContain('')
      expect(tasks.map((task) => [task.kind, task.stage])).toEqual(tasks.map(() => [kind, stage]))
      expect(tasks.length).toBeGreaterThan(0)
    }
  })

  it('is shown to finance as before, and names the benefit that it granted', async () => {
    const [granted, ...others] = await api.db.matter.findMany({ where: { forFinance: true } })
    expect(others).toEqual([])
    const benefit = await api.db.benefit.findUniqueOrThrow({ where: { matterId: granted!.id } })
    expect(granted).toMatchObject({ stage: 'FIRST_PAYMENT', benefitId: benefit.id })
    expect(await api.db.paymentLine.findFirstOrThrow()).toMatchObject({
      entitlementKind: 'BENEFIT',
      entitlementId: benefit.id,
    })
  })

  it('bears every audit record as it was written', async () => {
    const { findings } = await verifyArchive(api.db, { keys: sealPublicKeys({ privateKeys: keys.seal }) })
    // The kept copy was never sealed; every other finding would be a change.
    expect(findings.filter(({ kind }) => kind !== 'SEAL_OVERDUE')).toEqual([])
  })

  it('still lets nobody count in two open applications', async () => {
    const [one] = await api.db.matterPerson.findMany({ where: { open: true, counts: true } })
    const elsewhere = await api.db.matter.findFirstOrThrow({ where: { id: { not: one!.matterId } } })
    await expect(
      api.db.matterPerson.create({ data: { ...one!, matterId: elsewhere.id, nameIndex: null } }),
    ).rejects.toThrow(/Unique constraint/)
  })

  it('goes on: acts that were answered are answered again, and new ones are filed', async () => {
    const { id: matterId, version: versionSeen } = await api.db.matter.findFirstOrThrow({ where: { stage: 'APPLIED' } })
    const known = await api.db.request.findFirstOrThrow({ where: { matterId, status: 'FILED' } })
    const { officerId, requestId } = known
    expect(known.answer).toMatchObject({ outcome: 'FILED', matterId })
    const again = await fileAct(worker, { matterId, officerId, requestId, knownVersion: versionSeen })
    expect(again).toMatchObject({ outcome: 'ALREADY_FILED' })

    const { version } = await lookAtCase(worker, { matterId })
    expect(await accept(matterId, version)).toMatchObject({ outcome: 'FILED', standing: { stage: 'SURVEY' } })
  })
})

async function accept(matterId: string, versionSeen: number) {
  const receivedAt = await readClock(api.db)
  const post = await api.db.post.findFirstOrThrow({
    where: { role: 'TOWNSHIP_HANDLER', holdings: { some: { officerId: { contains: 'beijie' } } } },
    include: { holdings: true },
  })
  const key = { officerId: post.holdings[0]!.officerId, requestId: randomUUID() }
  const content = { action: 'ACCEPT', details: {}, versionSeen, occurredOn: dayOf(receivedAt), paperIds: [] }
  const request = { ...key, postId: post.id, action: 'ACCEPT', matterId, contentDigest: 'digest', content, receivedAt }
  await receiveRequest(api.db, request)
  return fileAct(worker, { matterId, ...key, knownVersion: versionSeen })
}

/** Rows before the rows that name them: a table that has to wait for another is tried again after it. */
async function load(rowsOf: Record<string, object[]>): Promise<void> {
  await onDatabase(url, async (client) => {
    let waiting = Object.entries(rowsOf)
    for (let passes = 0; waiting.length > 0; passes += 1) {
      if (passes > 10) throw new Error(`Cannot load ${waiting.map(([table]) => table).join(', ')}`)
      const later: typeof waiting = []
      for (const [table, rows] of waiting) {
        const insert = `INSERT INTO "${table}" OVERRIDING SYSTEM VALUE SELECT * FROM jsonb_populate_recordset(NULL::"${table}", $1)`
        await client.query(insert, [JSON.stringify(rows)]).catch(() => later.push([table, rows]))
      }
      waiting = later
    }
  })
}

async function onServer(work: (client: ReturnType<typeof createDatabaseClient>) => Promise<unknown>): Promise<void> {
  await onDatabase(inject('templateUrl'), work)
}

async function onDatabase(
  address: string,
  work: (client: ReturnType<typeof createDatabaseClient>) => Promise<unknown>,
): Promise<void> {
  const client = createDatabaseClient(address)
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}
