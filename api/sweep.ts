import type { Logger } from 'pino'
import { addMs } from '../domain/time/plain-date.ts'
import type { Archive } from '../prisma/client.ts'
import { casesWithWaitingCallbacks } from '../prisma/stores/callbacks.ts'
import { findCasesUnknownToEngine } from '../prisma/stores/cases.ts'
import { readClock } from '../prisma/stores/clock.ts'
import { acknowledgeRequest, findUnacknowledged } from '../prisma/stores/requests.ts'
import type { CaseDesk } from './case-desk.ts'

/** How long something may wait before the sweep reminds its procedure. */
const patienceMs = { callback: 2_000, act: 10_000 }
const everyMs = 5_000
const atMost = 200

/**
 * Brings the engine in line with the archive for as long as the counter is open: starts the procedure of every open case
 * that this engine has never heard of, delivers callbacks until they are taken, and reminds procedures of acts that were
 * filed when nobody was left to hear of it. All of it may be done twice.
 */
export function startSweep(deps: { archive: Archive; desk: CaseDesk; log: Logger }): { stop(): Promise<void> } {
  let stopped = false
  let wake: () => void = () => undefined
  const running = (async () => {
    while (!stopped) {
      await sweepOnce(deps).catch((error: unknown) => deps.log.warn({ err: error }, 'sweep will try again'))
      await new Promise<void>((resolve) => {
        wake = resolve
        setTimeout(resolve, everyMs).unref()
      })
    }
  })()
  return {
    async stop() {
      stopped = true
      wake()
      await running
    },
  }
}

/** One round. Returns the cases it reminded. */
export async function sweepOnce({ archive, desk }: { archive: Archive; desk: CaseDesk }): Promise<string[]> {
  const now = await readClock(archive.db)
  const unknown = await findCasesUnknownToEngine(archive.db, await desk.engineId(), atMost)
  const waiting = await casesWithWaitingCallbacks(archive.db, addMs(now, -patienceMs.callback), atMost)
  const unheard = await findUnacknowledged(archive.db, addMs(now, -patienceMs.act), atMost)

  const cases = [...new Set([...unknown, ...waiting, ...unheard.map(({ caseId }) => caseId)])]
  for (const caseId of cases) await desk.look(caseId)
  for (const request of unheard) await acknowledgeRequest(archive.db, request, now)
  return cases
}
