import type { ParametersInForce } from '../policy/parameters-in-force.ts'
import type { ChargedWait } from '../time/charged-days.ts'
import { type DueDate, dueDate, ownDueAt } from '../time/deadline.ts'
import type { Instant, PlainDate } from '../time/plain-date.ts'
import type { WorkCalendar } from '../time/work-calendar.ts'
import type { SupervisionRung } from '../vocabulary.ts'
import { type NextRung, nextRung } from './ladder.ts'
import { type Limit, limitFrom } from './limit.ts'
import { type LimitHolder, limitHolders } from './limit-holders.ts'
import type { LimitKey } from './limit-keys.ts'
import type { LimitOf, Procedure } from './procedure.ts'
import type { LimitRun, MatterState, Wait } from './state.ts'

/** Limits that run in a matter whatever its procedure. */
export const commonLimits: Partial<Record<LimitKey, LimitOf<MatterState>>> = {
  SUPERVISION_ORDER: {
    statedBy: ['limit.supervisionOrder'],
    length: (_, parameters) => limitFrom(parameters, 'limit.supervisionOrder'),
  },
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

/** When each limit of a matter is due, under the parameters and the calendar in force. */
export function dueRuns(
  { limits }: Pick<Procedure, 'limits'>,
  state: MatterState,
  parameters: ParametersInForce,
  calendar: WorkCalendar,
): DueRun[] {
  const lengthOf = (key: LimitKey) => limits[key] ?? commonLimits[key]
  const rules = state.limits.map(({ limit }) => {
    const known = lengthOf(limit)
    if (known === undefined) throw new Error(`The procedure knows no limit ${limit}`)
    return known.length(state, parameters)
  })
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
function dueOfCentre({ limits }: MatterState, rules: readonly Limit[], calendar: WorkCalendar): PlainDate | null {
  const index = limits.findLastIndex(({ limit }) => limitHolders[limit] === 'MATCHING_CENTRE')
  const [run, limit] = [limits[index], rules[index]]
  return run === undefined || limit === undefined ? null : dueDate({ from: run.startedOn, limit, calendar }).dueOn
}

/**
 * The waits that fall into a run. The centre's own clock is a wait for the centre from end to end; that it is waited for
 * elsewhere ends with that clock.
 */
function waitsOf(
  { limit, startedOn, stoppedOn }: LimitRun,
  { waits }: MatterState,
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

function throughOf({ waitsFor, registered, from, through }: Wait, centreDue: PlainDate | null): PlainDate | null {
  if (registered || waitsFor !== 'MATCHING_CENTRE' || centreDue === null) return through
  const until = centreDue > from ? centreDue : from
  return through === null || through > until ? until : through
}

function climbedOf({ limit, run }: LimitRun, { climbed }: MatterState): SupervisionRung[] {
  return climbed.filter((one) => one.limit === limit && one.run === run).map(({ rung }) => rung)
}
