ALTER TYPE "Action" ADD VALUE 'AWAIT';
ALTER TYPE "Action" ADD VALUE 'END_WAITING';
ALTER TYPE "Action" ADD VALUE 'MARK_RISK';
ALTER TYPE "Action" ADD VALUE 'ASSIGN';
ALTER TYPE "Action" ADD VALUE 'URGE';
ALTER TYPE "Action" ADD VALUE 'ISSUE_ORDER';
ALTER TYPE "Action" ADD VALUE 'ANSWER_ORDER';
ALTER TYPE "Action" ADD VALUE 'CLOSE_ORDER';
ALTER TYPE "Capacity" ADD VALUE 'SUPERVISE';
ALTER TYPE "PaperKind" ADD VALUE 'SUPERVISION_ORDER';
ALTER TYPE "PaperKind" ADD VALUE 'SUPERVISION_ANSWER';
ALTER TYPE "PaperKind" ADD VALUE 'RISK_NOTE';

CREATE TYPE "SupervisionRung" AS ENUM ('REMINDER', 'URGING', 'ORDER', 'CIRCULAR');
CREATE TYPE "AbsenceCause" AS ENUM ('LEAVE', 'TRAINING', 'SECONDMENT', 'ILLNESS', 'OTHER');
CREATE TYPE "AlarmKind" AS ENUM ('POST_VACANT', 'NOBODY_MAY_ACT');

-- What is due, where lists and boards look for it ------------------------------------------------------------------

ALTER TABLE "deadline" ADD COLUMN "waits" JSONB NOT NULL DEFAULT '[]',
  ADD COLUMN "ownDueAt" TIMESTAMPTZ(3),
  ADD COLUMN "nextRung" "SupervisionRung",
  ADD COLUMN "nextRungAt" TIMESTAMPTZ(3);
-- Running limits begin with a rung that is due at once: when the case is next looked at, it is counted before it is climbed.
UPDATE "deadline" SET "ownDueAt" = "dueAt", "nextRungAt" = "startedOn",
  "nextRung" = (CASE WHEN "breachedAt" IS NULL THEN 'REMINDER' ELSE 'ORDER' END)::"SupervisionRung"
WHERE "stoppedOn" IS NULL AND "limit" <> 'PUBLIC_NOTICE';
-- The sweep looks at every case that no engine is said to carry.
UPDATE "assistance_case" SET "engineId" = NULL WHERE "closedAt" IS NULL;

ALTER TABLE "assistance_case" ADD COLUMN "dueAt" TIMESTAMPTZ(3), ADD COLUMN "ownDueAt" TIMESTAMPTZ(3);
ALTER TABLE "task" ADD COLUMN "capacity" "Capacity", ADD COLUMN "assigneeId" TEXT, ADD COLUMN "dueAt" TIMESTAMPTZ(3);

UPDATE "assistance_case" c SET "dueAt" = d."dueAt", "ownDueAt" = d."dueAt"
FROM (SELECT "caseId", min("dueAt") AS "dueAt" FROM "deadline"
  WHERE "stoppedOn" IS NULL AND "limit" <> 'PUBLIC_NOTICE' GROUP BY "caseId") d
WHERE d."caseId" = c."id" AND c."closedAt" IS NULL;
UPDATE "task" t SET "dueAt" = c."dueAt" FROM "assistance_case" c WHERE c."id" = t."caseId" AND t."closedAt" IS NULL;
-- Two parts hang on the payment's instruction: who has not prepared may release.
UPDATE "task" SET "capacity" = (CASE
  WHEN "role" IN ('TOWNSHIP_LEADER', 'COUNTY_HANDLER') THEN 'REVIEW'
  WHEN "role" = 'COUNTY_APPROVER' THEN 'CONFIRM'
  WHEN "role" = 'FINANCE_OFFICER' AND EXISTS (SELECT FROM "payment_instruction" i WHERE i."caseId" = "task"."caseId"
    AND i."state" IN ('PREPARED', 'RELEASED', 'SENT')) THEN 'RELEASE'
  WHEN "role" = 'FINANCE_OFFICER' THEN 'PREPARE'
  ELSE 'HANDLE' END)::"Capacity"
WHERE "closedAt" IS NULL;

-- A desk's list, soonest due first; what has no limit running comes last.
CREATE INDEX "task_open_by_due" ON "task" ("officeId", "role", (COALESCE("dueAt", 'infinity'::timestamptz)), "id")
  INCLUDE ("placeId", "stage", "dueAt", "assigneeId") WHERE "closedAt" IS NULL;
DROP INDEX "task_open_by_office";
CREATE INDEX "task_open_by_assignee" ON "task" ("assigneeId", "caseId")
  WHERE "closedAt" IS NULL AND "assigneeId" IS NOT NULL;
-- The board counts open cases by place and stage, and finds those of a cell, without touching the rows themselves.
CREATE INDEX "case_open_by_place" ON "assistance_case" ("placeId", "stage", "dueAt")
  INCLUDE ("ownDueAt", "stageSince", "id") WHERE "closedAt" IS NULL AND "version" > 0;
-- The same for one limit instead of the soonest of each case.
CREATE INDEX "deadline_open_by_place" ON "deadline" ("placeId", "limit") INCLUDE ("caseId", "dueAt", "ownDueAt")
  WHERE "stoppedOn" IS NULL;
-- What ended lately, for the pace of offices; what fell due in a period, for the bulletin.
CREATE INDEX "deadline_by_stop" ON "deadline" ("stoppedOn", "limit") WHERE "stoppedOn" IS NOT NULL;
CREATE INDEX "deadline_by_due_day" ON "deadline" ("dueOn", "limit");
CREATE INDEX "case_event_by_day" ON "case_event" ("recordedAt", "type");

-- The ladder of supervision -----------------------------------------------------------------------------------------

ALTER TABLE "supervision_item"
  ALTER COLUMN "rung" TYPE "SupervisionRung" USING 'URGING'::"SupervisionRung",
  ADD COLUMN "number" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "raisedBy" TEXT,
  ADD COLUMN "paperId" TEXT,
  ADD COLUMN "closedAt" TIMESTAMPTZ(3);
DROP INDEX "supervision_item_caseId_limit_run_rung_key";
CREATE UNIQUE INDEX "supervision_item_caseId_limit_run_rung_number_key"
  ON "supervision_item" ("caseId", "limit", "run", "rung", "number");

CREATE TABLE "supervision_recipient" (
    "itemId" TEXT NOT NULL,
    "officeId" TEXT NOT NULL,
    "role" "Role" NOT NULL,

    CONSTRAINT "supervision_recipient_pkey" PRIMARY KEY ("itemId","officeId","role")
);

CREATE TABLE "supervision_receipt" (
    "itemId" TEXT NOT NULL,
    "officerId" TEXT NOT NULL,
    "postId" TEXT,
    "seenAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "supervision_receipt_pkey" PRIMARY KEY ("itemId","officerId")
);

CREATE TABLE "supervision_answer" (
    "id" TEXT NOT NULL,
    "itemId" TEXT NOT NULL,
    "officerId" TEXT NOT NULL,
    "postId" TEXT NOT NULL,
    "paperId" TEXT NOT NULL,
    "answeredAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "supervision_answer_pkey" PRIMARY KEY ("id")
);

INSERT INTO "supervision_receipt" ("itemId", "officerId", "seenAt")
  SELECT "id", "seenBy", "seenAt" FROM "supervision_item" WHERE "seenBy" IS NOT NULL AND "seenAt" IS NOT NULL;
ALTER TABLE "supervision_item" DROP COLUMN "seenBy", DROP COLUMN "seenAt";
-- What was shown to a level is addressed to the supervisors of that level's bureau.
INSERT INTO "supervision_recipient" ("itemId", "officeId", "role")
WITH RECURSIVE "chain" AS (
  SELECT i."id" AS "itemId", i."shownTo", p."id", p."parentId" FROM "supervision_item" i JOIN "place" p ON p."id" = i."placeId"
  UNION ALL
  SELECT c."itemId", c."shownTo", p."id", p."parentId" FROM "place" p JOIN "chain" c ON p."id" = c."parentId"
)
SELECT DISTINCT c."itemId", o."id",
  (CASE c."shownTo" WHEN 'CITY' THEN 'CITY_SUPERVISOR' ELSE 'COUNTY_SUPERVISOR' END)::"Role"
FROM "chain" c JOIN "jurisdiction" j ON j."placeId" = c."id" JOIN "office" o ON o."id" = j."officeId"
WHERE o."kind" = 'CIVIL_AFFAIRS_BUREAU' AND o."level" = c."shownTo";
UPDATE "supervision_item" i SET "closedAt" = clock_timestamp()
FROM "deadline" d WHERE d."caseId" = i."caseId" AND d."limit" = i."limit" AND d."run" = i."run" AND d."stoppedOn" IS NOT NULL;

CREATE TABLE "supervision_order" (
    "id" TEXT NOT NULL,
    "caseId" TEXT NOT NULL,
    "countyId" TEXT NOT NULL,
    "placeId" TEXT NOT NULL,
    "limit" TEXT NOT NULL,
    "run" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "officeId" TEXT NOT NULL,
    "issuedBy" TEXT NOT NULL,
    "issuedAt" TIMESTAMPTZ(3) NOT NULL,
    "paperId" TEXT NOT NULL,
    "answeredBy" TEXT,
    "answeredAt" TIMESTAMPTZ(3),
    "answerPaperId" TEXT,
    "closedBy" TEXT,
    "closedAt" TIMESTAMPTZ(3),

    CONSTRAINT "supervision_order_pkey" PRIMARY KEY ("id")
);

-- Who stands in, who takes over, what nobody can do ------------------------------------------------------------------

CREATE TABLE "absence" (
    "id" TEXT NOT NULL,
    "postId" TEXT NOT NULL,
    "officerId" TEXT NOT NULL,
    "standInId" TEXT,
    "cause" "AbsenceCause" NOT NULL,
    "fromOn" DATE NOT NULL,
    "throughOn" DATE NOT NULL,
    "recordedBy" TEXT NOT NULL,
    "recordedAt" TIMESTAMPTZ(3) NOT NULL,
    "endedOn" DATE,

    CONSTRAINT "absence_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "absence_in_order" CHECK ("fromOn" <= "throughOn"),
    CONSTRAINT "absence_another_stands_in" CHECK ("standInId" IS NULL OR "standInId" <> "officerId")
);

CREATE TABLE "hand_over" (
    "id" TEXT NOT NULL,
    "postId" TEXT NOT NULL,
    "fromOfficerId" TEXT NOT NULL,
    "toOfficerId" TEXT NOT NULL,
    "lastDay" DATE NOT NULL,
    "openedBy" TEXT NOT NULL,
    "openedAt" TIMESTAMPTZ(3) NOT NULL,
    "list" JSONB,
    "listDigest" TEXT,
    "givenAt" TIMESTAMPTZ(3),
    "takenAt" TIMESTAMPTZ(3),
    "cancelledAt" TIMESTAMPTZ(3),

    CONSTRAINT "hand_over_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "hand_over_two_persons" CHECK ("fromOfficerId" <> "toOfficerId"),
    CONSTRAINT "hand_over_given_first" CHECK ("takenAt" IS NULL OR ("givenAt" IS NOT NULL AND "cancelledAt" IS NULL))
);

CREATE TABLE "alarm" (
    "id" TEXT NOT NULL,
    "kind" "AlarmKind" NOT NULL,
    "subject" TEXT NOT NULL,
    "countyId" TEXT,
    "officeId" TEXT NOT NULL,
    "role" "Role" NOT NULL,
    "caseId" TEXT,
    "raisedAt" TIMESTAMPTZ(3) NOT NULL,
    "clearedAt" TIMESTAMPTZ(3),

    CONSTRAINT "alarm_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "daily_round" (
    "day" DATE NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "finishedAt" TIMESTAMPTZ(3),
    "orphans" INTEGER,

    CONSTRAINT "daily_round_pkey" PRIMARY KEY ("day")
);

-- What is expected, and what came ------------------------------------------------------------------------------------

CREATE TABLE "deadline_forecast" (
    "madeOn" DATE NOT NULL,
    "placeId" TEXT NOT NULL,
    "limit" TEXT NOT NULL,
    "dueOn" DATE NOT NULL,
    "countyId" TEXT NOT NULL,
    "open" INTEGER NOT NULL,
    "expected" DOUBLE PRECISION NOT NULL,
    "unknown" INTEGER NOT NULL,

    CONSTRAINT "deadline_forecast_pkey" PRIMARY KEY ("madeOn","placeId","limit","dueOn")
);

CREATE TABLE "bulletin" (
    "id" TEXT NOT NULL,
    "countyId" TEXT NOT NULL,
    "period" TEXT NOT NULL,
    "body" JSONB NOT NULL,
    "digest" TEXT NOT NULL,
    "issuedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "bulletin_pkey" PRIMARY KEY ("id")
);

ALTER TABLE "request" ADD COLUMN "bulkId" TEXT;
ALTER TABLE "case_event" ADD COLUMN "standsInFor" TEXT;

CREATE INDEX "supervision_recipient_officeId_role_idx" ON "supervision_recipient"("officeId", "role");
CREATE INDEX "supervision_answer_itemId_idx" ON "supervision_answer"("itemId");
CREATE INDEX "supervision_order_countyId_issuedAt_idx" ON "supervision_order"("countyId", "issuedAt");
CREATE UNIQUE INDEX "supervision_order_caseId_number_key" ON "supervision_order"("caseId", "number");
CREATE INDEX "person_identity_numberIndex_idx" ON "person_identity"("numberIndex");
CREATE INDEX "absence_postId_idx" ON "absence"("postId");
CREATE INDEX "absence_standInId_idx" ON "absence"("standInId");
CREATE INDEX "absence_officerId_idx" ON "absence"("officerId");
CREATE INDEX "hand_over_postId_idx" ON "hand_over"("postId");
CREATE INDEX "alarm_officeId_idx" ON "alarm"("officeId");
CREATE INDEX "deadline_forecast_countyId_madeOn_idx" ON "deadline_forecast"("countyId", "madeOn");
CREATE UNIQUE INDEX "bulletin_countyId_period_key" ON "bulletin"("countyId", "period");

ALTER TABLE "supervision_recipient" ADD CONSTRAINT "supervision_recipient_itemId_fkey" FOREIGN KEY ("itemId") REFERENCES "supervision_item"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What Prisma's language cannot say ----------------------------------------------------------------------------------

-- One open order for each case; one open hand-over for each post and officer; one open alarm for each subject.
CREATE UNIQUE INDEX "supervision_order_one_open" ON "supervision_order" ("caseId") WHERE "closedAt" IS NULL;
CREATE UNIQUE INDEX "hand_over_one_open" ON "hand_over" ("postId", "fromOfficerId")
  WHERE "takenAt" IS NULL AND "cancelledAt" IS NULL;
CREATE UNIQUE INDEX "alarm_one_open" ON "alarm" ("kind", "subject") WHERE "clearedAt" IS NULL;
CREATE INDEX "deadline_by_rung" ON "deadline" ("nextRungAt") WHERE "stoppedOn" IS NULL AND "nextRungAt" IS NOT NULL;
CREATE INDEX "supervision_item_open" ON "supervision_item" ("openedAt", "id") WHERE "closedAt" IS NULL;
CREATE INDEX "request_by_bulk" ON "request" ("bulkId") WHERE "bulkId" IS NOT NULL;

-- A receipt, an answer, a forecast and an issued bulletin are never put differently afterwards.
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE ON "supervision_recipient" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE ON "supervision_receipt" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE ON "supervision_answer" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE ON "deadline_forecast" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE ON "bulletin" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "keep" BEFORE DELETE ON "supervision_order" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "keep" BEFORE DELETE ON "absence" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "keep" BEFORE DELETE ON "hand_over" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "keep" BEFORE DELETE ON "alarm" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "keep" BEFORE DELETE ON "daily_round" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();

CREATE FUNCTION "hand_over_list_stands"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD."givenAt" IS NOT NULL AND (NEW."list", NEW."listDigest", NEW."givenAt") IS DISTINCT FROM (OLD."list", OLD."listDigest", OLD."givenAt") THEN
    RAISE EXCEPTION 'a signed hand-over list is never changed' USING ERRCODE = '42501';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "list_stands" BEFORE UPDATE ON "hand_over" FOR EACH ROW EXECUTE FUNCTION "hand_over_list_stands"();

GRANT SELECT, INSERT ON "supervision_recipient", "supervision_receipt", "supervision_answer", "supervision_order",
  "absence", "hand_over", "alarm", "daily_round", "deadline_forecast", "bulletin" TO "jiuzhu_app";
GRANT UPDATE ("answeredBy", "answeredAt", "answerPaperId", "closedBy", "closedAt") ON "supervision_order" TO "jiuzhu_app";
GRANT UPDATE ("endedOn") ON "absence" TO "jiuzhu_app";
GRANT UPDATE ("list", "listDigest", "givenAt", "takenAt", "cancelledAt") ON "hand_over" TO "jiuzhu_app";
GRANT UPDATE ("clearedAt") ON "alarm" TO "jiuzhu_app";
GRANT UPDATE ("finishedAt", "orphans") ON "daily_round" TO "jiuzhu_app";
