import type { Permission } from '../matter/permission.ts'
import type { Procedure } from '../matter/procedure.ts'
import type { Role } from '../vocabulary.ts'
import { allProcedures, procedureOf } from './index.ts'

/** The tables of authority of all procedures as one list, for whoever asks what a role has to do with an act at all. */

/** Every permission of a procedure, that to open it included. */
export function permissionsIn({ opening, course }: Pick<Procedure, 'opening' | 'course'>): Permission[] {
  return [opening, ...Object.values(course).flatMap(({ acts }) => acts)]
}

const everyPermission = allProcedures.flatMap(permissionsIn)

/** Every role that is allowed an act at some stage of some procedure. */
export function rolesAllowed(action: string): Role[] {
  return [...new Set(everyPermission.filter((one) => one.action === action).flatMap(({ roles }) => roles))]
}

/** Roles for which some table of authority has something to do: a post of such a role is never to be empty. */
export const neededRoles: readonly Role[] = [...new Set(everyPermission.flatMap(({ roles }) => roles))]

/** What a stage of a procedure allows to anybody. */
export function actsAt(kind: string, stage: string): string[] {
  return (procedureOf(kind).course[stage]?.acts ?? []).map(({ action }) => action)
}
