import type { Instant } from '../../domain/time/plain-date.ts'

/** The row is written with the new calendar; the procedure is started from its id. */
export type CalendarRedatingInput = {
  redatingId: string
  /** How far the procedures that sleep too long have been woken; absent before the due dates are moved. */
  wokenUntil?: { toDueAt: Instant; caseId: string }
}

export const calendarRedatingType = 'calendarRedatingWorkflow'

export function calendarRedatingWorkflowId(redatingId: string): string {
  return `calendar-redating/${redatingId}`
}
