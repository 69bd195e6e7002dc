import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openJournal } from '../../sandbox/shared/journal.ts'

describe('the book of an institution', () => {
  let folder: string
  let file: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'jiuzhu-journal-'))
    file = join(folder, 'deep', 'book.jsonl')
  })
  afterEach(() => rm(folder, { recursive: true }))

  it('keeps lines in the order in which they were added, also many at once', async () => {
    const journal = await openJournal<number>(file)
    await Promise.all(Array.from({ length: 500 }, (_, line) => journal.append(line)))
    await journal.close()
    const again = await openJournal<number>(file)
    expect(await again.read()).toEqual(Array.from({ length: 500 }, (_, line) => line))
    await again.close()
  })

  it('has a line on disk when it says so', async () => {
    const journal = await openJournal<string>(file)
    await journal.append('credited')
    expect(await readFile(file, 'utf8')).toBe('"credited"\n')
    await journal.close()
  })

  it('drops half a line that a killed process left, and goes on after the whole ones', async () => {
    const first = await openJournal<string>(file)
    await first.append('whole')
    await first.close()
    await appendFile(file, '"hal')
    const second = await openJournal<string>(file)
    await second.append('next')
    expect(await second.read()).toEqual(['whole', 'next'])
    await second.close()
  })

  it('refuses to open a book that is damaged in the middle', async () => {
    const journal = await openJournal<string>(file)
    await journal.close()
    await writeFile(file, '"first"\nnot json\n"third"\n')
    const damaged = await openJournal<string>(file)
    await expect(damaged.read()).rejects.toThrow('Line 2 of the book')
    await damaged.close()
  })

  it('is empty after it was cleared, and takes lines again', async () => {
    const journal = await openJournal<string>(file)
    await Promise.all([journal.append('before'), journal.clear(), journal.append('after')])
    expect(await journal.read()).toEqual(['after'])
    await journal.close()
  })
})
