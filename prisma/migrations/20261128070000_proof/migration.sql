-- Proof against tampering: records of the audit name the form of their hash, heads of registers are sealed, and looks are
-- kept beside acts.

-- That the seals stopped is told to somebody.
ALTER TYPE "AlarmKind" ADD VALUE IF NOT EXISTS 'SEAL_OVERDUE';

-- What was written until now is in the first form. No default stays: whoever writes a record has to say which form.
ALTER TABLE "audit_record" ADD COLUMN "form" INTEGER NOT NULL DEFAULT 1;
ALTER TABLE "audit_record" ALTER COLUMN "form" DROP DEFAULT;
-- Registers in the order of their bytes, whatever the database's own order is: seals are taken and checked in it.
ALTER TABLE "audit_record" ALTER COLUMN "register" TYPE TEXT COLLATE "C";
CREATE INDEX "audit_record_at_idx" ON "audit_record" ("at");
CREATE INDEX "audit_record_eventId_idx" ON "audit_record" ("eventId");

-- The digest of a body as it lies sealed in the archive: checked without any key.
ALTER TABLE "paper" ADD COLUMN "sealedDigest" TEXT;

CREATE TABLE "archive_seal" (
    "number" INTEGER NOT NULL,
    "statement" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "keyId" TEXT NOT NULL,
    "signature" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "takenAt" TIMESTAMPTZ(3) NOT NULL,
    "takenBy" TEXT,

    CONSTRAINT "archive_seal_pkey" PRIMARY KEY ("number")
);

CREATE TABLE "sealed_head" (
    "seal" INTEGER NOT NULL,
    "register" TEXT COLLATE "C" NOT NULL,
    "seq" INTEGER NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "sealed_head_pkey" PRIMARY KEY ("register", "seal")
);
CREATE INDEX "sealed_head_seal_register_idx" ON "sealed_head" ("seal", "register");

CREATE TABLE "read_record" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "officerId" TEXT,
    "postId" TEXT,
    "officeId" TEXT,
    "role" "Role",
    "kind" TEXT NOT NULL,
    "result" TEXT NOT NULL,
    "caseId" TEXT,
    "subject" TEXT,
    "purpose" TEXT,
    "source" TEXT NOT NULL,
    "rollUp" INTEGER,

    CONSTRAINT "read_record_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "read_record_at_idx" ON "read_record" ("at");
CREATE INDEX "read_record_officerId_at_idx" ON "read_record" ("officerId", "at");
CREATE INDEX "read_record_caseId_at_idx" ON "read_record" ("caseId", "at");
CREATE INDEX "read_record_rollUp_id_idx" ON "read_record" ("rollUp", "id");

CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE ON "archive_seal" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "never_emptied" BEFORE TRUNCATE ON "archive_seal" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE ON "sealed_head" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "never_emptied" BEFORE TRUNCATE ON "sealed_head" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "keep" BEFORE DELETE ON "read_record" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "never_emptied" BEFORE TRUNCATE ON "read_record" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();

CREATE FUNCTION "read_record_only_rolled_up"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD."rollUp" IS NOT NULL OR NEW."rollUp" IS NULL
     OR (to_jsonb(NEW) - 'rollUp') IS DISTINCT FROM (to_jsonb(OLD) - 'rollUp') THEN
    RAISE EXCEPTION 'a look is never changed, only rolled up once' USING ERRCODE = '42501';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "only_rolled_up" BEFORE UPDATE ON "read_record" FOR EACH ROW EXECUTE FUNCTION "read_record_only_rolled_up"();

-- The counter writes them; the worker has nothing to do with them.
GRANT SELECT, INSERT ON "archive_seal", "sealed_head", "read_record" TO "jiuzhu_api";
GRANT UPDATE ("rollUp") ON "read_record" TO "jiuzhu_api";
GRANT USAGE ON SEQUENCE "read_record_id_seq" TO "jiuzhu_api";
