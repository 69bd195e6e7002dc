import { defineSignal, defineUpdate } from '@temporalio/workflow'
import type { MatterKind } from '../../domain/vocabulary.ts'

/** The row is written first; the workflow is started from its id and reads everything else from the database. */
export type MatterInput = {
  caseId: string
  /** The start carries the first act, which says where the matter stands: no need to look before it. */
  withAct?: true
}

export type MatterResult = { stage: string; version: number }

/** An act, by the request that the API wrote down. What it says stays in the database. */
export type ActRequest = { officerId: string; requestId: string; action: string }

/** What a person is told at once. `code` names a refusal. */
export type ActResult =
  | { outcome: 'FILED' | 'ALREADY_FILED'; version: number }
  | { outcome: 'REFUSED'; code: string; version: number }

export const actUpdate = defineUpdate<ActResult, [ActRequest]>('act')

/** Something arrived or may have been missed: look. Needs no answer and may be sent at any time. */
export const lookSignal = defineSignal('look')

/** The workflow of each kind of matter, and the beginning of its ids. Histories keep both, so that neither ever changes. */
export const matterWorkflows = {
  ASSISTANCE_CASE: { type: 'assistanceCaseWorkflow', idPrefix: 'assistance-case/' },
} as const satisfies Record<MatterKind, { type: string; idPrefix: string }>

export function matterWorkflowId(kind: MatterKind, matterId: string): string {
  return matterWorkflows[kind].idPrefix + matterId
}

/** The matter that a workflow carries. */
export function matterIdOf(workflowId: string): string {
  return workflowId.slice(workflowId.indexOf('/') + 1)
}
