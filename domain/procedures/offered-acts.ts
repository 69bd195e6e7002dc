import type { CommonAct } from '../matter/acts.ts'
import type { Procedure } from '../matter/procedure.ts'
import { type MatterState, registeredWait } from '../matter/state.ts'
import type { ParametersInForce } from '../policy/parameters-in-force.ts'
import type { PlainDate } from '../time/plain-date.ts'
import type { Role } from '../vocabulary.ts'
import type { Action } from './words.ts'

/**
 * What an officer is offered: of the acts that the stage allows to the role, those that the matter as it stands has a use
 * for. A courtesy to whoever looks for the button; the judge alone decides.
 */
export function offeredActions(
  procedure: Procedure,
  state: MatterState,
  { officerId, role, officeId, today, parameters }: Offering,
): Action[] {
  const useless = [...uselessInAny(state, { officeId, today }), ...procedure.uselessActs(state, officerId)]
  return (procedure.course[state.stage]?.acts ?? [])
    .filter(
      ({ action, roles, when }) =>
        roles.includes(role) && !useless.includes(action) && when?.(state, parameters) !== false,
    )
    .map(({ action }) => action as Action)
}

/** To whom, on which day, by which rules of the place. */
type Offering = { officerId: string; role: Role; officeId: string; today: PlainDate; parameters: ParametersInForce }

function uselessInAny(state: MatterState, { officeId, today }: { officeId: string; today: PlainDate }): string[] {
  const waits = registeredWait(state, today) !== undefined
  const { order } = state
  const useless: Partial<Record<CommonAct, boolean>> = {
    AWAIT: waits,
    END_WAITING: !waits,
    ISSUE_ORDER: order !== null,
    ANSWER_ORDER: order === null || order.answered || order.officeId !== officeId,
    CLOSE_ORDER: order === null,
  }
  return (Object.keys(useless) as CommonAct[]).filter((act) => useless[act] === true)
}
