import { createHash, randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type pg from 'pg'
import { createDatabaseClient } from './database-session.ts'

/** The history in the database and the files on disk contradict each other; a person has to look. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError'
}

type Migration = Readonly<{ name: string; sql: string; checksum: string }>
type AppliedRow = { migration_name: string; checksum: string; finished_at: Date | null }

const ownFolder = fileURLToPath(new URL('../prisma/migrations', import.meta.url))

// Prisma's own lock number: its CLI and this runner shut each other out.
const migrationLock = 72707369

const historyTable = `
  CREATE TABLE IF NOT EXISTS _prisma_migrations (
    id                  varchar(36) PRIMARY KEY NOT NULL,
    checksum            varchar(64) NOT NULL,
    finished_at         timestamptz,
    migration_name      varchar(255) NOT NULL,
    logs                text,
    rolled_back_at      timestamptz,
    started_at          timestamptz NOT NULL DEFAULT now(),
    applied_steps_count integer NOT NULL DEFAULT 0
  )`

/**
 * Brings a database to the newest migration without the Prisma CLI, which production does not carry, and keeps the
 * history as the CLI would. Makes the database if it is missing. Returns the names applied now.
 */
export async function applyMigrations(url: string, folder: string = ownFolder): Promise<string[]> {
  const migrations = await readMigrations(folder)
  await createDatabaseIfMissing(url)
  const client = createDatabaseClient(url)
  await client.connect()
  try {
    await client.query('SELECT pg_advisory_lock($1)', [migrationLock])
    await client.query(historyTable)
    const pending = findPending(migrations, await readHistory(client))
    for (const migration of pending) await applyOne(client, migration)
    return pending.map((migration) => migration.name)
  } finally {
    await client.end()
  }
}

async function readMigrations(folder: string): Promise<Migration[]> {
  const entries = existsSync(folder) ? await readdir(folder, { withFileTypes: true }) : []
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
  return Promise.all(
    names.sort().map(async (name) => {
      const sql = await readFile(path.join(folder, name, 'migration.sql'), 'utf8')
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
    }),
  )
}

/** Makes the database that an address names, so that a newcomer's empty server will do. */
export async function createDatabaseIfMissing(url: string): Promise<void> {
  const server = new URL(url)
  const name = decodeURIComponent(server.pathname.slice(1))
  const probe = createDatabaseClient(url)
  try {
    await probe.connect()
    return
  } catch (error) {
    if ((error as pg.DatabaseError).code !== '3D000') throw error
  } finally {
    await probe.end()
  }
  server.pathname = '/postgres'
  const client = createDatabaseClient(server.href)
  await client.connect()
  try {
    await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`)
  } catch (error) {
    // Somebody else made it in the same moment.
    if (!['42P04', '23505'].includes((error as pg.DatabaseError).code ?? '')) throw error
  } finally {
    await client.end()
  }
}

async function readHistory(client: pg.Client): Promise<AppliedRow[]> {
  const { rows } = await client.query<AppliedRow>(
    'SELECT migration_name, checksum, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY started_at',
  )
  return rows
}

function findPending(migrations: readonly Migration[], history: readonly AppliedRow[]): Migration[] {
  const onDisk = new Map(migrations.map((migration) => [migration.name, migration]))
  for (const row of history) {
    const migration = onDisk.get(row.migration_name)
    if (!row.finished_at) throw new MigrationError(`${row.migration_name} failed half-way earlier; resolve it first`)
    if (!migration) throw new MigrationError(`${row.migration_name} is applied but unknown to this version of Jiuzhu`)
    if (migration.checksum !== row.checksum) {
      throw new MigrationError(`${row.migration_name} was edited after it was applied; restore it and write a new one`)
    }
  }
  const applied = new Set(history.map((row) => row.migration_name))
  return migrations.filter((migration) => !applied.has(migration.name))
}

async function applyOne(client: pg.Client, migration: Migration): Promise<void> {
  await client.query('BEGIN')
  try {
    await client.query(migration.sql)
    await client.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, clock_timestamp(), clock_timestamp(), 1)`,
      [randomUUID(), migration.checksum, migration.name],
    )
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK')
    throw new MigrationError(`${migration.name}: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    })
  }
}
