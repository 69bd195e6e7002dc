import { addMs, type Instant } from '../../../domain/time/plain-date.ts'
import { readClockOffset } from '../../../prisma/stores/system/clock.ts'
import type { LockedCase } from '../../../prisma/stores/matter/locked-matter.ts'

/** How far an institution's clock may stand from ours. */
const toleranceMs = 15 * 60 * 1000

/** When an institution can have acted on what we sent: not before that, and not after now. */
export type PossibleTime = { from: Instant; through: Instant }

export function isPossible(at: Instant, { from, through }: PossibleTime): boolean {
  return from <= at && at <= through
}

export type PossibleTimes = { ofMatching: PossibleTime; ofPayment: PossibleTime }

/**
 * The times between which the answers to this case's question and order must lie. The stand-ins of a
 * training copy are told its time, but not at the same instant, and one that could not be told dates that much earlier.
 */
export async function possibleTimes({ tx, events, state, now }: LockedCase): Promise<PossibleTimes> {
  const offsetMs = await readClockOffset(tx)
  const since = (sentAt: Instant | undefined): PossibleTime => ({
    from: addMs(sentAt ?? now, -toleranceMs - offsetMs),
    through: addMs(now, toleranceMs),
  })
  const { matching, instruction } = state
  const asked = events.findLast(
    ({ type, data }) =>
      type === 'MATCHING_REQUESTED' &&
      'matchingRequestId' in data &&
      data.matchingRequestId === matching?.matchingRequestId,
  )
  const released = events.findLast(
    ({ type, data }) =>
      type === 'PAYMENT_RELEASED' && 'instructionId' in data && data.instructionId === instruction?.instructionId,
  )
  return { ofMatching: since(asked?.recordedAt), ofPayment: since(released?.recordedAt) }
}
