import type { Db } from '../../client.ts'

/** What waits although nobody means it to, by the deployment's clock. */
export type Backlog = {
  /** Acts that were written down and have no answer, in cases that are open or were never submitted. */
  unansweredRequests: number
  /** Age of the oldest of them, in seconds; null when there is none. */
  oldestRequestSeconds: number | null
  untakenCallbacks: number
  oldestCallbackSeconds: number | null
  /** What was set aside and nobody has seen to yet. */
  setAsideItems: number
}

export async function readBacklog(db: Db): Promise<Backlog> {
  const [row] = await db.$queryRaw<Backlog[]>`
    WITH clock AS (SELECT clock_timestamp()
      + COALESCE((SELECT "offsetMs" FROM deployment_clock), 0) * interval '1 millisecond' AS now)
    SELECT r.*, b.*, s.* FROM clock,
      LATERAL (SELECT count(*)::int AS "unansweredRequests",
        GREATEST(0, extract(epoch FROM clock.now - min(q."receivedAt")))::float8 AS "oldestRequestSeconds"
        FROM request q LEFT JOIN matter c ON c.id = q."matterId"
        WHERE q.status = 'RECEIVED' AND c."closedAt" IS NULL) r,
      LATERAL (SELECT count(*)::int AS "untakenCallbacks",
        GREATEST(0, extract(epoch FROM clock.now - min(k."receivedAt")))::float8 AS "oldestCallbackSeconds"
        FROM callback k WHERE k."takenAt" IS NULL) b,
      LATERAL (SELECT count(*)::int AS "setAsideItems" FROM set_aside_item i WHERE i."closedAt" IS NULL) s`
  const { unansweredRequests, oldestRequestSeconds, untakenCallbacks, oldestCallbackSeconds, setAsideItems } =
    row as Backlog
  // GREATEST passes over what is null, so an age without anything that has one would read as nought.
  return {
    unansweredRequests,
    oldestRequestSeconds: unansweredRequests === 0 ? null : oldestRequestSeconds,
    untakenCallbacks,
    oldestCallbackSeconds: untakenCallbacks === 0 ? null : oldestCallbackSeconds,
    setAsideItems,
  }
}
