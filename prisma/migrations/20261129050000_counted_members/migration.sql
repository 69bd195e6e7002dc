-- Listed is not counted: of one programme a person counts in one open application at a time, and may be listed in others.
ALTER TABLE "case_person" ADD COLUMN "counts" BOOLEAN NOT NULL DEFAULT true;

CREATE UNIQUE INDEX "case_person_counts_once" ON "case_person" ("personId", "programme") WHERE "open" AND "counts";
DROP INDEX "case_person_one_open";

GRANT UPDATE ("counts") ON "case_person" TO "jiuzhu_worker";
