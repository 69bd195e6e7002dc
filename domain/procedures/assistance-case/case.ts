import { applyEvent, fold } from '../../matter/fold.ts'
import type { MatterEvent } from '../../matter/facts.ts'
import { blankCase, type CaseState } from './state.ts'
import type { CaseEvent } from './facts.ts'
import { assistanceCase } from './index.ts'

/** The present state of an application. Its events are those of its own procedure: its row says so. */
export function foldCase(events: readonly MatterEvent[]): CaseState {
  return fold(assistanceCase, events) as CaseState
}

/** The state of an application after one more event. */
export function applyCaseEvent(state: CaseState, event: CaseEvent): CaseState {
  return applyEvent(assistanceCase, state, event) as CaseState
}

export { blankCase }
