import { createHash } from 'node:crypto'

/**
 * An id made from what caused the thing it names: the same cause gives the same id, however often it is told. Events,
 * papers and Temporal updates take theirs from the request that asked for them.
 */
export function stableId(...cause: readonly (string | number)[]): string {
  return createHash('sha256').update(JSON.stringify(cause)).digest('hex').slice(0, 32)
}
