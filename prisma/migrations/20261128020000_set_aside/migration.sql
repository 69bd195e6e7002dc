-- What came from outside, or was asked for, and cannot be taken as it is: kept sealed with its reason, for a person to see.

ALTER TYPE "AlarmKind" ADD VALUE 'SET_ASIDE';
ALTER TYPE "AlarmKind" ADD VALUE 'DUTY_STUCK';

CREATE TYPE "SetAsideSource" AS ENUM ('MATCHING_CENTRE', 'BANK', 'COUNTER');
CREATE TYPE "SetAsideReason" AS ENUM ('NOT_UNDERSTOOD', 'NUMBER_UNKNOWN', 'PERSON_NOT_ASKED', 'DATE_NOT_POSSIBLE', 'NOT_STORABLE', 'FAILED');

CREATE TABLE "set_aside_item" (
    "id" TEXT NOT NULL,
    "source" "SetAsideSource" NOT NULL,
    "reason" "SetAsideReason" NOT NULL,
    "caseId" TEXT,
    "countyId" TEXT,
    "about" TEXT,
    "register" "MatchingSource",
    "faults" TEXT[],
    "bodyCipher" BYTEA NOT NULL,
    "setAsideAt" TIMESTAMPTZ(3) NOT NULL,
    "closedAt" TIMESTAMPTZ(3),
    "closedBy" TEXT,

    CONSTRAINT "set_aside_item_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "set_aside_item_caseId_idx" ON "set_aside_item"("caseId");
CREATE INDEX "set_aside_item_closedAt_setAsideAt_idx" ON "set_aside_item"("closedAt", "setAsideAt");

CREATE TRIGGER "keep" BEFORE DELETE ON "set_aside_item" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "never_emptied" BEFORE TRUNCATE ON "set_aside_item" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();

GRANT SELECT, INSERT ON "set_aside_item" TO "jiuzhu_app";
GRANT UPDATE ("closedAt", "closedBy") ON "set_aside_item" TO "jiuzhu_app";
