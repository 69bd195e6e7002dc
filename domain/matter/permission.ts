import type { ParametersInForce } from '../policy/parameters-in-force.ts'
import type { Capacity, Role } from '../vocabulary.ts'
import type { CommonAct } from './acts.ts'
import type { MatterState } from './state.ts'

/** An act that a stage allows: by which roles, and which part in the matter it makes a person take, if any. */
export type Permission<Act extends string = string, State = never> = {
  action: Act
  roles: readonly Role[]
  capacity: Capacity | null
  /** Whether the stage allows it to a matter that stands so, where that depends; without it, it always does. */
  when?: (state: State, parameters: ParametersInForce) => boolean
}

const supervisors = ['COUNTY_SUPERVISOR', 'CITY_SUPERVISOR'] as const
const heads = ['TOWNSHIP_LEADER', 'COUNTY_APPROVER'] as const
const holders = ['VILLAGE_CLERK', 'TOWNSHIP_HANDLER', 'COUNTY_HANDLER', 'FINANCE_OFFICER', ...heads] as const

/** Watching over a matter, at whatever stage it lies: none of these moves it. Urging and naming take no part in it. */
export const supervise: readonly Permission<CommonAct, MatterState>[] = [
  { action: 'URGE', roles: [...heads, ...supervisors], capacity: null },
  { action: 'ASSIGN', roles: [...heads, 'COUNTY_SUPERVISOR'], capacity: null },
  { action: 'MARK_RISK', roles: ['TOWNSHIP_HANDLER', 'COUNTY_HANDLER', ...supervisors], capacity: null },
  { action: 'ISSUE_ORDER', roles: supervisors, capacity: 'SUPERVISE' },
  { action: 'ANSWER_ORDER', roles: holders, capacity: null },
  { action: 'CLOSE_ORDER', roles: supervisors, capacity: 'SUPERVISE' },
]

export const waitAtTownship: readonly Permission<CommonAct, MatterState>[] = [
  { action: 'AWAIT', roles: ['TOWNSHIP_LEADER'], capacity: 'REVIEW' },
  { action: 'END_WAITING', roles: ['TOWNSHIP_LEADER'], capacity: 'REVIEW' },
]

export const waitAtCounty: readonly Permission<CommonAct, MatterState>[] = [
  { action: 'AWAIT', roles: ['COUNTY_APPROVER'], capacity: 'CONFIRM' },
  { action: 'END_WAITING', roles: ['COUNTY_APPROVER'], capacity: 'CONFIRM' },
]
