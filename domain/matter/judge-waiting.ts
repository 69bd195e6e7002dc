import { addDays } from '../time/plain-date.ts'
import type { WaitedForParty } from '../vocabulary.ts'
import type { CommonCommand } from './acts.ts'
import { type Circumstances, hasPaper } from './circumstances.ts'
import type { CommonFacts, FactOf } from './facts.ts'
import { pausableLimits } from './limit-keys.ts'
import { type Refusal, refuse } from './refusals.ts'
import { type LimitRun, type MatterState, registeredWait } from './state.ts'

/**
 * Waiting for somebody else, always with a last day, so that no case waits forgotten. A clock stands still only where a
 * document of the place says so; everywhere else the days run on and are charged to whoever is waited for.
 *
 * Source: 57 Art. 22 and 83 part 4(1) name no pause; a place may cite a document of its own (`pause.rules`).
 */
export function judgeWaiting(
  command: CommonCommand,
  state: MatterState,
  circumstances: Circumstances,
): FactOf<CommonFacts> | Refusal {
  switch (command.action) {
    case 'AWAIT':
      return judgeAwait(command, state, circumstances)
    case 'END_WAITING':
      if (registeredWait(state, command.occurredOn) === undefined) return refuse('notWaiting')
      return { type: 'WAITING_ENDED', data: {} }
    default:
      return refuse('notPermittedAtThisStage', { stage: state.stage })
  }
}

function judgeAwait(
  { details: { waitsFor, throughDay }, occurredOn }: CommonCommand & { action: 'AWAIT' },
  state: MatterState,
  circumstances: Circumstances,
): FactOf<CommonFacts> | Refusal {
  const lastDay = addDays(occurredOn, circumstances.parameters.mostWaitingDays())
  if (throughDay <= occurredOn || throughDay > lastDay) return refuse('waitingDayNotPossible', { occurredOn, lastDay })
  if (!hasPaper(circumstances, 'REASON')) return refuse('paperMissing', { paper: 'REASON' })
  const known = registeredWait(state, occurredOn)
  if (known !== undefined) return refuse('alreadyWaiting', { throughDay: known.through ?? throughDay })
  return { type: 'WAITING_BEGUN', data: { waitsFor, throughDay, ...pauseOf(waitsFor, state, circumstances) } }
}

/** The clocks that stand still, of those that run and have not run out; none without a document. */
function pauseOf(waitsFor: WaitedForParty, { limits, breached }: MatterState, { parameters }: Circumstances) {
  const pause = parameters.pauseRules()
  const named = (pause?.rules ?? []).filter((rule) => rule.waitsFor === waitsFor).flatMap((rule) => rule.limits)
  const late = (one: LimitRun) => breached.some(({ limit, run }) => limit === one.limit && run === one.run)
  const running = limits.filter((one) => one.stoppedOn === null && !late(one)).map(({ limit }) => limit)
  const pausedLimits = pausableLimits.filter((limit) => named.includes(limit) && running.includes(limit))
  return { pausedLimits: [...pausedLimits], pauseSource: pausedLimits.length === 0 ? null : (pause?.source ?? null) }
}
