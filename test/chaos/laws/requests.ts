import type { Law } from '../checker.ts'
import { lawByQuery } from './by-query.ts'

/** What must hold of requests, their answers, and everything that came from outside. */
export const lawsOfRequests: readonly Law[] = [
  lawByQuery(
    'one request has one answer',
    `SELECT "requestId" AS "where" FROM request
     WHERE (status = 'RECEIVED') <> (answer IS NULL) OR (answer IS NULL) <> ("answeredAt" IS NULL)
       OR (answer ? 'outcome' AND answer->>'outcome' <> status::text)`,
  ),
  lawByQuery(
    'what was answered as filed is in the log, once',
    `SELECT r."requestId" AS "where" FROM request r WHERE r.status = 'FILED' AND r.answer ? 'outcome'
       AND (SELECT count(*) FROM matter_event e WHERE e."causeKind" = 'REQUEST' AND e."causeId" = r."requestId"
         AND e."officerId" = r."officerId" AND e."matterId" = r."matterId" AND e."eventId" = r.answer->>'eventId'
         AND e.seq <= (r.answer->>'version')::int) <> 1`,
  ),
  lawByQuery(
    'what a person did in the log was asked for and answered as filed',
    `SELECT e."eventId" AS "where" FROM matter_event e WHERE e."causeKind" = 'REQUEST' AND NOT EXISTS (
       SELECT FROM request r WHERE r."officerId" = e."officerId" AND r."requestId" = e."causeId" AND r.status = 'FILED'
         AND r.answer->>'eventId' = e."eventId")`,
  ),
  lawByQuery(
    'nothing waits unheard',
    `SELECT 'request ' || "requestId" AS "where" FROM request WHERE status = 'RECEIVED' OR "acknowledgedAt" IS NULL
       AND status = 'FILED'
     UNION ALL
     SELECT 'callback ' || "sourceId" FROM callback WHERE "takenAt" IS NULL
     UNION ALL
     SELECT 'clock move ' || id FROM clock_move WHERE "finishedAt" IS NULL`,
  ),
]
