import { existsSync } from 'node:fs'
import path from 'node:path'
import { ensureAppRole } from '../platform/app-role.ts'
import type { Config, Ports } from '../platform/config.ts'
import { toCounterEnvironment, toEnvironment } from '../platform/config-environment.ts'
import { lockDataDir } from '../platform/data-dir-lock.ts'
import { type PostgresServer, startPostgres } from '../platform/embedded/postgres.ts'
import { answersForNamespace, startTemporal } from '../platform/embedded/temporal-server.ts'
import { applyMigrations } from '../platform/migrate.ts'
import { refuseTakenPorts } from '../platform/free-ports.ts'
import { nodeProcess } from '../platform/node-process.ts'
import { createSupervisor, type SupervisedProcess, type Supervisor } from '../platform/supervisor.ts'
import { ensureWritableFolder } from '../platform/writable-folder.ts'

/** The parts of a running system, in the order in which they start. */
export const stackRoles = ['postgres', 'temporal', 'matching-centre', 'bank', 'worker', 'api'] as const
export type StackRole = (typeof stackRoles)[number]

export type StackOptions = Readonly<{
  config: Config
  /** All of them without it; a test may do without sandbox or API. */
  roles?: readonly StackRole[]
  /** Where progress goes; nowhere without it. */
  say?: (line: string) => void
  /** Added to every child's environment: faults for the sandbox, shorter waits for a test. */
  extraEnv?: Partial<Record<StackRole, Record<string, string>>>
  /** Dynamic configuration of the engine that comes along. */
  engineSettings?: Readonly<Record<string, string | number>>
  /** Gives up a start that is under way; whatever had been started is stopped. */
  signal?: AbortSignal
}>

/** Everything that runs, by name. Parts that are one's own (DATABASE_URL, TEMPORAL_ADDRESS) have no process here. */
export type Stack = Readonly<{
  processes: Readonly<Partial<Record<StackRole, SupervisedProcess>>>
  urls: Readonly<{
    api: string
    temporalUi: string | undefined
    temporalAddress: string
    matchingCentre: string
    bank: string
    databaseOwner: string | undefined
    databaseApp: string
  }>
  /** The configuration the children got, with the addresses of what was started filled in. */
  config: Config
  kill(name: StackRole, signal?: NodeJS.Signals): boolean
  restart(name: StackRole): Promise<void>
  stop(): Promise<void>
}>

/** Where the sandbox sends its answers. */
export const callbackPaths = { matchingCentre: '/callbacks/matching-centre', bank: '/callbacks/bank' } as const

const root = path.resolve(import.meta.dirname, '..')

/** Starts the whole system on one data folder: servers, schema, seed, sandbox, worker, API; keeps each of them running. */
export async function startStack({
  config,
  roles = stackRoles,
  say = () => {},
  extraEnv = {},
  engineSettings = {},
  signal,
}: StackOptions): Promise<Stack> {
  const supervisor = createSupervisor({ say })
  const site: Site = { config, supervisor, say, extraEnv, engineSettings, processes: {} }
  let lock: { release(): Promise<void> } | undefined
  signal?.addEventListener('abort', () => {
    supervisor.stop().catch((error: unknown) => say(String(error)))
  })
  const stop = async () => {
    await supervisor.stop()
    await lock?.release()
  }
  try {
    await ensureWritableFolder(config.dataDir, 'DATA_DIR')
    lock = await lockDataDir(config.dataDir, { guardianPid: supervisor.guardianPid, url: config.publicUrl })
    await refuseTakenPorts(portsOfPrograms(config, new Set(roles)))
    return { ...(await startParts(site, new Set(roles))), stop }
  } catch (error) {
    await stop()
    throw error
  }
}

type Site = {
  config: Config
  supervisor: Supervisor
  say: (line: string) => void
  extraEnv: Partial<Record<StackRole, Record<string, string>>>
  engineSettings: Readonly<Record<string, string | number>>
  processes: Partial<Record<StackRole, SupervisedProcess>>
}

async function startParts(site: Site, roles: ReadonlySet<StackRole>): Promise<Omit<Stack, 'stop'>> {
  // The two servers do not know each other: the engine comes up while the archive is prepared.
  const temporal = prepareEngine(site, roles)
  temporal.catch(() => {})
  const database = await prepareArchive(site, roles)
  const address = await temporal
  const config: Config = {
    ...site.config,
    database: { ownerUrl: undefined, appUrl: database.appUrl },
    temporal: { ...site.config.temporal, address },
  }
  await startPrograms({ ...site, config }, roles)
  return {
    processes: site.processes,
    config,
    urls: {
      api: config.publicUrl,
      temporalUi: site.processes.temporal ? `http://127.0.0.1:${config.ports.temporalUi}` : undefined,
      temporalAddress: address,
      matchingCentre: config.matchingCentre.url,
      bank: config.bank.url,
      databaseOwner: database.ownerUrl,
      databaseApp: database.appUrl,
    },
    kill: (name, signal) => getProcess(site, name).kill(signal),
    restart: (name) => getProcess(site, name).restart(),
  }
}

async function prepareArchive(site: Site, roles: ReadonlySet<StackRole>) {
  const { appUrl, ownerUrl } = site.config.database
  if (appUrl && !ownerUrl) return { ownerUrl: undefined, appUrl }
  const urls = appUrl && ownerUrl ? { ownerUrl, appUrl } : await runPostgres(site, roles)
  if (ownerUrl) await ensureAppRole(urls)
  const applied = await applyMigrations(urls.ownerUrl)
  if (applied.length > 0) site.say(`数据库结构已更新 Archive brought up to date: ${applied.length} migrations`)
  await seedArchive(site, urls.ownerUrl)
  return urls
}

async function runPostgres({ config, supervisor, processes, say }: Site, roles: ReadonlySet<StackRole>) {
  if (!roles.has('postgres')) throw new Error('Set DATABASE_URL and DATABASE_APP_URL, or let the stack run PostgreSQL')
  let server: PostgresServer | undefined
  processes.postgres = await supervisor.run({
    name: 'postgres',
    stopSignal: 'SIGINT',
    start: async (onSpawn) => {
      server = await startPostgres({ dataDir: config.dataDir, port: config.ports.postgres, onSpawn })
      return server
    },
  })
  if (!server) throw new Error('PostgreSQL was stopped while it started')
  say(`PostgreSQL 已就绪 ready: 127.0.0.1:${new URL(server.url).port}`)
  return { ownerUrl: server.url, appUrl: server.appUrl }
}

async function seedArchive({ config, say }: Site, ownerUrl: string): Promise<void> {
  const file = path.join(root, 'prisma', 'seed', 'seed.ts')
  if (!existsSync(file)) return
  const { seed } = (await import(file)) as { seed: (ownerUrl: string, config: Config) => Promise<void> }
  await seed(ownerUrl, config)
  say('基础数据已就绪 Places, offices, calendar and parameters are in place')
}

async function prepareEngine(
  { config, supervisor, processes, say, engineSettings }: Site,
  roles: ReadonlySet<StackRole>,
) {
  const { address, namespace } = config.temporal
  if (address) {
    if (!(await answersForNamespace(address, namespace))) {
      throw new Error(`TEMPORAL_ADDRESS ${address} does not answer for namespace "${namespace}"`)
    }
    return address
  }
  if (!roles.has('temporal')) throw new Error('Set TEMPORAL_ADDRESS, or let the stack run Temporal')
  const { dataDir, cacheDir, ports, movableClock } = config
  processes.temporal = await supervisor.run({
    name: 'temporal',
    stopSignal: 'SIGTERM',
    start: (onSpawn) =>
      startTemporal({
        dataDir,
        cacheDir,
        port: ports.temporal,
        uiPort: ports.temporalUi,
        namespace,
        movableClock,
        settings: engineSettings,
        say,
        onSpawn,
      }),
  })
  say(`Temporal 已就绪 ready: 127.0.0.1:${ports.temporal}`)
  return `127.0.0.1:${ports.temporal}`
}

async function startPrograms(site: Site, roles: ReadonlySet<StackRole>): Promise<void> {
  const { config } = site
  const { ports } = config
  const own = toEnvironment(config)
  const programs: Program[] = [
    {
      role: 'matching-centre',
      script: 'sandbox/matching-centre/main.ts',
      port: ports.matchingCentre,
      health: '/health',
      env: matchingCentreEnv(config),
    },
    { role: 'bank', script: 'sandbox/bank/main.ts', port: ports.bank, health: '/health', env: bankEnv(config) },
    { role: 'worker', script: 'worker/main.ts', port: ports.workerHealth, health: '/healthz', env: own },
    { role: 'api', script: 'api/main.ts', port: ports.api, health: '/healthz', env: toCounterEnvironment(config) },
  ]
  const wanted = programs.filter((program) => roles.has(program.role) && !isElsewhere(config, program.role))
  await runPrograms(
    site,
    wanted.filter((program) => program.role !== 'api'),
  )
  await runPrograms(
    site,
    wanted.filter((program) => program.role === 'api'),
  )
}

/** Of the servers that come along each looks at its own port: one that outlived us is taken over, not refused. */
function portsOfPrograms(config: Config, roles: ReadonlySet<StackRole>): Partial<Ports> {
  const { api, apiMetrics, workerHealth, workerMetrics, matchingCentre, bank } = config.ports
  const runs = (role: StackRole) => roles.has(role) && !isElsewhere(config, role)
  return {
    ...(runs('api') && { api, apiMetrics }),
    ...(runs('worker') && { workerHealth, workerMetrics }),
    ...(runs('matching-centre') && { matchingCentre }),
    ...(runs('bank') && { bank }),
  }
}

type Program = { role: StackRole; script: string; port: number; health: string; env: Record<string, string> }

async function runPrograms(site: Site, programs: readonly Program[]): Promise<void> {
  await Promise.all(
    programs.map(async ({ role, script, port, health, env }) => {
      if (!existsSync(path.join(root, script))) return site.say(`${script} 不存在，跳过 is missing, skipped`)
      site.processes[role] = await site.supervisor.run(
        nodeProcess({
          name: role,
          script: path.join(root, script),
          env: { ...env, ...site.extraEnv[role] },
          healthUrl: `http://127.0.0.1:${port}${health}`,
          logsDir: path.join(site.config.dataDir, 'logs'),
        }),
      )
      site.say(`${role} 已就绪 ready: 127.0.0.1:${port}`)
    }),
  )
}

// The sandbox stands for other organisations: it gets its own port, book and secret, and nothing of ours.
function matchingCentreEnv(config: Config): Record<string, string> {
  return {
    PORT: String(config.ports.matchingCentre),
    BOOK_FILE: path.join(config.dataDir, 'sandbox', 'matching-centre.jsonl'),
    CALLBACK_URL: `${config.publicUrl}${callbackPaths.matchingCentre}`,
    API_TOKEN: config.matchingCentre.apiToken,
    CALLBACK_SECRET: config.matchingCentre.callbackSecret,
  }
}

function bankEnv(config: Config): Record<string, string> {
  return {
    PORT: String(config.ports.bank),
    BOOK_FILE: path.join(config.dataDir, 'sandbox', 'bank.jsonl'),
    CALLBACK_URL: `${config.publicUrl}${callbackPaths.bank}`,
    API_TOKEN: config.bank.apiToken,
    CALLBACK_SECRET: config.bank.callbackSecret,
  }
}

function isElsewhere({ matchingCentre, bank, ports }: Config, role: StackRole): boolean {
  if (role === 'matching-centre') return matchingCentre.url !== `http://127.0.0.1:${ports.matchingCentre}`
  if (role === 'bank') return bank.url !== `http://127.0.0.1:${ports.bank}`
  return false
}

function getProcess({ processes }: Site, name: StackRole): SupervisedProcess {
  const found = processes[name]
  if (!found) throw new Error(`No process "${name}" in this stack (running: ${Object.keys(processes).join(', ')})`)
  return found
}
