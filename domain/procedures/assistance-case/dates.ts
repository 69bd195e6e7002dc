import type { DateChoice } from '../../policy/parameters.ts'
import { firstDayOf, monthOf, nextMonth, type PlainDate } from '../../time/plain-date.ts'
import type { CaseState } from './state.ts'

/**
 * Which day of a case picks the row of a parameter: the substance follows the rules of the day it turns on, so a limit
 * keeps the length it had at acceptance, and an amount is that of the month paid.
 * @param on the day in life of the act that is judged or assessed, whenever it is typed in; it stands for days that have
 * not come yet.
 */
export function pickingDates(state: CaseState, on: PlainDate): Record<DateChoice, PlainDate> {
  const application = state.appliedOn ?? on
  return {
    APPLICATION: application,
    ACCEPTANCE: state.acceptedOn ?? application,
    DECISION: state.decidedOn ?? on,
    MONTH_PAID: firstDayOf(state.firstMonth ?? nextMonth(monthOf(state.decidedOn ?? on))),
  }
}
