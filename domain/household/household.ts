import type { Fen } from '../money.ts'
import { ageOn, type PlainDate } from '../time/plain-date.ts'
import type { IncomeKind, PropertyKind, Relation, ResidenceKind } from '../vocabulary.ts'

/** Why someone who belongs to the family is not counted (57 Art. 7, last paragraph). */
export const exclusions = ['CLERGY_AWAY', 'IMPRISONED', 'COMPULSORY_TREATMENT', 'DECLARED_MISSING'] as const
export type Exclusion = (typeof exclusions)[number]

/** What a member declared to earn, fen a month over the window that the place sets. */
export type DeclaredIncome = { kind: IncomeKind; monthlyFen: Fen }

/** One thing that a member declared to own. */
export type DeclaredProperty = { kind: PropertyKind; valueFen: Fen; description: string }

export type HouseholdMember = {
  personId: string
  relation: Relation
  birthDate: PlainDate
  hukouPlaceCode?: string
  residesInHousehold: boolean
  /** An adult child who cannot live independently, full-time students up to bachelor level among them. */
  dependentAdultChild?: boolean
  exclusion?: Exclusion
  workCapable: boolean
  income: readonly DeclaredIncome[]
  property: readonly DeclaredProperty[]
}

/** A household as the rule book sees it: no names, no numbers, only what a rule asks about. */
export type Household = {
  placeResidenceKind: ResidenceKind
  declaredOn: PlainDate
  members: readonly HouseholdMember[]
}

const ageOfMajority = 18

/**
 * The members whose income is added up and for whom dibao is paid: the applicant, the spouse, minor and dependent
 * children wherever they live, and others who live in the household for long; nobody who is excluded by law.
 *
 * Source: 57 Art. 7.
 */
export function countedMembers(household: Household, on: PlainDate): HouseholdMember[] {
  return household.members.filter((member) => isCounted(member, on))
}

/** True for a member who counts on a day (57 Art. 7). */
export function isCounted(member: HouseholdMember, on: PlainDate): boolean {
  if (member.exclusion !== undefined) return false
  switch (member.relation) {
    case 'APPLICANT':
    case 'SPOUSE':
      return true
    case 'CHILD':
      return isMinor(member.birthDate, on) || member.dependentAdultChild === true || member.residesInHousehold
    default:
      return member.residesInHousehold
  }
}

/** True until the eighteenth birthday (民法典 Art. 17). */
export function isMinor(birthDate: PlainDate, on: PlainDate): boolean {
  return ageOn(birthDate, on) < ageOfMajority
}
