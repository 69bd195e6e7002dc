import type { PlainDate } from '../time/plain-date.ts'
import type { WaitedForParty } from '../vocabulary.ts'
import type { CaseState, CaseWait } from './case-state.ts'

/**
 * The waits of a case after an event: what the course of the case itself makes somebody wait for. A case that is sent back
 * to be mended waits for the household; one that is surveyed waits for the registers until all have answered. Whoever
 * waits is done waiting when the case moves on.
 */
export function followWaits(before: CaseState, after: CaseState, on: PlainDate): CaseState {
  const moved = before.stage !== after.stage ? endWaits(after, on, () => true) : after
  const wanted = waitedForNow(moved)
  const ended = endWaits(moved, on, ({ registered, waitsFor }) => !registered && waitsFor !== wanted)
  if (wanted === null || ended.waits.some(({ registered, through }) => !registered && through === null)) return ended
  const wait: CaseWait = { waitsFor: wanted, from: on, through: null, pausedLimits: [], registered: false }
  return { ...ended, waits: [...ended.waits, wait] }
}

function waitedForNow(state: CaseState): WaitedForParty | null {
  if (state.stage === 'CORRECTION') return 'HOUSEHOLD'
  const onlyRegisters = state.stage === 'TOWNSHIP_OPINION' && state.surveyComplete
  const pending = state.matching?.answers.some(({ answer }) => answer === 'PENDING') ?? false
  return onlyRegisters && pending ? 'MATCHING_CENTRE' : null
}

/** Ends waits that are still going on; a state in which none does is left as it is. */
function endWaits(state: CaseState, on: PlainDate, which: (wait: CaseWait) => boolean): CaseState {
  const goesOn = (wait: CaseWait) => wait.through === null || wait.through > on
  if (!state.waits.some((wait) => goesOn(wait) && which(wait))) return state
  const through = (wait: CaseWait) => (wait.from > on ? wait.from : on)
  const waits = state.waits.map((wait) => (goesOn(wait) && which(wait) ? { ...wait, through: through(wait) } : wait))
  return { ...state, waits }
}
