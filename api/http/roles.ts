import { neededRoles } from '../../domain/procedures/authority.ts'
import { submission } from '../../domain/procedures/assistance-case/procedure.ts'
import type { PaperKind, Role } from '../../domain/vocabulary.ts'

/** Roles that do something in a matter at some stage. */
export const actingRoles = neededRoles

/** Those who hand an application in for a household. */
export const intakeRoles: readonly Role[] = submission.roles

/** Those who handle a household's affairs and therefore see them whole. */
export const handlingRoles = [
  'VILLAGE_CLERK',
  'TOWNSHIP_HANDLER',
  'TOWNSHIP_LEADER',
  'COUNTY_HANDLER',
  'COUNTY_APPROVER',
] as const satisfies readonly Role[]

/** Those who work with an assessment. */
export const assessingRoles = [
  'TOWNSHIP_HANDLER',
  'TOWNSHIP_LEADER',
  'COUNTY_HANDLER',
  'COUNTY_APPROVER',
] as const satisfies readonly Role[]

/** Those who watch over limits. */
export const overseeingRoles = [
  'TOWNSHIP_LEADER',
  'COUNTY_APPROVER',
  'COUNTY_SUPERVISOR',
  'CITY_SUPERVISOR',
] as const satisfies readonly Role[]

/** Those who see to it that every post is filled. */
export const alarmReadingRoles = [...overseeingRoles, 'ADMINISTRATOR'] as const satisfies readonly Role[]

/**
 * Those who find out what became of something that was set aside, and read what it said. An administrator reads what belongs
 * to no case.
 */
export const setAsideReadingRoles = [
  'COUNTY_APPROVER',
  'COUNTY_SUPERVISOR',
  'ADMINISTRATOR',
] as const satisfies readonly Role[]

/** Those who answer for where money goes: who releases it, and who agrees to an account that was put right. */
export const payeeReadingRoles = ['FINANCE_OFFICER', 'TOWNSHIP_LEADER'] as const satisfies readonly Role[]

/** Everyone but administrators, who keep the system and see no case. */
export const caseReadingRoles = [
  ...handlingRoles,
  'FINANCE_OFFICER',
  'COUNTY_SUPERVISOR',
  'CITY_SUPERVISOR',
  'AUDITOR',
] as const satisfies readonly Role[]

const watching: readonly Role[] = [...handlingRoles, 'COUNTY_SUPERVISOR', 'CITY_SUPERVISOR', 'AUDITOR']

/** Who may know what singles a case out: not the neighbours of those about whom somebody complained. */
export const riskReadingRoles = [
  'TOWNSHIP_HANDLER',
  'TOWNSHIP_LEADER',
  'COUNTY_HANDLER',
  'COUNTY_APPROVER',
  'COUNTY_SUPERVISOR',
  'CITY_SUPERVISOR',
  'AUDITOR',
] as const satisfies readonly Role[]

/** Who handles a case, and who checks how it was handled: what a family declared and showed is for nobody else. */
const answering: readonly Role[] = [...handlingRoles, 'AUDITOR']

/** Who may read a paper, by kind. */
export const paperReaders = {
  APPLICATION: answering,
  EVIDENCE: answering,
  SURVEY_SHEET: answering,
  MENDING_LIST: watching,
  ASSESSMENT: watching,
  OPINION: watching,
  NOTICE_SHEET: watching,
  REFUSAL_LETTER: watching,
  REASON: watching,
  SUPERVISION_ORDER: [...watching, 'FINANCE_OFFICER'],
  SUPERVISION_ANSWER: [...watching, 'FINANCE_OFFICER'],
  RISK_NOTE: riskReadingRoles,
} as const satisfies Record<PaperKind, readonly Role[]>

export function includesRole(roles: readonly Role[], role: Role): boolean {
  return roles.includes(role)
}
