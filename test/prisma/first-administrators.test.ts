import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { verify } from '@node-rs/argon2'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { loadConfig } from '../../platform/config.ts'
import { seed } from '../../prisma/seed/seed.ts'
import { findBrokenLink } from '../../prisma/stores/system/audit.ts'
import type { Archive } from '../../prisma/client.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { anIdentityNumber } from '../support/numbers.ts'
import { openOwnerArchive } from '../support/owner-archive.ts'

const numberOf = (one: string) => anIdentityNumber({ seed: one, bornFrom: 1970, bornUntil: 1990, sex: 'MALE' })
const administrator = (staffNumber: string, of: string = staffNumber) => ({
  staffNumber,
  name: '段启航',
  identityNumber: numberOf(of),
})
const beginning = {
  place: { id: 'qingyang', name: '庆阳市', divisionCode: '621000', level: 'CITY' },
  bureau: '庆阳市民政局',
  administrators: [administrator('qy-01'), administrator('qy-02')],
}

let database: TestDatabase
let archive: Archive

beforeAll(async () => {
  database = await createTestDatabase()
  await seed(database.url, { ...loadConfig({}), environment: 'production', movableClock: false })
  archive = openOwnerArchive(database.url, loadConfig({}))
})
afterAll(async () => {
  await archive?.close()
  await database?.drop()
})

async function run(...args: string[]): Promise<{ stdout: string; stderr: string }> {
  const env = { ...process.env, DATABASE_URL: database.url }
  return promisify(execFile)(process.execPath, ['scripts/first-administrators.ts', ...args], { env }).catch(
    (failed: { stdout: string; stderr: string }) => failed,
  )
}

async function begins(content: unknown): Promise<{ stdout: string; stderr: string }> {
  const file = path.join(inject('scratchDir'), 'beginning.json')
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content))
  return run(file)
}

describe('the first administrators', () => {
  it('are refused with all that is wrong at once, and nothing of it is done', async () => {
    const { stderr } = await begins({
      ...beginning,
      bureau: '',
      administrators: [administrator('qy-01'), administrator('qy-01', 'qy-01')],
    })
    for (const said of ['bureau', '须是不同的人', '工号不能相同']) expect(stderr).toContain(said)
    expect((await begins({ ...beginning, administrators: [administrator('qy-01')] })).stderr).toContain('两名管理员')
    expect((await begins('{')).stderr).toMatch(/^无法读取 Cannot read/)
    expect(await archive.db.officer.count()).toBe(0)
  })

  it('are two people, each with a password that is shown once and must be changed', async () => {
    const { stdout } = await begins(beginning)
    const told = new Map(
      [...stdout.matchAll(/(qy-0\d)\t(\S+)/g)].map(([, number = '', password = '']) => [number, password]),
    )
    const officers = await archive.db.officer.findMany({ orderBy: { staffNumber: 'asc' } })
    expect(officers.map(({ staffNumber, mustChangePassword }) => [staffNumber, mustChangePassword])).toEqual([
      ['qy-01', true],
      ['qy-02', true],
    ])
    for (const { staffNumber, passwordHash } of officers)
      expect(await verify(passwordHash, told.get(staffNumber) ?? '')).toBe(true)
    const held = await archive.db.postHolding.findMany({ include: { post: { include: { office: true } } } })
    expect(held.map(({ post }) => [post.role, post.office.name])).toEqual([
      ['ADMINISTRATOR', '庆阳市民政局'],
      ['ADMINISTRATOR', '庆阳市民政局'],
    ])
    expect(await findBrokenLink(archive.db, 'staff:qingyang-minzheng')).toBeNull()
    expect(await archive.db.auditRecord.count({ where: { action: 'NEW_OFFICER' } })).toBe(2)
  })

  it('are made once: whoever comes later is appointed by two of them', async () => {
    const { stderr } = await begins({ ...beginning, administrators: [administrator('qy-03'), administrator('qy-04')] })
    expect(stderr).toContain('已有管理员')
    expect(await archive.db.officer.count()).toBe(2)
  })

  it('begin with a file as the template shows it', async () => {
    const { stdout } = await run('--template')
    const shown = JSON.parse(stdout) as typeof beginning
    expect(Object.keys(shown)).toEqual(Object.keys(beginning))
    expect((await begins(shown)).stderr).toContain('administrators.0.identityNumber')
  })
})
