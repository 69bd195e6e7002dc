import type { KeyRing } from './key-ring.ts'
import { isSampleSecret } from './sample-secrets.ts'
import {
  keysInTwoPlaces,
  type Weakness,
  weaknessOfKey,
  weaknessOfPassword,
  weaknessOfSecret,
} from './secret-strength.ts'

/** Settings by the name of their variable. */
type Settings = Readonly<Record<string, string | undefined>>

export type WeakSetting = { name: string; weakness: Weakness }

/** What production has no default for and asks of every process. */
const requiredOfAll = [
  'TEMPORAL_ADDRESS',
  'MATCHING_CENTRE_URL',
  'BANK_URL',
  'JIUZHU_PUBLIC_URL',
  'MATCHING_API_TOKEN',
  'MATCHING_CALLBACK_SECRET',
  'BANK_API_TOKEN',
  'BANK_CALLBACK_SECRET',
  'FIELD_KEYS',
  'PAYLOAD_KEYS',
  'BLIND_INDEX_KEY',
] as const

/** What it asks of one process besides. Only the counter signs seals, so that nobody else is given their key. */
const requiredOf = {
  counter: ['DATABASE_APP_URL', 'SEAL_KEY'],
  migration: ['DATABASE_URL', 'DATABASE_API_URL', 'DATABASE_WORKER_URL'],
  other: ['DATABASE_APP_URL'],
} as const
export type ProcessName = keyof typeof requiredOf

/** Every variable that holds keys of ours: none of them may be weak, and no key may stand in two of them. */
export const ringNames = ['FIELD_KEYS', 'PAYLOAD_KEYS', 'BLIND_INDEX_KEY', 'SEAL_KEY'] as const
export type RingName = (typeof ringNames)[number]
export type Rings = Readonly<Partial<Record<RingName, KeyRing>>>

const secrets = ['MATCHING_API_TOKEN', 'MATCHING_CALLBACK_SECRET', 'BANK_API_TOKEN', 'BANK_CALLBACK_SECRET'] as const
const publicAddresses = ['MATCHING_CENTRE_URL', 'BANK_URL', 'JIUZHU_PUBLIC_URL'] as const
const applicationAddresses = ['DATABASE_APP_URL', 'DATABASE_API_URL', 'DATABASE_WORKER_URL'] as const
const addresses = [
  ...publicAddresses,
  'DATABASE_URL',
  ...applicationAddresses,
  'TEMPORAL_ADDRESS',
  'JIUZHU_HOST',
  'METRICS_HOST',
] as const

/** Roles under which nobody runs an application: they own tables, or may do anything. */
const powerfulRoles = [
  'postgres',
  'root',
  'admin',
  'administrator',
  'superuser',
  'jiuzhu_owner',
  'rds_superuser',
  'azure_pg_admin',
]

/** Everything about these settings that production does not start with, all at once. */
export function weakSettings(given: Settings, rings: Rings, program: ProcessName): WeakSetting[] {
  return [
    ...missing(given, program),
    ...weakSecrets(given),
    ...secretsUsedTwice(given),
    ...weakRings(given, rings),
    ...weakAddresses(given),
    ...applicationAddresses.flatMap((name) => weakDatabase(given, name)),
    ...(given.JIUZHU_CLOCK === 'movable' ? [{ name: 'JIUZHU_CLOCK', weakness: 'movableClock' as const }] : []),
  ]
}

/**
 * Addresses beyond this machine of which nobody said whether they are training or earnest. Taken for training they would
 * run in earnest with published secrets.
 */
export function addressesWithoutEnvironment(given: Settings): WeakSetting[] {
  if (given.JIUZHU_ENV !== undefined) return []
  return addresses
    .filter((name) => given[name] !== undefined && !isOnThisMachine(given[name]))
    .map((name) => ({ name, weakness: 'environmentUnset' as const }))
}

function missing(given: Settings, program: ProcessName): WeakSetting[] {
  return [...requiredOfAll, ...requiredOf[program]]
    .filter((name) => given[name] === undefined)
    .map((name) => ({ name, weakness: 'missing' as const }))
}

function weakSecrets(given: Settings): WeakSetting[] {
  return secrets.flatMap((name) => found(name, given[name] === undefined ? null : weaknessOfSecret(given[name])))
}

function secretsUsedTwice(given: Settings): WeakSetting[] {
  return secrets
    .filter(
      (name, index) => given[name] !== undefined && secrets.findIndex((one) => given[one] === given[name]) < index,
    )
    .map((name) => ({ name, weakness: 'usedTwice' as const }))
}

/** Keys that anybody could guess or know, in the rings that were given. */
export function weakRings(given: Settings, rings: Rings): WeakSetting[] {
  const double = keysInTwoPlaces(Object.values(rings))
  return Object.entries(rings).flatMap(([name, ring]): WeakSetting[] => {
    if (given[name] === undefined) return []
    if (isSampleSecret(given[name])) return [{ name, weakness: 'published' }]
    const weakness = ring.all.map(({ secret }) => weaknessOfKey(secret)).find((one) => one !== null)
    return [...found(name, weakness ?? null), ...(double.has(ring) ? [{ name, weakness: 'usedTwice' as const }] : [])]
  })
}

function weakAddresses(given: Settings): WeakSetting[] {
  return publicAddresses.flatMap((name): WeakSetting[] => {
    const text = given[name]
    if (text === undefined || !URL.canParse(text)) return []
    const { protocol, username, password } = new URL(text)
    const open = protocol !== 'https:' && !(protocol === 'http:' && isOnThisMachine(text))
    return [...found(name, open ? 'notHttps' : null), ...found(name, username || password ? 'credentials' : null)]
  })
}

function weakDatabase(given: Settings, name: (typeof applicationAddresses)[number]): WeakSetting[] {
  const text = given[name]
  if (text === undefined || !URL.canParse(text)) return []
  const { username, password } = new URL(text)
  const owner =
    given.DATABASE_URL && URL.canParse(given.DATABASE_URL) ? new URL(given.DATABASE_URL).username : undefined
  const powerful = username === owner || powerfulRoles.includes(decodeURIComponent(username).toLowerCase())
  return [
    ...found(name, powerful ? 'superuser' : null),
    // On this machine a socket may say who asks; from another one only a password does.
    ...found(
      name,
      password ? weaknessOfPassword(decodeURIComponent(password)) : isOnThisMachine(text) ? null : 'noPassword',
    ),
  ]
}

function found(name: string, weakness: Weakness | null): WeakSetting[] {
  return weakness === null ? [] : [{ name, weakness }]
}

/** An address of the loopback interface, or a socket in the file system. */
export function isOnThisMachine(address: string): boolean {
  const host = hostOf(address)
  return (
    host === '' ||
    /^%2f/i.test(host) ||
    host === 'localhost' ||
    host === '[::1]' ||
    host === '::1' ||
    /^127(\.\d{1,3}){3}$/.test(host)
  )
}

function hostOf(address: string): string {
  if (address.includes('://')) return URL.canParse(address) ? new URL(address).hostname : address
  return address.replace(/:\d+$/, '')
}
