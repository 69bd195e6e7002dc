-- A procedure that the engine can no longer replay: found, told, kept as it was, and replaced from the archive.

ALTER TYPE "AlarmKind" ADD VALUE 'PROCEDURE_STUCK';
ALTER TYPE "AlarmKind" ADD VALUE 'REPLACING_STOPPED';
ALTER TYPE "AlarmKind" ADD VALUE 'ACT_FAILED';

-- What is about no single office is told at every one that keeps the system.
DROP INDEX "alarm_one_open";
CREATE UNIQUE INDEX "alarm_one_open" ON "alarm" ("kind", "subject", "officeId") WHERE "clearedAt" IS NULL;
-- Health and metrics count what stands.
CREATE INDEX "alarm_standing" ON "alarm" ("kind") WHERE "clearedAt" IS NULL;

CREATE TABLE "kept_history" (
    "runId" TEXT NOT NULL,
    "workflowId" TEXT NOT NULL,
    "workflowType" TEXT NOT NULL,
    "caseId" TEXT,
    "cause" TEXT NOT NULL,
    "events" INTEGER NOT NULL,
    "historyGzip" BYTEA NOT NULL,
    "keptAt" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),
    "replacedAt" TIMESTAMPTZ(3),

    CONSTRAINT "kept_history_pkey" PRIMARY KEY ("runId")
);

CREATE INDEX "kept_history_keptAt_idx" ON "kept_history"("keptAt");
CREATE INDEX "kept_history_workflowId_keptAt_idx" ON "kept_history"("workflowId", "keptAt");

CREATE TRIGGER "keep" BEFORE DELETE ON "kept_history" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "never_emptied" BEFORE TRUNCATE ON "kept_history" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();

GRANT SELECT, INSERT ON "kept_history" TO "jiuzhu_app";
GRANT UPDATE ("replacedAt") ON "kept_history" TO "jiuzhu_app";
