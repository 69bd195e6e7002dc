import type { Logger } from 'pino'
import { readSealFile } from '../../platform/seal-file.ts'
import type { Archive } from '../../prisma/client.ts'
import { clearEngineAlarm, raiseEngineAlarm } from '../../prisma/stores/oversight/engine-alarms.ts'
import { isSealOverdue, readLatestSeals } from '../../prisma/stores/system/seals.ts'

/** What lacks a seal: the last day that is over, in the archive, or the last seal's line in the file. */
export type Lack = 'SEAL' | 'FILE'

export type SealWatch = { look(): Promise<Lack | null> }

const alarm = { kind: 'SEAL_OVERDUE', subject: 'seals' } as const

/**
 * Tells whoever keeps the system that seals have stopped. What passes by itself is not told: a clock that was moved, a
 * disk that was full for a minute. Another process may lack what this one has, so that each clears the alarm once and
 * not in every round.
 * @param patienceMs how long it may last in real time; ten minutes unless told.
 */
export function createSealWatch({
  archive,
  log,
  file,
  patienceMs = 10 * 60_000,
}: {
  archive: Archive
  log: Logger
  file: string
  patienceMs?: number | undefined
}): SealWatch {
  let lackingSince: number | null = null
  let cleared = false

  async function findLack(): Promise<Lack | null> {
    if (await isSealOverdue(archive.db)) return 'SEAL'
    const [newest] = await readLatestSeals(archive.db, { take: 1 })
    if (newest === undefined) return null
    const lines = await readSealFile(file).catch(() => [])
    return (lines.at(-1)?.number ?? 0) < newest.number ? 'FILE' : null
  }

  return {
    async look() {
      const lack = await findLack()
      if (lack === null) {
        lackingSince = null
        if (!cleared) await clearEngineAlarm(archive, alarm)
        cleared = true
        return null
      }
      lackingSince ??= Date.now()
      if (Date.now() - lackingSince < patienceMs) return lack
      cleared = false
      if (await raiseEngineAlarm(archive, { ...alarm, matterId: null })) log.error({ lack }, 'seals are overdue')
      return lack
    },
  }
}
