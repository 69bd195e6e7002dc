import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { loadConfig } from '../../platform/config.ts'
import { createFieldCipher } from '../../platform/field-cipher.ts'
import { openArchive } from '../../prisma/client.ts'
import { trainingTraces } from '../../prisma/training-traces.ts'
import { openOwnerArchive } from '../support/owner-archive.ts'
import { seed } from '../../prisma/seed/seed.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

const root = path.resolve(import.meta.dirname, '../..')
const config = loadConfig({})
let empty: TestDatabase
let training: TestDatabase

beforeAll(async () => {
  empty = await createTestDatabase()
  training = await createTestDatabase()
  await seed(training.url, config)
  await seed(empty.url, { ...config, environment: 'production', movableClock: false })
})

afterAll(async () => {
  await empty?.drop()
  await training?.drop()
})

const tracesIn = async (url: string, kind: 'api' | 'worker') => {
  const archive = openArchive({ url, process: kind, cipher: createFieldCipher(config.keys), maxConnections: 1 })
  try {
    return await trainingTraces(archive.db)
  } finally {
    await archive.close()
  }
}

describe.each(['api', 'worker'] as const)('what shows a training copy to the %s', (kind) => {
  it('is its people and its clock', async () => {
    const said = await tracesIn(training.appUrl, kind)
    expect(said).toHaveLength(2)
    expect(said[0]).toMatch(/训练用人员.*published/)
    expect(said[1]).toMatch(/训练时钟.*training clock/)
    expect(await tracesIn(empty.appUrl, kind)).toEqual([])
  })

  it('is one of its people under another id', async () => {
    const owner = openOwnerArchive(empty.url, config)
    const copied = { id: `copied-${kind}`, staffNumber: 'xf-beijie-01', name: '李想', passwordHash: 'x' }
    await owner.db.officer.create({ data: copied })
    expect(await tracesIn(empty.appUrl, kind)).toHaveLength(1)
    await owner.db.officer.delete({ where: { id: copied.id } })
    await owner.close()
  })
})

it.each(['api/main.ts', 'worker/main.ts'])('%s does not start in production on a training database', async (script) => {
  const secret = () => randomBytes(32).toString('hex')
  const ring = (id: string) => `${id}:${randomBytes(32).toString('base64')}`
  const env = {
    PATH: process.env.PATH,
    TZ: 'UTC',
    JIUZHU_ENV: 'production',
    DATABASE_APP_URL: training.appUrl,
    TEMPORAL_ADDRESS: inject('temporalAddress'),
    MATCHING_CENTRE_URL: 'https://matching.example.cn',
    BANK_URL: 'https://bank.example.cn',
    JIUZHU_PUBLIC_URL: 'https://jiuzhu.example.cn',
    MATCHING_API_TOKEN: secret(),
    MATCHING_CALLBACK_SECRET: secret(),
    BANK_API_TOKEN: secret(),
    BANK_CALLBACK_SECRET: secret(),
    FIELD_KEYS: ring('f'),
    PAYLOAD_KEYS: ring('p'),
    BLIND_INDEX_KEY: ring('b'),
    // Only the counter signs.
    ...(script === 'api/main.ts' && { SEAL_KEY: ring('s') }),
  }
  const started = promisify(execFile)(process.execPath, [path.join(root, script)], { env, timeout: 50_000 })
  await expect(started).rejects.toMatchObject({ stderr: expect.stringContaining('people of the training copy') })
})
