import { setTimeout as pause } from 'node:timers/promises'
import {
  type Client,
  isGrpcServiceError,
  WithStartWorkflowOperation,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client'
import { ApplicationFailure } from '@temporalio/common'
import { actionsAt } from '../domain/case/permitted-actions.ts'
import { type RefusalCode, refusals } from '../domain/case/refusals.ts'
import { stableId } from '../platform/stable-id.ts'
import type { Archive } from '../prisma/client.ts'
import { noteEngine } from '../prisma/stores/cases.ts'
import { acknowledgeRequest } from '../prisma/stores/requests.ts'
import { readClock, readClockOffset } from '../prisma/stores/clock.ts'
import {
  type ActRequest,
  type ActResult,
  type AssistanceCaseInput,
  actUpdate,
  assistanceCaseType,
  assistanceCaseWorkflowId,
  caseIdOf,
  lookSignal,
} from '../workflows/assistance-case/contract.ts'
import { taskQueues } from '../workflows/task-queues.ts'

/** The engine gave no answer in time. Whether the act was filed is unknown: send it again under the same request id. */
export class EngineUnavailable extends Error {
  override readonly name = 'EngineUnavailable'
}

/** The act could not be filed and no repetition helps: something is missing that a person has to set up. */
export class NeedsAPerson extends Error {
  override readonly name = 'NeedsAPerson'
}

/** Refused by the procedure before it was filed: the last filing said that this is not allowed now. */
export type CourtesyRefusal = { outcome: 'COURTESY_REFUSED'; code: RefusalCode }

/** The counter's only holder of a Temporal client: hands acts to the procedure of their case. */
export type CaseDesk = {
  /** The first act of a case; starts its procedure. */
  submit(caseId: string, request: ActRequest): Promise<ActResult | CourtesyRefusal>
  /** An act on a case that exists. @throws EngineUnavailable */
  act(caseId: string, request: ActRequest): Promise<ActResult | CourtesyRefusal>
  /** Makes sure that the procedure runs and looks. */
  look(caseId: string): Promise<void>
  /** The engine that answers now; another one after its data was lost. */
  engineId(): Promise<string>
  /** The cases whose procedure runs, as far as the engine's own list knows; it lags a moment behind. */
  carriedCases(): Promise<Set<string>>
}

const answerWithinMs = 12_000
const pauseMs = 200
const failedPrecondition = 9

export function createCaseDesk({ client, archive }: { client: Client; archive: Archive }): CaseDesk {
  const startOptions = (input: AssistanceCaseInput) =>
    ({
      workflowId: assistanceCaseWorkflowId(input.caseId),
      taskQueue: taskQueues.cases,
      args: [input],
      // A killed worker's task is handed on after this long.
      workflowTaskTimeout: '5s',
    }) as const

  async function send(caseId: string, request: ActRequest): Promise<ActResult | CourtesyRefusal> {
    const until = Date.now() + answerWithinMs
    for (;;) {
      try {
        return await client.withDeadline(until, () => update(caseId, request))
      } catch (error) {
        if (!wasInterrupted(error) || Date.now() + pauseMs > until) return understand(error)
        await pause(pauseMs)
      }
    }
  }

  function update(caseId: string, request: ActRequest): Promise<ActResult> {
    // Half the length is ample within one workflow, and the engine writes it down five times for each act.
    const updateId = stableId(request.officerId, request.requestId).slice(0, 16)
    if (request.action !== 'SUBMIT') {
      const handle = client.workflow.getHandle(assistanceCaseWorkflowId(caseId))
      return handle.executeUpdate(actUpdate, { updateId, args: [request] })
    }
    const startWorkflowOperation = new WithStartWorkflowOperation(assistanceCaseType, {
      ...startOptions({ caseId, withAct: true }),
      workflowIdConflictPolicy: 'USE_EXISTING',
    })
    return client.workflow.executeUpdateWithStart(actUpdate, { startWorkflowOperation, updateId, args: [request] })
  }

  async function act(caseId: string, request: ActRequest): Promise<ActResult | CourtesyRefusal> {
    let answer: ActResult | CourtesyRefusal
    try {
      answer = await send(caseId, request)
    } catch (error) {
      if (!(error instanceof WorkflowNotFoundError)) throw error
      if (await isClosed(caseId)) return { outcome: 'COURTESY_REFUSED', code: 'caseClosed' }
      // The archive has the case and the engine does not: it lost its data.
      await look(caseId)
      answer = await send(caseId, request).catch(unavailableIfNotFound)
    }
    if (answer.outcome === 'COURTESY_REFUSED' && (await archiveAllows(caseId, request))) {
      await look(caseId)
      answer = await send(caseId, request)
    }
    if (answer.outcome !== 'COURTESY_REFUSED') void acknowledge(request)
    return answer
  }

  async function isClosed(caseId: string): Promise<boolean> {
    return (await archive.db.assistanceCase.count({ where: { id: caseId, closedAt: { not: null } } })) > 0
  }

  /** The courtesy can be behind the archive when a filing was never acknowledged; then the archive is right. */
  async function archiveAllows(caseId: string, { action }: ActRequest): Promise<boolean> {
    const row = await archive.db.assistanceCase.findUnique({ where: { id: caseId }, select: { stage: true } })
    return row !== null && actionsAt(row.stage).includes(action)
  }

  async function acknowledge(request: ActRequest): Promise<void> {
    // Left out, the sweep reminds the procedure once for nothing; the answer does not wait for this.
    try {
      await acknowledgeRequest(archive.db, request, await readClock(archive.db))
    } catch {
      // The archive went away again after it had filed the act.
    }
  }

  async function look(caseId: string): Promise<void> {
    const clockOffsetMs = await readClockOffset(archive.db)
    await client.workflow.signalWithStart(assistanceCaseType, { ...startOptions({ caseId }), signal: lookSignal })
    await noteEngine(archive.db, caseId, { engineId: await engineId(), clockOffsetMs })
  }

  async function engineId(): Promise<string> {
    const { namespaceInfo } = await client.workflowService.describeNamespace({ namespace: client.options.namespace })
    return namespaceInfo?.id ?? ''
  }

  async function carriedCases(): Promise<Set<string>> {
    const carried = new Set<string>()
    const query = `WorkflowType = '${assistanceCaseType}' AND ExecutionStatus = 'Running'`
    for await (const { workflowId } of client.workflow.list({ query, pageSize: 1000 }))
      carried.add(caseIdOf(workflowId))
    return carried
  }

  return {
    async submit(caseId, request) {
      const clockOffsetMs = await readClockOffset(archive.db)
      const answer = await act(caseId, request)
      if (answer.outcome === 'FILED')
        await noteEngine(archive.db, caseId, { engineId: await engineId(), clockOffsetMs })
      return answer
    },
    act,
    look,
    engineId,
    carriedCases,
  }
}

function unavailableIfNotFound(error: unknown): never {
  if (error instanceof WorkflowNotFoundError)
    throw new EngineUnavailable('The procedure is not up yet', { cause: error })
  throw error
}

/** A workflow task that failed under the update, as when news arrived in the same moment; the act itself may be sent on. */
function wasInterrupted(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined
  return [error, cause].some((one) => isGrpcServiceError(one) && Number(one.code) === failedPrecondition)
}

function understand(error: unknown): CourtesyRefusal {
  if (error instanceof WorkflowUpdateFailedError) return understandFailure(error)
  if (error instanceof WorkflowNotFoundError) throw error
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError || isGrpcServiceError(error)) {
    throw new EngineUnavailable('The engine did not answer in time', { cause: error })
  }
  throw error
}

/** The innermost failure has the name: a refusal by the validator, or what an activity could not get over. */
function understandFailure(error: WorkflowUpdateFailedError): CourtesyRefusal {
  let name: string | null | undefined
  for (let cause: unknown = error.cause; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof ApplicationFailure) name = cause.type
  }
  if (name && name in refusals) return { outcome: 'COURTESY_REFUSED', code: name as RefusalCode }
  throw new NeedsAPerson(name ?? 'unnamed', { cause: error })
}
