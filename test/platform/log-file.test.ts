import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openLogFile } from '../../platform/embedded/log-file.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'jiuzhu-log-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const rightsOf = async (file: string) => ((await stat(file)).mode & 0o777).toString(8)

describe('the log of a server', () => {
  it('is read by nobody else on the machine', async () => {
    const file = path.join(folder, 'new', 'postgres.log')
    await (await openLogFile(file)).close()
    expect([await rightsOf(path.dirname(file)), await rightsOf(file)]).toEqual(['700', '600'])
  })

  it('is closed to others, and added to, where an earlier version left it open to all', async () => {
    const file = path.join(folder, 'old', 'postgres.log')
    await mkdir(path.dirname(file))
    await writeFile(file, 'before\n')
    await chmod(path.dirname(file), 0o755)
    await chmod(file, 0o644)
    const log = await openLogFile(file)
    await log.write('after\n')
    await log.close()
    expect([await rightsOf(path.dirname(file)), await rightsOf(file)]).toEqual(['700', '600'])
    expect(await readFile(file, 'utf8')).toBe('before\nafter\n')
  })
})
