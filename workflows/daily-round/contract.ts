import type { PlainDate } from '../../domain/time/plain-date.ts'

/** The row of the day is written before; the procedure is started from it. */
export type DailyRoundInput = { day: PlainDate }

export const dailyRoundType = 'dailyRoundWorkflow'

export function dailyRoundWorkflowId(day: PlainDate): string {
  return `daily-round/${day}`
}
