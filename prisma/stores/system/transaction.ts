import type { Archive } from '../../client.ts'
import type { Prisma } from '../../generated/client.ts'

/** Several writings of the counter that stand or fall together. */
export async function inOneTransaction<T>(
  archive: Archive,
  work: (db: Prisma.TransactionClient) => Promise<T>,
): Promise<T> {
  return archive.db.$transaction(work, { maxWait: 5_000, timeout: 10_000 })
}

/** Several readings that must agree with each other; nothing is locked, and what is filed meanwhile is not seen. */
export async function inOneSnapshot<T>(
  archive: Archive,
  work: (db: Prisma.TransactionClient) => Promise<T>,
  { timeoutMs = 10_000 }: { timeoutMs?: number } = {},
): Promise<T> {
  return archive.db.$transaction(work, { isolationLevel: 'RepeatableRead', maxWait: 5_000, timeout: timeoutMs })
}
