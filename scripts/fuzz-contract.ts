import './plain-failure.ts'
import { mkdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { lockDataDir } from '../platform/data-dir-lock.ts'
import { people, postId, type SeedPerson, trainingPassword } from '../prisma/seed/people.ts'
import { ownConfig } from '../test/support/own-config.ts'
import { World } from '../test/support/world.ts'
import { findSchemathesis, fuzzAs } from './fuzz/schemathesis.ts'
import { type Stack, startStack } from './stack.ts'

// Holds a running counter against its own contract, with values that fit it and values that do not, in one role after the
// other: npm run fuzz -- --seconds 900 --seed 7
const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '150' }, seed: { type: 'string', default: '1' } },
})
const { xifeng, qingyang } = people
const askers: SeedPerson[] = [
  xifeng.beijie.clerks[0],
  xifeng.beijie.handlers[0],
  xifeng.approvers[0],
  xifeng.supervisors[0],
  qingyang.auditors[0],
  qingyang.administrators[0],
].filter((person) => person !== undefined)

const dataDir = path.resolve(import.meta.dirname, '../.data/fuzz')
const leave = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => leave.abort())

const config = await ownConfig(dataDir)
const lock = await lockDataDir(dataDir, { guardianPid: process.pid, url: config.publicUrl })
await rm(dataDir, { recursive: true, force: true })
await lock.release()
const program = findSchemathesis(config.cacheDir, console.log)
const stack = await startStack({ config, say: console.log, signal: leave.signal })
try {
  process.exitCode = await fuzz(stack)
} finally {
  await stack.stop()
}
process.exit()

async function fuzz({ urls, processes }: Stack): Promise<number> {
  const folder = path.join(dataDir, 'schemathesis')
  await mkdir(folder, { recursive: true })
  const world = new World(urls, 'fuzz')
  for (let count = 0; count < 3; count += 1) await world.beijie.clerk.applies(world.aHousehold())

  const seconds = Math.ceil(Number(values.seconds) / askers.length)
  const failed: string[] = []
  for (const person of askers) {
    console.log(`\n${person.role}: ${seconds} s`)
    const cookie = await cookieOf(urls.api, person)
    const run = { program, url: urls.api, cookie, seconds, seed: Number(values.seed), folder, signal: leave.signal }
    if ((await fuzzAs(run)) !== 0) failed.push(person.role)
  }

  const restarts = processes.api?.restarts ?? 0
  const health = await fetch(`${urls.api}/healthz`)
  console.log(`\n${askers.length - failed.length} passed, ${failed.length} failed`)
  if (failed.length > 0) console.error(`有角色的请求得到错误答复 Not by the contract: ${failed.join('，')}`)
  if (restarts > 0) console.error(`接口进程重启过 The counter was started again ${restarts} times`)
  return failed.length === 0 && restarts === 0 && health.ok ? 0 : 1
}

async function cookieOf(api: string, { staffNumber, office, role }: SeedPerson): Promise<string> {
  const response = await fetch(`${api}/api/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ staffNumber, password: trainingPassword, postId: postId({ office, role }) }),
  })
  if (!response.ok) throw new Error(`${role} cannot sign in: ${response.status} ${await response.text()}`)
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')
}
