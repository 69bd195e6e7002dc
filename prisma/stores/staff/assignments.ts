import { addDays, type PlainDate } from '../../../domain/time/plain-date.ts'
import type { Archive } from '../../client.ts'
import { Prisma } from '../../generated/client.ts'
import { readClock } from '../system/clock.ts'
import { heldOn } from './post-fillings.ts'
import { auditStaff, lockRegisters, staffRegistersOf } from './staff-register.ts'

type Tx = Prisma.TransactionClient

/** Tasks that were passed on by one hand-over. */
export type PassedOn = { handOverId: string; officeId: string; toOfficerId: string; tasks: number }

/**
 * Tasks that name somebody who handed the post over name their successor from the day on which that one has it. Only a
 * name moves: the tasks lay on the post before and lie on it still. `handOverId` looks at one hand-over alone.
 */
export async function passOnTasks(
  tx: Tx,
  { day, handOverId }: { day: PlainDate; handOverId?: string },
): Promise<PassedOn[]> {
  const one = handOverId === undefined ? Prisma.empty : Prisma.sql`AND h.id = ${handOverId}`
  return tx.$queryRaw`
    WITH last_one AS (
      SELECT DISTINCT ON (h."postId", h."fromOfficerId") h.id, h."postId", h."fromOfficerId", h."toOfficerId", p."officeId", p.role
      FROM hand_over h JOIN post p ON p.id = h."postId"
      WHERE h."takenAt" IS NOT NULL ${one} ORDER BY h."postId", h."fromOfficerId", h."takenAt" DESC
    ), moved AS (
      UPDATE task t SET "assigneeId" = l."toOfficerId" FROM last_one l
      WHERE t."closedAt" IS NULL AND t."officeId" = l."officeId" AND t.role = l.role AND t."assigneeId" = l."fromOfficerId"
        AND EXISTS (SELECT FROM post_holding n WHERE n."postId" = l."postId" AND n."officerId" = l."toOfficerId"
          AND ${heldOn('n', day)})
        AND NOT EXISTS (SELECT FROM post_holding b WHERE b."postId" = l."postId" AND b."officerId" = l."fromOfficerId"
          AND ${heldOn('b', addDays(day, 1))})
      RETURNING l.id, l."officeId", l."toOfficerId"
    )
    SELECT id AS "handOverId", "officeId", "toOfficerId", count(*)::int AS tasks FROM moved
    GROUP BY id, "officeId", "toOfficerId" ORDER BY id`
}

/** The same for every hand-over of which the day has come, audited; may be done twice. */
export async function passOnTasksOfDay(archive: Archive, day: PlainDate): Promise<void> {
  await archive.db.$transaction(
    async (tx) => {
      // Locks before rows, as whoever signs a hand-over takes them.
      await lockRegisters(tx, (await staffRegistersOf(tx, await officesWithHandOvers(tx))).values())
      const passedOn = await passOnTasks(tx, { day })
      const entries = passedOn.map(({ handOverId, officeId, toOfficerId, tasks }) => ({
        officeId,
        action: 'PASS_ON_TASKS',
        subject: handOverId,
        detail: { to: toOfficerId, tasks },
      }))
      await auditStaff(tx, entries, { by: null, at: await readClock(tx) })
    },
    { maxWait: 5_000, timeout: 60_000 },
  )
}

async function officesWithHandOvers(tx: Tx): Promise<string[]> {
  const rows = await tx.$queryRaw<{ officeId: string }[]>`
    SELECT DISTINCT p."officeId" FROM hand_over h JOIN post p ON p.id = h."postId" WHERE h."takenAt" IS NOT NULL`
  return rows.map(({ officeId }) => officeId)
}
