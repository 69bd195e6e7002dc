import type { Action, RiskMark } from '../vocabulary.ts'

/**
 * Acts that may be done on many ticked cases at once. Watching moves nothing. Of decisions there are few, and none that
 * signs a finding about a household: a first award, a refusal, a cut or a stop is decided one by one, by somebody who has
 * the file open. An act that is not named here is never done in bulk.
 */
export const actsInBulk = {
  URGE: 'WATCHING',
  ASSIGN: 'WATCHING',
  ACCEPT: 'DECISION',
  PREPARE_PAYMENT: 'DECISION',
  RELEASE_PAYMENT: 'DECISION',
} as const satisfies Partial<Record<Action, 'WATCHING' | 'DECISION'>>

export type ActInBulk = keyof typeof actsInBulk
export type DecisionInBulk = { [A in ActInBulk]: (typeof actsInBulk)[A] extends 'DECISION' ? A : never }[ActInBulk]

/** The decisions among them. */
export const decisionsInBulk = (Object.keys(actsInBulk) as ActInBulk[]).filter(isDecisionInBulk)

export function isInBulk(action: Action): action is ActInBulk {
  return action in actsInBulk
}

export function isDecisionInBulk(action: Action): action is DecisionInBulk {
  return isInBulk(action) && actsInBulk[action] === 'DECISION'
}

/** Why a case is decided singly whatever it is like (57 Art. 11, 20; 43 Art. 16): it must be looked at. */
export function singledOutBy({
  riskMarks,
  relativeFiled,
}: {
  riskMarks: readonly RiskMark[]
  relativeFiled: boolean
}): RiskMark[] {
  const marks = new Set(riskMarks)
  if (relativeFiled) marks.add('RELATIVE_FILED')
  return [...marks].sort()
}
