-- A person is known by identity, whatever the account; accounts without one are a person each.
CREATE INDEX "officer_by_person" ON "officer" ((COALESCE(encode("identityIndex", 'hex'), "id")));
-- Whether the password is still the one that the system made.
ALTER TABLE "officer" ADD COLUMN "mustChangePassword" BOOLEAN NOT NULL DEFAULT false;
GRANT UPDATE ("identityIndex") ON "officer" TO "jiuzhu_app";

-- A stand-in counts from the second signature on: never their own, and never that of whoever named them. ---------------

ALTER TABLE "absence"
  ADD COLUMN "standInAgreedBy" TEXT,
  ADD COLUMN "standInAgreedAt" TIMESTAMPTZ(3),
  ADD COLUMN "standingDeputyId" TEXT;
-- Those who were named by somebody else go on standing in; who named themselves does not.
UPDATE "absence" SET "standInAgreedBy" = "recordedBy", "standInAgreedAt" = "recordedAt"
WHERE "standInId" IS NOT NULL AND "recordedBy" <> "standInId";
ALTER TABLE "absence" ADD CONSTRAINT "absence_stand_in_named_by_another" CHECK ("standInAgreedBy" IS NULL
  OR ("standInId" IS NOT NULL AND "standInAgreedBy" <> "standInId" AND "recordedBy" <> "standInId"));
GRANT UPDATE ("standInAgreedBy", "standInAgreedAt") ON "absence" TO "jiuzhu_app";

-- Who stands in for whom on a post whenever they are away, agreed by two beforehand.
CREATE TABLE "standing_deputy" (
    "id" TEXT NOT NULL,
    "postId" TEXT NOT NULL,
    "officerId" TEXT NOT NULL,
    "deputyId" TEXT NOT NULL,
    "fromOn" DATE NOT NULL,
    "throughOn" DATE,
    "namedBy" TEXT NOT NULL,
    "namedAt" TIMESTAMPTZ(3) NOT NULL,
    "agreedBy" TEXT,
    "agreedAt" TIMESTAMPTZ(3),
    "endedOn" DATE,

    CONSTRAINT "standing_deputy_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "standing_deputy_by_two_others" CHECK ("deputyId" <> "officerId" AND "namedBy" <> "deputyId"
      AND ("agreedBy" IS NULL OR ("agreedBy" <> "deputyId" AND "agreedBy" <> "namedBy")))
);
CREATE INDEX "standing_deputy_postId_officerId_idx" ON "standing_deputy" ("postId", "officerId");
CREATE TRIGGER "keep" BEFORE DELETE ON "standing_deputy" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "never_emptied" BEFORE TRUNCATE ON "standing_deputy" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
GRANT SELECT, INSERT ON "standing_deputy" TO "jiuzhu_app";
GRANT UPDATE ("agreedBy", "agreedAt", "endedOn") ON "standing_deputy" TO "jiuzhu_app";

-- What one administrator proposes and another agrees to. ---------------------------------------------------------------

CREATE TYPE "StaffProposalKind" AS ENUM ('GIVE_POST', 'END_POST', 'DISABLE_OFFICER', 'ENABLE_OFFICER', 'RECORD_IDENTITY',
    'NEW_OFFICER', 'NEW_FIRST_PASSWORD');
CREATE TABLE "staff_proposal" (
    "id" TEXT NOT NULL,
    "kind" "StaffProposalKind" NOT NULL,
    "content" JSONB NOT NULL,
    "officeId" TEXT NOT NULL,
    "proposedBy" TEXT NOT NULL,
    "proposedAt" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "agreedBy" TEXT,
    "doneAt" TIMESTAMPTZ(3),
    "withdrawnBy" TEXT,
    "withdrawnAt" TIMESTAMPTZ(3),

    CONSTRAINT "staff_proposal_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "staff_proposal_by_two" CHECK ("agreedBy" IS NULL OR "agreedBy" <> "proposedBy")
);
CREATE INDEX "staff_proposal_proposedAt_id_idx" ON "staff_proposal" ("proposedAt", "id");
CREATE TRIGGER "keep" BEFORE DELETE ON "staff_proposal" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "never_emptied" BEFORE TRUNCATE ON "staff_proposal" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
GRANT SELECT, INSERT ON "staff_proposal" TO "jiuzhu_app";
GRANT UPDATE ("agreedBy", "doneAt", "withdrawnBy", "withdrawnAt") ON "staff_proposal" TO "jiuzhu_app";

-- What is kept row by row is not emptied at once either. ---------------------------------------------------------------

CREATE TRIGGER "never_emptied" BEFORE TRUNCATE ON "absence" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "never_emptied" BEFORE TRUNCATE ON "alarm" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "never_emptied" BEFORE TRUNCATE ON "calendar_redating" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "never_emptied" BEFORE TRUNCATE ON "daily_round" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "never_emptied" BEFORE TRUNCATE ON "hand_over" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "never_emptied" BEFORE TRUNCATE ON "supervision_order" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "never_emptied" BEFORE TRUNCATE ON "bulletin" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "never_emptied" BEFORE TRUNCATE ON "deadline_forecast" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "never_emptied" BEFORE TRUNCATE ON "deadline_move" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "never_emptied" BEFORE TRUNCATE ON "local_calendar_day" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "never_emptied" BEFORE TRUNCATE ON "supervision_answer" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "never_emptied" BEFORE TRUNCATE ON "supervision_receipt" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "never_emptied" BEFORE TRUNCATE ON "supervision_recipient" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
