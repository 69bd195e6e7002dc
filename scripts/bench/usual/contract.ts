import { defineSignal } from '@temporalio/workflow'
import type { ActRequest } from '../../../workflows/shared/matter-contract.ts'

export type UsualCaseInput = { matterId: string }

export const usualCaseType = 'usualCaseWorkflow'
export const usualTaskQueue = 'bench-usual'

export const actSignal = defineSignal<[ActRequest]>('act')
export const answersSignal = defineSignal('answersArrived')

export function usualCaseWorkflowId(matterId: string): string {
  return `usual-case/${matterId}`
}
