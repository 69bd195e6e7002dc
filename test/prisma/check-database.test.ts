import { randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import { ensureProcessLogins } from '../../platform/app-role.ts'
import { loadConfig } from '../../platform/config.ts'
import { createDatabaseClient } from '../../platform/database-session.ts'
import { createFieldCipher } from '../../platform/field-cipher.ts'
import { applyMigrations } from '../../platform/migrate.ts'
import { checkDatabase, DatabaseNotTrusted } from '../../prisma/check-database.ts'
import { type Archive, openArchive } from '../../prisma/client.ts'
import { seed } from '../../prisma/seed/seed.ts'
import { readClock } from '../../prisma/stores/system/clock.ts'
import { createTestDatabase, type TestDatabase, unusedDatabaseUrl } from '../support/database.ts'

let database: TestDatabase
let archive: Archive

const config = loadConfig({})
const cipher = createFieldCipher(config.keys)

beforeEach(async () => {
  database = await createTestDatabase()
  archive = openArchive({ url: database.appUrl, process: 'api', cipher, maxConnections: 2 })
})

afterEach(async () => {
  await archive.close()
  await database.drop()
})

/** What an administrator of the server may have set for a database, or a colleague for a role. */
const strangeSettings = [
  "timezone TO 'Asia/Shanghai'",
  "datestyle TO 'German'",
  'standard_conforming_strings TO off',
  'default_transaction_isolation TO serializable',
  'bytea_output TO escape',
  'search_path TO nowhere',
]

describe('a database whose own settings are others', () => {
  beforeEach(async () => {
    const name = new URL(database.url).pathname.slice(1)
    for (const setting of strangeSettings) await asOwner(`ALTER DATABASE ${name} SET ${setting}`)
  })

  it('tells the time as it is', async () => {
    const now = Date.parse(await readClock(archive.db))
    expect(Math.abs(now - Date.now())).toBeLessThan(60_000)
    await checkDatabase(archive.db)
  })

  it('keeps an instant, a day and bytes as they were given', async () => {
    const [row] = await archive.db.$queryRaw<{ at: Date; day: string; bytes: Uint8Array }[]>`
      SELECT ${new Date('2026-07-01T17:30:00Z')}::timestamptz AS at, ('2026-07-01T17:30:00Z'::timestamptz)::date::text AS day,
        ${Buffer.from([0, 92, 255])}::bytea AS bytes`
    expect(row).toMatchObject({ at: new Date('2026-07-01T17:30:00Z'), day: '2026-07-01' })
    expect([...(row?.bytes ?? [])]).toEqual([0, 92, 255])
  })

  it('is set right for the owner’s sessions, for seed and migrations, too', async () => {
    expect(await asOwner('SHOW timezone')).toEqual([{ TimeZone: 'UTC' }])
    await seed(database.url, config)
    const folder = await mkdtemp(path.join(inject('scratchDir'), 'zone-'))
    const url = unusedDatabaseUrl()
    try {
      await applyMigrations(url, folder)
      await ask(url, `ALTER DATABASE ${new URL(url).pathname.slice(1)} SET timezone TO 'Asia/Shanghai'`)
      await mkdir(path.join(folder, '1_zone'))
      const sql = "CREATE TABLE zone AS SELECT current_setting('TimeZone') AS name"
      await writeFile(path.join(folder, '1_zone', 'migration.sql'), sql)
      await applyMigrations(url, folder)
      expect(await ask(url, 'SELECT name FROM zone')).toEqual([{ name: 'UTC' }])
    } finally {
      await rm(folder, { recursive: true })
    }
  })

  it('stays right when the address itself asks for something else', async () => {
    const url = new URL(database.appUrl)
    url.searchParams.set('options', '-c timezone=Asia/Shanghai -c work_mem=5MB')
    const asked = openArchive({ url: url.href, process: 'api', cipher, maxConnections: 1 })
    try {
      const [row] = await asked.db.$queryRaw<{ zone: string; limit: string }[]>`
        SELECT current_setting('TimeZone') AS zone, current_setting('work_mem') AS limit`
      expect(row).toEqual({ zone: 'UTC', limit: '5MB' })
    } finally {
      await asked.close()
    }
  })
})

describe('before a process begins, a database is refused', () => {
  it.each([
    [5 * 60_000, /数据库时钟比本机慢(29\d|300)秒/, /\d s behind/],
    [-8 * 3_600_000, /数据库时钟比本机快28[78]\d\d秒/, /\d s ahead of/],
  ])('whose clock is wrong by %s ms', async (wrongByMs, zh, en) => {
    const refused = checkDatabase(archive.db, { now: () => new Date(Date.now() + wrongByMs) })
    await expect(refused).rejects.toThrow(DatabaseNotTrusted)
    await expect(refused).rejects.toThrow(zh)
    await expect(refused).rejects.toThrow(en)
  })

  it('but not for a training clock that stands ahead, or a few seconds', async () => {
    await asOwner(`INSERT INTO deployment_clock (id, "offsetMs", "movedAt") VALUES (1, ${90 * 86_400_000}, now())`)
    await checkDatabase(archive.db, { now: () => new Date(Date.now() - 50_000) })
  })

  it('that does not store Chinese as UTF-8', async () => {
    const name = `${new URL(database.url).pathname.slice(1)}_ascii`
    await asOwner(`CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'SQL_ASCII' LOCALE 'C' LOCALE_PROVIDER libc`)
    const url = new URL(database.url)
    url.pathname = `/${name}`
    const other = openArchive({ url: url.href, process: 'api', cipher, maxConnections: 1 })
    try {
      await expect(checkDatabase(other.db)).rejects.toThrow(/server_encoding.*SQL_ASCII.*UTF8/)
    } finally {
      await other.close()
      await asOwner(`DROP DATABASE ${name} WITH (FORCE)`)
    }
  })

  it.each([
    ['ALTER TABLE matter_event OWNER TO jiuzhu_api', /拥有matter_event/],
    ['GRANT UPDATE ("amountFen") ON journal_posting TO jiuzhu_api', /journal_posting/],
    ['GRANT DELETE ON paper TO jiuzhu_api', /paper/],
    ['GRANT TRUNCATE ON audit_record TO PUBLIC', /audit_record/],
    ['ALTER TABLE matter_event DISABLE TRIGGER append_only', /防改触发器已停用.*matter_event/s],
  ])('after %s', async (statement, said) => {
    await checkDatabase(archive.db)
    await asOwner(statement)
    await expect(checkDatabase(archive.db)).rejects.toThrow(said)
  })

  it('when the work would be done as its superuser', async () => {
    const owner = openArchive({ url: database.url, process: 'api', cipher, maxConnections: 1 })
    try {
      const asSuperuser = owner.db.$transaction(async (tx) => {
        await tx.$executeRaw`SET LOCAL ROLE jiuzhu`
        await checkDatabase(tx)
      })
      await expect(asSuperuser).rejects.toThrow(/SUPERUSER/)
      // A training copy may use one address for both; in earnest the login has to be the application's.
      await checkDatabase(owner.db)
      await expect(checkDatabase(owner.db, { production: true })).rejects.toThrow(/logs in with more/)
    } finally {
      await owner.close()
    }
  })

  it('in earnest, when its login may do the other process’s work as well', async () => {
    await expect(checkDatabase(archive.db, { production: true })).rejects.toThrow(
      /还可以使用jiuzhu_worker的权限.*may also take on jiuzhu_worker/,
    )
    const logins = { api: asLogin(`api_${randomUUID()}`), worker: asLogin(`worker_${randomUUID()}`) }
    await expect(ensureProcessLogins(database.url, { ...logins, worker: logins.api })).rejects.toThrow(
      /login of their own/,
    )
    await ensureProcessLogins(database.url, logins)
    await ensureProcessLogins(database.url, logins)
    for (const process of ['api', 'worker'] as const) {
      const own = openArchive({ url: logins[process], process, cipher, maxConnections: 1 })
      const other = openArchive({
        url: logins[process],
        process: process === 'api' ? 'worker' : 'api',
        cipher,
        maxConnections: 1,
      })
      try {
        // The server of the tests is one that a power cut may hurt; of the login there is nothing to say.
        const refused = await checkDatabase(own.db, { production: true }).catch((error: unknown) => String(error))
        expect(refused).not.toMatch(/may also take on|logs in with more/)
        await expect(other.db.$queryRaw`SELECT 1`).rejects.toThrow()
      } finally {
        await own.close()
        await other.close()
        await asOwner(`DROP ROLE "${decodeURIComponent(new URL(logins[process]).username)}"`)
      }
    }
  })

  it('in earnest, when a power cut would lose what was filed', async () => {
    await expect(checkDatabase(archive.db, { production: true })).rejects.toThrow(/fsync.*synchronous_commit/s)
  })
})

function asLogin(name: string): string {
  const url = new URL(database.url)
  url.username = name
  url.password = 'x7Kq2Gz9Lm4Pt8wB'
  return url.href
}

async function asOwner(statement: string): Promise<unknown[]> {
  return ask(database.url, statement)
}

async function ask(url: string, statement: string): Promise<unknown[]> {
  const client = createDatabaseClient(url)
  await client.connect()
  try {
    return (await client.query(statement)).rows
  } finally {
    await client.end()
  }
}
