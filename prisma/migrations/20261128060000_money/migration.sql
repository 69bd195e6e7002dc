ALTER TYPE "Action" ADD VALUE IF NOT EXISTS 'AGREE_ACCOUNT';
ALTER TYPE "AlarmKind" ADD VALUE IF NOT EXISTS 'PAYMENT_HELD';
-- Prepared for an account that was put right before it was released.
ALTER TYPE "InstructionState" ADD VALUE IF NOT EXISTS 'VOIDED';

-- Who may do what ---------------------------------------------------------------------------------------------------
--
-- The counter (jiuzhu_api) and the hands of the procedure (jiuzhu_worker) each get what they write and no more, by
-- column. Nothing that an event decides can be changed by either: amount, account, line, month, benefit. jiuzhu_app,
-- under which both ran before, keeps no right of its own: whoever signs in as it takes on one of the two. Processes of the
-- version before are stopped first; what they file does not fit the tables of this one.

DO $$
DECLARE
  group_role text;
  login text;
BEGIN
  FOREACH group_role IN ARRAY ARRAY['jiuzhu_api', 'jiuzhu_worker'] LOOP
    BEGIN
      EXECUTE format('CREATE ROLE %I NOLOGIN', group_role);
    EXCEPTION WHEN duplicate_object OR unique_violation THEN
      NULL; -- Roles belong to the whole server: another database of it has made this one.
    END;
    FOREACH login IN ARRAY ARRAY['jiuzhu_app', current_user::text] LOOP
      IF NOT EXISTS (SELECT FROM pg_auth_members WHERE roleid = group_role::regrole AND member = login::regrole
          AND grantor = current_user::regrole) THEN
        EXECUTE format('GRANT %I TO %I', group_role, login);
      END IF;
    END LOOP;
  END LOOP;
END $$;

REVOKE ALL ON ALL TABLES IN SCHEMA public FROM "jiuzhu_app";
GRANT USAGE ON SCHEMA public TO "jiuzhu_api", "jiuzhu_worker";
GRANT SELECT ON ALL TABLES IN SCHEMA public TO "jiuzhu_api", "jiuzhu_worker";

-- Sessions and passwords are the counter's business.
REVOKE SELECT ON "session", "officer" FROM "jiuzhu_worker";
GRANT SELECT ("id", "staffNumber", "name", "identityIndex", "disabledAt") ON "officer" TO "jiuzhu_worker";

-- The counter.
GRANT INSERT ON "session", "post_holding", "person", "person_identity", "payee_account", "assistance_case", "case_person",
  "request", "paper", "callback", "audit_record", "supervision_receipt", "supervision_answer", "absence", "hand_over",
  "alarm", "daily_round", "calendar_year", "local_calendar_day", "calendar_redating", "deployment_clock", "clock_move"
  TO "jiuzhu_api";
GRANT UPDATE ("lastSeenAt", "endedAt") ON "session" TO "jiuzhu_api";
GRANT UPDATE ("disabledAt") ON "officer" TO "jiuzhu_api";
GRANT UPDATE ("effectiveTo") ON "post_holding" TO "jiuzhu_api";
GRANT UPDATE ("engineId", "engineOffsetMs") ON "assistance_case" TO "jiuzhu_api";
GRANT UPDATE ("assigneeId") ON "task" TO "jiuzhu_api";
GRANT UPDATE ("status", "answer", "answeredAt", "acknowledgedAt") ON "request" TO "jiuzhu_api";
GRANT UPDATE ("endedOn") ON "absence" TO "jiuzhu_api";
GRANT UPDATE ("list", "listDigest", "givenAt", "takenAt", "cancelledAt") ON "hand_over" TO "jiuzhu_api";
GRANT UPDATE ("clearedAt") ON "alarm" TO "jiuzhu_api";
GRANT UPDATE ("offsetMs", "movedAt") ON "deployment_clock" TO "jiuzhu_api";
GRANT UPDATE ("finishedAt") ON "clock_move" TO "jiuzhu_api";

-- The hands of the procedure.
GRANT INSERT ON "case_event", "participation", "task", "deadline", "deadline_move", "supervision_item",
  "supervision_recipient", "supervision_order", "audit_record", "alarm", "matching_request", "matched_fact", "benefit",
  "benefit_version", "benefit_member", "review_obligation", "payment_line", "payment_line_person", "payment_instruction",
  "journal_posting", "deadline_forecast", "bulletin" TO "jiuzhu_worker";
GRANT UPDATE ("version", "stage", "outcome", "appliedOn", "acceptedOn", "stageSince", "closedAt", "dueAt", "ownDueAt",
  "headName", "engineId", "engineOffsetMs") ON "assistance_case" TO "jiuzhu_worker";
GRANT UPDATE ("open") ON "case_person" TO "jiuzhu_worker";
GRANT UPDATE ("capacity", "assigneeId", "dueAt", "closedAt", "closedBy", "closedWith") ON "task" TO "jiuzhu_worker";
GRANT UPDATE ("amount", "dueOn", "dueAt", "provisional", "calendarVersion", "state", "stoppedOn", "breachedAt", "waits",
  "ownDueAt", "nextRung", "nextRungAt") ON "deadline" TO "jiuzhu_worker";
GRANT UPDATE ("closedAt") ON "supervision_item" TO "jiuzhu_worker";
GRANT UPDATE ("answeredBy", "answeredAt", "answerPaperId", "closedBy", "closedAt") ON "supervision_order"
  TO "jiuzhu_worker";
GRANT UPDATE ("status", "answer", "answeredAt") ON "request" TO "jiuzhu_worker";
GRANT UPDATE ("takenAt", "takenAs") ON "callback" TO "jiuzhu_worker";
GRANT UPDATE ("clearedAt") ON "alarm" TO "jiuzhu_worker";
GRANT UPDATE ("nextAskAt") ON "matching_request" TO "jiuzhu_worker";
GRANT UPDATE ("state", "releasedBy", "sentAt", "nextAskAt", "settledAt", "returnReason") ON "payment_instruction"
  TO "jiuzhu_worker";
GRANT UPDATE ("finishedAt") ON "calendar_redating" TO "jiuzhu_worker";
GRANT UPDATE ("finishedAt", "orphans") ON "daily_round" TO "jiuzhu_worker";

-- Kept since: what was set aside, and what sign-in counts.
GRANT INSERT ON "set_aside_item" TO "jiuzhu_api", "jiuzhu_worker";
GRANT UPDATE ("closedAt", "closedBy") ON "set_aside_item" TO "jiuzhu_api";
GRANT INSERT, DELETE ON "sign_in_counter" TO "jiuzhu_api";
GRANT UPDATE ("attempts", "endsAt") ON "sign_in_counter" TO "jiuzhu_api";
GRANT INSERT ON "sign_in_unlock" TO "jiuzhu_api";
REVOKE SELECT ON "sign_in_counter", "sign_in_unlock" FROM "jiuzhu_worker";

-- And what the second fence keeps, second signatures of the staff, and messages that belong to no case.
GRANT INSERT ON "kept_history", "standing_deputy", "staff_proposal", "set_aside_item" TO "jiuzhu_api";
GRANT UPDATE ("replacedAt") ON "kept_history" TO "jiuzhu_api";
GRANT UPDATE ("identityIndex") ON "officer" TO "jiuzhu_api";
GRANT UPDATE ("standInAgreedBy", "standInAgreedAt") ON "absence" TO "jiuzhu_api";
GRANT UPDATE ("agreedBy", "agreedAt", "endedOn") ON "standing_deputy" TO "jiuzhu_api";
GRANT UPDATE ("agreedBy", "doneAt", "withdrawnBy", "withdrawnAt") ON "staff_proposal" TO "jiuzhu_api";
REVOKE SELECT ON "staff_proposal" FROM "jiuzhu_worker";

-- A password's hash is set by this function and in no other way: in the place of the one that was just checked, and by
-- nothing but a hash of the kind that is checked.
CREATE FUNCTION "set_password_hash"(officer_id text, old_hash text, new_hash text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF new_hash !~ '^\$argon2id\$' THEN
    RAISE EXCEPTION 'not a hash of a password' USING ERRCODE = '22023';
  END IF;
  UPDATE "officer" SET "passwordHash" = new_hash, "mustChangePassword" = false WHERE "id" = officer_id AND "passwordHash" = old_hash;
  RETURN FOUND;
END $$;
REVOKE ALL ON FUNCTION "set_password_hash"(text, text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION "set_password_hash"(text, text, text) TO "jiuzhu_api";

-- An account is made by this function and in no other way: for a person by name, on a staff number that is free, without a
-- post, and with a first password that lets nobody do anything before it is changed.
CREATE FUNCTION "create_officer"(officer_id text, staff_number text, officer_name text, identity_index bytea, new_hash text)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF new_hash !~ '^\$argon2id\$' THEN
    RAISE EXCEPTION 'not a hash of a password' USING ERRCODE = '22023';
  END IF;
  IF identity_index IS NULL THEN
    RAISE EXCEPTION 'not an identity' USING ERRCODE = '22023';
  END IF;
  INSERT INTO "officer" ("id", "staffNumber", "name", "identityIndex", "passwordHash", "mustChangePassword")
  VALUES (officer_id, staff_number, officer_name, identity_index, new_hash, true)
  ON CONFLICT DO NOTHING;
  RETURN FOUND;
END $$;
REVOKE ALL ON FUNCTION "create_officer"(text, text, text, bytea, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION "create_officer"(text, text, text, bytea, text) TO "jiuzhu_api";

-- Another first password in the place of a first one, never of one that its officer chose.
CREATE FUNCTION "renew_first_password"(officer_id text, new_hash text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF new_hash !~ '^\$argon2id\$' THEN
    RAISE EXCEPTION 'not a hash of a password' USING ERRCODE = '22023';
  END IF;
  UPDATE "officer" SET "passwordHash" = new_hash WHERE "id" = officer_id AND "mustChangePassword";
  RETURN FOUND;
END $$;
REVOKE ALL ON FUNCTION "renew_first_password"(text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION "renew_first_password"(text, text) TO "jiuzhu_api";
