-- One person, one benefit, in all counties of the deployment. This function is the only way to ask across counties: it takes
-- look-up values and says which office has the person, and whether in an open case or in a benefit, and nothing else. Whoever
-- asks is written down with the answer. Of two who ask after one person at the same moment the second waits for the first.
CREATE FUNCTION "counted_in_other_county"(
  asking_case text, asking_officer text, asking_office text, asking_role text, number_indexes bytea[], programmes text[])
RETURNS TABLE ("office" text, "kind" text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  own_county text;
  number_index bytea;
BEGIN
  SELECT c."countyId" INTO STRICT own_county FROM "assistance_case" c WHERE c."id" = asking_case;
  FOR number_index IN SELECT DISTINCT n FROM unnest(number_indexes) AS n ORDER BY n LOOP
    PERFORM pg_advisory_xact_lock(hashtextextended('one benefit ' || encode(number_index, 'hex'), 0));
  END LOOP;
  SELECT e."countyId", e.what INTO "office", "kind" FROM (
    SELECT m."countyId", 'BENEFIT' AS what FROM "person_identity" i JOIN "benefit_member" m ON m."personId" = i."personId"
      WHERE i."numberIndex" = ANY (number_indexes) AND i."effectiveTo" IS NULL AND m."active"
        AND m."programme"::text = ANY (programmes)
    UNION ALL
    SELECT p."countyId", 'OPEN_CASE' FROM "person_identity" i JOIN "case_person" p ON p."personId" = i."personId"
      WHERE i."numberIndex" = ANY (number_indexes) AND i."effectiveTo" IS NULL AND p."open" AND p."counts"
        AND p."programme"::text = ANY (programmes)
  ) AS e WHERE e."countyId" <> own_county ORDER BY e.what, e."countyId" LIMIT 1;
  INSERT INTO "read_record" ("at", "officerId", "officeId", "role", "kind", "result", "caseId", "subject", "source")
  SELECT clock_timestamp() + COALESCE((SELECT "offsetMs" FROM "deployment_clock"), 0) * interval '1 millisecond',
    asking_officer, asking_office, asking_role::"Role", 'ASK_OTHER_COUNTIES', 'DONE', asking_case, "kind", 'filing';
  IF "kind" IS NULL THEN RETURN; END IF;
  "office" := COALESCE(
    (SELECT o."name" FROM "jurisdiction" j JOIN "office" o ON o."id" = j."officeId"
      WHERE j."placeId" = "office" AND j."effectiveTo" IS NULL AND o."kind" = 'CIVIL_AFFAIRS_BUREAU' ORDER BY o."id" LIMIT 1),
    "office");
  RETURN NEXT;
END $$;
REVOKE ALL ON FUNCTION "counted_in_other_county"(text, text, text, text, bytea[], text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION "counted_in_other_county"(text, text, text, text, bytea[], text[]) TO "jiuzhu_worker";
