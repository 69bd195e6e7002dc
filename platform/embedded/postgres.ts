import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { appRoleName, ensureAppRole } from '../app-role.ts'
import { findPostgresHome, type PostgresHome } from './postgres-home.ts'
import { getServerUser, type ServerUser } from './postgres-user.ts'
import { PortsTakenError } from '../free-ports.ts'
import { commandLineOf, endProcess, isAlive, isPortTaken, waitUntilGone } from './processes.ts'
import { openLogFile } from './log-file.ts'
import { lastLines } from './last-lines.ts'
import type { ServerHandle } from './server-handle.ts'
import { spawnLogged } from './spawn-logged.ts'
import { createDatabaseClient } from '../database-session.ts'

/** An embedded PostgreSQL that answers: `url` is the owner's way into the database `jiuzhu`, `appUrl` the application's. */
export type PostgresServer = ServerHandle & Readonly<{ url: string; appUrl: string; folder: string; adopted: boolean }>

/** What to start: `flags` go to the server as they are, for tests that trade safety for speed. */
export type PostgresOptions = Readonly<{
  dataDir: string
  port: number
  flags?: readonly string[]
  onSpawn?: (pid: number) => void
}>

const superuser = 'jiuzhu'
const database = 'jiuzhu'
const readyWithinMs = 30_000

type Passwords = Readonly<{ password: string; appPassword: string }>
type Place = Readonly<{ home: PostgresHome; user: ServerUser | undefined; data: string; logFile: string }>

/** Starts the server of a data folder, making the cluster first if there is none, or adopts one that is running. */
export async function startPostgres(options: PostgresOptions): Promise<PostgresServer> {
  const dataDir = path.resolve(options.dataDir)
  await mkdir(dataDir, { recursive: true })
  const passwords = await readOrMakePasswords(dataDir)
  const place = await preparePlace(dataDir, passwords)
  if (!existsSync(path.join(place.data, 'PG_VERSION'))) await makeCluster(place, passwords.password)
  const running = await adoptRunning(place, passwords)
  if (running) return running
  await refuseTakenPort(options.port)
  const server = await launch(place, options)
  const urls = urlsOf(passwords, options.port)
  await createDatabase(urls.url)
  await ensureAppRole({ ownerUrl: urls.url, appUrl: urls.appUrl })
  return { ...server, ...urls, folder: place.home.folder, adopted: false }
}

/** The application's way into the database of a data folder whose server runs; undefined where none was ever made. */
export async function findEmbeddedAppUrl(dataDir: string, port: number): Promise<string | undefined> {
  const known = await readFile(path.join(dataDir, 'postgres.json'), 'utf8').catch(() => undefined)
  return known === undefined ? undefined : urlsOf(JSON.parse(known) as Passwords, port).appUrl
}

async function preparePlace(dataDir: string, { password }: Passwords): Promise<Place> {
  const user = await getServerUser()
  const home = await findPostgresHome(dataDir, user, password)
  const logFile = path.join(dataDir, 'logs', 'postgres.log')
  return { home, user, data: path.join(home.folder, 'cluster'), logFile }
}

async function readOrMakePasswords(dataDir: string): Promise<Passwords> {
  const file = path.join(dataDir, 'postgres.json')
  const known = await readFile(file, 'utf8').catch(() => undefined)
  if (known) return JSON.parse(known) as Passwords
  if (existsSync(path.join(dataDir, 'postgres', 'cluster', 'PG_VERSION'))) {
    throw new Error(`${file} is missing, so nobody can log in to ${dataDir}/postgres: put it back, or remove both`)
  }
  const passwords = { password: makePassword(), appPassword: makePassword() }
  await writeFile(file, `${JSON.stringify(passwords)}\n`, { mode: 0o600 })
  return passwords
}

function makePassword(): string {
  return randomBytes(24).toString('base64url')
}

// Made beside and renamed, so that an initdb that was killed half-way is never taken for a cluster.
async function makeCluster(place: Place, password: string): Promise<void> {
  const unfinished = `${place.data}.unfinished`
  const passwordFile = path.join(place.home.folder, '.initdb-password')
  await rm(unfinished, { recursive: true, force: true })
  await rm(passwordFile, { force: true })
  await writeFile(passwordFile, password, { mode: 0o600, flag: 'wx' })
  if (place.user) await chown(passwordFile, place.user.uid, place.user.gid)
  try {
    await runInitdb(place, unfinished, passwordFile)
    await rename(unfinished, place.data)
  } finally {
    await rm(passwordFile, { force: true })
  }
}

async function runInitdb(place: Place, folder: string, passwordFile: string): Promise<void> {
  const log = await openLogFile(place.logFile)
  const settings = [
    `--pgdata=${folder}`,
    `--username=${superuser}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=icu',
    '--icu-locale=zh-Hans-CN',
  ]
  try {
    const child = spawn(path.join(place.home.programs, 'bin', 'initdb'), settings, {
      ...place.user,
      cwd: place.home.folder,
      env: serverEnvironment(),
      stdio: ['ignore', log.fd, log.fd],
    })
    const [code] = (await once(child, 'exit')) as [number | null]
    if (code !== 0) throw new Error(`initdb failed (${code}): ${await lastLines(place.logFile)}`)
  } finally {
    await log.close()
  }
}

async function adoptRunning(place: Place, passwords: Passwords): Promise<PostgresServer | undefined> {
  const pidFile = path.join(place.data, 'postmaster.pid')
  const deadline = Date.now() + readyWithinMs
  for (;;) {
    const lines = (await readFile(pidFile, 'utf8').catch(() => '')).split('\n')
    const pid = Number(lines[0])
    if (!pid || !isAlive(pid)) return undefined
    if (!(await looksLikePostgres(pid))) {
      // After a reboot the number may belong to anything; the server itself would refuse to start because of it.
      await rm(pidFile, { force: true })
      return undefined
    }
    const urls = urlsOf(passwords, Number(lines[3]))
    if (await answersFrom(urls.url, place.data)) {
      const stop = () => endProcess(pid, 'SIGINT', 10_000)
      return { ...urls, folder: place.home.folder, adopted: true, pid, exited: waitUntilGone(pid), stop }
    }
    if (Date.now() > deadline)
      throw new Error(`PostgreSQL ${pid} holds ${place.data} but does not answer; end it first`)
    await sleep(100)
  }
}

async function looksLikePostgres(pid: number): Promise<boolean> {
  const command = await commandLineOf(pid)
  return command === '' || /^(\S*\/)?postgres(:| |$)/.test(command)
}

async function answersFrom(url: string, data: string): Promise<boolean> {
  try {
    const [row] = await query<{ data_directory: string }>(url, 'SHOW data_directory')
    return row?.data_directory === data
  } catch {
    return false
  }
}

async function refuseTakenPort(port: number): Promise<void> {
  if (!(await isPortTaken(port))) return
  throw new PortsTakenError([{ port, setting: 'POSTGRES_PORT' }])
}

async function launch(place: Place, options: PostgresOptions): Promise<ServerHandle> {
  const deadline = Date.now() + readyWithinMs
  for (;;) {
    const handle = await spawnServer(place, options)
    const outcome = await Promise.race([
      waitUntilReady(place, handle.pid, deadline),
      handle.exited.then(() => 'exited' as const),
    ])
    if (outcome === 'ready') return handle
    await handle.stop()
    // The backends of a killed server live on for a moment and hold its shared memory.
    if (outcome === 'timeout' || Date.now() + 500 > deadline || !(await isSharedMemoryHeld(place))) {
      throw new Error(`PostgreSQL did not start: ${await lastLines(place.logFile)}`)
    }
    await sleep(300)
  }
}

async function spawnServer(place: Place, options: PostgresOptions): Promise<ServerHandle> {
  const settings = {
    port: options.port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: 200,
    log_timezone: 'UTC',
    timezone: 'UTC',
  }
  const { pid, exited } = await spawnLogged({
    program: path.join(place.home.programs, 'bin', 'postgres'),
    args: ['-D', place.data, ...Object.entries(settings).flatMap(toFlag), ...(options.flags ?? [])],
    env: serverEnvironment(),
    logFile: place.logFile,
    options: { ...place.user, cwd: place.home.folder },
  })
  options.onSpawn?.(pid)
  return {
    pid,
    exited,
    stop: async () => {
      await endProcess(pid, 'SIGINT', 10_000)
      await exited
    },
  }
}

function toFlag([name, value]: [string, string | number]): string[] {
  return ['-c', `${name}=${value}`]
}

// The last line of the pid file turns to "ready" when recovery is over: cheaper and surer than trying to log in.
async function waitUntilReady(place: Place, pid: number, deadline: number): Promise<'ready' | 'timeout'> {
  const pidFile = path.join(place.data, 'postmaster.pid')
  while (Date.now() < deadline) {
    const lines = (await readFile(pidFile, 'utf8').catch(() => '')).split('\n')
    if (Number(lines[0]) === pid && lines[7]?.trim() === 'ready') return 'ready'
    await sleep(20)
  }
  return 'timeout'
}

async function isSharedMemoryHeld(place: Place): Promise<boolean> {
  return /shared memory block|lock file .* already exists/.test(await lastLines(place.logFile))
}

async function createDatabase(url: string): Promise<void> {
  const server = new URL(url)
  server.pathname = '/postgres'
  const found = await query(server.href, `SELECT 1 FROM pg_database WHERE datname = '${database}'`)
  if (found.length === 0) await query(server.href, `CREATE DATABASE ${database}`)
}

async function query<Row>(url: string, text: string): Promise<Row[]> {
  const client = createDatabaseClient(url, { connectionTimeoutMillis: 5_000 })
  try {
    await client.connect()
    const { rows } = await client.query(text)
    return rows as Row[]
  } finally {
    await client.end()
  }
}

function urlsOf({ password, appPassword }: Passwords, port: number) {
  const place = `127.0.0.1:${port}/${database}`
  return {
    url: `postgresql://${superuser}:${password}@${place}`,
    appUrl: `postgresql://${appRoleName}:${appPassword}@${place}`,
  }
}

// Nothing of the caller's environment: PGPORT and its kin would silently move the server elsewhere.
function serverEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' }
}
