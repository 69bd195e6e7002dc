import type { PlainDate } from '../time/plain-date.ts'
import type { Role } from '../vocabulary.ts'
import type { CommonAct } from './acts.ts'
import { type Refusal, refuse } from './refusals.ts'
import { type MatterState, registeredWait } from './state.ts'

/** What stands in the way of waiting for somebody and of watching, in whatever matter. */
export function commonHindrances(
  state: MatterState,
  { officeId, role, today }: { officeId: string; role: Role; today: PlainDate },
): Partial<Record<CommonAct, Refusal>> {
  const wait = registeredWait(state, today)
  const { order } = state
  const found: Partial<Record<CommonAct, Refusal | undefined>> = {
    AWAIT: wait?.through ? refuse('alreadyWaiting', { throughDay: wait.through }) : undefined,
    END_WAITING: wait === undefined ? refuse('notWaiting') : undefined,
    ISSUE_ORDER: order === null ? undefined : refuse('orderOpen', { number: order.number }),
    ANSWER_ORDER: barredFromAnswering(state, officeId),
    CLOSE_ORDER: barredFromClosing(state, role),
  }
  return Object.fromEntries(Object.entries(found).filter(([, refusal]) => refusal !== undefined))
}

/** What of these is not even shown while something stands in its way. */
export const hiddenInAny: readonly CommonAct[] = ['AWAIT', 'END_WAITING', 'ISSUE_ORDER', 'ANSWER_ORDER', 'CLOSE_ORDER']

function barredFromAnswering({ order }: MatterState, officeId: string): Refusal | undefined {
  if (order === null) return refuse('noOrderOpen')
  if (order.answered) return refuse('orderAnswered')
  return order.officeId === officeId ? undefined : refuse('notTheAddressee')
}

/** What the city ordered is not for the county to close. */
function barredFromClosing({ order }: MatterState, role: Role): Refusal | undefined {
  if (order === null) return refuse('noOrderOpen')
  return order.issuedAs === 'CITY_SUPERVISOR' && role !== 'CITY_SUPERVISOR' ? refuse('orderFromAbove') : undefined
}
