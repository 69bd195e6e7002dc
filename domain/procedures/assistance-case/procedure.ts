import type { CommonAct } from '../../matter/acts.ts'
import type { StageOf } from '../../matter/course.ts'
import { type Permission as PermissionOf, supervise, waitAtCounty, waitAtTownship } from '../../matter/permission.ts'
import type { CaseFacts } from './facts.ts'
import type { CaseState } from './state.ts'
import type { CaseAct, CaseStage } from './words.ts'

type Permission = PermissionOf<CaseAct | CommonAct, CaseState>

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

const confirmAtTownship: Permission[] = [
  { action: 'CONFIRM', roles: ['TOWNSHIP_LEADER'], capacity: 'CONFIRM' },
  { action: 'REFUSE', roles: ['TOWNSHIP_LEADER'], capacity: 'CONFIRM' },
]
/** Only where a relative is filed or somebody complained; whoever decides, the county sees such a household (57 Art. 20). */
const visitByCounty: PermissionOf<CaseAct, CaseState> = {
  action: 'VISIT_HOUSEHOLD',
  roles: ['COUNTY_HANDLER'],
  capacity: 'REVIEW',
  when: ({ riskMarks }) => riskMarks.some((mark) => mark === 'RELATIVE_FILED' || mark === 'COMPLAINT'),
}

/**
 * The course of an application: what happens at each stage and at which level, who does what in which capacity, which limits
 * run, what starts by itself, and where it goes from there. The one table of authority: buttons, API and filing read it.
 */
export const caseCourse = {
  APPLIED: {
    level: 'TOWNSHIP',
    what: 'the township looks whether the application is complete',
    acts: [
      { action: 'ACCEPT', roles: ['TOWNSHIP_HANDLER'], capacity: 'HANDLE' },
      { action: 'RETURN', roles: ['TOWNSHIP_HANDLER'], capacity: 'HANDLE' },
      withdraw,
      ...supervise,
    ],
    limits: ['ACCEPTANCE'],
    goesTo: {
      ACCEPT: ['SURVEY'],
      RETURN: ['CORRECTION'],
      WITHDRAW: ['CLOSED'],
    },
  },
  CORRECTION: {
    level: 'VILLAGE',
    what: 'the household mends what the township listed',
    acts: [{ action: 'RESUBMIT', roles: household, capacity: 'HANDLE' }, withdraw, ...waitAtTownship, ...supervise],
    limits: ['TOTAL'],
    goesTo: {
      RESUBMIT: ['APPLIED', 'SURVEY'],
      WITHDRAW: ['CLOSED'],
    },
  },
  SURVEY: {
    level: 'TOWNSHIP',
    what: 'two investigators visit the household, and each signs',
    acts: [
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
    limits: ['SURVEY_START', 'TOWNSHIP_OPINION', 'MATCHING_REPORT', 'TOTAL'],
    byItself: 'the registers are asked, and asked again while one is silent',
    goesTo: {
      SIGN_SURVEY: ['TOWNSHIP_OPINION'],
      RETURN: ['CORRECTION'],
      WITHDRAW: ['CLOSED'],
    },
  },
  TOWNSHIP_OPINION: {
    level: 'TOWNSHIP',
    what: 'the township’s leader gives an opinion on what was declared, matched and surveyed',
    acts: [
      { action: 'GIVE_OPINION', roles: ['TOWNSHIP_LEADER'], capacity: 'REVIEW' },
      ...askAtTownship,
      { action: 'RETURN', roles: ['TOWNSHIP_LEADER'], capacity: 'REVIEW' },
      extendAtTownship,
      withdraw,
      ...waitAtTownship,
      ...supervise,
    ],
    limits: ['TOWNSHIP_OPINION', 'MATCHING_REPORT', 'TOTAL'],
    byItself: 'registers that have not answered are asked again',
    goesTo: {
      GIVE_OPINION: ['PUBLIC_NOTICE', 'HANDING_UP', 'TOWNSHIP_CONFIRMATION'],
      RETURN: ['CORRECTION', 'SURVEY'],
      WITHDRAW: ['CLOSED'],
    },
  },
  PUBLIC_NOTICE: {
    level: 'TOWNSHIP',
    what: 'a favourable opinion is posted in the village',
    acts: [
      { action: 'POST_NOTICE', roles: ['TOWNSHIP_HANDLER'], capacity: 'HANDLE' },
      { action: 'RETURN', roles: ['TOWNSHIP_LEADER'], capacity: 'REVIEW' },
      extendAtTownship,
      withdraw,
      ...waitAtTownship,
      ...supervise,
    ],
    limits: ['PUBLIC_NOTICE', 'MATCHING_REPORT', 'TOTAL'],
    byItself: 'the notice ends when its days are over without objection',
    goesTo: {
      RETURN: ['SURVEY', 'TOWNSHIP_OPINION'],
      WITHDRAW: ['CLOSED'],
      NOTICE_ENDED: ['HANDING_UP', 'TOWNSHIP_CONFIRMATION'],
    },
  },
  TOWNSHIP_CONFIRMATION: {
    level: 'TOWNSHIP',
    what: 'where a document of the place delegates confirmation, another leader of the township confirms or refuses; the county samples',
    acts: [
      ...confirmAtTownship,
      visitByCounty,
      ...askAtTownship,
      { action: 'RETURN', roles: ['TOWNSHIP_LEADER'], capacity: 'CONFIRM' },
      extendAtTownship,
      withdraw,
      ...waitAtTownship,
      ...supervise,
    ],
    limits: ['MATCHING_REPORT', 'TOTAL'],
    goesTo: {
      CONFIRM: ['FIRST_PAYMENT'],
      REFUSE: ['REFUSAL_NOTICE'],
      RETURN: ['SURVEY', 'TOWNSHIP_OPINION'],
      WITHDRAW: ['CLOSED'],
    },
  },
  HANDING_UP: {
    level: 'TOWNSHIP',
    what: 'the township hands the whole file to the county',
    acts: [
      { action: 'HAND_UP', roles: ['TOWNSHIP_HANDLER'], capacity: 'HANDLE' },
      ...askAtTownship,
      { action: 'RETURN', roles: ['TOWNSHIP_LEADER'], capacity: 'REVIEW' },
      extendAtTownship,
      withdraw,
      ...waitAtTownship,
      ...supervise,
    ],
    limits: ['HANDING_UP', 'MATCHING_REPORT', 'TOTAL'],
    goesTo: {
      HAND_UP: ['COUNTY_REVIEW'],
      RETURN: ['SURVEY', 'TOWNSHIP_OPINION'],
      WITHDRAW: ['CLOSED'],
    },
  },
  COUNTY_REVIEW: {
    level: 'COUNTY',
    what: 'a county handler reviews the file',
    acts: [
      { action: 'REVIEW_FILE', roles: ['COUNTY_HANDLER'], capacity: 'REVIEW' },
      visitByCounty,
      ...askAtCounty,
      { action: 'RETURN', roles: ['COUNTY_HANDLER'], capacity: 'REVIEW' },
      extendAtCounty,
      withdraw,
      ...waitAtCounty,
      ...supervise,
    ],
    limits: ['COUNTY_DECISION', 'MATCHING_REPORT', 'TOTAL'],
    goesTo: {
      REVIEW_FILE: ['COUNTY_CONFIRMATION'],
      RETURN: ['SURVEY', 'TOWNSHIP_OPINION'],
      WITHDRAW: ['CLOSED'],
    },
  },
  COUNTY_CONFIRMATION: {
    level: 'COUNTY',
    what: 'the county confirms or refuses',
    acts: [
      { action: 'CONFIRM', roles: ['COUNTY_APPROVER'], capacity: 'CONFIRM' },
      { action: 'REFUSE', roles: ['COUNTY_APPROVER'], capacity: 'CONFIRM' },
      visitByCounty,
      ...askAtCounty,
      { action: 'RETURN', roles: ['COUNTY_APPROVER'], capacity: 'CONFIRM' },
      extendAtCounty,
      withdraw,
      ...waitAtCounty,
      ...supervise,
    ],
    limits: ['COUNTY_DECISION', 'MATCHING_REPORT', 'TOTAL'],
    goesTo: {
      CONFIRM: ['FIRST_PAYMENT'],
      REFUSE: ['REFUSAL_NOTICE'],
      RETURN: ['SURVEY', 'TOWNSHIP_OPINION', 'COUNTY_REVIEW'],
      WITHDRAW: ['CLOSED'],
    },
  },
  REFUSAL_NOTICE: {
    level: 'TOWNSHIP',
    what: 'the household is told in writing, with reasons',
    acts: [{ action: 'SERVE_REFUSAL', roles: ['TOWNSHIP_HANDLER'], capacity: 'HANDLE' }, ...supervise],
    limits: ['REFUSAL_NOTICE'],
    goesTo: {
      SERVE_REFUSAL: ['CLOSED'],
    },
  },
  FIRST_PAYMENT: {
    level: 'COUNTY',
    what: 'finance pays the first month: one officer prepares, another releases',
    acts: [
      { action: 'CORRECT_ACCOUNT', roles: ['TOWNSHIP_HANDLER'], capacity: 'HANDLE' },
      { action: 'AGREE_ACCOUNT', roles: ['TOWNSHIP_LEADER'], capacity: 'REVIEW' },
      explainAccount,
      settleAtTownship,
      { action: 'END_BENEFIT', roles: ['COUNTY_APPROVER'], capacity: 'CONFIRM' },
      { action: 'PREPARE_PAYMENT', roles: ['FINANCE_OFFICER'], capacity: 'PREPARE' },
      { action: 'RELEASE_PAYMENT', roles: ['FINANCE_OFFICER'], capacity: 'RELEASE' },
      ...supervise,
    ],
    limits: ['FIRST_PAYMENT', 'RETURNED_PAYMENT'],
    byItself:
      'what was released is sent to the bank, and the bank is asked until it has paid or returned it; money that comes back later opens the case again here',
    goesTo: {
      END_BENEFIT: ['CLOSED'],
      PAYMENT_PAID: ['CLOSED'],
    },
  },
} as const satisfies Record<CaseStage, StageOf<CaseAct | CommonAct, keyof CaseFacts, CaseStage, CaseState>>

/** The act that opens a case; the table above begins where a case stands. */
export const submission: PermissionOf<CaseAct> = { action: 'SUBMIT', roles: household, capacity: 'HANDLE' }

/** What a stage allows to anybody. */
export function actionsAt(stage: string): string[] {
  const course: Readonly<Record<string, StageOf>> = caseCourse
  return (course[stage]?.acts ?? []).map(({ action }) => action)
}

/** To which earlier stages a stage may send a case back. */
export function returnTargets(stage: CaseStage): readonly CaseStage[] {
  const { goesTo }: StageOf<CaseAct | CommonAct, keyof CaseFacts, CaseStage, CaseState> = caseCourse[stage]
  return (goesTo.RETURN ?? []).filter((target) => target !== 'CLOSED')
}
