import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Connection } from '@temporalio/client'
import { PortsTakenError } from '../free-ports.ts'
import { commandLineOf, endProcess, isAlive, isPortTaken, waitUntilGone } from './processes.ts'
import { lastLines } from './last-lines.ts'
import type { ServerHandle } from './server-handle.ts'
import { spawnLogged } from './spawn-logged.ts'
import { findTemporalBinary, temporalCliVersion } from './temporal-binary.ts'

/** A Temporal server that answers for its namespace. */
export type TemporalServer = ServerHandle & Readonly<{ address: string; uiUrl: string | undefined; adopted: boolean }>

export type TemporalOptions = Readonly<{
  dataDir: string
  cacheDir: string
  port: number
  /** No UI without it. */
  uiPort?: number | undefined
  namespace?: string
  /** Training only: lets single workflows be moved ahead in time. */
  movableClock: boolean
  /** false keeps everything in memory: for tests that never restart the server. */
  persistent?: boolean
  /** Dynamic configuration besides the usual one. */
  settings?: Readonly<Record<string, string | number>>
  say?: (line: string) => void
  onSpawn?: (pid: number) => void
}>

const readyWithinMs = 30_000

/** Starts the Temporal CLI's server on its data file, or adopts the one already running on it. */
export async function startTemporal(options: TemporalOptions): Promise<TemporalServer> {
  const dataDir = path.resolve(options.dataDir)
  await mkdir(path.join(dataDir, 'logs'), { recursive: true })
  const running = await adoptRunning(dataDir, options)
  if (running) return running
  if (await isPortTaken(options.port)) {
    throw new PortsTakenError([{ port: options.port, setting: 'TEMPORAL_PORT' }])
  }
  const binary = await findTemporalBinary(options.cacheDir, options.say)
  return launch(binary, dataDir, options)
}

/** Whether the server at an address answers for a namespace: the only sign of readiness that counts. */
export async function answersForNamespace(address: string, namespace: string): Promise<boolean> {
  const [host, port] = address.split(':')
  if (host === '127.0.0.1' && !(await isPortTaken(Number(port)))) return false
  const connection = await Connection.connect({ address, connectTimeout: '3s' }).catch(() => undefined)
  if (!connection) return false
  try {
    await connection.withDeadline(Date.now() + 3_000, () => connection.workflowService.describeNamespace({ namespace }))
    return true
  } catch {
    return false
  } finally {
    await connection.close().catch(() => undefined)
  }
}

async function launch(binary: string, dataDir: string, options: TemporalOptions): Promise<TemporalServer> {
  const logFile = path.join(dataDir, 'logs', 'temporal.log')
  const { pid, exited } = await spawnLogged({
    program: binary,
    args: serverArguments(dataDir, options),
    env: { PATH: process.env.PATH, HOME: process.env.HOME, TZ: 'UTC' },
    logFile,
  })
  options.onSpawn?.(pid)
  await writeFile(pidFileOf(dataDir), `${JSON.stringify({ pid, port: options.port })}\n`)
  const server: TemporalServer = {
    pid,
    exited,
    adopted: false,
    ...addressesOf(options),
    stop: async () => {
      await endProcess(pid, 'SIGTERM', 10_000)
      await exited
      await rm(pidFileOf(dataDir), { force: true })
    },
  }
  const outcome = await Promise.race([waitUntilReady(options), exited.then(() => 'exited' as const)])
  if (outcome === 'ready') return server
  await server.stop()
  throw new Error(`Temporal did not start (${outcome}): ${await lastLines(logFile)}`)
}

/** How many failures in a row make the engine report a workflow as stuck; production sets the same (`platform/compose/`). */
const stuckAfter = 'system.numConsecutiveWorkflowTaskProblemsToTriggerSearchAttribute'

// A newer CLI does not migrate an older data file, so each version gets its own.
function serverArguments(dataDir: string, options: TemporalOptions): string[] {
  const { port, uiPort, namespace = 'default', movableClock, persistent = true, settings = {} } = options
  const fixed = ['server', 'start-dev', '--ip', '127.0.0.1', '--log-level', 'error', '--namespace', namespace]
  const ports = ['--port', String(port), ...(uiPort === undefined ? ['--headless'] : ['--ui-port', String(uiPort)])]
  const store = persistent ? ['--db-filename', dataFileOf(dataDir), '--sqlite-pragma', 'journal_mode=wal'] : []
  const clock = movableClock ? ['--dynamic-config-value', 'frontend.WorkflowTimeSkippingEnabled=true'] : []
  const dynamic = { [stuckAfter]: '3', ...settings }
  const others = Object.entries(dynamic).flatMap(([key, value]) => ['--dynamic-config-value', `${key}=${value}`])
  return [...fixed, ...ports, ...store, ...clock, ...others]
}

async function waitUntilReady({ port, namespace = 'default' }: TemporalOptions): Promise<'ready' | 'timeout'> {
  const deadline = Date.now() + readyWithinMs
  while (Date.now() < deadline) {
    if (await answersForNamespace(`127.0.0.1:${port}`, namespace)) return 'ready'
    await sleep(50)
  }
  return 'timeout'
}

async function adoptRunning(dataDir: string, options: TemporalOptions): Promise<TemporalServer | undefined> {
  const text = await readFile(pidFileOf(dataDir), 'utf8').catch(() => undefined)
  if (!text) return undefined
  const { pid, port } = JSON.parse(text) as { pid: number; port: number }
  if (!isAlive(pid) || !(await looksLikeTemporal(pid))) return undefined
  const { namespace = 'default' } = options
  if (!(await answersForNamespace(`127.0.0.1:${port}`, namespace))) {
    // It holds the data file but serves nobody; a second server on the file would only see lock errors.
    await endProcess(pid, 'SIGTERM', 5_000)
    return undefined
  }
  return {
    pid,
    adopted: true,
    ...addressesOf({ ...options, port }),
    exited: waitUntilGone(pid),
    stop: async () => {
      await endProcess(pid, 'SIGTERM', 10_000)
      await rm(pidFileOf(dataDir), { force: true })
    },
  }
}

// macOS does not tell; there the answer on the port decides.
async function looksLikeTemporal(pid: number): Promise<boolean> {
  const command = await commandLineOf(pid)
  return command === '' || command.includes('start-dev')
}

function addressesOf({ port, uiPort }: TemporalOptions) {
  return {
    address: `127.0.0.1:${port}`,
    uiUrl: uiPort === undefined ? undefined : `http://127.0.0.1:${uiPort}`,
  }
}

function pidFileOf(dataDir: string): string {
  return path.join(dataDir, 'temporal.json')
}

function dataFileOf(dataDir: string): string {
  return path.join(dataDir, `temporal-${temporalCliVersion}.db`)
}
