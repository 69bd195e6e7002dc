-- Attempts to sign in are counted here before a password is checked, so that the count holds over several processes and a
-- restart. A key is a digest: neither staff numbers nor addresses are kept. A window that has ended says nothing any more
-- and is the one thing that the application may delete.
CREATE TABLE "sign_in_counter" (
    "key" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL,
    "endsAt" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "sign_in_counter_pkey" PRIMARY KEY ("key")
);
CREATE INDEX "sign_in_counter_endsAt_idx" ON "sign_in_counter"("endsAt");

-- That an administrator let a locked-out officer try again.
CREATE TABLE "sign_in_unlock" (
    "id" TEXT NOT NULL,
    "officerId" TEXT NOT NULL,
    "unlockedBy" TEXT NOT NULL,
    "unlockedAt" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "sign_in_unlock_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "sign_in_unlock_officerId_unlockedAt_idx" ON "sign_in_unlock"("officerId", "unlockedAt");
ALTER TABLE "sign_in_unlock" ADD CONSTRAINT "sign_in_unlock_officerId_fkey" FOREIGN KEY ("officerId") REFERENCES "officer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE TRIGGER "keep" BEFORE UPDATE OR DELETE ON "sign_in_unlock" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "never_emptied" BEFORE TRUNCATE ON "sign_in_unlock" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();

-- One session for each officer and post from now on: of those that are open the one opened last stays.
UPDATE "session" s SET "endedAt" = clock_timestamp() WHERE s."endedAt" IS NULL AND EXISTS (
  SELECT FROM "session" n WHERE n."officerId" = s."officerId" AND n."postId" = s."postId" AND n."endedAt" IS NULL
    AND (n."createdAt", n."tokenHash") > (s."createdAt", s."tokenHash"));
CREATE UNIQUE INDEX "session_one_open" ON "session"("officerId", "postId") WHERE "endedAt" IS NULL;
CREATE INDEX "session_open_by_post" ON "session"("postId") WHERE "endedAt" IS NULL;

GRANT SELECT, INSERT, UPDATE, DELETE ON "sign_in_counter" TO "jiuzhu_app";
GRANT SELECT, INSERT ON "sign_in_unlock" TO "jiuzhu_app";

-- An item of supervision that nobody may read, because all who fill its posts have to keep away from its case.
ALTER TYPE "AlarmKind" ADD VALUE 'NOBODY_MAY_SEE';
-- Who is tied to whom is asked with every reading of a case.
CREATE INDEX "officer_identityIndex_idx" ON "officer"("identityIndex") WHERE "identityIndex" IS NOT NULL;
CREATE INDEX "officer_relative_identityIndex_idx" ON "officer_relative"("identityIndex");
