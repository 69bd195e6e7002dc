import { appendFile, mkdtemp, readFile, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { appendSeals, readSealFile, sealFileName, setTornLineAside } from '../../platform/seal-file.ts'

const seal = (number: number) => ({ number, statement: '{}', digest: 'd', keyId: 'k', signature: 's' })

let folder: string
let file: string
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'seals-'))
  file = path.join(folder, sealFileName)
})

describe('the file of the seals', () => {
  it('is added to again after its last line was torn, and what there was of it is kept', async () => {
    await appendSeals(folder, [seal(1)])
    await appendFile(file, '{"number":2,"state')
    await expect(readSealFile(file)).rejects.toThrow('is no seal')
    expect(await setTornLineAside(folder)).toBe(true)
    await appendSeals(folder, [seal(2)])
    expect(await readSealFile(file)).toEqual([seal(1), seal(2)])
    expect(await readFile(`${file}.torn`, 'utf8')).toBe('{"number":2,"state\n')
    expect((await stat(`${file}.torn`)).mode & 0o777).toBe(0o600)
  })

  it('is left alone while its lines are whole', async () => {
    expect(await setTornLineAside(folder)).toBe(false)
    await appendSeals(folder, [seal(1), seal(2)])
    expect(await setTornLineAside(folder)).toBe(false)
    expect(await readSealFile(file)).toEqual([seal(1), seal(2)])
  })
})
