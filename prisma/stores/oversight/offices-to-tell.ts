import type { Db } from '../../client.ts'
import { Prisma } from '../../generated/client.ts'

/**
 * The offices that hear of what is no desk's own: of a case its county's bureau, so that it is seen there and above; of
 * anything else, and where there is no bureau, every office that has an administrator.
 */
export async function officesToTell(
  db: Db,
  matterId: string | null,
): Promise<{ officeId: string; countyId: string | null }[]> {
  const aboutCase = matterId === null ? Prisma.sql`FALSE` : Prisma.sql`c.id = ${matterId}`
  const bureau = await db.$queryRaw<{ officeId: string; countyId: string }[]>`
    SELECT f.id AS "officeId", c."countyId" FROM matter c JOIN office f ON f."placeId" = c."countyId"
    WHERE ${aboutCase} AND f.kind = 'CIVIL_AFFAIRS_BUREAU' ORDER BY f.id`
  if (bureau.length > 0) return bureau
  return db.$queryRaw`
    SELECT f.id AS "officeId", p."countyId" FROM office f LEFT JOIN place p ON p.id = f."placeId"
    WHERE EXISTS (SELECT FROM post WHERE post."officeId" = f.id AND post.role = 'ADMINISTRATOR') ORDER BY f.id`
}
