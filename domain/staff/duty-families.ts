import type { DutyFamily, Role } from '../vocabulary.ts'
import { StaffRefused } from './staff-refusals.ts'

/**
 * The one table of duties that exclude each other: who decides does not pay, who watches does neither, and who arranges
 * the posts has none of them. One person never has duties of two families, whatever the account, as holder or stand-in.
 * Within a family it is the case that separates: one capacity each (`domain/matter/judge.ts`).
 */
export const familyOf = {
  VILLAGE_CLERK: 'CASE_WORK',
  TOWNSHIP_HANDLER: 'CASE_WORK',
  TOWNSHIP_LEADER: 'CASE_WORK',
  COUNTY_HANDLER: 'CASE_WORK',
  COUNTY_APPROVER: 'CASE_WORK',
  FINANCE_OFFICER: 'FINANCE',
  COUNTY_SUPERVISOR: 'OVERSIGHT',
  CITY_SUPERVISOR: 'OVERSIGHT',
  AUDITOR: 'OVERSIGHT',
  ADMINISTRATOR: 'ADMINISTRATION',
} as const satisfies Record<Role, DutyFamily>

/** Why a person with duties of these families cannot have a post of a role as well, or null. */
export function refuseSecondFamily(role: Role, families: Iterable<DutyFamily>): StaffRefused | null {
  const held = [...families].find((family) => family !== familyOf[role])
  return held === undefined ? null : new StaffRefused('otherFamilyOfDuties', { held, asked: familyOf[role] })
}
