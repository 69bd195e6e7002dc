/** Every statement of the bare build, prepared once for each connection under its name. */
export const statements = {
  keepPaper: `INSERT INTO paper (id, "matterId", "countyId", kind, digest, salt, "bodyCipher", "contentType", size, "writtenBy", "writtenAt")
    VALUES ($1, $2, $3, $4, $5, $6, $7, 'application/json', $8, $9, clock_timestamp())`,
  receive: `INSERT INTO request ("officerId", "requestId", action, "contentDigest", content, "matterId", "postId", status, "receivedAt")
    VALUES ($1, $2, $3, $4, $5, $6, $7, 'RECEIVED', clock_timestamp()) ON CONFLICT DO NOTHING`,
  lockCase: `SELECT stage::text AS stage, version FROM matter WHERE id = $1 FOR UPDATE`,
  readRequest: `SELECT status::text AS status, content FROM request WHERE "officerId" = $1 AND "requestId" = $2`,
  officer: `SELECT p.role::text AS role, p."officeId",
      (SELECT capacity::text FROM participation WHERE "matterId" = $3 AND "officerId" = $2) AS "capacityHeld"
    FROM post p JOIN post_holding h ON h."postId" = p.id
    WHERE p.id = $1 AND h."officerId" = $2 AND h."effectiveFrom" <= now() AND (h."effectiveTo" IS NULL OR h."effectiveTo" >= now())`,
  papers: `SELECT id AS "paperId", kind::text AS kind, digest FROM paper WHERE "matterId" = $1 AND id = ANY($2)`,
  enter: `INSERT INTO matter_event ("eventId", "matterId", "countyId", seq, type, "typeVersion", data, "occurredOn", "recordedAt",
      "officerId", "postId", "officeId", role, capacity, "causeKind", "causeId", papers, "ruleVersion", "calendarVersion")
    VALUES ($1, $2, $3, $4, $5, 1, $6, now(), clock_timestamp(), $7, $8, $9, $10, $11, $12, $13, $14, 'bare', 'bare')`,
  moveCase: `UPDATE matter SET version = $2, stage = $3,
      "stageSince" = CASE WHEN stage = $3 THEN "stageSince" ELSE clock_timestamp() END,
      outcome = CASE WHEN $3 = 'CLOSED' THEN 'REFUSED' END,
      "closedAt" = CASE WHEN $3 = 'CLOSED' THEN clock_timestamp() END
    WHERE id = $1 AND version = $4`,
  showPersons: `UPDATE matter_person SET open = $2 WHERE "matterId" = $1`,
  closeTasks: `UPDATE task SET "closedAt" = clock_timestamp(), "closedBy" = $2, "closedWith" = $3
    WHERE "matterId" = $1 AND "closedAt" IS NULL AND stage <> $4`,
  openTask: `INSERT INTO task (id, "matterId", "countyId", "placeId", kind, stage, "officeId", role, "openedAt")
    SELECT $1, $2, $3, $4, 'ASSISTANCE_CASE', $5, o.id, $7, clock_timestamp() FROM office o JOIN jurisdiction j ON j."officeId" = o.id
    WHERE o.kind = $6 AND j."placeId" = ANY($8) ORDER BY o.id LIMIT 1 ON CONFLICT DO NOTHING`,
  startLimits: `INSERT INTO deadline ("matterId", "limit", run, "countyId", "placeId", kind, amount, "startedOn", "dueOn", "dueAt",
      provisional, assumed, source, "calendarVersion", state)
    SELECT $1, l, 1, $2, $3, 'WORKING_DAYS', 10, now(), now() + interval '14 days', now() + interval '14 days', false, false,
      'bare', 'bare', 'OPEN' FROM unnest($4::text[]) l`,
  stopLimits: `UPDATE deadline SET state = 'MET', "stoppedOn" = now() WHERE "matterId" = $1 AND "limit" = ANY($2) AND "stoppedOn" IS NULL`,
  lastAudit: `SELECT seq, hash FROM audit_record WHERE register = $1 ORDER BY seq DESC LIMIT 1`,
  audit: `INSERT INTO audit_record (register, seq, form, at, "officerId", "postId", "officeId", role, "placeId", action, result, subject,
      "eventId", detail, previous, hash)
    VALUES ($1, $2, 2, clock_timestamp(), $3, $4, $5, $6, $7, $8, 'FILED', $9, $10, $11, $12, $13)`,
  join: `INSERT INTO participation ("matterId", "officerId", capacity, "countyId", "eventId") VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT DO NOTHING`,
  answer: `UPDATE request SET status = 'FILED', answer = $3, "answeredAt" = clock_timestamp(), "acknowledgedAt" = clock_timestamp()
    WHERE "officerId" = $1 AND "requestId" = $2`,
  requestMatching: `INSERT INTO matching_request (id, "matterId", "countyId", sources, "writtenAt")
    VALUES ($1, $2, $3, $4, clock_timestamp()) ON CONFLICT DO NOTHING`,
  keepCallback: `INSERT INTO callback (source, "sourceId", "matterId", "countyId", "bodyCipher", "receivedAt")
    VALUES ('MATCHING_CENTRE', $1, $2, $3, $4, clock_timestamp()) ON CONFLICT DO NOTHING`,
  takeCallbacks: `UPDATE callback SET "takenAt" = clock_timestamp(), "takenAs" = 'ENTERED' WHERE "matterId" = $1 AND "takenAt" IS NULL
    RETURNING "sourceId"`,
} as const

export type StatementName = keyof typeof statements
