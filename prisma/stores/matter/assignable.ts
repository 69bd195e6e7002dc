import { isFreeFor } from '../../../domain/staff/may-act.ts'
import type { Role } from '../../../domain/vocabulary.ts'
import type { Db } from '../../client.ts'
import { findActingOfficer } from './acting-officer.ts'
import type { LockedMatter } from './locked-matter.ts'
import { presentOn } from '../staff/post-fillings.ts'

/** The desks on which a case lies now, by office and role. */
export async function findHolders(db: Db, matterId: string): Promise<{ officeId: string; role: Role }[]> {
  return db.task.findMany({ where: { matterId, closedAt: null }, select: { officeId: true, role: true } })
}

/**
 * Whether somebody fills a post of this role at the desk today, neither away nor disabled, and may take the part in the
 * case that is needed there.
 */
export async function mayBeAssigned(
  matter: LockedMatter,
  { role, officerId }: { role: Role; officerId: string },
): Promise<boolean> {
  const { tx, row, today } = matter
  const capacity = matter.procedure.desksOf(matter.state).find((desk) => desk.role === role)?.capacity ?? null
  const posts = await tx.$queryRaw<{ postId: string }[]>`
    SELECT s."postId" FROM ${presentOn(today)} s JOIN post p ON p.id = s."postId"
    JOIN task t ON t."officeId" = p."officeId" AND t.role = p.role
    WHERE s."officerId" = ${officerId} AND p.role = ${role}::"Role" AND t."matterId" = ${row.id} AND t."closedAt" IS NULL`
  for (const { postId } of posts) {
    const officer = await findActingOfficer(matter, { officerId, postId })
    if (officer !== null && isFreeFor(capacity, officer)) return true
  }
  return false
}
