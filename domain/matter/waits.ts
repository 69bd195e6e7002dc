import type { PlainDate } from '../time/plain-date.ts'
import type { WaitedForParty } from '../vocabulary.ts'
import type { MatterState, Wait } from './state.ts'

/**
 * The waits of a matter after an event: what its course itself makes somebody wait for. A case that is sent back to be
 * mended waits for the household; one that is surveyed waits for the registers until all have answered. Whoever waits is
 * done waiting when the matter moves on.
 * @param wanted whom the course of the matter waits for now.
 */
export function followWaits<State extends MatterState>(
  before: State,
  after: State,
  { wanted, on }: { wanted: WaitedForParty | null; on: PlainDate },
): State {
  const moved = before.stage !== after.stage ? endWaits(after, on, () => true) : after
  const ended = endWaits(moved, on, ({ registered, waitsFor }) => !registered && waitsFor !== wanted)
  if (wanted === null || ended.waits.some(({ registered, through }) => !registered && through === null)) return ended
  const wait: Wait = { waitsFor: wanted, from: on, through: null, pausedLimits: [], registered: false }
  return { ...ended, waits: [...ended.waits, wait] }
}

/** Ends waits that are still going on; a state in which none does is left as it is. */
function endWaits<State extends MatterState>(state: State, on: PlainDate, which: (wait: Wait) => boolean): State {
  const goesOn = (wait: Wait) => wait.through === null || wait.through > on
  if (!state.waits.some((wait) => goesOn(wait) && which(wait))) return state
  const through = (wait: Wait) => (wait.from > on ? wait.from : on)
  const waits = state.waits.map((wait) => (goesOn(wait) && which(wait) ? { ...wait, through: through(wait) } : wait))
  return { ...state, waits }
}
