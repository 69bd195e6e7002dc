import {
  isGrpcServiceError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client'
import { ApplicationFailure } from '@temporalio/common'
import { type RefusalCode, refusals } from '../../domain/procedures/refusals.ts'
import { type SetUpFault, setUpFaults } from '../../domain/vocabulary.ts'

/** What a failed update says about the act. */
export type Meaning =
  /** Refused by the procedure before it was filed: the last filing said that this is not allowed now. */
  | { kind: 'REFUSED'; code: RefusalCode }
  /** Something is missing that a person has to set up. */
  | { kind: 'SET_UP'; name: SetUpFault }
  /** The engine runs no such procedure. */
  | { kind: 'NOT_THERE' }
  /** The engine cannot take the act at this moment; nothing speaks against sending it on. */
  | { kind: 'NOT_NOW' }
  /** Nobody foresaw this: somebody has to look, and the act may be sent again all the same. */
  | { kind: 'UNFORESEEN'; name: string }

/**
 * The engine's own words for an update that never reached the procedure, or whose run ended under it: it had ten under
 * way already, its worker lost the task, the run was replaced.
 */
const notTaken = ['UnprocessedUpdate', 'AcceptedUpdateCompletedWorkflow']

/** Codes of gRPC that speak of the moment and not of the act. */
const momentary: readonly number[] = [
  1, // CANCELLED
  4, // DEADLINE_EXCEEDED
  8, // RESOURCE_EXHAUSTED: more updates under way than the engine allows
  9, // FAILED_PRECONDITION: the workflow task fails at present, or failed in the same moment
  10, // ABORTED
  13, // INTERNAL
  14, // UNAVAILABLE
]

/** What an error means that came in an update's place. */
export function meaningOf(error: unknown): Meaning {
  if (error instanceof WorkflowNotFoundError) return { kind: 'NOT_THERE' }
  if (error instanceof WorkflowUpdateFailedError) return meaningOfFailure(innermostName(error))
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) return { kind: 'NOT_NOW' }
  const status = [error, causeOf(error)].find(isGrpcServiceError)
  if (status !== undefined && momentary.includes(Number(status.code))) return { kind: 'NOT_NOW' }
  return { kind: 'UNFORESEEN', name: status === undefined ? nameOf(error) : `gRPC ${status.code}` }
}

function meaningOfFailure(name: string): Meaning {
  if (name in refusals) return { kind: 'REFUSED', code: name as RefusalCode }
  if (isSetUpFault(name)) return { kind: 'SET_UP', name }
  return notTaken.includes(name) ? { kind: 'NOT_NOW' } : { kind: 'UNFORESEEN', name }
}

/** The innermost failure has the name: a refusal by the validator, or what an activity could not get over. */
function innermostName(error: WorkflowUpdateFailedError): string {
  let name: string | null | undefined
  for (let cause: unknown = error.cause; cause instanceof Error; cause = cause.cause)
    name = cause instanceof ApplicationFailure ? cause.type : cause.name
  return name ?? 'unnamed'
}

function isSetUpFault(name: string): name is SetUpFault {
  return (setUpFaults as readonly string[]).includes(name)
}

function causeOf(error: unknown): unknown {
  return error instanceof Error ? error.cause : undefined
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error
}
