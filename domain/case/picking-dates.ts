import type { DateChoice } from '../policy/parameters.ts'
import { firstDayOf, monthOf, nextMonth, type PlainDate } from '../time/plain-date.ts'
import type { CaseState } from './case-state.ts'

/**
 * Which day of a case picks the row of a parameter: the substance follows the rules of the day it turns on, so a limit
 * keeps the length it had at acceptance, and an amount is that of the month paid. A day that has not come is today's.
 */
export function pickingDates(state: CaseState, today: PlainDate): Record<DateChoice, PlainDate> {
  const application = state.appliedOn ?? today
  return {
    APPLICATION: application,
    ACCEPTANCE: state.acceptedOn ?? application,
    DECISION: state.decidedOn ?? today,
    MONTH_PAID: firstDayOf(state.firstMonth ?? nextMonth(monthOf(state.decidedOn ?? today))),
  }
}
