import { isDeepStrictEqual } from 'node:util'
import type { DueRun } from '../../../domain/matter/due-runs.ts'
import type { LimitKey } from '../../../domain/matter/limit-keys.ts'
import { limitsOffDesk } from '../../../domain/matter/limit-holders.ts'
import { endOf, type Instant, type PlainDate } from '../../../domain/time/plain-date.ts'
import type { DeadlineState, SupervisionRung } from '../../../domain/vocabulary.ts'
import type { Db } from '../../client.ts'
import type { Deadline } from '../../generated/client.ts'
import { dayOfRow, instantOfRow, rowOfDay, rowOfInstant } from '../system/rows.ts'

/** Brings the rows of due instants in line with the log: new runs appear, ended ones close, moved ones move. */
export async function fileDeadlines(
  db: Db,
  at: {
    matterId: string
    countyId: string
    placeId: string
    calendarVersion: string
    withdrawn: boolean
    /** Since when a new calendar is on its way through the open due dates; null when none is. */
    calendarEnteredAt: Instant | null
  },
  runs: readonly DueRun[],
  breachedAt: ReadonlyMap<string, Instant>,
): Promise<void> {
  const known = new Map(
    (await db.deadline.findMany({ where: { matterId: at.matterId } })).map((row) => [keyOf(row), row]),
  )
  const { matterId, calendarVersion } = at
  const added = []
  for (const run of runs) {
    const breach = breachedAt.get(keyOf(run)) ?? null
    const row = known.get(keyOf(run))
    const kept = row !== undefined && keepsItsDue(row, run, breach, at.calendarEnteredAt)
    const dueAt = kept ? instantOfRow(row.dueAt) : run.due.dueAt
    const standing = {
      state: stateOf({ ...run, dueAt }, breach, at.withdrawn),
      stoppedOn: run.stoppedOn === null ? null : rowOfDay(run.stoppedOn),
      breachedAt: breach === null ? null : rowOfInstant(breach),
    }
    const due = {
      dueOn: rowOfDay(run.due.dueOn),
      dueAt: rowOfInstant(run.due.dueAt),
      amount: run.rule.amount,
      provisional: run.due.provisional,
      calendarVersion,
    }
    const watched = watchedOf(run, kept ? row : null)
    if (row === undefined) {
      added.push(newRow(at, run, breach))
    } else if (row.stoppedOn === null && differs(row, run, { state: standing.state, keptDue: kept, watched })) {
      const where = { matterId_limit_run: { matterId, limit: run.limit, run: run.run } }
      await db.deadline.update({ where, data: { ...(kept ? {} : due), ...watched, ...standing } })
    }
  }
  if (added.length > 0) await db.deadline.createMany({ data: added })
}

/** The rows of limits that begin to run with a matter; nothing of them has passed yet. */
export function deadlineRows(
  at: { matterId: string; countyId: string; placeId: string; calendarVersion: string },
  runs: readonly DueRun[],
) {
  return runs.map((run) => newRow({ ...at, withdrawn: false }, run, null))
}

function newRow(
  at: { matterId: string; countyId: string; placeId: string; calendarVersion: string; withdrawn: boolean },
  run: DueRun,
  breach: Instant | null,
) {
  const { withdrawn, ...of } = at
  return {
    matterId: of.matterId,
    countyId: of.countyId,
    placeId: of.placeId,
    calendarVersion: of.calendarVersion,
    limit: run.limit,
    run: run.run,
    startedOn: rowOfDay(run.startedOn),
    kind: run.rule.kind,
    assumed: run.rule.assumed,
    source: run.rule.source,
    dueOn: rowOfDay(run.due.dueOn),
    dueAt: rowOfInstant(run.due.dueAt),
    amount: run.rule.amount,
    provisional: run.due.provisional,
    ...watchedOf(run, null),
    state: stateOf({ ...run, dueAt: run.due.dueAt }, breach, withdrawn),
    stoppedOn: run.stoppedOn === null ? null : rowOfDay(run.stoppedOn),
    breachedAt: breach === null ? null : rowOfInstant(breach),
  }
}

/** Due instants of a case that have passed without the limit having ended, soonest first. */
export async function passedDeadlines(
  db: Db,
  matterId: string,
  now: Instant,
): Promise<{ limit: LimitKey; run: number; dueAt: Instant }[]> {
  const rows = await db.deadline.findMany({
    where: { matterId, stoppedOn: null, breachedAt: null, dueAt: { lte: rowOfInstant(now) } },
    orderBy: { dueAt: 'asc' },
  })
  return rows.map(({ limit, run, dueAt }) => ({ limit: limit as LimitKey, run, dueAt: instantOfRow(dueAt) }))
}

/** A rung that is due by what was counted last, and the due date that its limit is held to. */
export type PassedRung = {
  limit: LimitKey
  run: number
  rung: SupervisionRung
  at: Instant
  due: { dueOn: PlainDate; dueAt: Instant }
}

/** Rungs of the ladder that time has reached, soonest first. Whoever is late already need not be reminded any more. */
export async function passedRungs(db: Db, matterId: string, now: Instant): Promise<PassedRung[]> {
  const rows = await db.deadline.findMany({
    where: {
      matterId,
      stoppedOn: null,
      nextRungAt: { lte: rowOfInstant(now) },
      OR: [{ breachedAt: { not: null } }, { dueAt: { gt: rowOfInstant(now) } }],
    },
    orderBy: { nextRungAt: 'asc' },
  })
  return rows.map(({ limit, run, nextRung, nextRungAt, dueOn, dueAt }) => ({
    limit: limit as LimitKey,
    run,
    rung: nextRung as SupervisionRung,
    at: instantOfRow(nextRungAt as Date),
    due: { dueOn: dayOfRow(dueOn), dueAt: instantOfRow(dueAt) },
  }))
}

/** The next instant at which time alone will change something in this case. */
export async function nextDueAt(db: Db, matterId: string): Promise<Instant | null> {
  const [row] = await db.$queryRaw<{ at: Date | null }[]>`
    SELECT least(min("dueAt") FILTER (WHERE "breachedAt" IS NULL), min("nextRungAt")) AS at
    FROM deadline WHERE "matterId" = ${matterId} AND "stoppedOn" IS NULL`
  return row?.at ? instantOfRow(row.at) : null
}

/**
 * Carries the soonest due instant of these cases to where lists and boards look for it: the case, and its open tasks. To
 * be called whenever limits, desks or the calendar changed. Periods and orders are not on the desk where the case lies.
 */
export async function refreshDue(db: Db, matterIds: readonly string[]): Promise<void> {
  if (matterIds.length === 0) return
  await db.$executeRaw`
    WITH due AS (
      SELECT c.id, min(d."dueAt") AS "dueAt", min(d."ownDueAt") AS "ownDueAt" FROM matter c
      LEFT JOIN deadline d ON d."matterId" = c.id AND d."stoppedOn" IS NULL AND d."limit" <> ALL(${limitsOffDesk})
      WHERE c.id = ANY(${[...matterIds]}) GROUP BY c.id
    ), of_cases AS (
      UPDATE matter c SET "dueAt" = due."dueAt", "ownDueAt" = due."ownDueAt" FROM due
      WHERE c.id = due.id AND (c."dueAt", c."ownDueAt") IS DISTINCT FROM (due."dueAt", due."ownDueAt")
    )
    UPDATE task t SET "dueAt" = due."dueAt" FROM due
    WHERE t."matterId" = due.id AND t."closedAt" IS NULL AND t."dueAt" IS DISTINCT FROM due."dueAt"`
}

/** Waits, own days and the next rung as columns. A due date that is kept is kept for all of them. */
function watchedOf({ waits, ownDueAt, nextFrom, due }: DueRun, kept: Deadline | null) {
  const held = kept === null ? due : { ...due, dueOn: dayOfRow(kept.dueOn), dueAt: instantOfRow(kept.dueAt) }
  const own = kept !== null && waits.length === 0 ? held.dueAt : ownDueAt
  const next = nextFrom(held)
  return {
    waits,
    ownDueAt: own === null ? null : rowOfInstant(own),
    nextRung: next?.rung ?? null,
    nextRungAt: next === null ? null : rowOfInstant(next.at),
  }
}

/** What was missed by the calendar of its day stays missed, whatever a later calendar says; only an extension helps. */
function keepsItsDue(row: Deadline, run: DueRun, breach: Instant | null, calendarEnteredAt: Instant | null): boolean {
  if (row.kind !== 'WORKING_DAYS' || row.amount !== run.rule.amount) return false
  return breach !== null || (calendarEnteredAt !== null && instantOfRow(row.dueAt) <= calendarEnteredAt)
}

function stateOf(
  run: Pick<DueRun, 'stoppedOn'> & { dueAt: Instant },
  breach: Instant | null,
  withdrawn: boolean,
): DeadlineState {
  if (run.stoppedOn === null) return breach === null ? 'OPEN' : 'BREACHED'
  if (withdrawn && breach === null) return 'CANCELLED'
  // An extension after the limit had run out does not turn the breach into a late entry.
  if (endOf(run.stoppedOn) > (breach ?? run.dueAt)) return 'MET_LATE'
  return breach === null ? 'MET' : 'ENTERED_LATE'
}

function differs(
  row: Deadline,
  run: DueRun,
  { state, keptDue, watched }: { state: DeadlineState; keptDue: boolean; watched: ReturnType<typeof watchedOf> },
): boolean {
  if (row.state !== state || run.stoppedOn !== null) return true
  if (!keptDue && dayOfRow(row.dueOn) !== run.due.dueOn) return true
  return (
    row.ownDueAt?.getTime() !== watched.ownDueAt?.getTime() ||
    row.nextRung !== watched.nextRung ||
    row.nextRungAt?.getTime() !== watched.nextRungAt?.getTime() ||
    !isDeepStrictEqual(row.waits, watched.waits)
  )
}

function keyOf({ limit, run }: { limit: string; run: number }): string {
  return `${limit} ${run}`
}
