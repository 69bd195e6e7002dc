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
  at: { caseId: string; countyId: string; placeId: string; calendarVersion: string; withdrawn: boolean },
  runs: readonly DueRun[],
  breachedAt: ReadonlyMap<string, Instant>,
): Promise<void> {
  const known = new Map((await db.deadline.findMany({ where: { caseId: at.caseId } })).map((row) => [keyOf(row), row]))
  const { caseId, countyId, placeId, calendarVersion } = at
  const added = []
  for (const run of runs) {
    const breach = breachedAt.get(keyOf(run)) ?? null
    const standing = {
      state: stateOf(run, breach, at.withdrawn),
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
    const row = known.get(keyOf(run))
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
    } else if (row.stoppedOn === null && differs(row, run, standing.state)) {
      const where = { caseId_limit_run: { caseId, limit: run.limit, run: run.run } }
      await db.deadline.update({ where, data: { ...due, ...standing } })
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

function stateOf(run: DueRun, breach: Instant | null, withdrawn: boolean): DeadlineState {
  if (run.stoppedOn === null) return breach === null ? 'OPEN' : 'BREACHED'
  if (withdrawn && breach === null) return 'CANCELLED'
  if (endOf(run.stoppedOn) > run.due.dueAt) return 'MET_LATE'
  return breach === null ? 'MET' : 'ENTERED_LATE'
}

function differs(row: Deadline, run: DueRun, state: DeadlineState): boolean {
  return row.state !== state || run.stoppedOn !== null || dayOfRow(row.dueOn) !== run.due.dueOn
}

function keyOf({ limit, run }: { limit: string; run: number }): string {
  return `${limit} ${run}`
}
