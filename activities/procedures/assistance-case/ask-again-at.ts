import type { CaseDuty } from '../../../domain/procedures/assistance-case/duties.ts'
import { type Instant, instant } from '../../../domain/time/plain-date.ts'
import type { LockedCase } from '../../../prisma/stores/matter/locked-matter.ts'
import { nextAskOfCentreAt } from '../../../prisma/stores/household/matching.ts'
import { findInstruction } from '../../../prisma/stores/money/payments.ts'

/** Asking again is a duty only from an instant on; requesting, and sending what nothing holds, are duties at once. */
export async function askAgainAt({ state, tx }: LockedCase): Promise<Partial<Record<CaseDuty, Instant | null>>> {
  const { matching, instruction } = state
  const centre = matching === null ? null : await nextAskOfCentreAt(tx, matching.matchingRequestId)
  const nextAskAt = instruction === null ? null : (await findInstruction(tx, instruction.instructionId))?.nextAskAt
  const bank = nextAskAt ? instant(nextAskAt.getTime()) : null
  // What is held is looked at again from time to time, and goes out when it is again what was signed.
  return { ASK_MATCHING_CENTRE: centre, ASK_BANK: bank, SEND_PAYMENT: bank }
}
