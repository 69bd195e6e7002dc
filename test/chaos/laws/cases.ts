import type { Law } from '../checker.ts'
import { lawByQuery } from './by-query.ts'

/** What must hold of each case, its log, its desks, its people and its due instants. */
export const lawsOfCases: readonly Law[] = [
  lawByQuery(
    'a case is as old as its log',
    `SELECT c.id AS "where" FROM matter c
     WHERE c.version <> (SELECT COALESCE(max(e.seq), 0) FROM matter_event e WHERE e."matterId" = c.id)`,
  ),
  lawByQuery(
    'a log counts from one without gaps',
    `SELECT "matterId" AS "where" FROM matter_event GROUP BY "matterId"
     HAVING min(seq) <> 1 OR max(seq) <> count(*) OR count(DISTINCT seq) <> count(*)`,
  ),
  lawByQuery(
    'a case stands where its last step brought it',
    `WITH step AS (
       SELECT DISTINCT ON ("matterId") "matterId", CASE type
         WHEN 'APPLICATION_SUBMITTED' THEN 'APPLIED'
         WHEN 'APPLICATION_ACCEPTED' THEN 'SURVEY'
         WHEN 'CASE_RETURNED' THEN data->>'to'
         WHEN 'SURVEY_COMPLETED' THEN CASE WHEN jsonb_array_length(COALESCE(data->'signaturesOwed', '[]')) = 0
           THEN 'TOWNSHIP_OPINION' ELSE 'SURVEY' END
         WHEN 'SURVEY_SIGNED' THEN 'TOWNSHIP_OPINION'
         WHEN 'OPINION_GIVEN' THEN CASE WHEN (data->>'agrees')::boolean THEN 'PUBLIC_NOTICE'
           WHEN data ? 'handUpOwed' THEN 'HANDING_UP' ELSE 'COUNTY_REVIEW' END
         WHEN 'NOTICE_ENDED' THEN CASE WHEN data ? 'handUpOwed' THEN 'HANDING_UP' ELSE 'COUNTY_REVIEW' END
         WHEN 'FILE_HANDED_UP' THEN 'COUNTY_REVIEW'
         WHEN 'FILE_REVIEWED' THEN 'COUNTY_CONFIRMATION'
         WHEN 'CONFIRMED' THEN 'FIRST_PAYMENT'
         WHEN 'REFUSED' THEN 'REFUSAL_NOTICE'
         ELSE 'CLOSED' END AS stage
       FROM matter_event
       WHERE type IN ('APPLICATION_SUBMITTED', 'APPLICATION_ACCEPTED', 'CASE_RETURNED', 'SURVEY_COMPLETED', 'SURVEY_SIGNED',
         'OPINION_GIVEN', 'NOTICE_ENDED', 'FILE_HANDED_UP', 'FILE_REVIEWED', 'CONFIRMED', 'REFUSED', 'REFUSAL_SERVED', 'PAYMENT_PAID',
         'CASE_WITHDRAWN', 'APPLICATION_RESUBMITTED')
       ORDER BY "matterId", seq DESC)
     SELECT c.id AS "where" FROM matter c JOIN step ON step."matterId" = c.id
     WHERE c.stage::text <> step.stage
       AND NOT EXISTS (SELECT FROM matter_event r WHERE r."matterId" = c.id AND r.type = 'APPLICATION_RESUBMITTED')`,
  ),
  lawByQuery(
    'nothing happens to a case after its end',
    `SELECT later."eventId" AS "where" FROM matter_event ending
     JOIN matter_event later ON later."matterId" = ending."matterId" AND later.seq > ending.seq
     WHERE ending.type IN ('REFUSAL_SERVED', 'CASE_WITHDRAWN')
       OR (ending.type = 'PAYMENT_PAID' AND later.type <> 'PAYMENT_RETURNED')`,
  ),
  lawByQuery(
    'closed says the same as its date',
    `SELECT id AS "where" FROM matter WHERE (stage = 'CLOSED') <> ("closedAt" IS NOT NULL)
       OR (stage = 'CLOSED') <> (outcome IS NOT NULL)`,
  ),
  lawByQuery(
    'an open case lies on a desk, a closed one on none',
    `SELECT c.id AS "where" FROM matter c
     WHERE c.version > 0 AND (c.stage <> 'CLOSED')
       <> EXISTS (SELECT FROM task t WHERE t."matterId" = c.id AND t."closedAt" IS NULL)`,
  ),
  lawByQuery(
    'one person has one capacity in a case',
    `SELECT "matterId" || ' ' || "officerId" AS "where" FROM matter_event WHERE "officerId" IS NOT NULL
     GROUP BY "matterId", "officerId" HAVING count(DISTINCT capacity) > 1`,
  ),
  lawByQuery(
    'who takes part is written down, and nobody else',
    `SELECT COALESCE(acted."matterId", p."matterId") || ' ' || COALESCE(acted."officerId", p."officerId") AS "where"
     FROM (SELECT "matterId", "officerId", capacity FROM matter_event WHERE capacity IS NOT NULL
       UNION
       SELECT "matterId", jsonb_array_elements_text(data->'investigatorIds'), 'HANDLE' FROM matter_event
         WHERE type = 'SURVEY_BEGUN') acted
     FULL JOIN participation p USING ("matterId", "officerId", capacity)
     WHERE acted."matterId" IS NULL OR p."eventId" IS NULL`,
  ),
  lawByQuery(
    'no time runs out before its instant',
    `SELECT e."eventId" AS "where" FROM matter_event e
     WHERE e.type = 'LIMIT_BREACHED' AND e."recordedAt" < (e.data->>'dueAt')::timestamptz
     UNION
     SELECT e."eventId" FROM matter_event e
     JOIN deadline d ON d."matterId" = e."matterId" AND d."limit" = e.data->>'limit' AND d.run = (e.data->>'run')::int
     WHERE e.type = 'LIMIT_BREACHED' AND e."recordedAt" < d."dueAt"
     UNION
     SELECT e."eventId" FROM matter_event e
     WHERE e.type = 'NOTICE_ENDED' AND NOT EXISTS (SELECT FROM deadline d
       WHERE d."matterId" = e."matterId" AND d."limit" = 'PUBLIC_NOTICE' AND d."dueAt" <= e."recordedAt")`,
  ),
  lawByQuery(
    'a breach is in the log, on its limit and before a supervisor',
    `SELECT e."eventId" AS "where" FROM matter_event e
     WHERE e.type = 'LIMIT_BREACHED' AND (
       NOT EXISTS (SELECT FROM deadline d WHERE d."matterId" = e."matterId" AND d."limit" = e.data->>'limit'
         AND d.run = (e.data->>'run')::int AND d."breachedAt" IS NOT NULL)
       OR NOT EXISTS (SELECT FROM supervision_item s WHERE s."matterId" = e."matterId" AND s."limit" = e.data->>'limit'
         AND s.run = (e.data->>'run')::int))`,
  ),
  lawByQuery(
    'no rung of the ladder is climbed before its instant',
    `SELECT e."eventId" AS "where" FROM matter_event e
     WHERE e.type = 'SUPERVISION_RAISED' AND e."recordedAt" < e."causeId"::timestamptz`,
  ),
  lawByQuery(
    'each rung in the log was shown to somebody',
    `SELECT e."eventId" AS "where" FROM matter_event e
     WHERE e.type IN ('SUPERVISION_RAISED', 'LIMIT_BREACHED', 'URGED')
       AND NOT EXISTS (SELECT FROM supervision_item i JOIN supervision_recipient r ON r."itemId" = i.id
         WHERE i.id = e."eventId")`,
  ),
  lawByQuery(
    'lists and boards look at the soonest due instant of each case',
    `SELECT c.id AS "where" FROM matter c
     LEFT JOIN LATERAL (SELECT min(d."dueAt") AS "dueAt", min(d."ownDueAt") AS "ownDueAt" FROM deadline d
       WHERE d."matterId" = c.id AND d."stoppedOn" IS NULL
         AND d."limit" NOT IN ('PUBLIC_NOTICE', 'SUPERVISION_ORDER')) due ON true
     WHERE (c."dueAt", c."ownDueAt") IS DISTINCT FROM (due."dueAt", due."ownDueAt")
       OR EXISTS (SELECT FROM task t WHERE t."matterId" = c.id AND t."closedAt" IS NULL
         AND t."dueAt" IS DISTINCT FROM due."dueAt")`,
  ),
  lawByQuery(
    'what is watched is closed with its limit, and not before',
    `SELECT i.id AS "where" FROM supervision_item i JOIN deadline d ON d."matterId" = i."matterId"
       AND d."limit" = i."limit" AND d.run = i.run
     WHERE (i."closedAt" IS NULL) <> (d."stoppedOn" IS NULL)`,
  ),
  lawByQuery(
    'each benefit in force has one review to come',
    `SELECT b.id AS "where" FROM benefit b WHERE b.active
       AND (SELECT count(*) FROM review_obligation r WHERE r."benefitId" = b.id AND r.open AND r.kind IN ('ANNUAL', 'HALF_YEARLY')) <> 1`,
  ),
  lawByQuery(
    'each confirmation put one benefit in force',
    `SELECT e."eventId" AS "where" FROM matter_event e WHERE e.type = 'CONFIRMED' AND NOT EXISTS (
       SELECT FROM benefit b JOIN benefit_version v ON v."benefitId" = b.id
       WHERE b."matterId" = e."matterId" AND b.id = e.data->>'benefitId'
         AND v."monthlyAmountFen" = (e.data->>'amountFen')::bigint)`,
  ),
  {
    name: 'the run made progress',
    async find({ archive, fewestClosed }) {
      const query = `SELECT count(*)::int AS closed FROM matter WHERE stage = 'CLOSED'`
      const closed = (await archive.query<{ closed: number }>(query)).rows[0]?.closed ?? 0
      return closed < fewestClosed ? [`${closed} of ${fewestClosed} cases closed`] : []
    },
  },
]
