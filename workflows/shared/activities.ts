import { ActivityFailure, proxyActivities, proxyLocalActivities, TimeoutFailure } from '@temporalio/workflow'
import type {
  DailyRoundActivities,
  FilingActivities,
  FilingAnswer,
  InPlace,
  MatchingActivities,
  NotNow,
  PaymentActivities,
  RedatingActivities,
  MatterStatus,
} from '../../activities/contract.ts'
import type { SetUpFault } from '../../domain/vocabulary.ts'
import { taskQueues } from '../task-queues.ts'

/** Named errors that no repetition mends: a person has to. They fail the act, never the workflow. */
const forAPerson = Object.keys({
  CaseUnknown: true,
  NoOfficeForDesk: true,
  ParameterMissing: true,
  ParameterAmbiguous: true,
} satisfies Record<SetUpFault, true>)

/** By itself it answers within three seconds; what takes longer than this hangs in the worker and not in the database. */
const inPlace = proxyLocalActivities<InPlace<FilingActivities>>({
  startToCloseTimeout: '6 seconds',
  scheduleToCloseTimeout: '6 seconds',
  retry: { initialInterval: '100 milliseconds', maximumInterval: '1 second', nonRetryableErrorTypes: forAPerson },
})

const queued = proxyActivities<FilingActivities>({
  taskQueue: taskQueues.cases,
  startToCloseTimeout: '15 seconds',
  retry: { initialInterval: '1 second', maximumInterval: '10 seconds', nonRetryableErrorTypes: forAPerson },
})

/**
 * Filing is short, so it runs in place and costs one event. When the database is away, the same filing waits in the queue,
 * so that the history does not grow meanwhile; filing twice is filing once. The callers of one workflow take turns, so
 * that whoever comes next waits until the queue has had its answer.
 */
export const file = {
  act: async (input: Parameters<FilingActivities['fileAct']>[0]): Promise<FilingAnswer> =>
    inPlaceOrQueued(
      () => inPlace.fileAct(input),
      () => queued.fileAct(input),
    ),
  look: async (input: { caseId: string }): Promise<MatterStatus> =>
    inPlaceOrQueued(
      () => inPlace.lookAtCase(input),
      () => queued.lookAtCase(input),
    ),
}

async function inPlaceOrQueued<Answer extends object>(
  first: () => Promise<Answer | NotNow>,
  second: () => Promise<Answer>,
): Promise<Answer> {
  const answer = await first().catch(notNowIfItTimedOut)
  return isNotNow(answer) ? second() : answer
}

function isNotNow(answer: object): answer is NotNow {
  return 'outcome' in answer && answer.outcome === 'NOT_NOW'
}

/**
 * A local activity's time-out is an `ActivityFailure` around a `TimeoutFailure` while it happens and the bare
 * `TimeoutFailure` when it is replayed (SDK 1.24). The way taken must not depend on which of them it is.
 */
function notNowIfItTimedOut(error: unknown): NotNow {
  const cause = error instanceof ActivityFailure ? error.cause : error
  if (cause instanceof TimeoutFailure) return { outcome: 'NOT_NOW' }
  throw error
}

/** Without a sign of life for this long, the worker that had it in hand counts as dead and another one takes it up. */
const heartbeatTimeout = '5 seconds'

/** Asking is harmless and goes on until an answer comes. */
export const ask = proxyActivities<MatchingActivities>({
  taskQueue: taskQueues.matching,
  startToCloseTimeout: '30 seconds',
  heartbeatTimeout,
  retry: { initialInterval: '1 second', maximumInterval: '1 minute', nonRetryableErrorTypes: forAPerson },
})

/** Paying is written down before and asked for after; its activities may repeat because they ask before they send. */
export const pay = proxyActivities<PaymentActivities>({
  taskQueue: taskQueues.payments,
  startToCloseTimeout: '30 seconds',
  heartbeatTimeout,
  retry: { initialInterval: '1 second', maximumInterval: '1 minute', nonRetryableErrorTypes: forAPerson },
})

/** A batch is one transaction that may be repeated; it goes on until the archive has taken it. */
export const redate = proxyActivities<RedatingActivities>({
  taskQueue: taskQueues.cases,
  startToCloseTimeout: '5 minutes',
  heartbeatTimeout,
  retry: { initialInterval: '1 second', maximumInterval: '10 seconds' },
})

/** Each step of a day goes on until the archive has taken it. */
export const round = proxyActivities<DailyRoundActivities>({
  taskQueue: taskQueues.cases,
  startToCloseTimeout: '5 minutes',
  heartbeatTimeout,
  retry: { initialInterval: '1 second', maximumInterval: '1 minute' },
})
