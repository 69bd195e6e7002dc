-- One account or one keeper for several households is seen before anybody signs or pays.
ALTER TYPE "Action" ADD VALUE 'EXPLAIN_ACCOUNT';
ALTER TABLE "payee_account" ADD COLUMN "keeperCipher" BYTEA, ADD COLUMN "keeperIndex" BYTEA;
CREATE INDEX "payee_account_numberIndex_idx" ON "payee_account" ("numberIndex");
CREATE INDEX "payee_account_by_keeper" ON "payee_account" ("keeperIndex") WHERE "keeperIndex" IS NOT NULL;

-- The second narrow way across counties: takes what stands for an account, and says which office has it in an open case or a
-- benefit, and nothing else. Whoever asks is written down.
CREATE FUNCTION "account_in_other_county"(
  asking_case text, asking_officer text, asking_office text, asking_role text, number_indexes bytea[])
RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  own_county text;
  found text;
BEGIN
  SELECT c."countyId" INTO STRICT own_county FROM "assistance_case" c WHERE c."id" = asking_case;
  SELECT a."countyId" INTO found FROM "payee_account" a JOIN "assistance_case" c ON c."id" = a."caseId"
    LEFT JOIN "benefit" b ON b."caseId" = c."id"
    WHERE a."numberIndex" = ANY (number_indexes) AND a."countyId" <> own_county AND c."version" > 0
      AND (c."closedAt" IS NULL OR b."active") ORDER BY a."countyId" LIMIT 1;
  INSERT INTO "read_record" ("at", "officerId", "officeId", "role", "kind", "result", "caseId", "subject", "source")
  SELECT clock_timestamp() + COALESCE((SELECT "offsetMs" FROM "deployment_clock"), 0) * interval '1 millisecond',
    asking_officer, asking_office, asking_role::"Role", 'ASK_OTHER_COUNTIES', 'DONE', asking_case,
    CASE WHEN found IS NULL THEN NULL ELSE 'ACCOUNT' END, 'filing';
  RETURN (SELECT COALESCE(
    (SELECT o."name" FROM "jurisdiction" j JOIN "office" o ON o."id" = j."officeId"
      WHERE j."placeId" = found AND j."effectiveTo" IS NULL AND o."kind" = 'CIVIL_AFFAIRS_BUREAU' ORDER BY o."id" LIMIT 1),
    found));
END $$;
REVOKE ALL ON FUNCTION "account_in_other_county"(text, text, text, text, bytea[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION "account_in_other_county"(text, text, text, text, bytea[]) TO "jiuzhu_worker";
