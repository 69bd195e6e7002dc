import './plain-failure.ts'
import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import writeExcelFile from 'write-excel-file/node'
import { startPostgres } from '../platform/embedded/postgres.ts'
import { findFreePort } from '../platform/embedded/processes.ts'
import { startTemporal } from '../platform/embedded/temporal-server.ts'
import { startGuardian } from '../platform/guardian.ts'
import { aHousehold } from '../test/support/household.ts'
import { anIdentityNumber } from '../test/support/numbers.ts'
import { sheets, type SheetName } from './county-workbook/sheets.ts'

// Walks the first part of docs/operations.md, from an empty server to the first case, in production mode: an empty PostgreSQL, two
// APIs, two workers, and nothing of the training copy.
const root = path.resolve(import.meta.dirname, '..')
const folder = path.join(root, '.data', `operations-${process.pid}`)
const cacheDir = process.env.JIUZHU_CACHE_DIR || path.join(homedir(), '.cache', 'jiuzhu')
const secret = () => randomBytes(32).toString('hex')
const key = (name: string) => `${name}:${randomBytes(32).toString('base64')}`
const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)
const since = '2026-01-01'

const guardian = startGuardian()
guardian.removeAfterwards(folder)
await mkdir(folder, { recursive: true })
const children: ChildProcess[] = []
const postgres = await startPostgres({
  dataDir: folder,
  port: await findFreePort(),
  onSpawn: (pid) => guardian.watch(pid, 'SIGINT'),
})
guardian.removeAfterwards(postgres.folder)
const temporal = await startTemporal({
  dataDir: folder,
  cacheDir,
  port: await findFreePort(),
  namespace: 'jiuzhu',
  movableClock: false,
  persistent: true,
  say: console.log,
  onSpawn: (pid) => guardian.watch(pid, 'SIGTERM'),
})
const login = (name: string) => {
  const url = new URL(postgres.url)
  Object.assign(url, { username: name, password: secret() })
  return url.href
}
const logins = { api: login('jiuzhu_api_login'), worker: login('jiuzhu_worker_login') }
const env: Record<string, string> = {
  PATH: process.env.PATH ?? '',
  HOME: homedir(),
  TZ: 'UTC',
  JIUZHU_ENV: 'production',
  DATA_DIR: folder,
  SEAL_DIR: path.join(folder, 'seals'),
  TEMPORAL_ADDRESS: temporal.address,
  TEMPORAL_NAMESPACE: 'jiuzhu',
  MATCHING_CENTRE_URL: 'https://matching.invalid',
  MATCHING_API_TOKEN: secret(),
  MATCHING_CALLBACK_SECRET: secret(),
  BANK_URL: 'https://bank.invalid',
  BANK_API_TOKEN: secret(),
  BANK_CALLBACK_SECRET: secret(),
  JIUZHU_PUBLIC_URL: 'https://jiuzhu.invalid',
  FIELD_KEYS: key('f'),
  PAYLOAD_KEYS: key('p'),
  BLIND_INDEX_KEY: key('b'),
  LOG_LEVEL: 'warn',
}
const asOwner = { DATABASE_URL: postgres.url, DATABASE_APP_URL: logins.api }

try {
  await walk()
  console.log('从空服务器到首个案件，全部通过。 From an empty server to the first case: every step held.')
} finally {
  for (const child of children) child.kill('SIGTERM')
  await Promise.all(children.map(async (child) => child.exitCode ?? new Promise((ended) => child.once('exit', ended))))
  await guardian.close()
  await rm(folder, { recursive: true, force: true })
}
process.exit()

async function walk(): Promise<void> {
  step(await command('migrate', [], { ...asOwner, DATABASE_API_URL: logins.api, DATABASE_WORKER_URL: logins.worker }))
  step(await command('first-administrators', [await beginningFile()], asOwner))
  const workbook = await workbookFile()
  step(await command('import-county', [workbook, '--check'], asOwner))
  const passwords = passwordsIn(step(await command('import-county', [workbook], asOwner)))
  const [first, second] = [await api(), await api()]
  await worker()
  await worker()
  const clerk = await signsIn(first, 'zy-01', passwords)
  const household = aHousehold('operations')
  const application = household.applicationAt({ placeId: 'zy-baima', divisionCode: '621027', signedOn: today })
  const made = await clerk('POST', '/api/assistance-cases', application)
  const { matterId, matterNumber } = made as { matterId: string; matterNumber: string }
  step(`${matterNumber}`)
  const handler = await signsIn(second, 'zy-02', passwords)
  const { items } = (await handler('GET', '/api/worklist')) as { items: { matterId: string }[] }
  if (items[0]?.matterId !== matterId) throw new Error('The township does not see the case')
  await handler('POST', `/api/matters/${matterId}/acts`, { action: 'ACCEPT', versionSeen: 1 })
  step('受理 accepted')
}

function step(said: string): string {
  console.log(said.trim().replaceAll(/(?<=\t)\S+/g, '…'))
  return said
}

async function command(name: string, args: string[], more: Record<string, string>): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [`scripts/${name}.ts`, ...args], {
    cwd: root,
    env: { ...env, ...more },
  })
  return stdout
}

async function api(): Promise<string> {
  const [port, metrics] = [await findFreePort(), await findFreePort()]
  run('api/main.ts', {
    DATABASE_APP_URL: logins.api,
    SEAL_KEY: (env.SEAL_KEY ??= key('s')),
    JIUZHU_PORT: String(port),
    API_METRICS_PORT: String(metrics),
  })
  const url = `http://127.0.0.1:${port}`
  await until(async () => (await fetch(`${url}/healthz`)).ok, 'the API answers')
  return url
}

async function worker(): Promise<void> {
  const [health, metrics] = [await findFreePort(), await findFreePort()]
  run('worker/main.ts', {
    DATABASE_APP_URL: logins.worker,
    WORKER_HEALTH_PORT: String(health),
    WORKER_METRICS_PORT: String(metrics),
  })
  await until(async () => (await fetch(`http://127.0.0.1:${health}/healthz`)).ok, 'the worker answers')
}

function run(program: string, more: Record<string, string>): void {
  const child = spawn(process.execPath, [program], {
    cwd: root,
    env: { ...env, ...more },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  if (child.pid !== undefined) guardian.watch(child.pid, 'SIGTERM')
  children.push(child)
}

async function until(holds: () => Promise<boolean>, what: string): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt += 1) {
    if (await holds().catch(() => false)) return
    await sleep(200)
  }
  throw new Error(`It does not come about that ${what}`)
}

/** Signs in with the first password, changes it, and signs in again as one does from then on. */
async function signsIn(url: string, staffNumber: string, passwords: ReadonlyMap<string, string>) {
  const first = passwords.get(staffNumber) ?? ''
  const chosen = `Yuanxian-${secret().slice(0, 12)}`
  const ask = async (cookie: string, method: string, at: string, body?: object): Promise<Response> => {
    const response = await fetch(`${url}${at}`, {
      method,
      headers: { 'content-type': 'application/json', 'request-id': randomUUID(), ...(cookie === '' ? {} : { cookie }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    if (!response.ok) throw new Error(`${method} ${at}: ${response.status} ${await response.text()}`)
    return response
  }
  const cookieOf = (response: Response) =>
    response.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; ')
  const begun = cookieOf(await ask('', 'POST', '/api/sessions', { staffNumber, password: first }))
  await ask(begun, 'POST', '/api/password-changes', { oldPassword: first, newPassword: chosen })
  const cookie = cookieOf(await ask('', 'POST', '/api/sessions', { staffNumber, password: chosen }))
  return async (method: string, at: string, body?: object): Promise<unknown> =>
    (await ask(cookie, method, at, body)).json()
}

function passwordsIn(said: string): Map<string, string> {
  return new Map([...said.matchAll(/(\S+)\t(\S+)/g)].map(([, number = '', password = '']) => [number, password]))
}

async function beginningFile(): Promise<string> {
  const template = JSON.parse(await command('first-administrators', ['--template'], {})) as {
    administrators: { name: string; identityNumber: string }[]
  }
  for (const [index, one] of template.administrators.entries()) {
    one.name = `管理员${'甲乙'.charAt(index)}`
    one.identityNumber = numberOf(`administrator-${index}`)
  }
  const file = path.join(folder, 'beginning.json')
  await writeFile(file, JSON.stringify(template))
  return file
}

/** The empty workbook, filled in as a county would: one township with one village. */
async function workbookFile(): Promise<string> {
  const rows: Record<SheetName, (string | number | null)[][]> = {
    地方: [
      ['zhenyuan', 'qingyang', '县（市、区）', '镇原县', '621027', null, since],
      ['zy-tunzi', 'zhenyuan', '乡镇（街道）', '屯字镇', '621027103', '农村', since],
      ['zy-baima', 'zy-tunzi', '村（社区）', '白马村', '621027103201', '农村', since],
    ],
    机关: [
      ['zy-minzheng', '民政局', '县（市、区）', '镇原县民政局', 'zhenyuan'],
      ['zy-caizheng', '财政局', '县（市、区）', '镇原县财政局', 'zhenyuan'],
      ['zy-tunzi-zf', '乡镇人民政府（街道办事处）', '乡镇（街道）', '屯字镇人民政府', 'zy-tunzi'],
      ['zy-baima-cwh', '村（居）民委员会', '村（社区）', '白马村民委员会', 'zy-baima'],
    ],
    辖区: [
      ['zy-minzheng', 'zhenyuan', since, null],
      ['zy-caizheng', 'zhenyuan', since, null],
      ['zy-tunzi-zf', 'zy-tunzi', since, null],
      ['zy-baima-cwh', 'zy-baima', since, null],
    ],
    岗位: [
      ['zy-baima.clerk', 'zy-baima-cwh', 'VILLAGE_CLERK', '村级经办'],
      ['zy-tunzi.handler', 'zy-tunzi-zf', 'TOWNSHIP_HANDLER', '乡镇经办'],
    ],
    人员: [
      ['zy-01', '王秀兰', numberOf('zy-01'), 'zy-baima.clerk', since],
      ['zy-02', '李想', numberOf('zy-02'), 'zy-tunzi.handler', since],
    ],
    常设代班: [],
    标准和时限: [],
  }
  const file = path.join(folder, 'county.xlsx')
  const pages = (Object.keys(sheets) as SheetName[]).map((sheet) => ({
    sheet,
    data: [Object.keys(sheets[sheet].shape), ...rows[sheet]].map((row) => row.map((value) => ({ value }))),
  }))
  await writeExcelFile(pages as Parameters<typeof writeExcelFile>[0]).toFile(file)
  return file
}

function numberOf(seed: string): string {
  return anIdentityNumber({ seed, bornFrom: 1970, bornUntil: 1990, sex: 'MALE' })
}
