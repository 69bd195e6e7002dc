import { createHash, randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { ConfigError, loadConfig, loadVerifierConfig } from '../../platform/config.ts'
import { toCounterEnvironment, toEnvironment } from '../../platform/config-environment.ts'
import { ringNames } from '../../platform/production-settings.ts'
import { sampleSecrets } from '../../platform/sample-secrets.ts'

/** Looks drawn by chance and is the same on every run. */
const drawn = (name: string) => createHash('sha256').update(`drawn for ${name}`).digest()
const key = (name: string) => drawn(name).toString('base64')
const bytes = (of: (index: number) => number) => Buffer.from(Array.from({ length: 32 }, (_, index) => of(index)))
const production = {
  JIUZHU_ENV: 'production',
  DATABASE_APP_URL: `postgresql://app:${drawn('database').toString('hex').slice(0, 24)}@db/jiuzhu`,
  TEMPORAL_ADDRESS: 'temporal:7233',
  MATCHING_CENTRE_URL: 'https://matching.example.cn',
  BANK_URL: 'https://bank.example.cn',
  JIUZHU_PUBLIC_URL: 'https://jiuzhu.example.cn',
  MATCHING_API_TOKEN: drawn('matching token').toString('hex'),
  BANK_API_TOKEN: drawn('bank token').toString('base64url'),
  MATCHING_CALLBACK_SECRET: `whsec_${drawn('matching callback').toString('base64')}`,
  BANK_CALLBACK_SECRET: drawn('bank callback').toString('hex'),
  FIELD_KEYS: `f1:${key('field')}`,
  PAYLOAD_KEYS: `p1:${key('payload')}`,
  BLIND_INDEX_KEY: `b1:${key('index')}`,
  SEAL_KEY: `s1:${key('seal')}`,
}
type Name = keyof typeof production

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
  const DATABASE_URL = 'postgresql://o@db/jiuzhu'
  const { database } = loadConfig({ JIUZHU_ENV: 'training', DATABASE_URL })
  expect(database.appUrl).toBe(DATABASE_URL)
  const { DATABASE_APP_URL: _missing, ...ownerAlone } = production
  expect(() => loadConfig({ ...ownerAlone, DATABASE_URL })).toThrow(/DATABASE_APP_URL/)
})

test('production runs with secrets of its own and a real clock', () => {
  expect(loadConfig(production).movableClock).toBe(false)
})

test('production takes whatever is drawn by chance, a thousand times', () => {
  for (let time = 0; time < 1_000; time += 1) {
    const hex = () => randomBytes(32).toString('hex')
    const made = {
      ...production,
      DATABASE_APP_URL: `postgresql://app:${randomBytes(12).toString('hex')}@db/jiuzhu`,
      MATCHING_API_TOKEN: randomBytes(24).toString('base64url'),
      MATCHING_CALLBACK_SECRET: hex(),
      BANK_API_TOKEN: randomBytes(16).toString('hex'),
      BANK_CALLBACK_SECRET: hex(),
      FIELD_KEYS: `f2:${randomBytes(32).toString('base64')},f1:${randomBytes(32).toString('base64')}`,
      PAYLOAD_KEYS: `p1:${randomBytes(32).toString('base64')}`,
      BLIND_INDEX_KEY: `b1:${randomBytes(32).toString('base64')}`,
      SEAL_KEY: `s1:${randomBytes(32).toString('base64')}`,
    }
    expect(() => loadConfig(made), JSON.stringify(made)).not.toThrow()
  }
})

test('only the counter needs the seal key, and only its process is given it', () => {
  const { SEAL_KEY: _kept, ...others } = production
  expect(() => loadConfig(others, 'counter')).toThrow(/SEAL_KEY: .*is missing/)
  expect(loadConfig(others).keys.seal).toBeUndefined()
  expect(toEnvironment(loadConfig(production))).not.toHaveProperty('SEAL_KEY')
})

test('migrating makes a login for each process and needs none for itself', () => {
  const { DATABASE_APP_URL, SEAL_KEY: _kept, ...others } = production
  const DATABASE_URL = production.DATABASE_APP_URL.replace('//app', '//owner')
  expect(() => loadConfig({ ...others, DATABASE_URL, DATABASE_APP_URL }, 'migration')).toThrow(
    /DATABASE_API_URL: .*is missing[^]*DATABASE_WORKER_URL: .*is missing/,
  )
  const logins = {
    DATABASE_API_URL: DATABASE_APP_URL,
    DATABASE_WORKER_URL: DATABASE_APP_URL.replace('//app', '//hands'),
  }
  expect(loadConfig({ ...others, DATABASE_URL, ...logins }, 'migration').logins.worker).toContain('hands')
  expect(() => loadConfig({ ...others, ...logins, DATABASE_URL: DATABASE_APP_URL }, 'migration')).toThrow(
    /DATABASE_API_URL: .*superuser or the owner/,
  )
})

test.each(Object.keys(production).filter((name) => name !== 'JIUZHU_ENV'))(
  'production has no default for %s',
  (name) => {
    expect(() => loadConfig({ ...production, [name]: '' }, 'counter')).toThrow(new RegExp(`${name}: .*is missing`))
  },
)

const weak: [what: string, name: Name | 'JIUZHU_CLOCK' | 'DATABASE_URL', value: string, says: RegExp][] = [
  ['a key of zeros', 'FIELD_KEYS', `f1:${bytes(() => 0).toString('base64')}`, /重复.*repeats/],
  ['a key of one byte', 'PAYLOAD_KEYS', `p1:${bytes(() => 0xa7).toString('base64')}`, /repeats/],
  [
    'a key of two bytes in turn',
    'FIELD_KEYS',
    `f1:${bytes((index) => (index % 2 ? 9 : 8)).toString('base64')}`,
    /repeats/,
  ],
  [
    'a key whose halves are equal',
    'BLIND_INDEX_KEY',
    `b1:${Buffer.concat([drawn('half').subarray(0, 16), drawn('half').subarray(0, 16)]).toString('base64')}`,
    /repeats/,
  ],
  ['a key that counts up', 'FIELD_KEYS', `f1:${bytes((index) => index).toString('base64')}`, /连续.*runs along/],
  ['a key that counts down', 'FIELD_KEYS', `f1:${bytes((index) => 200 - index).toString('base64')}`, /runs along/],
  [
    'a key that is a sentence',
    'PAYLOAD_KEYS',
    `p1:${Buffer.from('our very own key of this county!').toString('base64')}`,
    /文字.*text/,
  ],
  [
    'a key of few different bytes',
    'FIELD_KEYS',
    `f1:${bytes((index) => [7, 130, 9, 77, 201][(index * index) % 5] as number).toString('base64')}`,
    /repeats|randomness/,
  ],
  [
    'a weak key behind a good one',
    'FIELD_KEYS',
    `f2:${key('good')},f1:${bytes(() => 1).toString('base64')}`,
    /repeats/,
  ],
  ['one key for two rings', 'PAYLOAD_KEYS', `p1:${key('field')}`, /相同.*same as another/],
  ['one key twice in a ring', 'FIELD_KEYS', `f1:${key('field')},f2:${key('field')}`, /same as another/],
  [
    'a published key',
    'FIELD_KEYS',
    toEnvironment(loadConfig({})).FIELD_KEYS?.replace('sample-field', 'mine') ?? '',
    /样例.*published sample/,
  ],
  [
    'a published secret',
    'BANK_CALLBACK_SECRET',
    toEnvironment(loadConfig({})).BANK_CALLBACK_SECRET ?? '',
    /published sample/,
  ],
  ['a placeholder', 'BANK_API_TOKEN', 'ChangeMe-ChangeMe-ChangeMe-ChangeMe', /published sample/],
  ['a short secret', 'BANK_CALLBACK_SECRET', 'b6f1c09e77a1', /至少32.*at least 32/],
  ['one letter over and over', 'MATCHING_API_TOKEN', 'c'.repeat(40), /repeats/],
  ['a piece over and over', 'MATCHING_CALLBACK_SECRET', 'k7Gq2Xz9'.repeat(5), /repeats/],
  ['doubled letters', 'BANK_API_TOKEN', 'aaaaaaabbbbbbbccccccdddddddeeeeeeefffff', /repeats/],
  ['the alphabet', 'BANK_API_TOKEN', 'abcdefghijklmnopqrstuvwxyz0123456789', /runs along/],
  ['the digits backwards', 'MATCHING_API_TOKEN', '98765432109876543210987654321098765', /repeats|runs along/],
  ['a row of the keyboard', 'BANK_CALLBACK_SECRET', 'qwertyuiopasdfghjklzxcvbnm1234567890', /runs along/],
  ['words', 'MATCHING_API_TOKEN', 'jiuzhu-bank-callback-secret-for-production', /常用词.*common words/],
  ['words with digits for letters', 'BANK_API_TOKEN', 'p4ssw0rd-s3cr3t-t0k3n-4dm1n1str4t0r-2026', /common words/],
  ['four words of a well-known joke', 'BANK_CALLBACK_SECRET', 'correct-horse-battery-staple-correct!', /common words/],
  ['few different characters', 'MATCHING_CALLBACK_SECRET', 'xqbqxqbbxxbqbxqbxxqbbqxqqbxbqxbxqqbxq', /randomness/],
  ['one secret for two systems', 'BANK_API_TOKEN', production.MATCHING_API_TOKEN, /same as another/],
  ['an open address of the bank', 'BANK_URL', 'http://bank.example.cn', /https/],
  ['an open address of the centre', 'MATCHING_CENTRE_URL', 'http://10.0.0.7:3220', /https/],
  ['an open address of ours', 'JIUZHU_PUBLIC_URL', 'http://jiuzhu.example.cn', /https/],
  ['an address that only looks like this machine', 'BANK_URL', 'http://127.0.0.1.example.cn', /https/],
  ['another protocol', 'BANK_URL', 'ftp://127.0.0.1/bank', /https/],
  ['a password in an address', 'BANK_URL', 'https://us:Gh7Kq2Xz9Lm4Pt8w@bank.example.cn', /用户名.*must not carry/],
  [
    'the superuser',
    'DATABASE_APP_URL',
    `postgresql://postgres:${drawn('pg').toString('hex')}@db/jiuzhu`,
    /超级用户.*superuser/,
  ],
  ['the owner', 'DATABASE_APP_URL', `postgresql://jiuzhu_owner:${drawn('own').toString('hex')}@db/jiuzhu`, /owner/],
  ['a database without a password', 'DATABASE_APP_URL', 'postgresql://app@db/jiuzhu', /没有口令.*no password/],
  ['a short password', 'DATABASE_APP_URL', 'postgresql://app:x7Kq2@db/jiuzhu', /太短.*short/],
  ['a password of words', 'DATABASE_APP_URL', 'postgresql://app:jiuzhu-database-2026@db/jiuzhu', /common words/],
  ['a clock that can be moved', 'JIUZHU_CLOCK', 'movable', /时钟.*movable clock/],
]

test.each(weak)('production refuses %s in %s (%#)', (_what, name, value, says) => {
  const refuse = () => loadConfig({ ...production, [name]: value })
  expect(refuse).toThrow(ConfigError)
  expect(refuse).toThrow(new RegExp(`^${name}: .*(${says.source})`, 'm'))
  const sentence = messageOf(refuse)
  // A sentence in both languages, and nothing of the secret in it.
  expect(sentence).toMatch(/[一-龥].*[a-z]/)
  for (const part of secretParts(value)) expect(sentence).not.toContain(part)
})

const half = drawn('half').subarray(0, 16)
const sampleKeys = {
  FIELD_KEYS: sampleSecrets.fieldKeys,
  PAYLOAD_KEYS: sampleSecrets.payloadKeys,
  BLIND_INDEX_KEY: sampleSecrets.blindIndexKey,
  SEAL_KEY: sampleSecrets.sealKey,
}
const written = (secret: Uint8Array) => `x1:${Buffer.from(secret).toString('base64')}`
const weakRings = ringNames.flatMap((name): [name: Name, what: string, value: string, says: RegExp][] => [
  [name, 'zeros', written(bytes(() => 0)), /repeats/],
  [name, 'one byte', written(bytes(() => 0xa7)), /repeats/],
  [name, 'equal halves', written(Buffer.concat([half, half])), /repeats/],
  [name, 'bytes in a row', written(bytes((index) => index)), /runs along/],
  [name, 'a sentence', written(Buffer.from('our very own key of this county!')), /text/],
  [name, 'few different bytes', written(drawn('few').map((byte) => 11 * (byte % 16))), /randomness/],
  [name, 'its published sample', sampleKeys[name], /published sample/],
  [name, 'its sample under another name', sampleKeys[name].replace(/^[^:]+/, 'mine'), /published sample/],
  [name, 'a weak key behind a good one', `x2:${key('good')},${written(bytes(() => 1))}`, /repeats/],
  [name, 'one key twice', `x1:${key('twice')},x2:${key('twice')}`, /same as another/],
  ...ringNames
    .filter((other) => other !== name)
    .map((other): [Name, string, string, RegExp] => [
      name,
      `the key of ${other}`,
      production[other],
      /same as another/,
    ]),
])

test.each(weakRings)('production refuses %s of %s', (name, _what, value, says) => {
  // Of two rings with one key either may be named.
  const named = says.source.includes('same') ? '[A-Z_]+' : name
  expect(() => loadConfig({ ...production, [name]: value })).toThrow(new RegExp(`^${named}: .*(${says.source})`, 'm'))
})

test('whoever verifies takes no seal key in production that others have too', () => {
  const verifier = { JIUZHU_ENV: 'production', DATABASE_APP_URL: production.DATABASE_APP_URL }
  for (const SEAL_KEY of [
    sampleSecrets.sealKey,
    sampleSecrets.sealKey.replace('sample-seal', 'mine'),
    written(bytes(() => 0)),
  ])
    expect(() => loadVerifierConfig({ ...verifier, SEAL_KEY })).toThrow(/SEAL_KEY: .*(published sample|repeats)/)
  expect(loadVerifierConfig({ ...verifier, SEAL_KEY: production.SEAL_KEY }).keys.privateKeys?.current.id).toBe('s1')
  expect(loadVerifierConfig(verifier).keys.privateKeys).toBeUndefined()
})

test('a verifier knows its own key beside those that sign no more, and the sample only where nothing else is named', () => {
  const SEAL_PUBLIC_KEYS = `old:${key('public')}`
  const { keys } = loadVerifierConfig({ ...production, SEAL_PUBLIC_KEYS })
  expect([keys.privateKeys?.current.id, keys.publicKeys?.current.id]).toEqual(['s1', 'old'])
  expect(loadVerifierConfig({}).keys.privateKeys?.current.id).toBe('sample-seal')
  expect(loadVerifierConfig({ SEAL_PUBLIC_KEYS }).keys.privateKeys).toBeUndefined()
})

test('the owner’s own name is refused to the application, whatever it is', () => {
  const DATABASE_URL = production.DATABASE_APP_URL
  expect(() => loadConfig({ ...production, DATABASE_URL })).toThrow(/DATABASE_APP_URL: .*superuser or the owner/)
})

test('on this machine an address may be open, and a database may know its callers by a socket', () => {
  for (const host of ['127.0.0.1:3230', 'localhost:3230', '[::1]:3230', '127.8.8.8'])
    expect(loadConfig({ ...production, BANK_URL: `http://${host}` }).bank.url).toContain(host)
  for (const DATABASE_APP_URL of ['postgresql:///jiuzhu?host=/run', 'postgresql://app@%2Frun/jiuzhu'])
    expect(() => loadConfig({ ...production, DATABASE_APP_URL })).not.toThrow()
})

test.each([
  ['DATABASE_URL', 'postgresql://o@db/jiuzhu'],
  ['DATABASE_APP_URL', 'postgresql://a@10.1.2.3/jiuzhu'],
  ['TEMPORAL_ADDRESS', 'temporal:7233'],
  ['MATCHING_CENTRE_URL', 'https://matching.example.cn'],
  ['BANK_URL', 'https://bank.example.cn'],
  ['JIUZHU_PUBLIC_URL', 'https://jiuzhu.example.cn'],
  ['JIUZHU_HOST', '0.0.0.0'],
  ['METRICS_HOST', '0.0.0.0'],
])('%s beyond this machine is not taken for training because nobody said so', (name, value) => {
  expect(() => loadConfig({ [name]: value })).toThrow(new RegExp(`${name}: .*写明.*JIUZHU_ENV`))
  expect(loadConfig({ [name]: value, JIUZHU_ENV: 'training' }).environment).toBe('training')
})

test.each(['DATABASE_URL', 'DATABASE_APP_URL'])(
  '%s says before its path which server it names, and as whom',
  (name) => {
    for (const parameters of [
      'host=db.example&user=x&password=y',
      'host=db.example',
      'host=/run&host=db.example',
      'port=5433',
      'user=postgres',
      'password=y',
      '%68ost=db.example',
    ])
      for (const JIUZHU_ENV of ['training', 'production', ''])
        expect(() => loadConfig({ ...production, JIUZHU_ENV, [name]: `postgresql:///jiuzhu?${parameters}` })).toThrow(
          new RegExp(`${name}: .*不得作为参数.*not as parameters`),
        )
    expect(loadConfig({ [name]: 'postgresql:///jiuzhu?host=/run&sslmode=disable' }).database.appUrl).toContain('/run')
  },
)

test('a child process comes to the same answer from the environment it is given', () => {
  const config = loadConfig({ ...production, JIUZHU_PORT_BASE: '4100', WORKER_ROLES: 'payments' })
  expect(loadConfig(toCounterEnvironment(config), 'counter')).toEqual(config)
})

function messageOf(refuse: () => unknown): string {
  try {
    refuse()
  } catch (error) {
    return (error as Error).message
  }
  return ''
}

/** The parts of a value that must not be told: keys without their names, the password of an address. */
function secretParts(value: string): string[] {
  if (value.includes('://')) return URL.canParse(value) && new URL(value).password ? [new URL(value).password] : []
  const keys = value.split(',').map((one) => one.slice(one.indexOf(':') + 1))
  return keys.filter((one) => one.length > 10)
}
