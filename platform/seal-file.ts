import { appendFile, chmod, mkdir, readFile } from 'node:fs/promises'
import path from 'node:path'

/** A seal as one line of the file. */
export type SealLine = { number: number; statement: string; digest: string; keyId: string; signature: string }

/** The name of the file in its folder: JSON lines that are only ever added to. */
export const sealFileName = 'seals.jsonl'

/** Adds seals to the file, which nobody but its owner reads. */
export async function appendSeals(folder: string, seals: readonly SealLine[]): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const file = path.join(folder, sealFileName)
  await appendFile(file, seals.map((seal) => `${JSON.stringify(seal)}\n`).join(''), { mode: 0o600 })
  await chmod(file, 0o600)
}

/** The seals of a file in its order; none when there is no file. @throws when a line is none. */
export async function readSealFile(file: string): Promise<SealLine[]> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line, index) => parseLine(line, `${file}:${index + 1}`))
}

function parseLine(line: string, where: string): SealLine {
  try {
    const { number, statement, digest, keyId, signature } = JSON.parse(line) as SealLine
    if (Number.isInteger(number) && [statement, digest, keyId, signature].every((part) => typeof part === 'string'))
      return { number, statement, digest, keyId, signature }
  } catch {
    // Said below, with the place.
  }
  throw new Error(`${where} is no seal`)
}
