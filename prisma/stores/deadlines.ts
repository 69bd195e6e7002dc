import type { DueRun } from '../../domain/case/work-at-hand.ts'
import type { LimitKey } from '../../domain/policy/step-limits.ts'
import { endOf, type Instant } from '../../domain/time/plain-date.ts'
import type { DeadlineState } from '../../domain/vocabulary.ts'
import type { Db } from '../client.ts'
import type { Deadline } from '../generated/client.ts'
import { dayOfRow, instantOfRow, rowOfDay, rowOfInstant } from './rows.ts'

/** Brings the rows of due instants in line with the log: new runs appear, ended ones close, moved ones move. */
export async function fileDeadlines(
  db: Db,
  at: {
    caseId: string
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
  const known = new Map((await db.deadline.findMany({ where: { caseId: at.caseId } })).map((row) => [keyOf(row), row]))
  const { caseId, countyId, placeId, calendarVersion } = at
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
    if (row === undefined) {
      added.push({
        caseId,
        countyId,
        placeId,
        limit: run.limit,
        run: run.run,
        startedOn: rowOfDay(run.startedOn),
        kind: run.rule.kind,
        assumed: run.rule.assumed,
        source: run.rule.source,
        ...due,
        ...standing,
      })
    } else if (row.stoppedOn === null && differs(row, run, standing.state, kept)) {
      const where = { caseId_limit_run: { caseId, limit: run.limit, run: run.run } }
      await db.deadline.update({ where, data: { ...(kept ? {} : due), ...standing } })
    }
  }
  if (added.length > 0) await db.deadline.createMany({ data: added })
}

/** Due instants of a case that have passed without the limit having ended, soonest first. */
export async function passedDeadlines(
  db: Db,
  caseId: string,
  now: Instant,
): Promise<{ limit: LimitKey; run: number; dueAt: Instant }[]> {
  const rows = await db.deadline.findMany({
    where: { caseId, stoppedOn: null, breachedAt: null, dueAt: { lte: rowOfInstant(now) } },
    orderBy: { dueAt: 'asc' },
  })
  return rows.map(({ limit, run, dueAt }) => ({ limit: limit as LimitKey, run, dueAt: instantOfRow(dueAt) }))
}

/** The next instant at which time alone will change something in this case. */
export async function nextDueAt(db: Db, caseId: string): Promise<Instant | null> {
  const row = await db.deadline.findFirst({
    where: { caseId, stoppedOn: null, breachedAt: null },
    orderBy: { dueAt: 'asc' },
    select: { dueAt: true },
  })
  return row === null ? null : instantOfRow(row.dueAt)
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

function differs(row: Deadline, run: DueRun, state: DeadlineState, keptDue: boolean): boolean {
  return row.state !== state || run.stoppedOn !== null || (!keptDue && dayOfRow(row.dueOn) !== run.due.dueOn)
}

function keyOf({ limit, run }: { limit: string; run: number }): string {
  return `${limit} ${run}`
}
