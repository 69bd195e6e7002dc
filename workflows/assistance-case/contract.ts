import { defineSignal, defineUpdate } from '@temporalio/workflow'
import type { RefusalCode } from '../../domain/case/refusals.ts'
import type { Action, Stage } from '../../domain/vocabulary.ts'

/** The row is written first; the procedure is started from its id and reads everything else from the archive. */
export type AssistanceCaseInput = {
  caseId: string
  /** The start carries the first act, which says where the case stands: no need to look before it. */
  withAct?: true
}

export type AssistanceCaseResult = { stage: Stage; version: number }

/** An act, by the request that the counter wrote down. What it says stays in the archive. */
export type ActRequest = { officerId: string; requestId: string; action: Action }

/** What a person is told at once. */
export type ActResult =
  | { outcome: 'FILED' | 'ALREADY_FILED'; version: number }
  | { outcome: 'REFUSED'; code: RefusalCode; version: number }

export const actUpdate = defineUpdate<ActResult, [ActRequest]>('act')

/** Something arrived or may have been missed: look. Needs no answer and may be sent at any time. */
export const lookSignal = defineSignal('look')

export const assistanceCaseType = 'assistanceCaseWorkflow'

const prefix = 'assistance-case/'

export function assistanceCaseWorkflowId(caseId: string): string {
  return prefix + caseId
}

export function caseIdOf(workflowId: string): string {
  return workflowId.slice(prefix.length)
}
