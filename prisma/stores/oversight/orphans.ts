import { neededRoles } from '../../../domain/procedures/authority.ts'
import type { Instant, PlainDate } from '../../../domain/time/plain-date.ts'
import type { Capacity, Role } from '../../../domain/vocabulary.ts'
import type { Stage } from '../../../domain/procedures/words.ts'
import type { Db } from '../../client.ts'
import { Prisma } from '../../generated/client.ts'
import { personSql } from '../staff/duties.ts'
import { heldOn, presentOn } from '../staff/post-fillings.ts'
import { kinSql } from '../matter/recusals.ts'
import { instantOfRow } from '../system/rows.ts'

/** An open step that nobody can take; `filledBy` is how many fill its desk and are all barred in this case. */
export type OrphanRow = {
  taskId: string
  matterId: string
  matterNumber: string
  countyId: string
  stage: Stage
  officeId: string
  role: Role
  capacity: Capacity | null
  openedAt: Instant
  filledBy: number
}

/** A post that nobody fills although something lies on it or the table of authority needs it. */
export type VacantPostRow = { postId: string; officeId: string; role: Role; countyId: string | null; openTasks: number }

/**
 * Every open step of these offices that nobody can take on a day: nobody fills its desk, or all who do are barred in this
 * case by another part they took in it, as members of the household or as relatives. One query over all open steps, which
 * says what `domain/staff/may-act.ts` says of one. `beyondVacancy` leaves out those that an empty post explains.
 */
export async function findOrphans(
  db: Db,
  page: {
    officeIds: readonly string[]
    day: PlainDate
    after?: string | undefined
    take?: number
    beyondVacancy?: boolean
  },
): Promise<OrphanRow[]> {
  const { officeIds, day, after, take } = page
  const rows = await db.$queryRaw<(Omit<OrphanRow, 'openedAt'> & { openedAt: Date })[]>`
    ${desksAndBarred(officeIds, day)}
    SELECT t.id AS "taskId", t."matterId", c.number AS "matterNumber", t."countyId", t.stage, t."officeId",
      t.role::text AS role, t.capacity::text AS capacity, t."openedAt", COALESCE(d.filled, 0) AS "filledBy"
    FROM ${orphanedTasks} JOIN matter c ON c.id = t."matterId"
    WHERE ${isOrphaned} ${page.beyondVacancy ? noVacantPostExplains : Prisma.empty}
      ${after === undefined ? Prisma.empty : Prisma.sql`AND t.id > ${after}`}
    ORDER BY t.id ${take === undefined ? Prisma.empty : Prisma.sql`LIMIT ${take}`}`
  return rows.map((row) => ({ ...row, openedAt: instantOfRow(row.openedAt) }))
}

/** How many open steps of these offices nobody can take on a day. */
export async function countOrphans(
  db: Db,
  { officeIds, day }: { officeIds: readonly string[]; day: PlainDate },
): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>`
    ${desksAndBarred(officeIds, day)}
    SELECT count(*)::int AS count FROM ${orphanedTasks} WHERE ${isOrphaned}`
  return (row as { count: number }).count
}

/**
 * `desk`: how many fill each desk. `barred`: how many of those may not take an open step. Each part is materialised, or the
 * planner, which cannot know how few are barred, walks through all pairs of step and person.
 */
function desksAndBarred(officeIds: readonly string[], day: PlainDate): Prisma.Sql {
  const offices = [...officeIds]
  return Prisma.sql`
    WITH open_task AS MATERIALIZED (
      SELECT id, "matterId", "countyId", stage, "officeId", role, capacity, "openedAt" FROM task
      WHERE "closedAt" IS NULL AND "officeId" = ANY(${offices})
    ), seated AS MATERIALIZED (
      SELECT DISTINCT p."officeId", p.role, f."officerId", ${personSql('o')} AS person
      FROM ${presentOn(day)} f JOIN post p ON p.id = f."postId" JOIN officer o ON o.id = f."officerId"
      WHERE p."officeId" = ANY(${offices})
    ), desk AS MATERIALIZED (
      SELECT "officeId", role, count(*)::int AS filled FROM seated GROUP BY "officeId", role
    ), other_part AS MATERIALIZED (
      SELECT t.id, t."officeId", t.role, ${personSql('o')} AS person
      FROM open_task t JOIN participation p ON p."matterId" = t."matterId" JOIN officer o ON o.id = p."officerId"
      WHERE p.capacity <> t.capacity
    ), kin AS MATERIALIZED (
      ${kinSql(Prisma.sql`(SELECT "officerId" FROM seated)`, day)}
    ), kin_person AS MATERIALIZED (
      SELECT k."officerId", i."personId" FROM kin k JOIN person_identity i ON i."numberIndex" = k.index
    ), kin_case AS MATERIALIZED (
      SELECT k."officerId", m."matterId" FROM kin_person k JOIN matter_person m ON m."personId" = k."personId"
    ), barred AS MATERIALIZED (
      SELECT id, count(*)::int AS barred FROM (
        SELECT o.id, s."officerId" FROM other_part o JOIN seated s
          ON s."officeId" = o."officeId" AND s.role = o.role AND s.person = o.person
        UNION
        SELECT t.id, k."officerId" FROM kin_case k JOIN task t ON t."matterId" = k."matterId" AND t."closedAt" IS NULL
        JOIN seated s ON s."officeId" = t."officeId" AND s.role = t.role AND s."officerId" = k."officerId"
      ) one GROUP BY id
    )`
}

const orphanedTasks = Prisma.sql`open_task t LEFT JOIN desk d ON d."officeId" = t."officeId" AND d.role = t.role
  LEFT JOIN barred b ON b.id = t.id`
const isOrphaned = Prisma.sql`COALESCE(d.filled, 0) <= COALESCE(b.barred, 0)`
const noVacantPostExplains = Prisma.sql`AND (d.filled > 0 OR NOT EXISTS (SELECT FROM post p
  WHERE p."officeId" = t."officeId" AND p.role = t.role))`

/** The posts of these offices that nobody fills on a day although the office still answers for a place, or work lies on them. */
export async function findVacantPosts(
  db: Db,
  { officeIds, day }: { officeIds: readonly string[]; day: PlainDate },
): Promise<VacantPostRow[]> {
  return db.$queryRaw`
    SELECT p.id AS "postId", p."officeId", p.role::text AS role, place."countyId", work.open AS "openTasks"
    FROM post p JOIN office f ON f.id = p."officeId" LEFT JOIN place ON place.id = f."placeId"
    CROSS JOIN LATERAL (SELECT count(*)::int AS open FROM task t
      WHERE t."closedAt" IS NULL AND t."officeId" = p."officeId" AND t.role = p.role) work
    WHERE p."officeId" = ANY(${[...officeIds]})
      AND NOT EXISTS (SELECT FROM ${presentOn(day)} s WHERE s."postId" = p.id)
      AND (work.open > 0 OR (p.role::text = ANY(${[...neededRoles]})
        AND EXISTS (SELECT FROM jurisdiction j WHERE j."officeId" = f.id AND ${heldOn('j', day)})))
    ORDER BY p.id`
}
