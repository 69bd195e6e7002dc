import type { Discrepancy } from '../household/matched-fact.ts'
import type { RefusalReason } from '../vocabulary.ts'
import type { Assessment } from './assessment.ts'
import type { ConditionKey, ConditionOutcome } from './condition.ts'
import { legalBasisOn } from './legal-basis.ts'
import type { PlainDate } from '../time/plain-date.ts'

/** What a file holds that could bear a refusal out. */
export type RefusalEvidence = {
  assessment: Pick<Assessment, 'conditions'>
  /** Where registers found more than was declared, or something that was not. */
  discrepancies: readonly Pick<Discrepancy, 'differenceFen'>[]
  /** Somebody who was declared does not count, or the applicant is registered in another county. */
  residenceInDoubt: boolean
  /** The household was asked for something in writing: the file came back to be mended, or waited for them. */
  wasAskedFor: boolean
}

/**
 * The reasons that the assessment or the file bears out. The others are no reasons: a household could not answer them.
 * `OTHER` rests on the officer's own words alone.
 *
 * Source: 57 Art. 21, Social Assistance Law Art. 45 (reasons); 57 Art. 29 (cooperation).
 */
export function reasonsBorneOut(evidence: RefusalEvidence): RefusalReason[] {
  const bornOut: Record<RefusalReason, boolean> = {
    INCOME_OVER_STANDARD: is(evidence, 'NOT_MET', 'INCOME'),
    PROPERTY_OVER_LIMIT:
      is(evidence, 'NOT_MET', 'FINANCIAL_PROPERTY', 'VEHICLES', 'DWELLINGS') ||
      // No general limit: officers assess it, and say how.
      is(evidence, 'NOT_ASSESSED', 'OTHER_PROPERTY', 'FINANCIAL_PROPERTY', 'VEHICLES', 'DWELLINGS'),
    UNDECLARED_INCOME_OR_PROPERTY: evidence.discrepancies.some(({ differenceFen }) => differenceFen >= 0),
    NOT_RESIDENT: evidence.residenceInDoubt || is(evidence, 'NOT_MET', 'MEMBERS'),
    DOES_NOT_COOPERATE: evidence.wasAskedFor,
    OTHER: true,
  }
  return (Object.keys(bornOut) as RefusalReason[]).filter((reason) => bornOut[reason])
}

function is({ assessment }: RefusalEvidence, outcome: ConditionOutcome, ...keys: readonly ConditionKey[]): boolean {
  return assessment.conditions.some((condition) => keys.includes(condition.key) && condition.outcome === outcome)
}

/** The clause that each reason rests on, as cited to households on a day; none for an officer's own. */
export function clauseOfReason(reason: RefusalReason, on: PlainDate): string | null {
  const basis = legalBasisOn(on)
  const clauses: Record<RefusalReason, string | null> = {
    INCOME_OVER_STANDARD: `${basis.eligibility}、${basis.income}`,
    PROPERTY_OVER_LIMIT: basis.property,
    UNDECLARED_INCOME_OR_PROPERTY: basis.declaration,
    NOT_RESIDENT: basis.members,
    DOES_NOT_COOPERATE: basis.cooperation,
    OTHER: null,
  }
  return clauses[reason]
}
