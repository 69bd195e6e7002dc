import type { InstructionStanding } from '../../../domain/procedures/assistance-case/state.ts'
import { addMs } from '../../../domain/time/plain-date.ts'
import type { HoldReason } from '../../../domain/vocabulary.ts'
import { stableId } from '../../../platform/stable-id.ts'
import { raiseCaseAlarm } from '../../../prisma/stores/oversight/matter-alarms.ts'
import type { LockedCase } from '../../../prisma/stores/matter/locked-matter.ts'
import { askBankAgainAt } from '../../../prisma/stores/money/payments.ts'
import { appendOwn } from '../../filing/append-own.ts'

/** How long until a payment that is held is looked at again. */
const lookAgainAfterMs = 60 * 60 * 1000

/**
 * Stops a payment that is not what was signed: the case says so with its reasons, the county's supervisor is told by an alarm, and it is
 * looked at again every hour. It goes out when the archive again holds what was signed, and never otherwise.
 */
export async function holdPayment(
  matter: LockedCase,
  { instructionId, heldFor }: InstructionStanding,
  reasons: HoldReason[],
): Promise<void> {
  const { tx, state, now } = matter
  if (reasons.join() !== heldFor.join()) {
    const eventId = stableId(instructionId, 'HELD', state.version)
    await appendOwn(matter, eventId, { type: 'PAYMENT_HELD', data: { instructionId, reasons } }, instructionId)
  }
  await askBankAgainAt(tx, instructionId, addMs(now, lookAgainAfterMs))
  await raiseCaseAlarm(matter, 'PAYMENT_HELD', instructionId, { reasons })
}

/** What was held is again what was signed, and goes out. */
export async function endHold(matter: LockedCase, instructionId: string): Promise<void> {
  const eventId = stableId(instructionId, 'HOLD_ENDED', matter.state.version)
  await appendOwn(matter, eventId, { type: 'PAYMENT_HOLD_ENDED', data: { instructionId } }, instructionId)
}
