import type { Instant } from '../../../domain/time/plain-date.ts'
import type { Archive, Db } from '../../client.ts'
import { moveDeadlines } from '../matter/deadline-moves.ts'
import { readCalendarsOf, readOwnCalendarNames } from './place-calendars.ts'
import { readClock } from '../system/clock.ts'
import { readReferenceData, type RuleBook } from './reference-data.ts'

/** Where a walk through the open due dates stands. `after` is the last case looked at; null at the end. */
export type RedatingBatch = { after: string | null; moved: number; skipped: number; missedMatterIds: string[] }

const nothingLeft: RedatingBatch = { after: null, moved: 0, skipped: 0, missedMatterIds: [] }

/**
 * Moves the due dates of the next cases that still bear another calendar, as one transaction. A case that somebody is
 * filing in is skipped: filing brings it up to date itself, and a later walk looks again. Does nothing once the
 * re-dating is finished.
 */
export async function redateNextCases(
  archive: Archive,
  { redatingId, after, size }: { redatingId: string; after: string | null; size: number },
): Promise<RedatingBatch> {
  return archive.db.$transaction(
    async (tx) => {
      const ruleBook = await readReferenceData(tx)
      const { redating } = ruleBook
      if (redating?.redatingId !== redatingId) return nothingLeft
      const candidates = await casesOfOlderCalendars(tx, ruleBook, { after, size })
      const locked = await lockFree(tx, candidates)
      const calendarOf = await readCalendarsOf(
        tx,
        ruleBook,
        locked.map(({ placeId }) => placeId),
      )
      const { moved, missedMatterIds } = await moveDeadlines(
        tx,
        locked.map(({ id }) => id),
        { calendarOf, redating, now: await readClock(tx) },
      )
      return {
        after: candidates.length < size ? null : (candidates.at(-1) as string),
        moved,
        skipped: candidates.length - locked.length,
        missedMatterIds,
      }
    },
    { maxWait: 5_000, timeout: 20_000 },
  )
}

/** True while some running limit was counted by another calendar than its place's. */
export async function isCalendarBehind(db: Db): Promise<boolean> {
  const [one] = await casesOfOlderCalendars(db, await readReferenceData(db), { after: null, size: 1 })
  return one !== undefined
}

async function casesOfOlderCalendars(
  db: Db,
  ruleBook: RuleBook,
  { after, size }: { after: string | null; size: number },
): Promise<string[]> {
  const own = await readOwnCalendarNames(db, ruleBook)
  const rows = await db.$queryRaw<{ matterId: string }[]>`
    SELECT DISTINCT d."matterId" FROM deadline d
    LEFT JOIN unnest(${own.map(({ place }) => place)}::text[], ${own.map(({ name }) => name)}::text[]) AS o(place, name)
      ON o.place = d."placeId"
    WHERE d."stoppedOn" IS NULL AND d."breachedAt" IS NULL AND d.kind = 'WORKING_DAYS' AND d."matterId" > ${after ?? ''}
      AND d."calendarVersion" <> COALESCE(o.name, ${ruleBook.calendar.version})
    ORDER BY d."matterId" LIMIT ${size}`
  return rows.map(({ matterId }) => matterId)
}

async function lockFree(db: Db, matterIds: readonly string[]): Promise<{ id: string; placeId: string }[]> {
  return db.$queryRaw`
    SELECT id, "placeId" FROM matter WHERE id = ANY(${[...matterIds]}) ORDER BY id FOR UPDATE SKIP LOCKED`
}

/** The first transaction that began after now; once all before it have ended, nobody counts by what was known before. */
export async function readTransactionMark(db: Db): Promise<string> {
  const [row] = await db.$queryRaw<{ mark: string }[]>`SELECT pg_snapshot_xmax(pg_current_snapshot())::text AS mark`
  return (row as { mark: string }).mark
}

export async function haveEarlierTransactionsEnded(db: Db, mark: string): Promise<boolean> {
  const [row] = await db.$queryRaw<{ ended: boolean }[]>`
    SELECT pg_snapshot_xmin(pg_current_snapshot()) >= ${mark}::xid8 AS ended`
  return (row as { ended: boolean }).ended
}

/** Cases of which a due date moved earlier, soonest due first: their workflows sleep too long. Dormant ones have none. */
export async function casesMovedEarlier(
  db: Db,
  redatingId: string,
  { after, size }: { after: { toDueAt: Instant; matterId: string } | null; size: number },
): Promise<{ matterId: string; toDueAt: Instant }[]> {
  const since = after ?? { toDueAt: '1970-01-01T00:00:00.000Z', matterId: '' }
  const rows = await db.$queryRaw<{ matterId: string; toDueAt: Date }[]>`
    SELECT m."matterId", min(m."toDueAt") AS "toDueAt" FROM deadline_move m JOIN matter c ON c.id = m."matterId"
    WHERE m."redatingId" = ${redatingId} AND m."toDueAt" < m."fromDueAt" AND c."closedAt" IS NULL
      AND NOT c.dormant
    GROUP BY m."matterId"
    HAVING (min(m."toDueAt"), m."matterId") > (${since.toDueAt}::timestamptz, ${since.matterId})
    ORDER BY 2, 1 LIMIT ${size}`
  return rows.map(({ matterId, toDueAt }) => ({ matterId, toDueAt: toDueAt.toISOString() as Instant }))
}
