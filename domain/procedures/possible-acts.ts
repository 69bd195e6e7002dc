import { commonHindrances, hiddenInAny } from '../matter/common-hindrances.ts'
import { barredByCapacity } from '../matter/judge.ts'
import type { Permission } from '../matter/permission.ts'
import type { Procedure } from '../matter/procedure.ts'
import { type Refusal, refuse } from '../matter/refusals.ts'
import type { MatterState } from '../matter/state.ts'
import type { ParametersInForce } from '../policy/parameters-in-force.ts'
import type { PlainDate } from '../time/plain-date.ts'
import type { Capacity, Role } from '../vocabulary.ts'
import type { Action } from './words.ts'

/** Who asks what may be done, on which day, and by which rules of the place. */
export type Actor = {
  officerId: string
  officeId: string
  role: Role
  /** The part that they took in this matter. */
  capacityHeld: Capacity | null
  today: PlainDate
  parameters: ParametersInForce
}

/** An act that the stage allows, and what stands in its way; null where nothing does that is known before its form. */
export type PossibleAct = { act: Action; refusal: Refusal | null }

/**
 * Judges every act that the stage allows, dry: without what its form says and without what filing looks up. What it refuses
 * the judge refuses as well; what it lets pass the judge may still refuse.
 */
export function possibleActs(procedure: Procedure, state: MatterState, actor: Actor): PossibleAct[] {
  const found = hindrancesOf(procedure, state, actor)
  return actsAt(procedure, state, actor.parameters).map((permission) => ({
    act: permission.action as Action,
    refusal: barredFrom(permission, actor) ?? found[permission.action] ?? null,
  }))
}

/**
 * What an officer is offered: of the acts that the stage allows to the role, those that a matter as it stands has a use
 * for. A courtesy to whoever looks for the button; the judge alone decides.
 */
export function offeredActions(procedure: Procedure, state: MatterState, actor: Actor): Action[] {
  const found = hindrancesOf(procedure, state, actor)
  const hidden: readonly string[] = [...hiddenInAny, ...procedure.hiddenWhenHindered]
  return actsAt(procedure, state, actor.parameters)
    .filter(({ action, roles }) => roles.includes(actor.role) && !(hidden.includes(action) && action in found))
    .map(({ action }) => action as Action)
}

function actsAt({ course }: Procedure, state: MatterState, parameters: ParametersInForce) {
  return (course[state.stage]?.acts ?? []).filter(({ when }) => when?.(state, parameters) !== false)
}

function hindrancesOf(
  procedure: Procedure,
  state: MatterState,
  actor: Actor,
): Readonly<Partial<Record<string, Refusal>>> {
  return { ...commonHindrances(state, actor), ...procedure.hindrances(state, actor) }
}

function barredFrom(
  { roles, capacity }: Pick<Permission, 'roles' | 'capacity'>,
  { role, capacityHeld }: Actor,
): Refusal | undefined {
  if (!roles.includes(role)) return refuse('notYourRole', { role })
  return barredByCapacity(capacity, capacityHeld)
}
