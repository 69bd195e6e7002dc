import { activityInfo } from '@temporalio/activity'
import { isArchiveUnavailable } from '../../prisma/unavailable.ts'
import type { NotNow } from '../contract.ts'

/** Below the heartbeat of a workflow task, which is four fifths of the five seconds that such a task has. */
const inPlaceLimitMs = 3_000

/**
 * A filing that knows how it was called. In place, inside a workflow task, it answers `NOT_NOW` when the database does not
 * answer in time: a value, because a local activity's failure has one class while it happens and another when it is
 * replayed. Queued it fails and is tried again.
 */
export function inTime<Input, Answer>(
  filing: (input: Input, limitMs: number | undefined) => Promise<Answer>,
): (input: Input) => Promise<Answer | NotNow> {
  return async (input) => {
    if (!activityInfo().isLocal) return filing(input, undefined)
    try {
      return await filing(input, inPlaceLimitMs)
    } catch (error) {
      if (isArchiveUnavailable(error)) return { outcome: 'NOT_NOW' }
      throw error
    }
  }
}
