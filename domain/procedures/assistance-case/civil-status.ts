import type { MatchingSource } from '../../vocabulary.ts'
import type { StatedStatus } from './facts.ts'
import type { CaseState } from './state.ts'

/** What a register says of a person of the household now, and which register it is. */
export type StandingStatus = StatedStatus & { source: MatchingSource }

/** What registers say of persons by the answers that stand, whether it has been dealt with or not. */
export function standingStatuses({ matching }: CaseState): StandingStatus[] {
  return (matching?.answers ?? []).flatMap(({ source, statuses = [] }) =>
    statuses.map((status) => ({ ...status, source })),
  )
}

/**
 * What nobody has dealt with yet: that a member is dead, imprisoned, has moved away or is another person. Nothing is signed
 * past it. What was answered stands when the register says the same again.
 */
export function openStatuses(state: CaseState): StandingStatus[] {
  return standingStatuses(state).filter(
    ({ personId, status }) =>
      status !== 'OTHER' &&
      !state.settledStatuses.some((settled) => settled.personId === personId && settled.status === status),
  )
}

/** True while the account that would be paid into is that of somebody who has died. */
export function isPayeeGone({ payeeGone, accountId }: CaseState): boolean {
  return payeeGone !== null && payeeGone === accountId
}
