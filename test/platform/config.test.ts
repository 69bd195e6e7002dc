import { expect, test } from 'vitest'
import { ConfigError, loadConfig } from '../../platform/config.ts'
import { toEnvironment } from '../../platform/config-environment.ts'

const key = (fill: number) => Buffer.alloc(32, fill).toString('base64')
const production = {
  JIUZHU_ENV: 'production',
  DATABASE_APP_URL: 'postgresql://app:x@db/jiuzhu',
  TEMPORAL_ADDRESS: 'temporal:7233',
  MATCHING_CENTRE_URL: 'https://matching.example.cn',
  BANK_URL: 'https://bank.example.cn',
  JIUZHU_PUBLIC_URL: 'https://jiuzhu.example.cn',
  MATCHING_API_TOKEN: 'c'.repeat(40),
  BANK_API_TOKEN: 'd'.repeat(40),
  MATCHING_CALLBACK_SECRET: 'a'.repeat(40),
  BANK_CALLBACK_SECRET: 'b'.repeat(40),
  FIELD_KEYS: `f1:${key(1)}`,
  PAYLOAD_KEYS: `p1:${key(2)}`,
  BLIND_INDEX_KEY: `b1:${key(3)}`,
}

test('training needs nothing set and is frozen through and through', () => {
  const config = loadConfig({})
  expect(config.environment).toBe('training')
  expect(config.movableClock).toBe(true)
  expect(Object.isFrozen(config.ports)).toBe(true)
  expect(Object.isFrozen(config.keys.field.current)).toBe(true)
})

test('one base number moves every port', () => {
  const { ports, bank } = loadConfig({ JIUZHU_PORT_BASE: '4000', BANK_PORT: '4999' })
  expect(ports).toMatchObject({ api: 4000, matchingCentre: 4001, bank: 4999, postgres: 4003 })
  expect(ports).toMatchObject({ workerHealth: 4006, apiMetrics: 4007, workerMetrics: 4008 })
  expect(bank.url).toBe('http://127.0.0.1:4999')
})

test('an unusable value is refused with its name, an example and the file that explains it', () => {
  expect(() => loadConfig({ TEMPORAL_ADDRESS: 'http://temporal' })).toThrow(
    /TEMPORAL_ADDRESS.*temporal:7233.*\.env\.example/,
  )
  expect(() => loadConfig({ FIELD_KEYS: 'a:c2hvcnQ=' })).toThrow(/FIELD_KEYS.*5 bytes, expected 32/)
  expect(() => loadConfig({ WORKER_ROLES: 'cases,cooks' })).toThrow(/WORKER_ROLES/)
})

test('every problem is told at once', () => {
  const refuse = () => loadConfig({ JIUZHU_PORT: 'x', LOG_LEVEL: 'loud' })
  expect(refuse).toThrow(/JIUZHU_PORT/)
  expect(refuse).toThrow(/LOG_LEVEL/)
})

test('one database address will do in training; production keeps owner and application apart', () => {
  const { database } = loadConfig({ DATABASE_URL: 'postgresql://o@db/jiuzhu' })
  expect(database.appUrl).toBe('postgresql://o@db/jiuzhu')
  const { DATABASE_APP_URL: _missing, ...ownerAlone } = production
  expect(() => loadConfig({ ...ownerAlone, DATABASE_URL: 'postgresql://o@db/jiuzhu' })).toThrow(/DATABASE_APP_URL/)
})

test('production runs with secrets of its own and a real clock', () => {
  expect(loadConfig(production).movableClock).toBe(false)
})

test.each(Object.keys(production).filter((name) => name !== 'JIUZHU_ENV'))(
  'production has no default for %s',
  (name) => {
    expect(() => loadConfig({ ...production, [name]: '' })).toThrow(new RegExp(`${name}: is missing`))
  },
)

test('production refuses published and short secrets and a movable clock', () => {
  const samples = toEnvironment(loadConfig({}))
  const renamed = samples.FIELD_KEYS?.replace('sample-field', 'mine') ?? ''
  expect(() => loadConfig({ ...production, FIELD_KEYS: renamed })).toThrow(/FIELD_KEYS.*published sample/)
  expect(() => loadConfig({ ...production, BANK_CALLBACK_SECRET: samples.BANK_CALLBACK_SECRET ?? '' })).toThrow(
    ConfigError,
  )
  expect(() => loadConfig({ ...production, BANK_CALLBACK_SECRET: 'short' })).toThrow(/at least 32/)
  expect(() => loadConfig({ ...production, JIUZHU_CLOCK: 'movable' })).toThrow(/JIUZHU_CLOCK/)
})

test('a child process comes to the same answer from the environment it is given', () => {
  const config = loadConfig({ ...production, JIUZHU_PORT_BASE: '4100', WORKER_ROLES: 'payments' })
  expect(loadConfig(toEnvironment(config))).toEqual(config)
})
