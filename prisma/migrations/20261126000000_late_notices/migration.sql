-- A notice says when it was published; earlier editions keep that in the seed's data only.
ALTER TABLE "calendar_year" ADD COLUMN     "publishedOn" DATE;

-- CreateTable
CREATE TABLE "local_calendar_day" (
    "id" TEXT NOT NULL,
    "placeId" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "edition" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "recordedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "local_calendar_day_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "calendar_redating" (
    "id" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "requestedBy" TEXT,
    "requestedAt" TIMESTAMPTZ(3) NOT NULL,
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "calendar_redating_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "deadline_move" (
    "caseId" TEXT NOT NULL,
    "limit" TEXT NOT NULL,
    "run" INTEGER NOT NULL,
    "calendarVersionAfter" TEXT NOT NULL,
    "calendarVersionBefore" TEXT NOT NULL,
    "countyId" TEXT NOT NULL,
    "redatingId" TEXT NOT NULL,
    "fromDueOn" DATE NOT NULL,
    "toDueOn" DATE NOT NULL,
    "fromDueAt" TIMESTAMPTZ(3) NOT NULL,
    "toDueAt" TIMESTAMPTZ(3) NOT NULL,
    "reason" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "deadline_move_pkey" PRIMARY KEY ("caseId","limit","run","calendarVersionAfter")
);

-- CreateIndex
CREATE UNIQUE INDEX "local_calendar_day_placeId_day_edition_key" ON "local_calendar_day"("placeId", "day", "edition");

-- CreateIndex
CREATE INDEX "deadline_move_redatingId_toDueAt_idx" ON "deadline_move"("redatingId", "toDueAt");



-- What Prisma's language cannot say -------------------------------------------------------------------------------

-- One re-dating at a time: what was due before it began is told from what it moves by the instant of its request.
CREATE UNIQUE INDEX "calendar_redating_one_underway" ON "calendar_redating" ((true)) WHERE "finishedAt" IS NULL;

-- The due dates that hang on the calendar, in the order in which a re-dating walks through them.
CREATE INDEX "deadline_by_calendar" ON "deadline" ("caseId")
  WHERE "stoppedOn" IS NULL AND "breachedAt" IS NULL AND "kind" = 'WORKING_DAYS';

CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE ON "local_calendar_day" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE ON "deadline_move" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "keep" BEFORE DELETE ON "calendar_redating" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();

GRANT SELECT, INSERT ON "local_calendar_day", "calendar_redating", "deadline_move" TO "jiuzhu_app";
GRANT UPDATE ("finishedAt") ON "calendar_redating" TO "jiuzhu_app";
