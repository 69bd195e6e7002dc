import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { copyFile, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { loadConfig } from '../../platform/config.ts'
import { sampleSecrets } from '../../platform/sample-secrets.ts'
import { sealPublicKeys, writeSealPublicKeys } from '../../platform/seal-key.ts'
import { people } from '../../prisma/seed/people.ts'
import { type CounterRoom, openCounterRoom } from '../api/support/counter-room.ts'
import type { CaseInHand } from '../support/people/officer.ts'

const script = path.resolve(import.meta.dirname, '../../scripts/verify.ts')
const auditor = people.qingyang.auditors[0]!

let room: CounterRoom
let aCase: CaseInHand
let keptElsewhere: string

beforeAll(async () => {
  room = await openCounterRoom('terminal')
  aCase = await room.world.beijie.clerk.applies(room.world.aHousehold())
  await room.send('POST', '/api/audit/seals', { as: auditor })
  await room.send('POST', '/api/audit/seals', { as: auditor })
  keptElsewhere = path.join(inject('scratchDir'), `${randomUUID()}.jsonl`)
  await copyFile(path.join(room.config.sealDir, 'seals.jsonl'), keptElsewhere)
})
afterAll(() => room?.close())

/** As an auditor runs it: with the archive's address and the public keys, and nothing else of ours. */
async function verify(args: readonly string[] = [], env: Record<string, string> = {}) {
  const { PATH = '' } = process.env
  const publicKeys = writeSealPublicKeys(sealPublicKeys({ privateKeys: loadConfig({}).keys.seal }))
  const given = {
    PATH,
    TZ: 'UTC',
    JIUZHU_ENV: 'production',
    DATABASE_URL: room.config.database.appUrl ?? '',
    SEAL_PUBLIC_KEYS: publicKeys,
    DATA_DIR: path.join(inject('scratchDir'), 'nothing'),
    ...env,
  }
  return new Promise<{ code: number; told: string }>((resolve) => {
    execFile(process.execPath, [script, ...args], { env: given }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), told: `${stdout}${stderr}` })
    })
  })
}

describe('npm run verify', () => {
  it('says that the archive holds, with no key but the public ones', async () => {
    const { code, told } = await verify(['--seals', keptElsewhere])
    expect([code, told]).toEqual([0, expect.stringContaining('未发现改动 Nothing was found changed')])
    expect(told).toContain('第2次封存 seal 2')
  })

  it('looks at one case by its number', async () => {
    expect(await verify(['--case', aCase.number])).toMatchObject({
      code: 0,
      told: expect.stringContaining('registers 1'),
    })
    expect(await verify(['--case', 'no-such-number'])).toMatchObject({
      code: 2,
      told: expect.stringContaining('No such case'),
    })
  })

  it('says which key it lacks', async () => {
    const { code, told } = await verify([], { SEAL_PUBLIC_KEYS: `other:${Buffer.alloc(32, 7).toString('base64')}` })
    expect([code, told]).toEqual([1, expect.stringContaining('封存所用的密钥未知')])
  })

  it('knows its own key beside the public half of one that signs no more', async () => {
    const old = `old:${Buffer.alloc(32, 7).toString('base64')}`
    const own = { JIUZHU_ENV: 'training', SEAL_KEY: sampleSecrets.sealKey, SEAL_PUBLIC_KEYS: old }
    expect(await verify([], own)).toMatchObject({ code: 0 })
    expect((await verify(['--public-keys'], own)).told).toMatch(/sample-seal:.*,old:/)
  })

  it('holds the archive against a file kept elsewhere, and names what is not there any more', async () => {
    const lines = (await readFile(keptElsewhere, 'utf8')).trimEnd().split('\n')
    const later = { ...(JSON.parse(lines[1] as string) as object), number: 3 }
    const longer = path.join(inject('scratchDir'), `${randomUUID()}.jsonl`)
    await writeFile(longer, [...lines, JSON.stringify(later)].join('\n'))
    const { code, told } = await verify(['--seals', longer])
    expect([code, told]).toEqual([1, expect.stringContaining('a seal of the file is not in the archive: #3')])
    expect(await verify(['--seals', path.join(inject('scratchDir'), 'nowhere')])).toMatchObject({ code: 2 })
  })

  it('writes nothing, and ends otherwise than with 0 when something was changed', async () => {
    const owner = new pg.Client({ connectionString: room.ownerUrl })
    await owner.connect()
    await owner.query('SET session_replication_role = replica')
    await owner.query(`UPDATE matter_event SET data = '{}' WHERE "matterId" = $1`, [aCase.id])
    await owner.end()
    const { code, told } = await verify()
    expect(code).toBe(1)
    expect(told).toContain(`✗ 办理事件与审计记录不一致 an event is not what the audit says of it: case:${aCase.id}`)
  })
})
