import { appendFile, mkdir, open, readFile, truncate } from 'node:fs/promises'
import path from 'node:path'

/** A seal as one line of the file. */
export type SealLine = { number: number; statement: string; digest: string; keyId: string; signature: string }

/** The name of the file in its folder: JSON lines that are only ever added to. */
export const sealFileName = 'seals.jsonl'

const onlyOwner = 0o600

/** Adds seals to the file, which nobody but its owner reads; they are on the disk when this returns. */
export async function appendSeals(folder: string, seals: readonly SealLine[]): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const file = await open(path.join(folder, sealFileName), 'a', onlyOwner)
  try {
    await file.chmod(onlyOwner)
    await file.appendFile(seals.map((seal) => `${JSON.stringify(seal)}\n`).join(''))
    await file.sync()
  } finally {
    await file.close()
  }
}

/**
 * Takes a last line that a crash or a full disk tore off out of the file, so that seals can be added again. What there was
 * of it is kept beside the file, as `.torn`. Returns whether there was one.
 */
export async function setTornLineAside(folder: string): Promise<boolean> {
  const file = path.join(folder, sealFileName)
  const bytes = await readBytes(file)
  // A line is whole with its end: one that only lacks it is written again.
  const whole = bytes.lastIndexOf('\n') + 1
  if (whole === bytes.length) return false
  await appendFile(`${file}.torn`, Buffer.concat([bytes.subarray(whole), Buffer.from('\n')]), { mode: onlyOwner })
  await truncate(file, whole)
  return true
}

/** The seals of a file in its order; none when there is no file. @throws when a line is none. */
export async function readSealFile(file: string): Promise<SealLine[]> {
  return (await readBytes(file))
    .toString('utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line, index) => parseLine(line, `${file}:${index + 1}`))
}

async function readBytes(file: string): Promise<Buffer> {
  return readFile(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return Buffer.alloc(0)
    throw error
  })
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
