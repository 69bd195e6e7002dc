import type { Condition, ConditionKey, ConditionOutcome } from '../policy/condition.ts'
import type { DibaoCategory, PaperKind, ResidenceKind } from '../vocabulary.ts'
import type { Stage } from '../procedures/words.ts'

/** What cases decided together must have in common: what the rules make of them, what speaks against haste, what is on file. */
export type Likeness = {
  stage: Stage
  ruleResult: {
    residenceKind: ResidenceKind
    category: DibaoCategory | null
    outcomes: Partial<Record<ConditionKey, ConditionOutcome>>
  }
  /** Declared and found do not agree, or a register has said nothing. */
  risk: { discrepancies: boolean; unknownSources: boolean; late: boolean }
  documents: PaperKind[]
}

/** What a case is like, from what the rules say of it now and what its log rests on. */
export function likenessOf(facts: {
  stage: Stage
  residenceKind: ResidenceKind
  category: DibaoCategory | null
  conditions: readonly Condition[]
  discrepancies: number
  unknownSources: number
  late: boolean
  documents: readonly PaperKind[]
}): Likeness {
  const { stage, residenceKind, category, conditions, discrepancies, unknownSources, late, documents } = facts
  return {
    stage,
    ruleResult: {
      residenceKind,
      category,
      outcomes: Object.fromEntries(conditions.map(({ key, outcome }) => [key, outcome])),
    },
    risk: { discrepancies: discrepancies > 0, unknownSources: unknownSources > 0, late },
    documents: [...new Set(documents)].sort(),
  }
}

/** Equal keys mean alike; in an order of their own, so that no two writings of one likeness differ. */
export function likenessKey({ stage, ruleResult, risk, documents }: Likeness): string {
  const outcomes = Object.entries(ruleResult.outcomes)
    .map(([key, outcome]) => `${key}=${outcome}`)
    .sort()
  const risks = Object.entries(risk)
    .map(([key, holds]) => `${key}=${holds}`)
    .sort()
  return [stage, ruleResult.residenceKind, ruleResult.category ?? '-', ...outcomes, ...risks, ...documents].join('|')
}
