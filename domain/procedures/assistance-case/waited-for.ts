import type { WaitedForParty } from '../../vocabulary.ts'
import { type CaseState, pendingSources } from './state.ts'

/** Whom the course of an application waits for: the household that mends it, or registers that have not answered. */
export function waitedFor(state: CaseState): WaitedForParty | null {
  if (state.stage === 'CORRECTION') return 'HOUSEHOLD'
  const onlyRegisters = state.stage === 'TOWNSHIP_OPINION' && state.surveyComplete
  return onlyRegisters && pendingSources(state).length > 0 ? 'MATCHING_CENTRE' : null
}
