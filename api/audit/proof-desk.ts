import path from 'node:path'
import type { Logger } from 'pino'
import type { Config } from '../../platform/config.ts'
import { appendSeals, readSealFile, sealFileName, setTornLineAside } from '../../platform/seal-file.ts'
import { createSealer } from '../../platform/seal-key.ts'
import type { Archive } from '../../prisma/client.ts'
import { joinOldRegisters } from '../../prisma/stores/system/audit-joining.ts'
import { rollUpLooks } from '../../prisma/stores/system/looks.ts'
import { readSeals, type TakenSeal, takeOwedSeal, takeSeal } from '../../prisma/stores/system/seals.ts'
import { createSealWatch } from './seal-watch.ts'

/** Keeps the archive provable: looks are rolled up, heads are sealed, and seals are written to a file as well. */
export type ProofDesk = {
  /** What the sweep does every few seconds; all of it may be done twice. What fails is logged and tried again. */
  keep(): Promise<void>
  /** A seal by hand, in the file before this returns. */
  seal(takenBy: string): Promise<TakenSeal>
}

type Deps = {
  archive: Archive
  config: Pick<Config, 'keys' | 'sealDir'>
  log: Logger
  /** How long a seal may be overdue before somebody is told. */
  patienceMs?: number
}

const registersAtOnce = 50
const sealsAtOnce = 500

export function createProofDesk({ archive, config: { keys, sealDir }, log, patienceMs }: Deps): ProofDesk {
  if (!keys.seal) throw new Error('SEAL_KEY is missing: the counter seals what the archive holds')
  const sealer = createSealer(keys.seal)
  const file = path.join(sealDir, sealFileName)
  const watch = createSealWatch({ archive, log, file, patienceMs })
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
      if (await setTornLineAside(sealDir)) log.error({ file }, 'the last line of the seals was torn, and is set aside')
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

  /** What keeps one step from being done keeps none of the others. */
  async function each(otherwise: string, step: () => Promise<unknown>): Promise<void> {
    try {
      await step()
    } catch (error) {
      log.warn({ err: error }, otherwise)
    }
  }

  async function joinSome(): Promise<void> {
    if (oldRegistersLeft) oldRegistersLeft = (await joinOldRegisters(archive, registersAtOnce)) > 0
  }

  async function sealDay(): Promise<void> {
    const seal = await takeOwedSeal(archive, sealer)
    if (seal !== null) log.info({ seal: seal.number, digest: seal.digest }, 'the seal of the day is taken')
  }

  return {
    async keep() {
      await each('registers are joined later', joinSome)
      await each('looks are rolled up later', async () => rollUpLooks(archive))
      await each('the seal of the day waits', sealDay)
      await each('the file of the seals waits', writeFile)
      await each('whether seals are overdue is looked up later', async () => {
        // A file that was taken away is written anew.
        if ((await watch.look()) === 'FILE') writtenThrough = 0
      })
    },
    async seal(takenBy) {
      await rollUpLooks(archive)
      const seal = await takeSeal(archive, sealer, takenBy)
      await writeFile()
      return seal
    },
  }
}
