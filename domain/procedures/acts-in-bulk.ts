import { allProcedures } from './index.ts'
import type { Action } from './words.ts'

/** Acts that some procedure lets be done on many ticked matters at once. An act that is not among them is never done in bulk. */
export const actsInBulk = new Map<string, 'WATCHING' | 'DECISION'>(
  allProcedures.flatMap(({ inBulk }) => Object.entries(inBulk).flatMap(([act, kind]) => (kind ? [[act, kind]] : []))),
)

/** The decisions among them. */
export const decisionsInBulk = [...actsInBulk.keys()].filter(isDecisionInBulk) as Exclude<Action, 'URGE' | 'ASSIGN'>[]

export function isDecisionInBulk(action: string): boolean {
  return actsInBulk.get(action) === 'DECISION'
}
