import type { Archive, Db } from '../../client.ts'
import { inOneTransaction } from './transaction.ts'

/** A run that is to be replaced, with its history as the engine gave it. */
export type EndedRun = {
  runId: string
  workflowId: string
  workflowType: string
  matterId: string | null
  cause: string
  events: number
  historyGzip: Uint8Array<ArrayBuffer>
}

/**
 * `GRANTED`: kept, and may be replaced now. `LATER`: as many as a minute allows were replaced. `STOPPED`: as many as ten
 * minutes allow, so that what is wrong is probably the release and not the histories; and from then on until the alarm about
 * it is cleared. `AGAIN`: it was replaced within the
 * hour and fails again.
 */
export type Permit = 'GRANTED' | 'LATER' | 'STOPPED' | 'AGAIN'

const perMinute = 3
const perTenMinutes = 5

/**
 * Keeps a history and takes one replacement out of the deployment's budget, in one: what was not kept is not replaced, and
 * all processes share the budget. A run that was kept already may go on being replaced at no further cost.
 */
export async function keepHistory(archive: Archive, run: EndedRun): Promise<Permit> {
  return inOneTransaction(archive, async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('replacing'))`
    const permit = await permitFor(tx, run)
    const isKept = (await tx.keptHistory.count({ where: { runId: run.runId } })) > 0
    if (permit === 'GRANTED' && !isKept) await tx.keptHistory.create({ data: run })
    return permit
  })
}

/** What the budget says of a run now; only `keepHistory` takes anything out of it. */
export async function permitFor(db: Db, run: Pick<EndedRun, 'runId' | 'workflowId'>): Promise<Permit> {
  if ((await db.keptHistory.count({ where: { runId: run.runId } })) > 0) return 'GRANTED'
  if (await isReplacingStopped(db)) return 'STOPPED'
  const { thisOne, inMinute, inTenMinutes } = await replacedLately(db, run.workflowId)
  if (thisOne > 0) return 'AGAIN'
  if (inTenMinutes >= perTenMinutes) return 'STOPPED'
  return inMinute >= perMinute ? 'LATER' : 'GRANTED'
}

async function replacedLately(db: Db, workflowId: string) {
  const [row] = await db.$queryRaw<{ thisOne: number; inMinute: number; inTenMinutes: number }[]>`
    SELECT count(*) FILTER (WHERE "workflowId" = ${workflowId})::int AS "thisOne",
      count(*) FILTER (WHERE "keptAt" > clock_timestamp() - interval '1 minute')::int AS "inMinute",
      count(*) FILTER (WHERE "keptAt" > clock_timestamp() - interval '10 minutes')::int AS "inTenMinutes"
    FROM kept_history WHERE "keptAt" > clock_timestamp() - interval '1 hour'`
  return row as { thisOne: number; inMinute: number; inTenMinutes: number }
}

/** Time alone lets nothing go on: five more would be ended every ten minutes for as long as a bad release runs. */
async function isReplacingStopped(db: Db): Promise<boolean> {
  return (await db.alarm.count({ where: { kind: 'REPLACING_STOPPED', clearedAt: null } })) > 0
}

/** Notes that a run was ended and another one started. */
export async function noteReplaced(db: Db, runId: string): Promise<void> {
  await db.$executeRaw`UPDATE kept_history SET "replacedAt" = clock_timestamp()
    WHERE "runId" = ${runId} AND "replacedAt" IS NULL`
}

/** Runs that were ended, or were about to be when their process died: their work may not have been taken up. */
export async function findUnfinishedReplacements(
  db: Db,
): Promise<{ runId: string; workflowId: string; workflowType: string }[]> {
  return db.keptHistory.findMany({
    where: { replacedAt: null },
    select: { runId: true, workflowId: true, workflowType: true },
    orderBy: { keptAt: 'asc' },
  })
}

/** How many histories were ever kept, by type. */
export async function countKeptHistories(db: Db): Promise<{ workflowType: string; count: number }[]> {
  return db.$queryRaw`SELECT "workflowType", count(*)::int AS count FROM kept_history GROUP BY 1`
}
