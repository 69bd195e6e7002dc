import { isOpen } from '../../domain/case/case-state.ts'
import { type Duty, dutiesOf } from '../../domain/case/work-at-hand.ts'
import { type Instant, instant, msOf } from '../../domain/time/plain-date.ts'
import { nextDueAt } from '../../prisma/stores/deadlines.ts'
import type { Dossier } from '../../prisma/stores/dossier.ts'
import { nextAskOfCentreAt } from '../../prisma/stores/matching.ts'
import { findInstruction } from '../../prisma/stores/payments.ts'
import type { Standing } from '../contract.ts'

/** A timer wakes a little after its instant, so that a clock that is a moment behind does not wake in vain. */
const wakeMarginMs = 500

/** Where a case stands: what is allowed, what the procedure owes now, and when time alone changes something. */
export async function standingOf(dossier: Dossier): Promise<Standing> {
  const { state, tx, row, now } = dossier
  if (!isOpen(state)) return { version: state.version, stage: state.stage, duties: [], wakeAfterMs: null }

  const asked = await askInstants(dossier)
  const owed = dutiesOf(state)
  return {
    version: state.version,
    stage: state.stage,
    duties: owed.filter((duty) => isDue(asked[duty], now)),
    wakeAfterMs: soonest([
      untilMs(await nextDueAt(tx, row.id), now, wakeMarginMs + spreadOf(row.id)),
      ...owed.map((duty) => untilMs(asked[duty] ?? null, now, wakeMarginMs)),
    ]),
  }
}

/** Asking again is a duty only from an instant on; requesting, and sending what nothing holds, are duties at once. */
async function askInstants({ state, tx }: Dossier): Promise<Partial<Record<Duty, Instant | null>>> {
  const { matching, instruction } = state
  const centre = matching === null ? null : await nextAskOfCentreAt(tx, matching.matchingRequestId)
  const nextAskAt = instruction === null ? null : (await findInstruction(tx, instruction.instructionId))?.nextAskAt
  const bank = nextAskAt ? instant(nextAskAt.getTime()) : null
  // What is held is looked at again from time to time, and goes out when it is again what was signed.
  return { ASK_MATCHING_CENTRE: centre, ASK_BANK: bank, SEND_PAYMENT: bank }
}

function isDue(at: Instant | null | undefined, now: Instant): boolean {
  return !at || at <= now
}

/** Until an instant ahead and a little beyond it; null for one that has passed or is none. */
function untilMs(at: Instant | null, now: Instant, marginMs: number): number | null {
  return at === null || at <= now ? null : msOf(at) - msOf(now) + marginMs
}

function soonest(waits: readonly (number | null)[]): number | null {
  const ahead = waits.filter((wait) => wait !== null)
  return ahead.length === 0 ? null : Math.min(...ahead)
}

/** Up to a minute, always the same for a case, so that what is due at one midnight does not wake at one instant. */
function spreadOf(caseId: string): number {
  let sum = 0
  for (const character of caseId) sum = (sum * 31 + character.charCodeAt(0)) % 1000
  return sum * 60
}
