import { instant, type PlainDate } from '../../../domain/time/plain-date.ts'
import type { Archive, Db } from '../../client.ts'
import { clearCaseAlarm, raiseCaseAlarm } from '../oversight/matter-alarms.ts'
import { readClock } from '../system/clock.ts'
import { withLockedMatter } from './locked-matter.ts'
import { heldOn } from '../staff/post-fillings.ts'
import { auditStaff, lockRegisters, staffRegistersOf } from '../staff/staff-register.ts'

/** An open step on the desk of an office that answers for its place no more; `expected` is the one that does, if any. */
export type MisplacedTask = { taskId: string; matterId: string; officeId: string; expected: string | null }

const atOnce = 200

/**
 * Open steps by the dated office-to-place table of a day: those that lie elsewhere than `findOfficeOf` would put them now,
 * because a township was merged, a village moved, or an office replaced.
 */
export async function findMisplacedTasks(db: Db, day: PlainDate): Promise<MisplacedTask[]> {
  return db.$queryRaw`
    WITH RECURSIVE open_task AS MATERIALIZED (
      SELECT id, "matterId", "placeId", "officeId" FROM task WHERE "closedAt" IS NULL
    ), chain AS (
      SELECT DISTINCT "placeId" AS place, "placeId" AS step FROM open_task
      UNION ALL
      SELECT c.place, p."parentId" FROM chain c JOIN place p ON p.id = c.step WHERE p."parentId" IS NOT NULL
    ), covering AS MATERIALIZED (
      SELECT c.place, o.kind, o.level, min(o.id) AS office
      FROM chain c JOIN jurisdiction j ON j."placeId" = c.step AND ${heldOn('j', day)} JOIN office o ON o.id = j."officeId"
      GROUP BY c.place, o.kind, o.level
    )
    SELECT t.id AS "taskId", t."matterId", t."officeId", c.office AS expected
    FROM open_task t JOIN office f ON f.id = t."officeId"
    LEFT JOIN covering c ON c.place = t."placeId" AND c.kind = f.kind AND c.level = f.level
    WHERE c.office IS DISTINCT FROM t."officeId" ORDER BY t.id`
}

/**
 * Puts every open step on the desk of the office that answers for its place on a day. Who was named at the old office is
 * named no more. Where no office answers, an alarm stands until one does. May be done twice, and goes on where it stopped.
 */
export async function followPlaces(
  archive: Archive,
  day: PlainDate,
): Promise<{ moved: number; withoutOffice: number }> {
  const misplaced = await findMisplacedTasks(archive.db, day)
  const toMove = misplaced.flatMap(({ expected, ...task }) => (expected === null ? [] : [{ ...task, expected }]))
  let moved = 0
  for (let at = 0; at < toMove.length; at += atOnce) moved += await moveTasks(archive, toMove.slice(at, at + atOnce))
  const lost = misplaced.filter(({ expected }) => expected === null)
  for (const { matterId, taskId } of lost)
    await withLockedMatter(archive, matterId, async (matter) => raiseCaseAlarm(matter, 'NO_OFFICE', taskId, {}))
  await clearAlarmsBut(
    archive,
    lost.map(({ taskId }) => taskId),
  )
  return { moved, withoutOffice: lost.length }
}

async function moveTasks(archive: Archive, tasks: readonly (MisplacedTask & { expected: string })[]): Promise<number> {
  const offices = tasks.flatMap(({ officeId, expected }) => [officeId, expected])
  return archive.db.$transaction(
    async (tx) => {
      await lockRegisters(tx, (await staffRegistersOf(tx, offices)).values())
      const moved: (typeof tasks)[number][] = []
      for (const task of tasks) {
        const { count } = await tx.task.updateMany({
          where: { id: task.taskId, officeId: task.officeId, closedAt: null },
          data: { officeId: task.expected, assigneeId: null },
        })
        if (count > 0) moved.push(task)
      }
      const entries = moved.map(({ taskId, officeId, expected }) => ({
        officeId: expected,
        action: 'MOVE_DESK',
        subject: taskId,
        detail: { from: officeId },
      }))
      await auditStaff(tx, entries, { by: null, at: await readClock(tx) })
      return moved.length
    },
    { maxWait: 5_000, timeout: 60_000 },
  )
}

async function clearAlarmsBut(archive: Archive, taskIds: readonly string[]): Promise<void> {
  const over = await archive.db.alarm.findMany({
    where: { kind: 'NO_OFFICE', clearedAt: null, subject: { notIn: [...taskIds] } },
    select: { subject: true, matterId: true },
    distinct: ['subject'],
  })
  for (const { subject, matterId } of over) {
    if (matterId === null) continue
    await withLockedMatter(archive, matterId, async ({ tx, row, now }) =>
      clearCaseAlarm(tx, { kind: 'NO_OFFICE', subject, matterId, placeId: row.placeId, now: instant(now) }),
    )
  }
}
