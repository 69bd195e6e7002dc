import { countyBureau, countyFinance, type Desk, township, villageCommittee } from '../../matter/desk.ts'
import { isPayeeGone, openStatuses } from './civil-status.ts'
import { type CaseState, owesCountyVisit } from './state.ts'
import type { CaseStage } from './words.ts'

const desks = {
  APPLIED: [{ ...township, role: 'TOWNSHIP_HANDLER', capacity: 'HANDLE' }],
  CORRECTION: [{ ...villageCommittee, role: 'VILLAGE_CLERK', capacity: 'HANDLE' }],
  SURVEY: [{ ...township, role: 'TOWNSHIP_HANDLER', capacity: 'HANDLE' }],
  TOWNSHIP_OPINION: [{ ...township, role: 'TOWNSHIP_LEADER', capacity: 'REVIEW' }],
  TOWNSHIP_CONFIRMATION: [{ ...township, role: 'TOWNSHIP_LEADER', capacity: 'CONFIRM' }],
  PUBLIC_NOTICE: [{ ...township, role: 'TOWNSHIP_HANDLER', capacity: 'HANDLE' }],
  HANDING_UP: [{ ...township, role: 'TOWNSHIP_HANDLER', capacity: 'HANDLE' }],
  COUNTY_REVIEW: [{ ...countyBureau, role: 'COUNTY_HANDLER', capacity: 'REVIEW' }],
  COUNTY_CONFIRMATION: [{ ...countyBureau, role: 'COUNTY_APPROVER', capacity: 'CONFIRM' }],
  REFUSAL_NOTICE: [{ ...township, role: 'TOWNSHIP_HANDLER', capacity: 'HANDLE' }],
  FIRST_PAYMENT: [{ ...countyFinance, role: 'FINANCE_OFFICER', capacity: 'PREPARE' }],
} as const satisfies Record<CaseStage, readonly Desk[]>

/** Money that came back, and a death that a register tells, need finance and, for the right account, the township. */
const accountDesk: Desk = { ...township, role: 'TOWNSHIP_HANDLER', capacity: 'HANDLE' }

/** Where investigators sit who are no handlers of the township. */
const signatureDesks: readonly Desk[] = [
  { ...villageCommittee, role: 'VILLAGE_CLERK', capacity: 'HANDLE' },
  { ...township, role: 'TOWNSHIP_LEADER', capacity: 'HANDLE' },
]

/** An account put right waits for a second person. */
const agreementDesk: Desk = { ...township, role: 'TOWNSHIP_LEADER', capacity: 'REVIEW' }

/** Where a decision waits for the county's own visit, its handler has the case beside whoever decides. */
const visitedFrom: readonly CaseStage[] = ['TOWNSHIP_CONFIRMATION', 'COUNTY_CONFIRMATION']

/** The desks on which a case lies now. */
export function desksOf(state: CaseState): readonly Desk[] {
  if (state.version === 0 || state.stage === 'CLOSED') return []
  if (state.stage === 'SURVEY') return surveyDesks(state)
  if (state.stage === 'FIRST_PAYMENT') return paymentDesks(state)
  return owesCountyVisit(state) && visitedFrom.includes(state.stage)
    ? [...desks[state.stage], ...desks.COUNTY_REVIEW]
    : desks[state.stage]
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
