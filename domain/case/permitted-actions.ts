import type { Action, Capacity, Role, Stage } from '../vocabulary.ts'

/** An act that a stage allows: by which roles, and which part in the case it makes a person take, if any. */
export type Permission = { action: Action; roles: readonly Role[]; capacity: Capacity | null }

const household = ['VILLAGE_CLERK', 'TOWNSHIP_HANDLER'] as const
/** Whoever may visit a household: from the village as well as from the township, whatever their desk. */
const investigators = ['VILLAGE_CLERK', 'TOWNSHIP_HANDLER', 'TOWNSHIP_LEADER'] as const
const withdraw: Permission = { action: 'WITHDRAW', roles: household, capacity: 'HANDLE' }
const extendAtTownship: Permission = { action: 'EXTEND', roles: ['TOWNSHIP_LEADER'], capacity: 'REVIEW' }
const extendAtCounty: Permission = { action: 'EXTEND', roles: ['COUNTY_APPROVER'], capacity: 'CONFIRM' }

const waitAtTownship: Permission[] = [
  { action: 'AWAIT', roles: ['TOWNSHIP_LEADER'], capacity: 'REVIEW' },
  { action: 'END_WAITING', roles: ['TOWNSHIP_LEADER'], capacity: 'REVIEW' },
]
const waitAtCounty: Permission[] = [
  { action: 'AWAIT', roles: ['COUNTY_APPROVER'], capacity: 'CONFIRM' },
  { action: 'END_WAITING', roles: ['COUNTY_APPROVER'], capacity: 'CONFIRM' },
]

/** Asking the registers anew, or dealing with what they say of a person, needs no return of the file (57 Art. 17, 18). */
const settleAtTownship: Permission = { action: 'SETTLE_STATUS', roles: ['TOWNSHIP_HANDLER'], capacity: 'HANDLE' }
const explainAccount: Permission = { action: 'EXPLAIN_ACCOUNT', roles: ['TOWNSHIP_HANDLER'], capacity: 'HANDLE' }
const askAtTownship: Permission[] = [
  explainAccount,
  { action: 'ASK_REGISTERS', roles: ['TOWNSHIP_HANDLER'], capacity: 'HANDLE' },
  settleAtTownship,
]
const askAtCounty: Permission[] = [
  { action: 'ASK_REGISTERS', roles: ['COUNTY_HANDLER'], capacity: 'REVIEW' },
  { action: 'SETTLE_STATUS', roles: ['COUNTY_HANDLER'], capacity: 'REVIEW' },
]

const supervisors = ['COUNTY_SUPERVISOR', 'CITY_SUPERVISOR'] as const
const heads = ['TOWNSHIP_LEADER', 'COUNTY_APPROVER'] as const
const holders = ['VILLAGE_CLERK', 'TOWNSHIP_HANDLER', 'COUNTY_HANDLER', 'FINANCE_OFFICER', ...heads] as const

/** Watching over a case, at whatever stage it lies: none of these moves it. Urging and naming take no part in it. */
const supervise: Permission[] = [
  { action: 'URGE', roles: [...heads, ...supervisors], capacity: null },
  { action: 'ASSIGN', roles: [...heads, 'COUNTY_SUPERVISOR'], capacity: null },
  { action: 'MARK_RISK', roles: ['TOWNSHIP_HANDLER', 'COUNTY_HANDLER', ...supervisors], capacity: null },
  { action: 'ISSUE_ORDER', roles: supervisors, capacity: 'SUPERVISE' },
  { action: 'ANSWER_ORDER', roles: holders, capacity: null },
  { action: 'CLOSE_ORDER', roles: supervisors, capacity: 'SUPERVISE' },
]

/** The one table of authority: what each stage allows, to whom, in which capacity. Buttons, counter and filing read it. */
export const permittedActions = {
  APPLIED: [
    { action: 'ACCEPT', roles: ['TOWNSHIP_HANDLER'], capacity: 'HANDLE' },
    { action: 'RETURN', roles: ['TOWNSHIP_HANDLER'], capacity: 'HANDLE' },
    withdraw,
    ...supervise,
  ],
  CORRECTION: [{ action: 'RESUBMIT', roles: household, capacity: 'HANDLE' }, withdraw, ...waitAtTownship, ...supervise],
  SURVEY: [
    { action: 'BEGIN_SURVEY', roles: ['TOWNSHIP_HANDLER'], capacity: 'HANDLE' },
    { action: 'COMPLETE_SURVEY', roles: ['TOWNSHIP_HANDLER'], capacity: 'HANDLE' },
    { action: 'SIGN_SURVEY', roles: investigators, capacity: 'HANDLE' },
    { action: 'RETURN', roles: ['TOWNSHIP_HANDLER'], capacity: 'HANDLE' },
    ...askAtTownship,
    extendAtTownship,
    withdraw,
    ...waitAtTownship,
    ...supervise,
  ],
  TOWNSHIP_OPINION: [
    { action: 'GIVE_OPINION', roles: ['TOWNSHIP_LEADER'], capacity: 'REVIEW' },
    ...askAtTownship,
    { action: 'RETURN', roles: ['TOWNSHIP_LEADER'], capacity: 'REVIEW' },
    extendAtTownship,
    withdraw,
    ...waitAtTownship,
    ...supervise,
  ],
  PUBLIC_NOTICE: [
    { action: 'POST_NOTICE', roles: ['TOWNSHIP_HANDLER'], capacity: 'HANDLE' },
    { action: 'RETURN', roles: ['TOWNSHIP_LEADER'], capacity: 'REVIEW' },
    extendAtTownship,
    withdraw,
    ...waitAtTownship,
    ...supervise,
  ],
  HANDING_UP: [
    { action: 'HAND_UP', roles: ['TOWNSHIP_HANDLER'], capacity: 'HANDLE' },
    ...askAtTownship,
    { action: 'RETURN', roles: ['TOWNSHIP_LEADER'], capacity: 'REVIEW' },
    extendAtTownship,
    withdraw,
    ...waitAtTownship,
    ...supervise,
  ],
  COUNTY_REVIEW: [
    { action: 'REVIEW_FILE', roles: ['COUNTY_HANDLER'], capacity: 'REVIEW' },
    ...askAtCounty,
    { action: 'RETURN', roles: ['COUNTY_HANDLER'], capacity: 'REVIEW' },
    extendAtCounty,
    withdraw,
    ...waitAtCounty,
    ...supervise,
  ],
  COUNTY_CONFIRMATION: [
    { action: 'CONFIRM', roles: ['COUNTY_APPROVER'], capacity: 'CONFIRM' },
    { action: 'REFUSE', roles: ['COUNTY_APPROVER'], capacity: 'CONFIRM' },
    ...askAtCounty,
    { action: 'RETURN', roles: ['COUNTY_APPROVER'], capacity: 'CONFIRM' },
    extendAtCounty,
    withdraw,
    ...waitAtCounty,
    ...supervise,
  ],
  REFUSAL_NOTICE: [{ action: 'SERVE_REFUSAL', roles: ['TOWNSHIP_HANDLER'], capacity: 'HANDLE' }, ...supervise],
  FIRST_PAYMENT: [
    { action: 'CORRECT_ACCOUNT', roles: ['TOWNSHIP_HANDLER'], capacity: 'HANDLE' },
    { action: 'AGREE_ACCOUNT', roles: ['TOWNSHIP_LEADER'], capacity: 'REVIEW' },
    explainAccount,
    settleAtTownship,
    { action: 'END_BENEFIT', roles: ['COUNTY_APPROVER'], capacity: 'CONFIRM' },
    { action: 'PREPARE_PAYMENT', roles: ['FINANCE_OFFICER'], capacity: 'PREPARE' },
    { action: 'RELEASE_PAYMENT', roles: ['FINANCE_OFFICER'], capacity: 'RELEASE' },
    ...supervise,
  ],
  CLOSED: [],
} as const satisfies Record<Stage, readonly Permission[]>

/** The act that opens a case; the table above begins where a case stands. */
export const submission: Permission = { action: 'SUBMIT', roles: household, capacity: 'HANDLE' }

/** To which earlier stages a stage may send a case back. */
export const returnTargets = {
  APPLIED: ['CORRECTION'],
  CORRECTION: [],
  SURVEY: ['CORRECTION'],
  TOWNSHIP_OPINION: ['CORRECTION', 'SURVEY'],
  PUBLIC_NOTICE: ['SURVEY', 'TOWNSHIP_OPINION'],
  HANDING_UP: ['SURVEY', 'TOWNSHIP_OPINION'],
  COUNTY_REVIEW: ['SURVEY', 'TOWNSHIP_OPINION'],
  COUNTY_CONFIRMATION: ['SURVEY', 'TOWNSHIP_OPINION', 'COUNTY_REVIEW'],
  REFUSAL_NOTICE: [],
  FIRST_PAYMENT: [],
  CLOSED: [],
} as const satisfies Record<Stage, readonly Stage[]>

/** What the stage allows to anybody. */
export function actionsAt(stage: Stage): Action[] {
  return permissionsAt(stage).map(({ action }) => action)
}

/** What the stage allows to a holder of this role. */
export function actionsFor(stage: Stage, role: Role): Action[] {
  return permissionsAt(stage)
    .filter(({ roles }) => roles.includes(role))
    .map(({ action }) => action)
}

/** The permission under which an act is done at a stage, if the stage knows the act at all. */
export function findPermission(stage: Stage, action: Action): Permission | undefined {
  return permissionsAt(stage).find((permission) => permission.action === action)
}

/** Every role that is allowed an act at some stage. */
export function rolesAllowed(action: Action): Role[] {
  const permissions: readonly Permission[] = Object.values(permittedActions).flat()
  return [...new Set(permissions.filter((one) => one.action === action).flatMap(({ roles }) => roles))]
}

function permissionsAt(stage: Stage): readonly Permission[] {
  return permittedActions[stage]
}
