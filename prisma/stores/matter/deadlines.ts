import { isDeepStrictEqual } from 'node:util'
import type { DueRun } from '../../../domain/matter/due-runs.ts'
import type { LimitKey } from '../../../domain/matter/limit-keys.ts'
import { limitsOffDesk } from '../../../domain/matter/limit-holders.ts'
import { endOf, type Instant, type PlainDate } from '../../../domain/time/plain-date.ts'
import type { DeadlineState, SupervisionRung } from '../../../domain/vocabulary.ts'
import type { Db } from '../../client.ts'
import type { Deadline } from '../../generated/client.ts'
import { dayOfRow, instantOfRow, rowOfDay, rowOfInstant } from '../system/rows.ts'

/**
 * Brings the rows of due instants in line with the log: new runs appear, ended ones close, moved ones move. Returns all of
 * them as they are then.
 */
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
  { rows, breachedAt }: { rows: readonly Deadline[]; breachedAt: ReadonlyMap<string, Instant> },
): Promise<Deadline[]> {
  const known = new Map(rows.map((row) => [keyOf(row), row]))
  const { calendarVersion } = at
  const added: Deadline[] = []
  const changed: Deadline[] = []
  for (const run of runs) {
    const breach = breachedAt.get(keyOf(run)) ?? null
    const row = known.get(keyOf(run))
    if (row === undefined) {
      added.push(newRow(at, run, breach))
      continue
    }
    const kept = keepsItsDue(row, run, breach, at.calendarEnteredAt)
    const dueAt = kept ? instantOfRow(row.dueAt) : run.due.dueAt
    const state = stateOf({ ...run, dueAt }, breach, at.withdrawn)
    const watched = watchedOf(run, kept ? row : null)
    if (row.stoppedOn !== null || !differs(row, run, { state, keptDue: kept, watched })) continue
    const due = {
      dueOn: rowOfDay(run.due.dueOn),
      dueAt: rowOfInstant(run.due.dueAt),
      amount: run.rule.amount,
      provisional: run.due.provisional,
      calendarVersion,
    }
    changed.push({
      ...row,
      ...(kept ? {} : due),
      ...watched,
      state,
      stoppedOn: run.stoppedOn === null ? null : rowOfDay(run.stoppedOn),
      breachedAt: breach === null ? null : rowOfInstant(breach),
    })
  }
  if (changed.length > 0) await updateRows(db, changed)
  await addDeadlines(db, added)
  const byKey = new Map(changed.map((row) => [keyOf(row), row]))
  return [...rows.map((row) => byKey.get(keyOf(row)) ?? row), ...added]
}

/** Rows of limits that begin to run, all in one statement. */
export async function addDeadlines(db: Db, rows: readonly Deadline[]): Promise<void> {
  if (rows.length === 0) return
  await db.$executeRaw`
    INSERT INTO deadline SELECT * FROM json_populate_recordset(NULL::deadline, ${JSON.stringify(rows)}::json)`
}

async function updateRows(db: Db, rows: readonly Deadline[]): Promise<void> {
  await db.$executeRaw`
    UPDATE deadline d SET "dueOn" = n."dueOn", "dueAt" = n."dueAt", amount = n.amount, provisional = n.provisional,
      "calendarVersion" = n."calendarVersion", waits = n.waits, "ownDueAt" = n."ownDueAt", "nextRung" = n."nextRung",
      "nextRungAt" = n."nextRungAt", state = n.state, "stoppedOn" = n."stoppedOn", "breachedAt" = n."breachedAt"
    FROM json_populate_recordset(NULL::deadline, ${JSON.stringify(rows)}::json) n
    WHERE d."matterId" = n."matterId" AND d."limit" = n."limit" AND d.run = n.run`
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
): Deadline {
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

/** Due instants that have passed without the limit having ended, soonest first. */
export function passedDeadlines(
  rows: readonly Deadline[],
  now: Instant,
): { limit: LimitKey; run: number; dueAt: Instant }[] {
  return running(rows)
    .filter(({ breachedAt, dueAt }) => breachedAt === null && instantOfRow(dueAt) <= now)
    .toSorted((a, b) => a.dueAt.getTime() - b.dueAt.getTime())
    .map(({ limit, run, dueAt }) => ({ limit: limit as LimitKey, run, dueAt: instantOfRow(dueAt) }))
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
export function passedRungs(rows: readonly Deadline[], now: Instant): PassedRung[] {
  return running(rows)
    .flatMap(({ limit, run, nextRung, nextRungAt, breachedAt, dueOn, dueAt }) => {
      if (nextRung === null || nextRungAt === null || instantOfRow(nextRungAt) > now) return []
      if (breachedAt === null && instantOfRow(dueAt) <= now) return []
      const due = { dueOn: dayOfRow(dueOn), dueAt: instantOfRow(dueAt) }
      return [{ limit: limit as LimitKey, run, rung: nextRung, at: instantOfRow(nextRungAt), due }]
    })
    .toSorted((a, b) => (a.at < b.at ? -1 : 1))
}

/** The next instant at which time alone will change something. */
export function nextDueAt(rows: readonly Deadline[]): Instant | null {
  const ahead = running(rows).flatMap(({ breachedAt, dueAt, nextRungAt }) => [
    ...(breachedAt === null ? [instantOfRow(dueAt)] : []),
    ...(nextRungAt === null ? [] : [instantOfRow(nextRungAt)]),
  ])
  return ahead.toSorted()[0] ?? null
}

/** The soonest due instant that is on the desk where a matter lies, and the soonest by the office's own days. */
export function soonestDue(rows: readonly Deadline[]): { dueAt: Date | null; ownDueAt: Date | null } {
  const onDesk = running(rows).filter(({ limit }) => !limitsOffDesk.some((off) => off === limit))
  const soonest = (dates: readonly (Date | null)[]) =>
    dates.filter((date) => date !== null).toSorted((a, b) => a.getTime() - b.getTime())[0] ?? null
  return { dueAt: soonest(onDesk.map(({ dueAt }) => dueAt)), ownDueAt: soonest(onDesk.map(({ ownDueAt }) => ownDueAt)) }
}

function running(rows: readonly Deadline[]): Deadline[] {
  return rows.filter(({ stoppedOn }) => stoppedOn === null)
}

/**
 * Carries the soonest due instant of these cases to where lists and boards look for it: the case, and its open tasks. For
 * what moves due dates set-wide; a filing does it with its own rows. Periods and orders are not on the desk where the case lies.
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
