import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { applyMigrations } from '../../../platform/migrate.ts'
import { unusedDatabaseUrl } from '../../support/database.ts'
import { createDatabaseClient } from '../../../platform/database-session.ts'

const run = promisify(execFile)
const root = path.resolve(import.meta.dirname, '../../..')
let project: string
let migrations: string

const schema = `
  datasource db {
    provider = "postgresql"
  }
  enum Kind {
    DIBAO
    TEKUN
  }
  model Household {
    id      String @id @db.Uuid
    kind    Kind
    version Int    @default(0)
    @@map("household")
  }`

// A function body holds semicolons: the place where a runner that splits scripts gives itself away.
const functionSql = `
  CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    RAISE EXCEPTION 'append only; no change';
  END $$;
  CREATE TRIGGER household_append_only BEFORE DELETE ON household FOR EACH ROW EXECUTE FUNCTION refuse_change();`

beforeAll(async () => {
  project = await mkdtemp(path.join(inject('scratchDir'), 'migrate-'))
  migrations = path.join(project, 'prisma', 'migrations')
  await mkdir(path.join(migrations, '0001_first'), { recursive: true })
  await mkdir(path.join(migrations, '0002_append_only'))
  await writeFile(path.join(project, 'prisma', 'schema.prisma'), schema)
  await writeFile(path.join(migrations, 'migration_lock.toml'), 'provider = "postgresql"\n')
  await writeFile(path.join(migrations, '0002_append_only', 'migration.sql'), functionSql)
  await writeFile(path.join(project, 'prisma.config.ts'), await readFile(path.join(root, 'prisma.config.ts'), 'utf8'))
  const { stdout } = await prisma(
    inject('templateUrl'),
    'migrate',
    'diff',
    '--from-empty',
    '--to-schema',
    'prisma/schema.prisma',
    '--script',
  )
  await writeFile(path.join(migrations, '0001_first', 'migration.sql'), stdout)
}, 60_000)

afterAll(() => rm(project, { recursive: true, force: true }))

function prisma(url: string, ...args: string[]) {
  return run(process.execPath, [path.join(root, 'node_modules/prisma/build/index.js'), ...args], {
    cwd: project,
    env: {
      ...process.env,
      DATABASE_URL: url,
      PRISMA_SCHEMA_ENGINE_BINARY: path.join(root, 'prisma/schema-engine.mjs'),
      PATH: `${path.join(root, 'node_modules/.bin')}:${process.env.PATH}`,
    },
  })
}

async function rowsOf(url: string, sql: string): Promise<unknown[]> {
  const client = createDatabaseClient(url)
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

const history = 'SELECT migration_name, checksum, applied_steps_count FROM _prisma_migrations ORDER BY migration_name'
const functions =
  "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal UNION SELECT proname FROM pg_proc WHERE proname = 'refuse_change'"

test('the runner makes the database, applies in order and the second time has nothing to do', async () => {
  const url = unusedDatabaseUrl()
  expect(await applyMigrations(url, migrations)).toEqual(['0001_first', '0002_append_only'])
  expect(await applyMigrations(url, migrations)).toEqual([])
  expect(await rowsOf(url, functions)).toHaveLength(2)
})

test('runner and Prisma CLI leave the same database and the same history, and the CLI finds no difference', async () => {
  const [byRunner, byCli] = [unusedDatabaseUrl(), unusedDatabaseUrl()]
  await applyMigrations(byRunner, migrations)
  await prisma(byCli, 'migrate', 'deploy')
  expect(await rowsOf(byRunner, history)).toEqual(await rowsOf(byCli, history))
  expect(await rowsOf(byRunner, functions)).toEqual(await rowsOf(byCli, functions))
  const status = await prisma(byRunner, 'migrate', 'status')
  expect(status.stdout).toContain('up to date')
  expect((await prisma(byRunner, 'migrate', 'deploy')).stdout).toContain('No pending migrations')
  const difference = [
    'migrate',
    'diff',
    '--exit-code',
    '--from-config-datasource',
    '--to-schema',
    'prisma/schema.prisma',
  ]
  await prisma(byRunner, ...difference)
  expect(await applyMigrations(byCli, migrations)).toEqual([])
  await rowsOf(byRunner, 'ALTER TABLE household ADD COLUMN drifted int')
  await expect(prisma(byRunner, ...difference)).rejects.toMatchObject({ code: 2 })
})

test('three runners at once on a missing database apply everything once', async () => {
  const url = unusedDatabaseUrl()
  const applied = await Promise.all([1, 2, 3].map(() => applyMigrations(url, migrations)))
  expect(applied.flat()).toHaveLength(2)
})

test('a migration edited after it was applied is refused by name', async () => {
  const url = unusedDatabaseUrl()
  await applyMigrations(url, migrations)
  const edited = await copyWith('0001_first', (sql) => `${sql}\n-- edited`)
  await expect(applyMigrations(url, edited)).rejects.toThrow(/0001_first was edited/)
})

test('a migration that fails leaves nothing of itself and can be corrected', async () => {
  const url = unusedDatabaseUrl()
  const broken = await copyWith(
    '0002_append_only',
    (sql) => `CREATE TABLE half (id int);${sql}; SELECT no_such_thing();`,
  )
  await expect(applyMigrations(url, broken)).rejects.toThrow(/0002_append_only: .*no_such_thing/)
  expect(await rowsOf(url, "SELECT to_regclass('half') AS half")).toEqual([{ half: null }])
  expect(await applyMigrations(url, migrations)).toEqual(['0002_append_only'])
})

async function copyWith(name: string, change: (sql: string) => string): Promise<string> {
  const folder = await mkdtemp(path.join(project, 'copy-'))
  for (const each of ['0001_first', '0002_append_only']) {
    const sql = await readFile(path.join(migrations, each, 'migration.sql'), 'utf8')
    await mkdir(path.join(folder, each))
    await writeFile(path.join(folder, each, 'migration.sql'), each === name ? change(sql) : sql)
  }
  return folder
}
