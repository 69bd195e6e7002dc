import { StaffRefused } from '../../../domain/staff/staff-refusals.ts'
import type { PlainDate } from '../../../domain/time/plain-date.ts'
import type { Prisma } from '../../generated/client.ts'
import { officesInArea, type PostRow } from './offices.ts'
import { seatedOn } from './post-fillings.ts'

type Tx = Prisma.TransactionClient

/**
 * After a change has been written: each of these posts of administrators lies, from a day on and without end, in the area
 * of somebody who is an administrator. With nobody left, nobody could ever be appointed again. @throws StaffRefused
 */
export async function refuseLastAdministrator(tx: Tx, posts: readonly PostRow[], fromOn: PlainDate): Promise<void> {
  const offices = posts.filter(({ role }) => role === 'ADMINISTRATOR').map(({ office }) => office.officeId)
  if (offices.length === 0) return
  // Two in different offices who end each other at the same moment are in different registers.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('administrators'))`
  const lasting = await tx.$queryRaw<{ officeId: string }[]>`
    SELECT DISTINCT p."officeId" FROM ${seatedOn(fromOn)} s JOIN post p ON p.id = s."postId" JOIN officer o ON o.id = s."officerId"
    WHERE p.role = 'ADMINISTRATOR' AND o."disabledAt" IS NULL AND s."standsInFor" IS NULL
      AND EXISTS (SELECT FROM post_holding h WHERE h."postId" = s."postId" AND h."officerId" = s."officerId"
        AND h."effectiveTo" IS NULL)`
  const covered = new Set<string>()
  for (const { officeId } of lasting)
    for (const office of await officesInArea(tx, officeId, fromOn)) covered.add(office.officeId)
  if (offices.some((officeId) => !covered.has(officeId))) throw new StaffRefused('lastAdministrator')
}
