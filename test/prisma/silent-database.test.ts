import { randomUUID } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { loadConfig } from '../../platform/config.ts'
import { createDatabaseClient } from '../../platform/database-session.ts'
import { type PostgresServer, startPostgres } from '../../platform/embedded/postgres.ts'
import { findFreePort } from '../../platform/embedded/processes.ts'
import { createFieldCipher } from '../../platform/field-cipher.ts'
import { type Guardian, startGuardian } from '../../platform/guardian.ts'
import { applyMigrations } from '../../platform/migrate.ts'
import { type Archive, openArchive } from '../../prisma/client.ts'
import { DatabaseSilent, withinTime } from '../../prisma/cuttable-client.ts'
import { isArchiveUnavailable } from '../../prisma/unavailable.ts'
import { freeze } from '../support/frozen.ts'

let guardian: Guardian
let server: PostgresServer
let archive: Archive
let owner: pg.Client

beforeAll(async () => {
  const dataDir = path.join(inject('scratchDir'), randomUUID())
  await mkdir(dataDir)
  guardian = startGuardian()
  guardian.removeAfterwards(dataDir)
  server = await startPostgres({
    dataDir,
    port: await findFreePort(),
    onSpawn: (pid) => guardian.watch(pid, 'SIGINT'),
  })
  guardian.removeAfterwards(server.folder)
  await applyMigrations(server.url)
  const cipher = createFieldCipher(loadConfig({}).keys)
  archive = openArchive({ url: server.appUrl, process: 'worker', cipher, maxConnections: 2 })
  owner = createDatabaseClient(server.url)
  await owner.connect()
})

afterAll(async () => {
  await owner?.end()
  await archive?.close()
  await server?.stop()
  await guardian?.close()
})

const takesTheLock = () =>
  archive.db.$transaction(async (tx) => tx.$queryRaw`SELECT 1 FROM (SELECT pg_advisory_xact_lock(7)) l`)
const answers = async () => expect(await archive.db.$queryRaw`SELECT 1 AS one`).toEqual([{ one: 1 }])

async function whileTheLockIsHeld<T>(work: () => Promise<T>): Promise<T> {
  await owner.query('SELECT pg_advisory_lock(7)')
  try {
    return await work()
  } finally {
    await owner.query('SELECT pg_advisory_unlock(7)')
  }
}

describe('work with a time limit', () => {
  it('that waits for a lock too long is cut, and leaves nobody waiting in the database', async () => {
    await whileTheLockIsHeld(async () => {
      await expect(withinTime(500, takesTheLock)).rejects.toBeInstanceOf(DatabaseSilent)
      const waiting = `SELECT FROM pg_stat_activity WHERE wait_event = 'advisory'`
      await expect.poll(async () => (await owner.query(waiting)).rowCount, { timeout: 10_000 }).toBe(0)
    })
    await answers()
  })

  it('that is through in time is left alone', async () => {
    await expect(withinTime(20_000, takesTheLock)).resolves.toBeDefined()
  })

  it('does nothing more once its time is up, however it goes on', async () => {
    const goesOn = Promise.withResolvers<unknown>()
    const slow = async () => {
      await new Promise((resolve) => setTimeout(resolve, 400))
      goesOn.resolve(
        await archive.db.$queryRaw`SELECT 1`.then(
          () => 'went on',
          () => 'ended',
        ),
      )
    }
    await expect(withinTime(100, slow)).rejects.toBeInstanceOf(DatabaseSilent)
    expect(await goesOn.promise).toBe('ended')
    await answers()
  })
})

describe('work without one', () => {
  it('that waits for a lock too long is ended by the server, which counts as an archive that is away', async () => {
    const error = await whileTheLockIsHeld(() => takesTheLock().catch((caught: unknown) => caught))
    expect(isArchiveUnavailable(error)).toBe(true)
    await answers()
  })
})

describe('a frozen database', () => {
  it('is told within the limit again and again, and serves at once when it goes on', async () => {
    await answers()
    const goOn = await freeze(server.pid)
    try {
      for (let time = 0; time < 4; time++) {
        const error = await withinTime(500, takesTheLock).catch((caught: unknown) => caught)
        expect(isArchiveUnavailable(error)).toBe(true)
      }
    } finally {
      goOn()
    }
    await expect
      .poll(() => archive.db.$queryRaw`SELECT 1 AS one`.catch(() => null), { timeout: 10_000 })
      .toEqual([{ one: 1 }])
  })
})
