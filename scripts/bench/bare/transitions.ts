import type { Capacity, OfficeKind, Role } from '../../../domain/vocabulary.ts'
import type { Action, Stage } from '../../../domain/procedures/words.ts'

/** What an act does to a case, as a plain table: no log to fold, no rule book, no calendar. */
export type Transition = {
  type: string
  from: Stage
  to: Stage
  role: Role
  capacity: Capacity
  starts: readonly string[]
  stops: readonly string[]
}

const handling = { role: 'TOWNSHIP_HANDLER', capacity: 'HANDLE' } as const

export const transitions: Partial<Record<Action, Transition>> = {
  SUBMIT: {
    type: 'APPLICATION_SUBMITTED',
    from: 'APPLIED',
    to: 'APPLIED',
    role: 'VILLAGE_CLERK',
    capacity: 'HANDLE',
    starts: ['ACCEPTANCE'],
    stops: [],
  },
  ACCEPT: {
    type: 'APPLICATION_ACCEPTED',
    from: 'APPLIED',
    to: 'SURVEY',
    ...handling,
    starts: ['SURVEY_START', 'TOWNSHIP_OPINION', 'TOTAL'],
    stops: ['ACCEPTANCE'],
  },
  BEGIN_SURVEY: {
    type: 'SURVEY_BEGUN',
    from: 'SURVEY',
    to: 'SURVEY',
    ...handling,
    starts: [],
    stops: ['SURVEY_START'],
  },
  COMPLETE_SURVEY: {
    type: 'SURVEY_COMPLETED',
    from: 'SURVEY',
    to: 'SURVEY',
    ...handling,
    starts: [],
    stops: [],
  },
  SIGN_SURVEY: {
    type: 'SURVEY_SIGNED',
    from: 'SURVEY',
    to: 'TOWNSHIP_OPINION',
    ...handling,
    starts: [],
    stops: [],
  },
  GIVE_OPINION: {
    type: 'OPINION_GIVEN',
    from: 'TOWNSHIP_OPINION',
    to: 'HANDING_UP',
    role: 'TOWNSHIP_LEADER',
    capacity: 'REVIEW',
    starts: ['HANDING_UP'],
    stops: ['TOWNSHIP_OPINION'],
  },
  HAND_UP: {
    type: 'FILE_HANDED_UP',
    from: 'HANDING_UP',
    to: 'COUNTY_REVIEW',
    ...handling,
    starts: ['COUNTY_DECISION'],
    stops: ['HANDING_UP'],
  },
  REVIEW_FILE: {
    type: 'FILE_REVIEWED',
    from: 'COUNTY_REVIEW',
    to: 'COUNTY_CONFIRMATION',
    role: 'COUNTY_HANDLER',
    capacity: 'REVIEW',
    starts: [],
    stops: [],
  },
  REFUSE: {
    type: 'REFUSED',
    from: 'COUNTY_CONFIRMATION',
    to: 'REFUSAL_NOTICE',
    role: 'COUNTY_APPROVER',
    capacity: 'CONFIRM',
    starts: ['REFUSAL_NOTICE'],
    stops: ['COUNTY_DECISION', 'TOTAL'],
  },
  SERVE_REFUSAL: {
    type: 'REFUSAL_SERVED',
    from: 'REFUSAL_NOTICE',
    to: 'CLOSED',
    ...handling,
    starts: [],
    stops: ['REFUSAL_NOTICE'],
  },
}

/** Which desk a stage lies on. */
export const deskOf: Partial<Record<Stage, { kind: OfficeKind; role: Role }>> = {
  APPLIED: { kind: 'TOWNSHIP_GOVERNMENT', role: 'TOWNSHIP_HANDLER' },
  SURVEY: { kind: 'TOWNSHIP_GOVERNMENT', role: 'TOWNSHIP_HANDLER' },
  TOWNSHIP_OPINION: { kind: 'TOWNSHIP_GOVERNMENT', role: 'TOWNSHIP_LEADER' },
  HANDING_UP: { kind: 'TOWNSHIP_GOVERNMENT', role: 'TOWNSHIP_HANDLER' },
  COUNTY_REVIEW: { kind: 'CIVIL_AFFAIRS_BUREAU', role: 'COUNTY_HANDLER' },
  COUNTY_CONFIRMATION: { kind: 'CIVIL_AFFAIRS_BUREAU', role: 'COUNTY_APPROVER' },
  REFUSAL_NOTICE: { kind: 'TOWNSHIP_GOVERNMENT', role: 'TOWNSHIP_HANDLER' },
}
