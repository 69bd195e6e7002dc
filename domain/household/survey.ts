import type { Fen } from '../money.ts'
import type { PlainDate } from '../time/plain-date.ts'
import type { ExemptionKey, IncomeKind, PropertyKind } from '../vocabulary.ts'

/**
 * An officer's word against a register: which matched fact it replaces, and why; both or neither. It settles nothing
 * without a reason (57 Art. 18: the applicant explains, the township checks again).
 */
export type Settlement = { settlesFactId?: string | undefined; reason?: string | undefined }

/** Income that investigators established at a household visit, fen a month. */
export type SurveyedIncome = {
  personId: string
  kind: IncomeKind
  monthlyFen: Fen
  surveyedOn: PlainDate
} & Settlement

/**
 * Property that investigators established. `held` is false for what was sold, scrapped or never theirs; what is theirs and
 * does not count in this place is held, with its `exemption`.
 */
export type SurveyedProperty = {
  personId: string
  kind: PropertyKind
  valueFen: Fen
  held: boolean
  exemption?: ExemptionKey | undefined
  surveyedOn: PlainDate
} & Settlement

/** The item that settles a fact, if one does: of several the last surveyed. */
export function settlementOf<T extends Settlement & { surveyedOn: PlainDate }>(
  factId: string,
  surveyed: readonly T[],
): T | undefined {
  return surveyed
    .filter((item) => item.settlesFactId === factId && item.reason !== undefined && item.reason.trim() !== '')
    .sort((a, b) => (a.surveyedOn < b.surveyedOn ? 1 : -1))[0]
}
