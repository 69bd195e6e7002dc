-- What a register says of a person beside income and property is kept in its words, dealt with by name, and owes a review.
ALTER TYPE "Action" ADD VALUE 'SETTLE_STATUS';
ALTER TYPE "Action" ADD VALUE 'END_BENEFIT';
ALTER TYPE "ReviewKind" ADD VALUE 'CHANGE';
ALTER TYPE "ReviewKind" ADD VALUE 'DEATH';
ALTER TABLE "matched_fact" ADD COLUMN "civilStatus" TEXT;

-- A benefit ends with those whom it was paid to: by this function and in no other way, and only where the log says so.
CREATE FUNCTION "end_benefit"(of_case text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  ended text;
BEGIN
  IF NOT EXISTS (SELECT FROM "case_event" WHERE "caseId" = of_case AND "type" = 'BENEFIT_ENDED') THEN
    RAISE EXCEPTION 'nobody has ended the benefit of case %', of_case USING ERRCODE = '22023';
  END IF;
  UPDATE "benefit" SET "active" = false WHERE "caseId" = of_case RETURNING "id" INTO STRICT ended;
  UPDATE "benefit_member" SET "active" = false WHERE "benefitId" = ended AND "active";
  UPDATE "review_obligation" SET "open" = false WHERE "benefitId" = ended AND "open";
END $$;
REVOKE ALL ON FUNCTION "end_benefit"(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION "end_benefit"(text) TO "jiuzhu_worker";
