import { setTimeout as sleep } from 'node:timers/promises'
import type { Archive } from '../../prisma/client.ts'
import type { BenchCase } from './bench-case.ts'

const everyMs = 20
const patienceMs = 60_000

/** Waits until the log of a case has come so far, as a screen that refreshes does. */
export async function untilVersion({ db }: Archive, theCase: BenchCase, version: number): Promise<void> {
  const start = performance.now()
  for (;;) {
    const row = await db.matter.findUniqueOrThrow({
      where: { id: theCase.matterId },
      select: { version: true },
    })
    theCase.version = row.version
    if (row.version >= version) return
    if (performance.now() - start > patienceMs) {
      throw new Error(`Case ${theCase.matterId} stays at version ${row.version}, expected ${version}`)
    }
    await sleep(everyMs)
  }
}
