import { type FileHandle, mkdir, open } from 'node:fs/promises'
import { dirname } from 'node:path'

/** A book of JSON lines that is only ever added to and outlives its process. */
export interface Journal<Line> {
  /** Every line written so far, oldest first. */
  read(): Promise<Line[]>
  /** Resolves when the line is on disk. */
  append(line: Line): Promise<void>
  /** Resolves when everything appended so far is on disk, rejects for good once the disk has failed. */
  written(): Promise<void>
  clear(): Promise<void>
  close(): Promise<void>
}

/** Opens the book at `file`, and creates it where there is none. */
export async function openJournal<Line>(file: string): Promise<Journal<Line>> {
  await mkdir(dirname(file), { recursive: true })
  // It names people and accounts, invented or not: nobody else on the machine reads it.
  const handle = await open(file, 'a+', 0o600)
  await handle.chmod(0o600)
  await dropTornLine(handle)

  let tail: Promise<void> = Promise.resolve()
  let batch: { text: string; done: Promise<void> } | undefined

  // Lines that arrive while the disk is busy share the next sync, or a month of payments would wait for thousands.
  const startBatch = () => {
    const own = { text: '', done: Promise.resolve() }
    own.done = tail = tail.then(async () => {
      if (batch === own) batch = undefined
      await handle.appendFile(own.text)
      await handle.datasync()
    })
    // Whoever waits for a line is told that the disk failed; a line that nobody waits for ends no process.
    tail.catch(() => undefined)
    return own
  }

  return {
    async read() {
      await tail
      return parseLines<Line>(await readAll(handle), file)
    },
    append(line) {
      batch ??= startBatch()
      batch.text += `${JSON.stringify(line)}\n`
      return batch.done
    },
    written: () => tail,
    clear() {
      batch = undefined
      tail = tail.then(() => handle.truncate(0))
      return tail
    },
    async close() {
      await tail
      await handle.close()
    },
  }
}

/** A process killed in the middle of a write leaves half a line: nobody was told of it, so it never happened. */
async function dropTornLine(handle: FileHandle): Promise<void> {
  const bytes = await readAll(handle)
  const end = bytes.lastIndexOf('\n') + 1
  if (end < bytes.length) await handle.truncate(end)
}

async function readAll(handle: FileHandle): Promise<Buffer> {
  const { size } = await handle.stat()
  const bytes = Buffer.alloc(size)
  let filled = 0
  while (filled < size) {
    const { bytesRead } = await handle.read(bytes, filled, size - filled, filled)
    if (bytesRead === 0) break
    filled += bytesRead
  }
  return bytes.subarray(0, filled)
}

function parseLines<Line>(bytes: Buffer, file: string): Line[] {
  const lines = bytes.toString('utf8').split('\n').slice(0, -1)
  return lines.map((text, index) => {
    try {
      return JSON.parse(text) as Line
    } catch {
      throw new Error(
        `Line ${index + 1} of the book ${file} is not JSON. Restore the file, or delete it to start anew.`,
      )
    }
  })
}
