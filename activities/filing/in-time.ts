import { activityInfo } from '@temporalio/activity'
import type { Archive } from '../../prisma/client.ts'
import { clearEngineAlarm, raiseEngineAlarm } from '../../prisma/stores/oversight/engine-alarms.ts'
import { isArchiveUnavailable } from '../../prisma/unavailable.ts'
import type { NotNow } from '../contract.ts'

/** Below the heartbeat of a workflow task, which is four fifths of the five seconds that such a task has. */
const inPlaceLimitMs = 3_000

/** After how many attempts in the queue a person is told: it goes on for ever, whatever it fails of. */
export const attemptsUntilTold = 10

/**
 * A filing that knows how it was called. In place, inside a workflow task, it answers `NOT_NOW` when the database does not
 * answer in time: a value, because a local activity's failure has one class while it happens and another when it is
 * replayed. Queued it fails and is tried again, and is told when that was often in vain.
 */
export function inTime<Input extends { caseId: string }, Answer>(
  archive: Archive,
  filing: (input: Input, limitMs: number | undefined) => Promise<Answer>,
): (input: Input) => Promise<Answer | NotNow> {
  return async (input) => {
    const { isLocal, attempt } = activityInfo()
    if (!isLocal)
      return tellingWhenStuck(archive, { subject: input.caseId, matterId: input.caseId, attempt }, () =>
        filing(input, undefined),
      )
    try {
      return await filing(input, inPlaceLimitMs)
    } catch (error) {
      if (isArchiveUnavailable(error)) return { outcome: 'NOT_NOW' }
      throw error
    }
  }
}

/** Raises the case's alarm once while a queued filing fails again and again, and clears it when it succeeds. */
export async function tellingWhenStuck<Answer>(
  archive: Archive,
  { subject, matterId, attempt }: { subject: string; matterId: string | null; attempt: number },
  work: () => Promise<Answer>,
): Promise<Answer> {
  const alarm = { kind: 'ACT_FAILED', subject } as const
  try {
    const answer = await work()
    if (attempt > attemptsUntilTold) await clearEngineAlarm(archive, alarm)
    return answer
  } catch (error) {
    // An archive that is away cannot be told anything either.
    if (attempt >= attemptsUntilTold) await raiseEngineAlarm(archive, { ...alarm, matterId }).catch(() => undefined)
    throw error
  }
}

/** Set-wide activities go on until they are through; the tenth attempt of one tells those who keep the system. */
export function toldWhenStuck<Input, Answer>(
  archive: Archive,
  name: string,
  activity: (input: Input) => Promise<Answer>,
): (input: Input) => Promise<Answer> {
  return async (input) =>
    tellingWhenStuck(archive, { subject: name, matterId: null, attempt: activityInfo().attempt }, () => activity(input))
}
