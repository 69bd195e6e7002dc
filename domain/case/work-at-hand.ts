import type { ParametersInForce } from '../policy/parameters-in-force.ts'
import { type Limit, limitOf } from '../policy/step-limits.ts'
import type { Seat } from '../supervision/audience.ts'
import { type NextRung, nextRung } from '../supervision/ladder.ts'
import { type LimitHolder, limitHolders } from '../supervision/limit-holders.ts'
import type { ChargedWait } from '../time/charged-days.ts'
import { type DueDate, dueDate, ownDueAt } from '../time/deadline.ts'
import type { Instant, PlainDate } from '../time/plain-date.ts'
import type { WorkCalendar } from '../time/work-calendar.ts'
import type { Capacity, Stage, SupervisionRung } from '../vocabulary.ts'
import { isPayeeGone, openStatuses } from './civil-status.ts'
import { type CaseState, type CaseWait, isOpen, type LimitRun } from './case-state.ts'

/**
 * A desk on which a case lies, and the part in it that the next act there makes a person take: every stage but the last
 * lies on at least one, so that no case is without someone.
 */
export type Desk = Seat & { capacity: Capacity }

const villageCommittee = { officeKind: 'VILLAGE_COMMITTEE', level: 'VILLAGE' } as const
const township = { officeKind: 'TOWNSHIP_GOVERNMENT', level: 'TOWNSHIP' } as const
const countyBureau = { officeKind: 'CIVIL_AFFAIRS_BUREAU', level: 'COUNTY' } as const
const countyFinance = { officeKind: 'FINANCE_BUREAU', level: 'COUNTY' } as const

const desks = {
  APPLIED: [{ ...township, role: 'TOWNSHIP_HANDLER', capacity: 'HANDLE' }],
  CORRECTION: [{ ...villageCommittee, role: 'VILLAGE_CLERK', capacity: 'HANDLE' }],
  SURVEY: [{ ...township, role: 'TOWNSHIP_HANDLER', capacity: 'HANDLE' }],
  TOWNSHIP_OPINION: [{ ...township, role: 'TOWNSHIP_LEADER', capacity: 'REVIEW' }],
  PUBLIC_NOTICE: [{ ...township, role: 'TOWNSHIP_HANDLER', capacity: 'HANDLE' }],
  HANDING_UP: [{ ...township, role: 'TOWNSHIP_HANDLER', capacity: 'HANDLE' }],
  COUNTY_REVIEW: [{ ...countyBureau, role: 'COUNTY_HANDLER', capacity: 'REVIEW' }],
  COUNTY_CONFIRMATION: [{ ...countyBureau, role: 'COUNTY_APPROVER', capacity: 'CONFIRM' }],
  REFUSAL_NOTICE: [{ ...township, role: 'TOWNSHIP_HANDLER', capacity: 'HANDLE' }],
  FIRST_PAYMENT: [{ ...countyFinance, role: 'FINANCE_OFFICER', capacity: 'PREPARE' }],
  CLOSED: [],
} as const satisfies Record<Stage, readonly Desk[]>

/** Money that came back, and a death that a register tells, need finance and, for the right account, the township. */
const accountDesk: Desk = { ...township, role: 'TOWNSHIP_HANDLER', capacity: 'HANDLE' }

/** Where investigators sit who are no handlers of the township. */
const signatureDesks: readonly Desk[] = [
  { ...villageCommittee, role: 'VILLAGE_CLERK', capacity: 'HANDLE' },
  { ...township, role: 'TOWNSHIP_LEADER', capacity: 'HANDLE' },
]

/** An account put right waits for a second person. */
const agreementDesk: Desk = { ...township, role: 'TOWNSHIP_LEADER', capacity: 'REVIEW' }

/** The desks on which a case lies now. */
export function desksOf(state: CaseState): readonly Desk[] {
  if (state.version === 0) return []
  if (state.stage === 'SURVEY') return surveyDesks(state)
  return state.stage === 'FIRST_PAYMENT' ? paymentDesks(state) : desks[state.stage]
}

/** The sheet waits for the names of the other investigators, wherever they sit; the township can name others. */
function surveyDesks({ owedSignatures }: CaseState): Desk[] {
  const roles = new Set(owedSignatures.map(({ role }) => role))
  return [...desks.SURVEY, ...signatureDesks.filter(({ role }) => roles.has(role))]
}

/** Whoever prepared may not release: the finance desk asks for another part, and another person, once it is prepared. */
function paymentDesks(state: CaseState): Desk[] {
  const { instruction, proposedAccount } = state
  const over = instruction?.state === 'RETURNED' || instruction?.state === 'VOIDED'
  const prepared = instruction !== null && !over
  const finance = desks.FIRST_PAYMENT.map((desk): Desk => (prepared ? { ...desk, capacity: 'RELEASE' } : desk))
  const resent = over || (instruction?.state === 'PREPARED' && instruction.issue > 1)
  const inQuestion = resent || isPayeeGone(state) || openStatuses(state).length > 0
  const agreement = proposedAccount === null ? [] : [agreementDesk]
  return inQuestion ? [...finance, accountDesk, ...agreement] : finance
}

/** A run of a limit with the day on which it is due, why, whom it waited for, and what supervision it meets next. */
export type DueRun = LimitRun & {
  due: DueDate
  rule: Limit
  waits: ChargedWait[]
  /** When the office's own days are used up; null while another is waited for without an end, or it is no office's clock. */
  ownDueAt: Instant | null
  /** The rung that comes next, counted from the due date that the run is held to. */
  nextFrom: (due: DueDate) => NextRung | null
}

/** When each limit of the case is due, under the parameters and the calendar in force. */
export function dueRuns(state: CaseState, parameters: ParametersInForce, calendar: WorkCalendar): DueRun[] {
  const { delegated, extended, firstMonth } = state
  const month = firstMonth === null ? {} : { paymentMonth: firstMonth }
  const rules = state.limits.map((run) => limitOf(run.limit, { parameters, delegated, extended, ...month }))
  const centreDue = dueOfCentre(state, rules, calendar)
  return state.limits.map((run, index) => {
    const rule = rules[index] as Limit
    const waits = waitsOf(run, state, centreDue)
    const standstills = waits.filter(({ paused }) => paused)
    const counting = { from: run.startedOn, limit: rule, calendar }
    const { startedOn, stoppedOn } = run
    const watched = limitHolders[run.limit] !== 'NOBODY' && stoppedOn === null
    return {
      ...run,
      rule,
      waits,
      due: dueDate({ ...counting, standstills }),
      ownDueAt: limitHolders[run.limit] === 'NOBODY' ? null : ownDueAt({ ...counting, standstills: waits }),
      nextFrom: (due) =>
        watched
          ? nextRung({ startedOn, limit: rule, due, calendar, standstills }, climbedOf(run, state), parameters.ladder())
          : null,
    }
  })
}

/** The day until which the centre may take for its report: whoever waits longer could go on without it, by name. */
function dueOfCentre({ limits }: CaseState, rules: readonly Limit[], calendar: WorkCalendar): PlainDate | null {
  const index = limits.findLastIndex(({ limit }) => limit === 'MATCHING_REPORT')
  const [run, limit] = [limits[index], rules[index]]
  return run === undefined || limit === undefined ? null : dueDate({ from: run.startedOn, limit, calendar }).dueOn
}

/**
 * The waits that fall into a run. The centre's own clock is a wait for the centre from end to end; that it is waited for
 * elsewhere ends with that clock.
 */
function waitsOf(
  { limit, startedOn, stoppedOn }: LimitRun,
  { waits }: CaseState,
  centreDue: PlainDate | null,
): ChargedWait[] {
  const holder: LimitHolder = limitHolders[limit]
  if (holder === 'NOBODY') return []
  if (holder === 'MATCHING_CENTRE')
    return [{ waitsFor: 'MATCHING_CENTRE', from: startedOn, through: stoppedOn, paused: false }]
  return waits
    .map((wait) => ({ ...wait, through: throughOf(wait, centreDue) }))
    .filter(
      ({ from, through }) => (through === null || through > startedOn) && (stoppedOn === null || from < stoppedOn),
    )
    .map(({ waitsFor, from, through, pausedLimits }) => ({
      waitsFor,
      from,
      through,
      paused: pausedLimits.some((paused) => paused === limit),
    }))
}

function throughOf({ waitsFor, registered, from, through }: CaseWait, centreDue: PlainDate | null): PlainDate | null {
  if (registered || waitsFor !== 'MATCHING_CENTRE' || centreDue === null) return through
  const until = centreDue > from ? centreDue : from
  return through === null || through > until ? until : through
}

function climbedOf({ limit, run }: LimitRun, { climbed }: CaseState): SupervisionRung[] {
  return climbed.filter((one) => one.limit === limit && one.run === run).map(({ rung }) => rung)
}

/** What the procedure owes a case beyond what people do: derived from the log, so that a lost engine starts it anew. */
export const duties = ['REQUEST_MATCHING', 'ASK_MATCHING_CENTRE', 'CHECK_ACCOUNT', 'SEND_PAYMENT', 'ASK_BANK'] as const
export type Duty = (typeof duties)[number]

/** Duties in the order in which they are met. Asking again is a duty from the instant that the archive names. */
export function dutiesOf(state: CaseState): Duty[] {
  if (!isOpen(state)) return []
  const owed: Duty[] = []
  const gathering = state.stage === 'SURVEY' || state.stage === 'TOWNSHIP_OPINION'
  if (state.matchingOwed || (gathering && state.matching === null)) owed.push('REQUEST_MATCHING')
  else if (state.matching?.answers.some(({ answer }) => answer === 'PENDING')) owed.push('ASK_MATCHING_CENTRE')
  if (state.stage === 'FIRST_PAYMENT' && state.proposedAccount?.checked === null) owed.push('CHECK_ACCOUNT')
  if (state.stage === 'FIRST_PAYMENT' && state.instruction?.state === 'RELEASED') owed.push('SEND_PAYMENT')
  if (state.stage === 'FIRST_PAYMENT' && state.instruction?.state === 'SENT') owed.push('ASK_BANK')
  return owed
}
