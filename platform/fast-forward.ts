import { isGrpcServiceError, type ConnectionLike } from '@temporalio/client'
import proto from '@temporalio/proto'
import Long from 'long'

/**
 * completed: the workflow's clock stands at the target. pastEnd: it ended on the way. closed: it had ended before.
 * busy: an activity is running or failing, so its clock may not be moved now; ask again with the same id.
 */
export type FastForwardResult = 'completed' | 'pastEnd' | 'closed' | 'busy'

export type FastForward = Readonly<{
  connection: ConnectionLike
  namespace: string
  workflowId: string
  durationMs: number
  fastForwardId: string
}>

const grpcNotFound = 5
const { FastForwardPollingResult, WorkflowExecutionStatus } = proto.temporal.api.enums.v1

// The server's own default stops a move of some years early. Far higher would let a failing activity burn its attempts.
const skipLimit = 1_000

/** Moves one workflow's clock ahead, firing its timers in order. One move at a time per workflow: the caller serialises. */
export async function fastForward(move: FastForward): Promise<FastForwardResult> {
  try {
    await requestMove(move)
    return await awaitMove(move)
  } catch (error) {
    if (isNotFound(error)) return 'closed'
    throw error
  }
}

/** Takes up waiting for a move requested earlier that was `busy`. */
export async function awaitFastForward(move: Omit<FastForward, 'durationMs'>): Promise<FastForwardResult> {
  try {
    return await awaitMove(move)
  } catch (error) {
    if (isNotFound(error)) return 'closed'
    throw error
  }
}

/** Gives up a move that stays busy; the clock keeps what it has reached. */
export async function cancelFastForward(
  move: Pick<FastForward, 'connection' | 'namespace' | 'workflowId'>,
): Promise<void> {
  await move.connection.workflowService.updateWorkflowExecutionOptions({
    namespace: move.namespace,
    workflowExecution: { workflowId: move.workflowId },
    workflowExecutionOptions: { timeSkippingConfig: { enabled: false } },
    updateMask: { paths: ['time_skipping_config'] },
  })
}

/** The instant a workflow believes it is, in epoch milliseconds; the wall clock for one that was never moved. */
export async function workflowClock(
  where: Pick<FastForward, 'connection' | 'namespace' | 'workflowId'>,
): Promise<number> {
  const description = await where.connection.workflowService.describeWorkflowExecution({
    namespace: where.namespace,
    execution: { workflowId: where.workflowId },
  })
  const current = description.workflowExtendedInfo?.timeSkippingInfo?.currentTime
  if (!current?.seconds) return Date.now()
  return Number(current.seconds) * 1000 + Math.floor((current.nanos ?? 0) / 1_000_000)
}

async function requestMove({ connection, namespace, workflowId, durationMs, fastForwardId }: FastForward) {
  if (!Number.isFinite(durationMs) || durationMs <= 0) throw new Error(`durationMs must be positive, got ${durationMs}`)
  await connection.workflowService.updateWorkflowExecutionOptions({
    namespace,
    workflowExecution: { workflowId },
    workflowExecutionOptions: {
      timeSkippingConfig: {
        enabled: true,
        maxSessionSkipCount: skipLimit,
        fastForwardConfig: { id: fastForwardId, duration: toDuration(durationMs) },
      },
    },
    updateMask: { paths: ['time_skipping_config'] },
  })
}

async function awaitMove(move: Omit<FastForward, 'durationMs'>): Promise<FastForwardResult> {
  const answer = await move.connection.workflowService.pollWorkflowExecutionTimeSkipping({
    namespace: move.namespace,
    workflowExecution: { workflowId: move.workflowId },
    fastForwardId: move.fastForwardId,
  })
  switch (answer.fastForwardPollingResult) {
    case FastForwardPollingResult.FAST_FORWARD_POLLING_RESULT_FAST_FORWARD_COMPLETED:
      return 'completed'
    case FastForwardPollingResult.FAST_FORWARD_POLLING_RESULT_FAST_FORWARD_FAILED:
      if (await isClosed(move)) return 'pastEnd'
      throw new Error(`Fast-forward ${move.fastForwardId} of ${move.workflowId} failed: ${answer.failedReason}`)
    case FastForwardPollingResult.FAST_FORWARD_POLLING_RESULT_POLL_TIMEOUT:
      return 'busy'
    default:
      throw new Error(`Unknown fast-forward result ${answer.fastForwardPollingResult}: ${answer.failedReason}`)
  }
}

async function isClosed({ connection, namespace, workflowId }: Omit<FastForward, 'durationMs'>): Promise<boolean> {
  const { workflowExecutionInfo } = await connection.workflowService.describeWorkflowExecution({
    namespace,
    execution: { workflowId },
  })
  return workflowExecutionInfo?.status !== WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING
}

function toDuration(milliseconds: number) {
  return {
    seconds: Long.fromNumber(Math.floor(milliseconds / 1000)),
    nanos: Math.round((milliseconds % 1000) * 1_000_000),
  }
}

function isNotFound(error: unknown): boolean {
  return isGrpcServiceError(error) && Number(error.code) === grpcNotFound
}
