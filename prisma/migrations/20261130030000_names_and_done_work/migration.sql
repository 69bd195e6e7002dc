-- Members are found by their names, of which only what finds them again is kept beside the sealed application. Rows of before
-- are filled in by `npm run index-names`; until then they are found by number alone.
ALTER TABLE "case_person" ADD COLUMN "nameIndex" BYTEA;
CREATE INDEX "case_person_by_name" ON "case_person" ("nameIndex") WHERE "nameIndex" IS NOT NULL;
GRANT UPDATE ("nameIndex") ON "case_person" TO "jiuzhu_api", "jiuzhu_worker";

-- What an officer has done, latest first.
CREATE INDEX "case_event_by_officer" ON "case_event" ("officerId", "recordedAt" DESC) WHERE "officerId" IS NOT NULL;
