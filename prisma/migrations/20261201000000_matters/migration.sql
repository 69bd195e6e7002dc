-- Whatever has a log, limits, desks and a ladder is a matter; the application is the first kind of them. The system is
-- stopped while this runs: names change under every query. Rows are not rewritten but for the columns that become text.

ALTER TABLE "assistance_case" RENAME TO "matter";
ALTER TABLE "case_person" RENAME TO "matter_person";
ALTER TABLE "case_event" RENAME TO "matter_event";
ALTER TABLE "matter" RENAME COLUMN "caseNumber" TO "number";
ALTER TABLE "matter" RENAME COLUMN "headName" TO "title";

DO $$
DECLARE
  one record;
  renamed text;
BEGIN
  FOR one IN SELECT c.table_name FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
    WHERE c.table_schema = current_schema() AND c.column_name = 'caseId' AND t.table_type = 'BASE TABLE' LOOP
    EXECUTE format('ALTER TABLE %I RENAME COLUMN "caseId" TO "matterId"', one.table_name);
  END LOOP;
  FOR one IN SELECT r.relname AS on_table, k.conname AS name FROM pg_constraint k JOIN pg_class r ON r.oid = k.conrelid
    WHERE k.connamespace = current_schema()::regnamespace AND k.conname ~ '(assistance_case|case_person|case_event|caseId)' LOOP
    renamed := replace(replace(replace(replace(one.name, 'assistance_case', 'matter'), 'case_person', 'matter_person'),
      'case_event', 'matter_event'), 'caseId', 'matterId');
    EXECUTE format('ALTER TABLE %I RENAME CONSTRAINT %I TO %I', one.on_table, one.name, renamed);
  END LOOP;
  FOR one IN SELECT c.relname AS name FROM pg_class c
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'i'
      AND c.relname ~ '(assistance_case|case_person|case_event|caseId|caseNumber|^case_)' LOOP
    renamed := regexp_replace(replace(replace(replace(replace(replace(one.name, 'assistance_case', 'matter'), 'case_person',
      'matter_person'), 'case_event', 'matter_event'), 'caseId', 'matterId'), 'caseNumber', 'number'), '^case_', 'matter_');
    EXECUTE format('ALTER INDEX %I RENAME TO %I', one.name, renamed);
  END LOOP;
  -- Bodies of functions are text and follow no rename.
  FOR one IN SELECT pg_get_functiondef(p.oid) AS body FROM pg_proc p
    WHERE p.pronamespace = current_schema()::regnamespace AND p.proname IN
      ('paper_only_erased', 'counted_in_other_county', 'end_benefit', 'account_in_other_county') LOOP
    EXECUTE replace(replace(replace(replace(one.body, '"assistance_case"', '"matter"'), '"case_person"', '"matter_person"'),
      '"case_event"', '"matter_event"'), '"caseId"', '"matterId"');
  END LOOP;
END $$;

-- Stages, outcomes and acts belong to a procedure: the database keeps their names and knows no list of them.
DROP INDEX "matter_open_by_place";
DROP INDEX "task_open_by_due";
ALTER TABLE "matter" ALTER COLUMN "stage" TYPE TEXT USING "stage"::text, ALTER COLUMN "outcome" TYPE TEXT USING "outcome"::text;
ALTER TABLE "task" ALTER COLUMN "stage" TYPE TEXT USING "stage"::text, ALTER COLUMN "closedWith" TYPE TEXT USING "closedWith"::text;
DROP TYPE "Stage";
DROP TYPE "Outcome";
DROP TYPE "Action";

ALTER TABLE "matter"
  ADD COLUMN "kind" TEXT NOT NULL DEFAULT 'ASSISTANCE_CASE',
  ADD COLUMN "dormant" BOOLEAN NOT NULL DEFAULT false,
  ADD COLUMN "wakeAt" TIMESTAMPTZ(3),
  ADD COLUMN "forFinance" BOOLEAN NOT NULL DEFAULT false,
  ADD COLUMN "benefitId" TEXT,
  ADD COLUMN "causeId" TEXT,
  DROP COLUMN "appliedOn",
  DROP COLUMN "acceptedOn",
  ALTER COLUMN "programme" DROP NOT NULL,
  ALTER COLUMN "residenceKind" DROP NOT NULL,
  ALTER COLUMN "memberCount" DROP NOT NULL;
ALTER TABLE "matter" ALTER COLUMN "kind" DROP DEFAULT;
UPDATE "matter" SET "forFinance" = true WHERE "stage" = 'FIRST_PAYMENT' OR "outcome" = 'GRANTED';
UPDATE "matter" m SET "benefitId" = b."id" FROM "benefit" b WHERE b."matterId" = m."id";
ALTER TABLE "matter" ADD CONSTRAINT "matter_words_of_application" CHECK ("kind" <> 'ASSISTANCE_CASE'
  OR ("programme" IS NOT NULL AND "residenceKind" IS NOT NULL AND "memberCount" IS NOT NULL));
ALTER TABLE "matter" ADD CONSTRAINT "matter_causeId_fkey" FOREIGN KEY ("causeId") REFERENCES "matter"("id");

ALTER TABLE "task" ADD COLUMN "kind" TEXT NOT NULL DEFAULT 'ASSISTANCE_CASE';
ALTER TABLE "task" ALTER COLUMN "kind" DROP DEFAULT;

-- Nobody is in two open matters that exclude each other; which do, the matter says by a word.
ALTER TABLE "matter_person" ADD COLUMN "exclusive" TEXT, ALTER COLUMN "programme" DROP NOT NULL;
UPDATE "matter_person" SET "exclusive" = 'APPLICATION:' || "programme"::text;
CREATE UNIQUE INDEX "matter_person_exclusive_once" ON "matter_person" ("personId", "exclusive") WHERE "open" AND "counts";
DROP INDEX "matter_person_counts_once";

ALTER TABLE "payment_line" RENAME COLUMN "benefitId" TO "entitlementId";
ALTER TABLE "payment_line" ADD COLUMN "entitlementKind" TEXT NOT NULL DEFAULT 'BENEFIT';
ALTER TABLE "payment_line" ALTER COLUMN "entitlementKind" DROP DEFAULT;
ALTER INDEX "payment_line_benefitId_programme_month_instalment_key" RENAME TO "payment_line_entitlementId_programme_month_instalment_key";

-- The board counts open matters by place, kind and stage, and finds those of a cell, without touching the rows themselves.
CREATE INDEX "matter_open_by_place" ON "matter" ("placeId", "kind", "stage", "dueAt")
  INCLUDE ("ownDueAt", "stageSince", "id") WHERE "closedAt" IS NULL AND "version" > 0;
CREATE INDEX "matter_to_wake" ON "matter" ("wakeAt") WHERE "dormant" AND "closedAt" IS NULL;
DROP INDEX "matter_open_by_engine";
CREATE INDEX "matter_open_by_engine" ON "matter" ("engineId") WHERE "closedAt" IS NULL AND NOT "dormant";
CREATE INDEX "task_open_by_due" ON "task" ("officeId", "role", (COALESCE("dueAt", 'infinity'::timestamptz)), "id")
  INCLUDE ("placeId", "kind", "stage", "dueAt", "assigneeId") WHERE "closedAt" IS NULL;

-- Answers are given again as they were; the name of the id in them is that of today.
UPDATE "request" SET "answer" = replace("answer"::text, '"caseId":', '"matterId":')::jsonb WHERE "answer"::text LIKE '%"caseId":%';

GRANT UPDATE ("dormant", "wakeAt", "forFinance", "benefitId") ON "matter" TO "jiuzhu_worker";
GRANT UPDATE ("wakeAt") ON "matter" TO "jiuzhu_api";
