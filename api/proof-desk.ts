import path from 'node:path'
import type { Logger } from 'pino'
import type { Config } from '../platform/config.ts'
import { appendSeals, readSealFile, sealFileName } from '../platform/seal-file.ts'
import { createSealer } from '../platform/seal-key.ts'
import type { Archive } from '../prisma/client.ts'
import { joinOldRegisters } from '../prisma/stores/audit-joining.ts'
import { rollUpLooks } from '../prisma/stores/looks.ts'
import { readSeals, type TakenSeal, takeOwedSeal, takeSeal } from '../prisma/stores/seals.ts'

/** Keeps the archive provable: looks are rolled up, heads are sealed, and seals are written to a file as well. */
export type ProofDesk = {
  /** What the sweep does every few seconds; all of it may be done twice. */
  keep(): Promise<void>
  /** A seal by hand, in the file before this returns. */
  seal(takenBy: string): Promise<TakenSeal>
}

type Deps = { archive: Archive; config: Pick<Config, 'keys' | 'sealDir'>; log: Logger }

const registersAtOnce = 50
const sealsAtOnce = 500

export function createProofDesk({ archive, config: { keys, sealDir }, log }: Deps): ProofDesk {
  if (!keys.seal) throw new Error('SEAL_KEY is missing: the counter seals what the archive holds')
  const sealer = createSealer(keys.seal)
  const file = path.join(sealDir, sealFileName)
  let oldRegistersLeft = true
  let writtenThrough = 0
  let writing: Promise<void> = Promise.resolve()

  /** One after the other in this process; a second process that writes the same file only finds nothing left to add. */
  async function writeFile(): Promise<void> {
    writing = writing.catch(() => undefined).then(addMissingSeals)
    return writing
  }

  async function addMissingSeals(): Promise<void> {
    for (;;) {
      const seals = await readSeals(archive.db, { after: writtenThrough, take: sealsAtOnce })
      if (seals.length === 0) return
      const last = (await readSealFile(file)).at(-1)?.number ?? 0
      const missing = seals.filter(({ number }) => number > last)
      if (missing.length > 0)
        await appendSeals(
          sealDir,
          missing.map(({ number, statement, digest, keyId, signature }) => ({
            number,
            statement,
            digest,
            keyId,
            signature,
          })),
        )
      writtenThrough = seals.at(-1)?.number ?? writtenThrough
    }
  }

  return {
    async keep() {
      if (oldRegistersLeft) oldRegistersLeft = (await joinOldRegisters(archive, registersAtOnce)) > 0
      await rollUpLooks(archive)
      const seal = await takeOwedSeal(archive, sealer)
      if (seal !== null) log.info({ seal: seal.number, digest: seal.digest }, 'the seal of the day is taken')
      await writeFile()
    },
    async seal(takenBy) {
      await rollUpLooks(archive)
      const seal = await takeSeal(archive, sealer, takenBy)
      await writeFile()
      return seal
    },
  }
}
