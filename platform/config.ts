import { isIP } from 'node:net'
import { homedir } from 'node:os'
import path from 'node:path'
import { z } from 'zod'
import { type KeyRing, parseKeyRing } from './key-ring.ts'
import {
  addressesWithoutEnvironment,
  type ProcessName,
  type Rings,
  weakRings,
  type WeakSetting,
  weakSettings,
} from './production-settings.ts'
import { sampleSecrets } from './sample-secrets.ts'
import { weaknesses } from './secret-strength.ts'

/** Which task queues a worker process serves. */
export const workerRoles = ['cases', 'matching', 'payments'] as const
export type WorkerRole = (typeof workerRoles)[number]

/** Everything the processes of Jiuzhu read from their environment, checked once. */
export type Config = Readonly<{
  environment: 'training' | 'production'
  /** Training only: time may be moved forward. */
  movableClock: boolean
  dataDir: string
  cacheDir: string
  ports: Readonly<Ports>
  database: Readonly<{ ownerUrl: string | undefined; appUrl: string | undefined }>
  /** For migrating only: the login of each process, which it makes. */
  logins: Readonly<Record<'api' | 'worker', string | undefined>>
  temporal: Readonly<{ address: string | undefined; namespace: string }>
  matchingCentre: Readonly<ExternalSystem>
  bank: Readonly<ExternalSystem>
  /** The interface the API listens on. */
  host: string
  /** Addresses and ranges of the proxies before the API, whose X-Forwarded-For is believed. */
  trustedProxies: readonly string[]
  /** The interface on which metrics are to be had. */
  metricsHost: string
  /** Where the external systems send their callbacks. */
  publicUrl: string
  /** The seal key is the counter's alone: in production no other process has one. */
  keys: Readonly<{ field: KeyRing; payload: KeyRing; blindIndex: KeyRing; seal: KeyRing | undefined }>
  /** Public halves of seal keys, also of those that sign no more. */
  sealPublicKeys: KeyRing | undefined
  /** Where the file of the seals is written. */
  sealDir: string
  workerRoles: readonly WorkerRole[]
  logLevel: string
}>

export type Ports = {
  api: number
  matchingCentre: number
  bank: number
  postgres: number
  temporal: number
  temporalUi: number
  workerHealth: number
  apiMetrics: number
  workerMetrics: number
}

export type ExternalSystem = { url: string; apiToken: string; callbackSecret: string }

/** Names the variable, what was wrong, an example, and the file that lists them all; never repeats a secret. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

const standardPorts: Ports = {
  api: 3210,
  matchingCentre: 3220,
  bank: 3230,
  postgres: 54329,
  temporal: 7243,
  temporalUi: 8243,
  workerHealth: 3240,
  apiMetrics: 3250,
  workerMetrics: 3251,
}

const port = z.coerce.number().int().min(1).max(65535)
const secret = z.string().min(32, '至少32个字符 expected at least 32 characters')
const keyRing = z.string().transform((text, context) => {
  try {
    return parseKeyRing(text)
  } catch (error) {
    context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : String(error) })
    return z.NEVER
  }
})
const databaseUrl = z
  .string()
  .regex(/^postgres(ql)?:\/\//, 'expected a postgresql:// address')
  .refine(
    namesServerInFront,
    '主机、端口、用户和口令须写在路径之前，不得作为参数 expected host, port, user and password before the path and not as parameters (a socket as host=/folder excepted)',
  )
const proxyList = z
  .string()
  .transform((text) => text.split(',').flatMap((entry) => entry.trim() || []))
  .refine((entries) => entries.every(isAddressOrRange), 'expected addresses or ranges, with commas between them')
const roleList = z
  .string()
  .transform((text) => text.split(',').map((role) => role.trim()))
  .pipe(z.array(z.enum(workerRoles)).min(1))

const environmentSchema = z.object({
  JIUZHU_ENV: z.enum(['training', 'production']).default('training'),
  JIUZHU_CLOCK: z.enum(['movable', 'real']).optional(),
  DATA_DIR: z.string().default('.data'),
  JIUZHU_CACHE_DIR: z.string().default(path.join(homedir(), '.cache', 'jiuzhu')),
  JIUZHU_PORT_BASE: z.coerce.number().int().min(1).max(65000).optional(),
  JIUZHU_HOST: z.string().default('127.0.0.1'),
  JIUZHU_TRUSTED_PROXIES: proxyList.prefault(''),
  JIUZHU_PORT: port.optional(),
  MATCHING_CENTRE_PORT: port.optional(),
  BANK_PORT: port.optional(),
  POSTGRES_PORT: port.optional(),
  TEMPORAL_PORT: port.optional(),
  TEMPORAL_UI_PORT: port.optional(),
  WORKER_HEALTH_PORT: port.optional(),
  API_METRICS_PORT: port.optional(),
  WORKER_METRICS_PORT: port.optional(),
  METRICS_HOST: z.string().default('127.0.0.1'),
  DATABASE_URL: databaseUrl.optional(),
  DATABASE_APP_URL: databaseUrl.optional(),
  DATABASE_API_URL: databaseUrl.optional(),
  DATABASE_WORKER_URL: databaseUrl.optional(),
  TEMPORAL_ADDRESS: z
    .string()
    .regex(/^[^\s/]+:\d+$/, 'expected host:port')
    .optional(),
  TEMPORAL_NAMESPACE: z.string().min(1).default('default'),
  MATCHING_CENTRE_URL: z.url().optional(),
  MATCHING_API_TOKEN: secret.default(sampleSecrets.matchingApiToken),
  MATCHING_CALLBACK_SECRET: secret.default(sampleSecrets.matchingCallback),
  BANK_URL: z.url().optional(),
  BANK_API_TOKEN: secret.default(sampleSecrets.bankApiToken),
  BANK_CALLBACK_SECRET: secret.default(sampleSecrets.bankCallback),
  JIUZHU_PUBLIC_URL: z.url().optional(),
  FIELD_KEYS: keyRing.prefault(sampleSecrets.fieldKeys),
  PAYLOAD_KEYS: keyRing.prefault(sampleSecrets.payloadKeys),
  BLIND_INDEX_KEY: keyRing.prefault(sampleSecrets.blindIndexKey),
  SEAL_KEY: keyRing.optional(),
  SEAL_PUBLIC_KEYS: keyRing.optional(),
  SEAL_DIR: z.string().optional(),
  WORKER_ROLES: roleList.prefault(workerRoles.join(',')),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
})

type Environment = z.infer<typeof environmentSchema>
type VariableName = keyof Environment

const examples: Partial<Record<VariableName, string>> = {
  JIUZHU_ENV: 'training or production',
  JIUZHU_CLOCK: 'movable (training only) or real',
  JIUZHU_PORT_BASE: '3210',
  JIUZHU_TRUSTED_PROXIES: '10.20.0.5,10.20.1.0/24',
  DATABASE_URL: 'postgresql://jiuzhu_owner:password@db:5432/jiuzhu',
  DATABASE_APP_URL: 'postgresql://jiuzhu_api_login:password@db:5432/jiuzhu',
  DATABASE_API_URL: 'postgresql://jiuzhu_api_login:password@db:5432/jiuzhu',
  DATABASE_WORKER_URL: 'postgresql://jiuzhu_worker_login:password@db:5432/jiuzhu',
  TEMPORAL_ADDRESS: 'temporal:7233',
  MATCHING_CENTRE_URL: 'https://matching.example.gov.cn',
  BANK_URL: 'https://bank.example.cn',
  JIUZHU_PUBLIC_URL: 'https://jiuzhu.example.gov.cn',
  MATCHING_API_TOKEN: 'the token that system issued to you',
  MATCHING_CALLBACK_SECRET: 'the output of: openssl rand -hex 32',
  BANK_API_TOKEN: 'the token that system issued to you',
  BANK_CALLBACK_SECRET: 'the output of: openssl rand -hex 32',
  FIELD_KEYS: 'f2026:<openssl rand -base64 32>',
  PAYLOAD_KEYS: 'p2026:<openssl rand -base64 32>',
  BLIND_INDEX_KEY: 'b2026:<openssl rand -base64 32>',
  SEAL_KEY: 's2026:<openssl rand -base64 32>',
  SEAL_PUBLIC_KEYS: 'what npm run verify -- --public-keys prints',
  SEAL_DIR: '/var/lib/jiuzhu/seals',
  WORKER_ROLES: workerRoles.join(','),
  LOG_LEVEL: 'info',
}

/**
 * Reads and checks the environment. Training has a working default for everything, production for no secret at all.
 * @param program which of our processes asks: what production requires of one, another has no use for.
 */
export function loadConfig(env: NodeJS.ProcessEnv = process.env, program: ProcessName = 'other'): Config {
  const given = withoutEmpty(env)
  const parsed = environmentSchema.safeParse(given)
  if (!parsed.success) throw new ConfigError(parsed.error.issues.map(describeIssue).join('\n'))
  refuseWeak(addressesWithoutEnvironment(given))
  if (parsed.data.JIUZHU_ENV === 'production') refuseUnsafeProduction(given, parsed.data, program)
  return freezeDeep(toConfig(parsed.data))
}

/** The configuration of a process of which production requires more than of others. */
export function loadConfigFor(program: ProcessName): Config {
  return loadConfig(process.env, program)
}

/** What a verifier needs and nothing else: it holds no secret, so it may run where none is. */
export function loadVerifierConfig(env: NodeJS.ProcessEnv = process.env) {
  const given = withoutEmpty(env)
  const parsed = environmentSchema.safeParse(given)
  if (!parsed.success) throw new ConfigError(parsed.error.issues.map(describeIssue).join('\n'))
  const values = parsed.data
  if (values.JIUZHU_ENV === 'production') refuseWeak(weakRings(given, ringsOf(values)))
  const { keys, sealPublicKeys, dataDir, sealDir, database, ports } = toConfig(values)
  return {
    appUrl: database.appUrl,
    dataDir,
    postgresPort: ports.postgres,
    sealDir,
    // Public keys alone will do, and one's own key counts beside them: they may be those that sign no more. The sample key,
    // known to everybody, vouches only for a training copy that names no other.
    keys: {
      privateKeys: given.SEAL_KEY === undefined && sealPublicKeys !== undefined ? undefined : keys.seal,
      publicKeys: sealPublicKeys,
    },
  }
}

function toConfig(values: Environment): Config {
  const ports = choosePorts(values)
  const production = values.JIUZHU_ENV === 'production'
  return {
    environment: values.JIUZHU_ENV,
    movableClock: !production && values.JIUZHU_CLOCK !== 'real',
    dataDir: path.resolve(values.DATA_DIR),
    cacheDir: path.resolve(values.JIUZHU_CACHE_DIR),
    ports,
    // In training one address will do: every connection of the application takes on the role that owns no table.
    database: { ownerUrl: values.DATABASE_URL, appUrl: values.DATABASE_APP_URL ?? values.DATABASE_URL },
    logins: { api: values.DATABASE_API_URL, worker: values.DATABASE_WORKER_URL },
    temporal: { address: values.TEMPORAL_ADDRESS, namespace: values.TEMPORAL_NAMESPACE },
    matchingCentre: {
      url: values.MATCHING_CENTRE_URL ?? `http://127.0.0.1:${ports.matchingCentre}`,
      apiToken: values.MATCHING_API_TOKEN,
      callbackSecret: values.MATCHING_CALLBACK_SECRET,
    },
    bank: {
      url: values.BANK_URL ?? `http://127.0.0.1:${ports.bank}`,
      apiToken: values.BANK_API_TOKEN,
      callbackSecret: values.BANK_CALLBACK_SECRET,
    },
    host: values.JIUZHU_HOST,
    trustedProxies: values.JIUZHU_TRUSTED_PROXIES,
    metricsHost: values.METRICS_HOST,
    publicUrl: values.JIUZHU_PUBLIC_URL ?? `http://127.0.0.1:${ports.api}`,
    keys: {
      field: values.FIELD_KEYS,
      payload: values.PAYLOAD_KEYS,
      blindIndex: values.BLIND_INDEX_KEY,
      seal: values.SEAL_KEY ?? (production ? undefined : parseKeyRing(sampleSecrets.sealKey)),
    },
    sealPublicKeys: values.SEAL_PUBLIC_KEYS,
    sealDir: path.resolve(values.SEAL_DIR ?? path.join(values.DATA_DIR, 'seals')),
    workerRoles: values.WORKER_ROLES,
    logLevel: values.LOG_LEVEL,
  }
}

function choosePorts(values: Environment): Ports {
  const base = values.JIUZHU_PORT_BASE
  const fallback: Ports =
    base === undefined
      ? standardPorts
      : {
          api: base,
          matchingCentre: base + 1,
          bank: base + 2,
          postgres: base + 3,
          temporal: base + 4,
          temporalUi: base + 5,
          workerHealth: base + 6,
          apiMetrics: base + 7,
          workerMetrics: base + 8,
        }
  return {
    api: values.JIUZHU_PORT ?? fallback.api,
    matchingCentre: values.MATCHING_CENTRE_PORT ?? fallback.matchingCentre,
    bank: values.BANK_PORT ?? fallback.bank,
    postgres: values.POSTGRES_PORT ?? fallback.postgres,
    temporal: values.TEMPORAL_PORT ?? fallback.temporal,
    temporalUi: values.TEMPORAL_UI_PORT ?? fallback.temporalUi,
    workerHealth: values.WORKER_HEALTH_PORT ?? fallback.workerHealth,
    apiMetrics: values.API_METRICS_PORT ?? fallback.apiMetrics,
    workerMetrics: values.WORKER_METRICS_PORT ?? fallback.workerMetrics,
  }
}

// Falling back to the owner's address would silently undo append-only tables and row-level security.
function refuseUnsafeProduction(given: Record<string, string>, values: Environment, program: ProcessName): void {
  refuseWeak(weakSettings(given, ringsOf(values), program))
}

function ringsOf({ FIELD_KEYS, PAYLOAD_KEYS, BLIND_INDEX_KEY, SEAL_KEY }: Environment): Rings {
  return { FIELD_KEYS, PAYLOAD_KEYS, BLIND_INDEX_KEY, ...(SEAL_KEY && { SEAL_KEY }) }
}

function refuseWeak(weak: readonly WeakSetting[]): void {
  if (weak.length === 0) return
  const sentences = weak.map(({ name, weakness }) => describe(name as VariableName, weaknesses[weakness]))
  throw new ConfigError(sentences.join('\n'))
}

/** Of an address's parts the parameters win, so that what was looked at would not be what is connected to. */
function namesServerInFront(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { hostname, searchParams } = new URL(text)
  const sockets = searchParams.getAll('host')
  return (
    !['port', 'user', 'password'].some((name) => searchParams.has(name)) &&
    (sockets.length === 0 || (hostname === '' && sockets.every((socket) => socket.startsWith('/'))))
  )
}

/** A range that holds every address would have anybody believed. */
function isAddressOrRange(entry: string): boolean {
  const [address = '', bits, ...more] = entry.split('/')
  const family = isIP(address)
  if (family === 0 || more.length > 0) return false
  if (bits === undefined) return true
  return /^\d{1,3}$/.test(bits) && Number(bits) >= 1 && Number(bits) <= (family === 4 ? 32 : 128)
}

function describeIssue(issue: z.core.$ZodIssue): string {
  return describe(String(issue.path[0] ?? 'environment') as VariableName, issue.message)
}

function describe(name: VariableName, problem: string): string {
  const example = examples[name]
  return `${name}: ${problem}.${example ? ` 例如 Example: ${name}=${example}.` : ''} 各项说明见 All variables are explained in .env.example`
}

// An empty line in .env or compose means "not set", not "set to nothing".
function withoutEmpty(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== ''),
  )
}

function freezeDeep<T>(value: T): T {
  if (value !== null && typeof value === 'object' && !ArrayBuffer.isView(value)) {
    for (const part of Object.values(value)) freezeDeep(part)
    Object.freeze(value)
  }
  return value
}
