import { readClock } from '../system/clock.ts'
import type { Archive } from '../../client.ts'
import type { Prisma } from '../../generated/client.ts'
import { findRequest, type RequestKey } from './requests.ts'
import { rowOfInstant } from '../system/rows.ts'

/** A request that the counter answers by itself, without the procedure of a case. */
export type CounterRequest = RequestKey & {
  postId: string
  action: string
  matterId: string | null
  contentDigest: string
}

/** What was answered, and what had been asked then: the caller compares the digests. */
export type Remembered<T> = { contentDigest: string; answer: T }

/** What a request was answered before, if it was. */
export async function recallAnswer<T>(archive: Archive, key: RequestKey): Promise<Remembered<T> | null> {
  const known = await findRequest(archive.db, key)
  return known === null ? null : { contentDigest: known.contentDigest, answer: known.answer as T }
}

/**
 * Does something once for a request and stores its answer in the same transaction. Of two at the same moment one does it
 * and both are answered alike.
 */
export async function doOnce<T extends object>(
  archive: Archive,
  request: CounterRequest,
  work: (tx: Prisma.TransactionClient) => Promise<T>,
): Promise<Remembered<T>> {
  const known = await recallAnswer<T>(archive, request)
  if (known !== null) return known
  try {
    return await archive.db.$transaction(
      async (tx) => {
        const answer = await work(tx)
        const at = rowOfInstant(await readClock(tx))
        await tx.request.create({
          data: {
            ...request,
            content: {},
            status: 'FILED',
            answer,
            receivedAt: at,
            answeredAt: at,
            // Nothing follows from it, so nobody needs to be reminded.
            acknowledgedAt: at,
          },
        })
        return { contentDigest: request.contentDigest, answer }
      },
      { maxWait: 5_000, timeout: 10_000 },
    )
  } catch (error) {
    // The same request may have been answered meanwhile: seen by its key, or by what it did being in this one's way.
    const other = await recallAnswer<T>(archive, request).catch(() => null)
    if (other === null) throw error
    return other
  }
}
