import { permittedActions, submission } from '../case/permitted-actions.ts'
import type { Role } from '../vocabulary.ts'

/** Roles for which the table of authority has something to do: a post of such a role is never to be empty. */
export const neededRoles: readonly Role[] = [
  ...new Set<Role>([submission, ...Object.values(permittedActions).flat()].flatMap(({ roles }) => [...roles])),
]
