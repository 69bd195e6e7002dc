-- Whoever has forgotten their password gets another first one, from two administrators.
ALTER TYPE "StaffProposalKind" ADD VALUE 'RESET_PASSWORD';

-- Another first password in the place of one that its officer chose; it is to be changed before anything else.
CREATE FUNCTION "reset_password"(officer_id text, new_hash text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF new_hash !~ '^\$argon2id\$' THEN
    RAISE EXCEPTION 'not a hash of a password' USING ERRCODE = '22023';
  END IF;
  UPDATE "officer" SET "passwordHash" = new_hash, "mustChangePassword" = true
    WHERE "id" = officer_id AND NOT "mustChangePassword";
  RETURN FOUND;
END $$;
REVOKE ALL ON FUNCTION "reset_password"(text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION "reset_password"(text, text) TO "jiuzhu_api";
