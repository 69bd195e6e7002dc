import type { Archive } from '../../prisma/client.ts'
import { doOnce } from '../../prisma/stores/matter/answered-requests.ts'
import { fault } from './problem.ts'
import type { Ask } from './route.ts'

type Work<T> = Parameters<typeof doOnce<T & object>>[2]

/**
 * Does what a request asks for once, however often it is sent, and gives the stored answer.
 * @throws `requestIdReused` for the same id with other content.
 */
export async function once<T extends object>(
  archive: Archive,
  { asker, requestId, contentDigest }: Pick<Ask, 'asker' | 'requestId' | 'contentDigest'>,
  about: { action: string; matterId: string | null },
  work: Work<T>,
): Promise<T> {
  const { officerId, postId } = asker
  const { answer, contentDigest: then } = await doOnce<T>(
    archive,
    { officerId, requestId, postId, contentDigest, ...about },
    work,
  )
  refuseOtherContent(then, contentDigest)
  return answer
}

/** One request id, one content: what was asked under it before must be what is asked now. */
export function refuseOtherContent(then: string, now: string): void {
  if (then !== now) throw fault('requestIdReused')
}
