import type { Archive } from '../client.ts'
import type { Prisma } from '../generated/client.ts'

/** Several writings of the counter that stand or fall together. */
export async function inOneTransaction<T>(
  archive: Archive,
  work: (db: Prisma.TransactionClient) => Promise<T>,
): Promise<T> {
  return archive.db.$transaction(work, { maxWait: 5_000, timeout: 10_000 })
}
