-- A file says what it shows and what it is called. Those of before say neither.
ALTER TABLE "paper" ADD COLUMN "evidenceKind" TEXT, ADD COLUMN "title" TEXT;
