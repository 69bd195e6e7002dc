import { type DueDate, dueDate } from '../time/deadline.ts'
import type { WorkCalendar } from '../time/work-calendar.ts'
import type { ParametersInForce } from '../policy/parameters-in-force.ts'
import { type Limit, limitOf } from '../policy/step-limits.ts'
import type { Level, OfficeKind, Role, Stage } from '../vocabulary.ts'
import { type CaseState, isOpen, type LimitRun } from './case-state.ts'

/** A desk on which a case lies: every stage but the last lies on at least one, so that no case is without someone. */
export type Desk = { officeKind: OfficeKind; level: Level; role: Role }

const villageCommittee = { officeKind: 'VILLAGE_COMMITTEE', level: 'VILLAGE' } as const
const township = { officeKind: 'TOWNSHIP_GOVERNMENT', level: 'TOWNSHIP' } as const
const countyBureau = { officeKind: 'CIVIL_AFFAIRS_BUREAU', level: 'COUNTY' } as const
const countyFinance = { officeKind: 'FINANCE_BUREAU', level: 'COUNTY' } as const

const desks = {
  APPLIED: [{ ...township, role: 'TOWNSHIP_HANDLER' }],
  CORRECTION: [{ ...villageCommittee, role: 'VILLAGE_CLERK' }],
  SURVEY: [{ ...township, role: 'TOWNSHIP_HANDLER' }],
  TOWNSHIP_OPINION: [{ ...township, role: 'TOWNSHIP_LEADER' }],
  PUBLIC_NOTICE: [{ ...township, role: 'TOWNSHIP_HANDLER' }],
  COUNTY_REVIEW: [{ ...countyBureau, role: 'COUNTY_HANDLER' }],
  COUNTY_CONFIRMATION: [{ ...countyBureau, role: 'COUNTY_APPROVER' }],
  REFUSAL_NOTICE: [{ ...township, role: 'TOWNSHIP_HANDLER' }],
  FIRST_PAYMENT: [{ ...countyFinance, role: 'FINANCE_OFFICER' }],
  CLOSED: [],
} as const satisfies Record<Stage, readonly Desk[]>

/** Money that came back needs finance and, for the right account, the township. */
const accountDesk: Desk = { ...township, role: 'TOWNSHIP_HANDLER' }

/** The desks on which a case lies now. */
export function desksOf(state: CaseState): readonly Desk[] {
  if (state.version === 0) return []
  const { instruction } = state
  const inQuestion = instruction?.state === 'RETURNED' || (instruction?.state === 'PREPARED' && instruction.issue > 1)
  return state.stage === 'FIRST_PAYMENT' && inQuestion ? [...desks.FIRST_PAYMENT, accountDesk] : desks[state.stage]
}

/** One level up from whoever holds the limit: who is shown a breach first. */
const breachShownTo = {
  ACCEPTANCE: 'COUNTY',
  SURVEY_START: 'COUNTY',
  MATCHING_REPORT: 'COUNTY',
  TOWNSHIP_OPINION: 'COUNTY',
  PUBLIC_NOTICE: 'COUNTY',
  COUNTY_DECISION: 'CITY',
  REFUSAL_NOTICE: 'CITY',
  TOTAL: 'CITY',
  FIRST_PAYMENT: 'CITY',
  RETURNED_PAYMENT: 'CITY',
} as const satisfies Record<LimitRun['limit'], Level>

export function levelShownBreachOf(limit: LimitRun['limit']): Level {
  return breachShownTo[limit]
}

/** A run of a limit with the day on which it is due and why. */
export type DueRun = LimitRun & { due: DueDate; rule: Limit }

/** When each limit of the case is due, under the parameters and the calendar in force. */
export function dueRuns(state: CaseState, parameters: ParametersInForce, calendar: WorkCalendar): DueRun[] {
  return state.limits.map((run) => {
    const rule = limitOf(run.limit, {
      parameters,
      delegated: state.delegated,
      extended: state.extended,
      ...(state.firstMonth === null ? {} : { paymentMonth: state.firstMonth }),
    })
    return { ...run, rule, due: dueDate({ from: run.startedOn, limit: rule, calendar }) }
  })
}

/** What the procedure owes a case beyond what people do: derived from the log, so that a lost engine starts it anew. */
export const duties = ['REQUEST_MATCHING', 'ASK_MATCHING_CENTRE', 'SEND_PAYMENT', 'ASK_BANK'] as const
export type Duty = (typeof duties)[number]

/** Duties in the order in which they are met. Asking again is a duty from the instant that the archive names. */
export function dutiesOf(state: CaseState): Duty[] {
  if (!isOpen(state)) return []
  const owed: Duty[] = []
  const gathering = state.stage === 'SURVEY' || state.stage === 'TOWNSHIP_OPINION'
  if (gathering && state.matching === null) owed.push('REQUEST_MATCHING')
  if (state.matching?.answers.some(({ answer }) => answer === 'PENDING')) owed.push('ASK_MATCHING_CENTRE')
  if (state.stage === 'FIRST_PAYMENT' && state.instruction?.state === 'RELEASED') owed.push('SEND_PAYMENT')
  if (state.stage === 'FIRST_PAYMENT' && state.instruction?.state === 'SENT') owed.push('ASK_BANK')
  return owed
}
