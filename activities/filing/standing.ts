import { isOpen } from '../../domain/case/case-state.ts'
import { actionsAt } from '../../domain/case/permitted-actions.ts'
import { type Duty, dutiesOf } from '../../domain/case/work-at-hand.ts'
import { type Instant, instant, msOf } from '../../domain/time/plain-date.ts'
import { nextDueAt } from '../../prisma/stores/deadlines.ts'
import type { Dossier } from '../../prisma/stores/dossier.ts'
import { nextAskOfCentreAt } from '../../prisma/stores/matching.ts'
import { findInstruction } from '../../prisma/stores/payments.ts'
import type { Standing } from '../contract.ts'

/** Wakes come this much after the instant, and for large numbers of cases spread over the minutes after it. */
const wakeMargin = { least: 500, spread: 60_000 }

/** Where a case stands: what is allowed, what the procedure owes now, and when time alone changes something. */
export async function standingOf(dossier: Dossier): Promise<Standing> {
  const { state, tx, row, now } = dossier
  if (!isOpen(state)) return { version: state.version, stage: state.stage, actions: [], duties: [], wakeAfterMs: null }

  const asked = await askInstants(dossier)
  const owed = dutiesOf(state)
  const wakeAts = [await nextDueAt(tx, row.id), ...owed.map((duty) => asked[duty] ?? null)]
  return {
    version: state.version,
    stage: state.stage,
    actions: actionsAt(state.stage),
    duties: owed.filter((duty) => isDue(asked[duty], now)),
    wakeAfterMs: soonest(wakeAts, now, row.id),
  }
}

/** Asking again is a duty only from an instant on; sending and requesting are duties at once. */
async function askInstants({ state, tx }: Dossier): Promise<Partial<Record<Duty, Instant | null>>> {
  const { matching, instruction } = state
  const centre = matching === null ? null : await nextAskOfCentreAt(tx, matching.matchingRequestId)
  const nextAskAt = instruction === null ? null : (await findInstruction(tx, instruction.instructionId))?.nextAskAt
  return { ASK_MATCHING_CENTRE: centre, ASK_BANK: nextAskAt ? instant(nextAskAt.getTime()) : null }
}

function isDue(at: Instant | null | undefined, now: Instant): boolean {
  return !at || at <= now
}

function soonest(instants: readonly (Instant | null)[], now: Instant, caseId: string): number | null {
  const ahead = instants.filter((at) => at !== null && at > now).toSorted()[0]
  if (!ahead) return null
  return msOf(ahead) - msOf(now) + wakeMargin.least + (spreadOf(caseId) * wakeMargin.spread) / 1000
}

/** A stable number from 0 to 999 for a case, so that what is due at one midnight does not wake at one instant. */
function spreadOf(caseId: string): number {
  let sum = 0
  for (const character of caseId) sum = (sum * 31 + character.charCodeAt(0)) % 1000
  return sum
}
