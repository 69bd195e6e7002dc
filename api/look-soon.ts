import type { Logger } from 'pino'
import type { MatterClient } from './matter-client.ts'

/** Registers answer one after the other within a second or two; one look takes all that came meanwhile. */
const gatherMs = 400

/**
 * Tells procedures to look, soon and not once for each piece of news. The institution does not wait for it; what this
 * does not reach, the sweep delivers.
 */
export function createLookSoon({ desk, log }: { desk: MatterClient; log: Logger }): (caseId: string) => void {
  const gathering = new Set<string>()
  return (caseId) => {
    if (gathering.has(caseId)) return
    gathering.add(caseId)
    setTimeout(() => {
      gathering.delete(caseId)
      desk.look(caseId).catch((error: unknown) => log.warn({ caseId, err: error }, 'callback waits for the sweep'))
    }, gatherMs).unref()
  }
}
