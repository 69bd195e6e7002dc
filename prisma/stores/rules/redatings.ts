import type { Instant } from '../../../domain/time/plain-date.ts'
import type { Db } from '../../client.ts'
import { instantOfRow, rowOfInstant } from '../system/rows.ts'

/** A new calendar on its way through the open due dates. What was due before `requestedAt` is not moved by it. */
export type RedatingUnderway = { redatingId: string; reason: string; requestedAt: Instant }

/** What a re-dating did, counted from the moves it wrote. */
export type RedatingReport = {
  redatingId: string
  reason: string
  requestedAt: Instant
  finishedAt: Instant | null
  moved: number
  movedEarlier: number
  movedLater: number
}

/** Asks for a re-dating, in the transaction that enters the new days. The archive takes one at a time. */
export async function requestRedating(
  db: Db,
  redating: RedatingUnderway & { requestedBy: string | null },
): Promise<void> {
  const { redatingId, reason, requestedBy, requestedAt } = redating
  await db.calendarRedating.create({
    data: { id: redatingId, reason, requestedBy, requestedAt: rowOfInstant(requestedAt) },
  })
}

export async function findRedatingUnderway(db: Db): Promise<RedatingUnderway | null> {
  const row = await db.calendarRedating.findFirst({ where: { finishedAt: null } })
  return row === null ? null : { redatingId: row.id, reason: row.reason, requestedAt: instantOfRow(row.requestedAt) }
}

/** Returns false when it was finished before. */
export async function noteRedatingFinished(db: Db, redatingId: string, at: Instant): Promise<boolean> {
  const where = { id: redatingId, finishedAt: null }
  const { count } = await db.calendarRedating.updateMany({ where, data: { finishedAt: rowOfInstant(at) } })
  return count > 0
}

/** @throws when nobody asked for it. */
export async function readRedatingReport(db: Db, redatingId: string): Promise<RedatingReport> {
  const row = await db.calendarRedating.findUniqueOrThrow({ where: { id: redatingId } })
  const [counts] = await db.$queryRaw<{ earlier: number; later: number }[]>`
    SELECT count(*) FILTER (WHERE "toDueAt" < "fromDueAt")::int AS earlier,
           count(*) FILTER (WHERE "toDueAt" > "fromDueAt")::int AS later
    FROM deadline_move WHERE "redatingId" = ${redatingId}`
  const { earlier: movedEarlier, later: movedLater } = counts as { earlier: number; later: number }
  return {
    redatingId,
    reason: row.reason,
    requestedAt: instantOfRow(row.requestedAt),
    finishedAt: row.finishedAt === null ? null : instantOfRow(row.finishedAt),
    moved: movedEarlier + movedLater,
    movedEarlier,
    movedLater,
  }
}

/** The last re-datings, newest first. */
export async function readLastRedatings(db: Db, atMost: number): Promise<RedatingReport[]> {
  const rows = await db.calendarRedating.findMany({
    orderBy: { requestedAt: 'desc' },
    select: { id: true },
    take: atMost,
  })
  return Promise.all(rows.map(({ id }) => readRedatingReport(db, id)))
}
