import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { refuseTakenPorts } from '../../../platform/free-ports.ts'
import { ensureWritableFolder } from '../../../platform/writable-folder.ts'

const root = path.resolve(import.meta.dirname, '../../..')
let folder: string
let others: Server[]
let ports: [number, number]

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'jiuzhu-start-'))
  others = await Promise.all([listen(), listen()])
  ports = others.map((server) => (server.address() as { port: number }).port) as [number, number]
})
afterAll(async () => {
  for (const server of others) server.close()
  await rm(folder, { recursive: true, force: true })
})

function listen(): Promise<Server> {
  const server = createServer()
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)))
}

/** A command as somebody types it; `told` is all that they see. */
async function run(script: string, args: string[], env: Record<string, string>) {
  const { PATH = '', HOME = '' } = process.env
  return new Promise<{ code: number; told: string }>((resolve) => {
    const given = { PATH, HOME, TZ: 'UTC', ...env }
    execFile(
      process.execPath,
      [path.join(root, 'scripts', script), ...args],
      { env: given },
      (error, stdout, stderr) => {
        resolve({ code: error === null ? 0 : Number(error.code), told: `${stdout}${stderr}` })
      },
    )
  })
}

const traceOfAProgram = /^\s+at |node:internal|invocation|\bprisma\.\w/m

describe('a start', () => {
  it('names every port that another program has, with its setting, before anything is started', async () => {
    const [api, bank] = ports
    await expect(refuseTakenPorts({ api, bank })).rejects.toThrow(
      new RegExp(`${api} \\(JIUZHU_PORT\\)、${bank} \\(BANK_PORT\\)`),
    )
    const { code, told } = await run('start.ts', [], {
      DATA_DIR: path.join(folder, 'data'),
      JIUZHU_PORT: String(api),
      BANK_PORT: String(bank),
    })
    expect(code).toBe(1)
    expect(told).toContain('端口已被其他程序占用')
    expect(told).toContain('JIUZHU_PORT_BASE')
    expect(told).not.toContain('PostgreSQL')
    expect(told).not.toMatch(traceOfAProgram)
  })

  it('says which folder cannot be written into, and which setting names it', async () => {
    const file = path.join(folder, 'a-file')
    await writeFile(file, '')
    for (const place of [file, path.join(file, 'below'), '/proc/none/of/this']) {
      await expect(ensureWritableFolder(place, 'DATA_DIR')).rejects.toThrow(/不能写入目录.*DATA_DIR/)
    }
    const { code, told } = await run('start.ts', [], { DATA_DIR: file })
    expect([code, told]).toEqual([1, expect.stringContaining(`不能写入目录 ${file}`)])
    expect(told).not.toMatch(traceOfAProgram)
  })

  it('makes the folders that are missing, and may be asked again', async () => {
    const place = path.join(folder, 'one', 'two', 'three')
    await Promise.all([ensureWritableFolder(place, 'DATA_DIR'), ensureWritableFolder(place, 'DATA_DIR')])
    await ensureWritableFolder(place, 'DATA_DIR')
  })

  it('without Python and without an engine of its own says what to install or where to put it', async () => {
    const bare = path.join(folder, 'bin')
    await mkdir(bare)
    await symlink(process.execPath, path.join(bare, 'node'))
    const { code, told } = await run('fuzz-contract.ts', [], {
      PATH: bare,
      JIUZHU_CACHE_DIR: path.join(folder, 'cache'),
    })
    expect(code).toBe(1)
    expect(told).toContain('需要 Python 3.10 或更新版本')
    expect(told).not.toMatch(traceOfAProgram)
  })
})

describe('a command without its database', () => {
  it.each([
    ['import-calendar.ts', ['notice.json']],
    ['migrate.ts', []],
    ['verify.ts', []],
  ] as const)('%s says so in a sentence', async (script, args) => {
    const nobody = 'postgresql://nobody:nothing@127.0.0.1:1/none'
    const notice = path.join(folder, 'notice.json')
    await writeFile(notice, '{}')
    const { code, told } = await run(
      script,
      args.map(() => notice),
      {
        DATABASE_URL: nobody,
        DATABASE_APP_URL: nobody,
        DATA_DIR: path.join(folder, 'data'),
      },
    )
    expect(code).not.toBe(0)
    expect(told).toContain('数据库没有应答')
    expect(told).not.toMatch(traceOfAProgram)
  })
})
