import { DatabaseSilent } from './cuttable-client.ts'
import { Prisma } from './generated/client.ts'

/** Prisma's codes for a server that cannot be reached, is too busy, hung up, or let another transaction go first. */
const unreachable = new Set(['P1000', 'P1001', 'P1002', 'P1008', 'P1011', 'P1017', 'P2024', 'P2028', 'P2034', 'P2037'])

/** PostgreSQL is starting, stopping, out of connections, busy under a lock, or gone; and what driver and socket say then. */
const goneAway =
  /ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|57P0[1-4]|57014|55P03|53300|40001|40P01|Code: `08|Can't reach database server|closed the connection|Connection terminated|did not answer in time|connection error|timeout exceeded when trying to connect/

/** What the driver names so: by itself, it is neither one of Prisma's codes nor a sentence of the server. */
const goneAwayKinds: ReadonlySet<unknown> = new Set([
  'ConnectionClosed',
  'SocketTimeout',
  'TooManyConnections',
  'TlsConnectionError',
  'DatabaseNotReachable',
  'TransactionWriteConflict',
])

/** True when the archive could not be asked: nothing is known about what became of the question. */
export function isArchiveUnavailable(error: unknown): boolean {
  if (error instanceof DatabaseSilent || error instanceof Prisma.PrismaClientInitializationError) return true
  if (error instanceof Prisma.PrismaClientKnownRequestError && unreachable.has(error.code)) return true
  return error instanceof Error && (goneAway.test(wordsOf(error)) || saysTheDriver(error))
}

/** The driver's own failure is the cause of its error, and that of whatever wraps it. */
function saysTheDriver({ cause }: Error): boolean {
  if (cause instanceof Error) return saysTheDriver(cause)
  if (cause === null || typeof cause !== 'object') return false
  const { kind, code } = cause as { kind?: unknown; code?: unknown }
  return goneAwayKinds.has(kind) || (typeof code === 'string' && goneAway.test(code))
}

function wordsOf({ message, cause }: Error): string {
  return cause instanceof Error ? `${message} ${wordsOf(cause)}` : message
}
