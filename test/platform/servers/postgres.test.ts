import { randomUUID } from 'node:crypto'
import { chmod, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import { type PostgresServer, startPostgres } from '../../../platform/embedded/postgres.ts'
import { findFreePort } from '../../../platform/embedded/processes.ts'
import { startGuardian, type Guardian } from '../../../platform/guardian.ts'
import { createDatabaseClient } from '../../../platform/database-session.ts'

let dataDir: string
let port: number
let guardian: Guardian

beforeEach(async () => {
  dataDir = await makeFolder()
  port = await findFreePort()
  guardian = startGuardian()
  guardian.removeAfterwards(dataDir)
})

afterEach(() => guardian.close())

// mkdtemp would make it private, which under root sends the cluster elsewhere; that has a test of its own.
async function makeFolder(): Promise<string> {
  const folder = path.join(inject('scratchDir'), randomUUID())
  await mkdir(folder)
  return folder
}

async function start(): Promise<PostgresServer> {
  const server = await startPostgres({ dataDir, port, onSpawn: (pid) => guardian.watch(pid, 'SIGINT') })
  guardian.removeAfterwards(server.folder)
  return server
}

async function rowsOf(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = createDatabaseClient(url)
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

test('a second start adopts the running server, and what was committed outlives kill -9', async () => {
  const first = await start()
  const second = await start()
  expect([second.adopted, second.pid, second.url]).toEqual([true, first.pid, first.url])
  await rowsOf(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer')
  process.kill(first.pid, 'SIGKILL')
  await first.exited
  const recovered = await start()
  expect(recovered.adopted).toBe(false)
  expect(await rowsOf(recovered.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }])
  await recovered.stop()
})

test('a pid file that names a stranger is put aside', async () => {
  const first = await start()
  const pidFile = path.join(first.folder, 'cluster', 'postmaster.pid')
  const lines = (await readFile(pidFile, 'utf8')).split('\n')
  await first.stop()
  await writeFile(pidFile, [process.pid, ...lines.slice(1)].join('\n'))
  const again = await start()
  expect(again.adopted).toBe(false)
  await again.stop()
})

test('names sort by pinyin, the password is for the owner only, and the application owns nothing', async () => {
  const server = await start()
  const names = await rowsOf(
    server.url,
    "SELECT name FROM unnest(ARRAY['张三','李四','王五','阿明']) name ORDER BY name",
  )
  expect(names.map((row) => row.name)).toEqual(['阿明', '李四', '王五', '张三'])
  expect((await stat(path.join(dataDir, 'postgres.json'))).mode & 0o077).toBe(0)
  await expect(rowsOf(server.appUrl, 'CREATE TABLE mine (id int)')).rejects.toThrow(/permission denied/)
  await expect(rowsOf(server.url.replace(/:[^:@]+@/, ':wrong@'), 'SELECT 1')).rejects.toThrow(/password/)
  await server.stop()
})

test('a taken port is named with the variable that moves it', async () => {
  const server = await start()
  const other = await makeFolder()
  await expect(startPostgres({ dataDir: other, port })).rejects.toThrow(/POSTGRES_PORT/)
  await rm(other, { recursive: true })
  await server.stop()
})

test('a private folder serves too, and one that was emptied starts afresh', async () => {
  await chmod(dataDir, 0o700)
  const server = await start()
  await rowsOf(server.url, 'CREATE TABLE kept (id int)')
  await server.stop()
  const again = await start()
  expect(again.folder).toBe(server.folder)
  expect(await rowsOf(again.url, "SELECT to_regclass('kept') IS NOT NULL AS there")).toEqual([{ there: true }])
  await again.stop()
  await rm(path.join(dataDir, 'postgres'), { recursive: true, force: true })
  await rm(path.join(dataDir, 'postgres.json'))
  const fresh = await start()
  expect(await rowsOf(fresh.url, "SELECT to_regclass('kept') IS NOT NULL AS there")).toEqual([{ there: false }])
  await fresh.stop()
})
