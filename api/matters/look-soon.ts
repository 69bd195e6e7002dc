import type { Logger } from 'pino'
import type { MatterClient } from './matter-client.ts'

/** Registers answer one after the other within a second or two; one look takes all that came meanwhile. */
const gatherMs = 400

/**
 * Tells procedures to look, soon and not once for each piece of news. The institution does not wait for it; what this
 * does not reach, the sweep delivers.
 */
export function createLookSoon({ desk, log }: { desk: MatterClient; log: Logger }): (matterId: string) => void {
  const gathering = new Set<string>()
  return (matterId) => {
    if (gathering.has(matterId)) return
    gathering.add(matterId)
    setTimeout(() => {
      gathering.delete(matterId)
      desk.look(matterId).catch((error: unknown) => log.warn({ matterId, err: error }, 'callback waits for the sweep'))
    }, gatherMs).unref()
  }
}
