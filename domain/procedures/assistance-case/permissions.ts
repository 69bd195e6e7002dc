import type { CommonAct } from '../../matter/acts.ts'
import { type Permission as PermissionOf, supervise, waitAtCounty, waitAtTownship } from '../../matter/permission.ts'
import type { CaseAct, CaseStage } from './words.ts'

type Permission = PermissionOf<CaseAct | CommonAct>

const household = ['VILLAGE_CLERK', 'TOWNSHIP_HANDLER'] as const
/** Whoever may visit a household: from the village as well as from the township, whatever their desk. */
const investigators = ['VILLAGE_CLERK', 'TOWNSHIP_HANDLER', 'TOWNSHIP_LEADER'] as const
const withdraw: Permission = { action: 'WITHDRAW', roles: household, capacity: 'HANDLE' }
const extendAtTownship: Permission = { action: 'EXTEND', roles: ['TOWNSHIP_LEADER'], capacity: 'REVIEW' }
const extendAtCounty: Permission = { action: 'EXTEND', roles: ['COUNTY_APPROVER'], capacity: 'CONFIRM' }

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

/** The one table of authority: what each stage allows, to whom, in which capacity. Buttons, API and filing read it. */
export const casePermissions = {
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
} as const satisfies Record<CaseStage, readonly Permission[]>

/** The act that opens a case; the table above begins where a case stands. */
export const submission: PermissionOf<CaseAct> = { action: 'SUBMIT', roles: household, capacity: 'HANDLE' }

/** What a stage allows to anybody. */
export function actionsAt(stage: string): string[] {
  const permissions: Readonly<Record<string, readonly Permission[]>> = casePermissions
  return (permissions[stage] ?? []).map(({ action }) => action)
}

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
} as const satisfies Record<CaseStage, readonly CaseStage[]>
