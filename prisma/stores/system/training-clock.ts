import { type Instant, instant } from '../../../domain/time/plain-date.ts'
import type { Archive, Db } from '../../client.ts'
import { readClock } from './clock.ts'
import { rowOfInstant } from './rows.ts'

/** Moves the training clock to an instant ahead. It never goes back: what was recorded stays in order. */
export async function setTrainingClock(archive: Archive, target: Instant): Promise<void> {
  await archive.db.$executeRaw`
    INSERT INTO deployment_clock (id, "offsetMs", "movedAt")
    VALUES (1, GREATEST(0, extract(epoch FROM ${rowOfInstant(target)}::timestamptz - clock_timestamp()) * 1000)::bigint, clock_timestamp())
    ON CONFLICT (id) DO UPDATE
      SET "offsetMs" = GREATEST(deployment_clock."offsetMs", EXCLUDED."offsetMs"), "movedAt" = EXCLUDED."movedAt"`
}

/** The next instant at which time alone changes something in an open case: where a move has to stop on its way. */
export async function nextInstantOfAnyCase(db: Db, after: Instant): Promise<Instant | null> {
  const [row] = await db.$queryRaw<{ at: Date | null }[]>`
    SELECT least(
      (SELECT min("dueAt") FROM deadline WHERE "stoppedOn" IS NULL AND "breachedAt" IS NULL AND "dueAt" > ${rowOfInstant(after)}),
      (SELECT min("nextRungAt") FROM deadline WHERE "stoppedOn" IS NULL AND "nextRungAt" > ${rowOfInstant(after)}),
      (SELECT min(m."nextAskAt") FROM matching_request m JOIN matter c ON c.id = m."matterId"
        WHERE c."closedAt" IS NULL AND m."nextAskAt" > ${rowOfInstant(after)}),
      (SELECT min(i."nextAskAt") FROM payment_instruction i JOIN matter c ON c.id = i."matterId"
        WHERE c."closedAt" IS NULL AND i."nextAskAt" > ${rowOfInstant(after)})
    ) AS at`
  return row?.at ? instant(row.at.getTime()) : null
}

/** Of these cases, those for which something falls due by an instant: the others need not be woken on the way. */
export async function casesDueBy(db: Db, matterIds: readonly string[], by: Instant): Promise<Set<string>> {
  const at = rowOfInstant(by)
  const ids = [...matterIds]
  const rows = await db.$queryRaw<{ matterId: string }[]>`
    SELECT "matterId" FROM deadline WHERE "matterId" = ANY(${ids}) AND "stoppedOn" IS NULL
      AND (("breachedAt" IS NULL AND "dueAt" <= ${at}) OR "nextRungAt" <= ${at})
    UNION SELECT "matterId" FROM matching_request WHERE "matterId" = ANY(${ids}) AND "nextAskAt" <= ${at}
    UNION SELECT "matterId" FROM payment_instruction WHERE "matterId" = ANY(${ids}) AND "nextAskAt" <= ${at}`
  return new Set(rows.map(({ matterId }) => matterId))
}

export async function writeClockMove(
  db: Db,
  move: { id: string; targetAt: Instant; requestedBy: string },
): Promise<void> {
  const now = rowOfInstant(await readClock(db))
  await db.clockMove.createMany({
    data: [
      {
        id: move.id,
        fromAt: now,
        targetAt: rowOfInstant(move.targetAt),
        requestedBy: move.requestedBy,
        requestedAt: now,
      },
    ],
    skipDuplicates: true,
  })
}

/** Where a move goes that was asked for before, finished or not. */
export async function findClockMove(db: Db, id: string): Promise<{ targetAt: Instant } | null> {
  const row = await db.clockMove.findUnique({ where: { id }, select: { targetAt: true } })
  return row === null ? null : { targetAt: instant(row.targetAt.getTime()) }
}

export async function finishClockMove(db: Db, id: string): Promise<void> {
  await db.clockMove.update({ where: { id }, data: { finishedAt: rowOfInstant(await readClock(db)) } })
}

/** Moves that were asked for and not finished: a crash on the way. */
export async function findUnfinishedClockMoves(db: Db): Promise<{ id: string; targetAt: Instant }[]> {
  const rows = await db.clockMove.findMany({ where: { finishedAt: null }, orderBy: { requestedAt: 'asc' } })
  return rows.map(({ id, targetAt }) => ({ id, targetAt: instant(targetAt.getTime()) }))
}
