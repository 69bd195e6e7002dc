-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "Programme" AS ENUM ('DIBAO');

-- CreateEnum
CREATE TYPE "ResidenceKind" AS ENUM ('URBAN', 'RURAL');

-- CreateEnum
CREATE TYPE "Stage" AS ENUM ('APPLIED', 'CORRECTION', 'SURVEY', 'TOWNSHIP_OPINION', 'PUBLIC_NOTICE', 'COUNTY_REVIEW', 'COUNTY_CONFIRMATION', 'REFUSAL_NOTICE', 'FIRST_PAYMENT', 'CLOSED');

-- CreateEnum
CREATE TYPE "Outcome" AS ENUM ('GRANTED', 'REFUSED', 'WITHDRAWN');

-- CreateEnum
CREATE TYPE "Action" AS ENUM ('SUBMIT', 'RESUBMIT', 'ACCEPT', 'RETURN', 'BEGIN_SURVEY', 'COMPLETE_SURVEY', 'GIVE_OPINION', 'POST_NOTICE', 'REVIEW_FILE', 'CONFIRM', 'REFUSE', 'SERVE_REFUSAL', 'CORRECT_ACCOUNT', 'PREPARE_PAYMENT', 'RELEASE_PAYMENT', 'EXTEND', 'WITHDRAW');

-- CreateEnum
CREATE TYPE "Capacity" AS ENUM ('HANDLE', 'REVIEW', 'CONFIRM', 'PREPARE', 'RELEASE');

-- CreateEnum
CREATE TYPE "Role" AS ENUM ('VILLAGE_CLERK', 'TOWNSHIP_HANDLER', 'TOWNSHIP_LEADER', 'COUNTY_HANDLER', 'COUNTY_APPROVER', 'FINANCE_OFFICER', 'COUNTY_SUPERVISOR', 'CITY_SUPERVISOR', 'AUDITOR', 'ADMINISTRATOR');

-- CreateEnum
CREATE TYPE "Level" AS ENUM ('VILLAGE', 'TOWNSHIP', 'COUNTY', 'CITY', 'PROVINCE', 'NATION');

-- CreateEnum
CREATE TYPE "OfficeKind" AS ENUM ('VILLAGE_COMMITTEE', 'TOWNSHIP_GOVERNMENT', 'CIVIL_AFFAIRS_BUREAU', 'FINANCE_BUREAU');

-- CreateEnum
CREATE TYPE "PaperKind" AS ENUM ('APPLICATION', 'EVIDENCE', 'MENDING_LIST', 'SURVEY_SHEET', 'ASSESSMENT', 'OPINION', 'NOTICE_SHEET', 'REFUSAL_LETTER', 'REASON');

-- CreateEnum
CREATE TYPE "DeadlineState" AS ENUM ('OPEN', 'MET', 'BREACHED', 'MET_LATE', 'ENTERED_LATE', 'CANCELLED');

-- CreateEnum
CREATE TYPE "MatchingSource" AS ENUM ('HOUSEHOLD_REGISTRATION', 'SOCIAL_INSURANCE', 'TAX', 'REAL_ESTATE', 'VEHICLES', 'MARKET_REGULATION', 'HOUSING_FUND', 'BANK_DEPOSITS');

-- CreateEnum
CREATE TYPE "SourceAnswer" AS ENUM ('FOUND', 'NONE_FOUND', 'NO_ANSWER');

-- CreateEnum
CREATE TYPE "ClockKind" AS ENUM ('WORKING_DAYS', 'NATURAL_DAYS', 'HOURS', 'FIXED_DAY');

-- CreateEnum
CREATE TYPE "ReturnReason" AS ENUM ('NAME_MISMATCH', 'ACCOUNT_CLOSED', 'FROZEN', 'INVALID_NUMBER', 'DORMANT', 'DECEASED', 'OTHER');

-- CreateEnum
CREATE TYPE "ReviewKind" AS ENUM ('ANNUAL', 'HALF_YEARLY');

-- CreateEnum
CREATE TYPE "DibaoCategory" AS ENUM ('I', 'II', 'III', 'IV');

-- CreateEnum
CREATE TYPE "IncomeKind" AS ENUM ('WAGE', 'BUSINESS', 'PROPERTY', 'TRANSFER', 'FARMING', 'OTHER');

-- CreateEnum
CREATE TYPE "PropertyKind" AS ENUM ('DEPOSIT', 'SECURITIES', 'REAL_ESTATE', 'VEHICLE', 'COMPANY_SHARE', 'OTHER');

-- CreateEnum
CREATE TYPE "Relation" AS ENUM ('APPLICANT', 'SPOUSE', 'CHILD', 'PARENT', 'GRANDPARENT', 'GRANDCHILD', 'SIBLING', 'OTHER_SUPPORTED');

-- CreateEnum
CREATE TYPE "InstructionState" AS ENUM ('PREPARED', 'RELEASED', 'SENT', 'PAID', 'RETURNED');

-- CreateEnum
CREATE TYPE "RequestStatus" AS ENUM ('RECEIVED', 'FILED', 'REFUSED');

-- CreateTable
CREATE TABLE "place" (
    "id" TEXT NOT NULL,
    "parentId" TEXT,
    "level" "Level" NOT NULL,
    "residenceKind" "ResidenceKind",
    "countyId" TEXT,

    CONSTRAINT "place_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "place_name" (
    "id" TEXT NOT NULL,
    "placeId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "divisionCode" TEXT,
    "effectiveFrom" DATE NOT NULL,
    "effectiveTo" DATE,

    CONSTRAINT "place_name_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "office" (
    "id" TEXT NOT NULL,
    "kind" "OfficeKind" NOT NULL,
    "level" "Level" NOT NULL,
    "name" TEXT NOT NULL,
    "placeId" TEXT NOT NULL,

    CONSTRAINT "office_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "jurisdiction" (
    "id" TEXT NOT NULL,
    "officeId" TEXT NOT NULL,
    "placeId" TEXT NOT NULL,
    "effectiveFrom" DATE NOT NULL,
    "effectiveTo" DATE,

    CONSTRAINT "jurisdiction_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "post" (
    "id" TEXT NOT NULL,
    "officeId" TEXT NOT NULL,
    "role" "Role" NOT NULL,
    "title" TEXT NOT NULL,

    CONSTRAINT "post_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "post_holding" (
    "id" TEXT NOT NULL,
    "postId" TEXT NOT NULL,
    "officerId" TEXT NOT NULL,
    "effectiveFrom" DATE NOT NULL,
    "effectiveTo" DATE,

    CONSTRAINT "post_holding_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "officer" (
    "id" TEXT NOT NULL,
    "staffNumber" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "passwordHash" TEXT NOT NULL,
    "disabledAt" TIMESTAMPTZ(3),
    "identityIndex" BYTEA,

    CONSTRAINT "officer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "officer_relative" (
    "id" TEXT NOT NULL,
    "officerId" TEXT NOT NULL,
    "identityIndex" BYTEA NOT NULL,
    "relation" TEXT NOT NULL,
    "effectiveFrom" DATE NOT NULL,
    "effectiveTo" DATE,

    CONSTRAINT "officer_relative_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session" (
    "tokenHash" BYTEA NOT NULL,
    "officerId" TEXT NOT NULL,
    "postId" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "lastSeenAt" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "session_pkey" PRIMARY KEY ("tokenHash")
);

-- CreateTable
CREATE TABLE "parameter" (
    "id" TEXT NOT NULL,
    "placeId" TEXT NOT NULL,
    "programme" "Programme" NOT NULL,
    "key" TEXT NOT NULL,
    "residenceKind" "ResidenceKind",
    "value" JSONB NOT NULL,
    "effectiveFrom" DATE NOT NULL,
    "effectiveTo" DATE,
    "source" TEXT NOT NULL,
    "assumed" BOOLEAN NOT NULL,
    "datePickedBy" TEXT NOT NULL,
    "recordedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "parameter_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "calendar_year" (
    "id" TEXT NOT NULL,
    "year" INTEGER NOT NULL,
    "edition" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "notice" TEXT NOT NULL,
    "days" JSONB NOT NULL,
    "recordedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "calendar_year_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "deployment_clock" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "offsetMs" BIGINT NOT NULL,
    "movedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "deployment_clock_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "clock_move" (
    "id" TEXT NOT NULL,
    "fromAt" TIMESTAMPTZ(3) NOT NULL,
    "targetAt" TIMESTAMPTZ(3) NOT NULL,
    "requestedBy" TEXT NOT NULL,
    "requestedAt" TIMESTAMPTZ(3) NOT NULL,
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "clock_move_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "person" (
    "id" TEXT NOT NULL,
    "countyId" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "person_identity" (
    "id" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "countyId" TEXT NOT NULL,
    "numberCipher" BYTEA NOT NULL,
    "numberIndex" BYTEA NOT NULL,
    "indexKeyId" TEXT NOT NULL,
    "effectiveFrom" TIMESTAMPTZ(3) NOT NULL,
    "effectiveTo" TIMESTAMPTZ(3),

    CONSTRAINT "person_identity_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "payee_account" (
    "id" TEXT NOT NULL,
    "caseId" TEXT NOT NULL,
    "countyId" TEXT NOT NULL,
    "holderName" TEXT NOT NULL,
    "bankName" TEXT NOT NULL,
    "numberCipher" BYTEA NOT NULL,
    "numberIndex" BYTEA NOT NULL,
    "numberTail" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "payee_account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "assistance_case" (
    "id" TEXT NOT NULL,
    "caseNumber" TEXT NOT NULL,
    "programme" "Programme" NOT NULL,
    "procedureVersion" TEXT NOT NULL,
    "placeId" TEXT NOT NULL,
    "countyId" TEXT NOT NULL,
    "residenceKind" "ResidenceKind" NOT NULL,
    "stage" "Stage" NOT NULL,
    "outcome" "Outcome",
    "version" INTEGER NOT NULL,
    "headName" TEXT NOT NULL,
    "memberCount" INTEGER NOT NULL,
    "appliedOn" DATE,
    "acceptedOn" DATE,
    "stageSince" TIMESTAMPTZ(3) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "closedAt" TIMESTAMPTZ(3),
    "engineId" TEXT,
    "engineOffsetMs" BIGINT,

    CONSTRAINT "assistance_case_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "case_person" (
    "caseId" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "programme" "Programme" NOT NULL,
    "relation" "Relation" NOT NULL,
    "countyId" TEXT NOT NULL,
    "open" BOOLEAN NOT NULL,

    CONSTRAINT "case_person_pkey" PRIMARY KEY ("caseId","personId")
);

-- CreateTable
CREATE TABLE "case_event" (
    "eventId" TEXT NOT NULL,
    "caseId" TEXT NOT NULL,
    "countyId" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "type" TEXT NOT NULL,
    "typeVersion" INTEGER NOT NULL,
    "data" JSONB NOT NULL,
    "occurredOn" DATE NOT NULL,
    "recordedAt" TIMESTAMPTZ(3) NOT NULL,
    "officerId" TEXT,
    "postId" TEXT,
    "officeId" TEXT,
    "role" "Role",
    "capacity" "Capacity",
    "causeKind" TEXT NOT NULL,
    "causeId" TEXT NOT NULL,
    "papers" JSONB NOT NULL,
    "ruleVersion" TEXT NOT NULL,
    "calendarVersion" TEXT NOT NULL,

    CONSTRAINT "case_event_pkey" PRIMARY KEY ("eventId")
);

-- CreateTable
CREATE TABLE "participation" (
    "caseId" TEXT NOT NULL,
    "officerId" TEXT NOT NULL,
    "capacity" "Capacity" NOT NULL,
    "countyId" TEXT NOT NULL,
    "eventId" TEXT NOT NULL,

    CONSTRAINT "participation_pkey" PRIMARY KEY ("caseId","officerId")
);

-- CreateTable
CREATE TABLE "task" (
    "id" TEXT NOT NULL,
    "caseId" TEXT NOT NULL,
    "countyId" TEXT NOT NULL,
    "placeId" TEXT NOT NULL,
    "stage" "Stage" NOT NULL,
    "officeId" TEXT NOT NULL,
    "role" "Role" NOT NULL,
    "openedAt" TIMESTAMPTZ(3) NOT NULL,
    "closedAt" TIMESTAMPTZ(3),
    "closedBy" TEXT,
    "closedWith" "Action",

    CONSTRAINT "task_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "deadline" (
    "caseId" TEXT NOT NULL,
    "limit" TEXT NOT NULL,
    "run" INTEGER NOT NULL,
    "countyId" TEXT NOT NULL,
    "placeId" TEXT NOT NULL,
    "kind" "ClockKind" NOT NULL,
    "amount" INTEGER NOT NULL,
    "startedOn" DATE NOT NULL,
    "dueOn" DATE NOT NULL,
    "dueAt" TIMESTAMPTZ(3) NOT NULL,
    "provisional" BOOLEAN NOT NULL,
    "assumed" BOOLEAN NOT NULL,
    "source" TEXT NOT NULL,
    "calendarVersion" TEXT NOT NULL,
    "state" "DeadlineState" NOT NULL,
    "stoppedOn" DATE,
    "breachedAt" TIMESTAMPTZ(3),

    CONSTRAINT "deadline_pkey" PRIMARY KEY ("caseId","limit","run")
);

-- CreateTable
CREATE TABLE "supervision_item" (
    "id" TEXT NOT NULL,
    "caseId" TEXT NOT NULL,
    "countyId" TEXT NOT NULL,
    "placeId" TEXT NOT NULL,
    "limit" TEXT NOT NULL,
    "run" INTEGER NOT NULL,
    "rung" INTEGER NOT NULL,
    "shownTo" "Level" NOT NULL,
    "dueAt" TIMESTAMPTZ(3) NOT NULL,
    "openedAt" TIMESTAMPTZ(3) NOT NULL,
    "seenBy" TEXT,
    "seenAt" TIMESTAMPTZ(3),

    CONSTRAINT "supervision_item_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "request" (
    "officerId" TEXT NOT NULL,
    "requestId" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "contentDigest" TEXT NOT NULL,
    "content" JSONB NOT NULL,
    "caseId" TEXT,
    "postId" TEXT NOT NULL,
    "status" "RequestStatus" NOT NULL,
    "answer" JSONB,
    "receivedAt" TIMESTAMPTZ(3) NOT NULL,
    "answeredAt" TIMESTAMPTZ(3),
    "acknowledgedAt" TIMESTAMPTZ(3),

    CONSTRAINT "request_pkey" PRIMARY KEY ("officerId","requestId")
);

-- CreateTable
CREATE TABLE "paper" (
    "id" TEXT NOT NULL,
    "caseId" TEXT NOT NULL,
    "countyId" TEXT NOT NULL,
    "kind" "PaperKind" NOT NULL,
    "digest" TEXT NOT NULL,
    "salt" BYTEA,
    "bodyCipher" BYTEA,
    "contentType" TEXT NOT NULL,
    "fileName" TEXT,
    "size" INTEGER NOT NULL,
    "writtenBy" TEXT NOT NULL,
    "writtenAt" TIMESTAMPTZ(3) NOT NULL,
    "erasedAt" TIMESTAMPTZ(3),

    CONSTRAINT "paper_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "callback" (
    "source" TEXT NOT NULL,
    "sourceId" TEXT NOT NULL,
    "caseId" TEXT NOT NULL,
    "countyId" TEXT NOT NULL,
    "bodyCipher" BYTEA NOT NULL,
    "receivedAt" TIMESTAMPTZ(3) NOT NULL,
    "takenAt" TIMESTAMPTZ(3),
    "takenAs" TEXT,

    CONSTRAINT "callback_pkey" PRIMARY KEY ("source","sourceId")
);

-- CreateTable
CREATE TABLE "audit_record" (
    "register" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "officerId" TEXT,
    "postId" TEXT,
    "officeId" TEXT,
    "role" "Role",
    "placeId" TEXT,
    "action" TEXT NOT NULL,
    "result" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "eventId" TEXT,
    "detail" JSONB NOT NULL,
    "previous" TEXT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "audit_record_pkey" PRIMARY KEY ("register","seq")
);

-- CreateTable
CREATE TABLE "matching_request" (
    "id" TEXT NOT NULL,
    "caseId" TEXT NOT NULL,
    "countyId" TEXT NOT NULL,
    "sources" "MatchingSource"[],
    "writtenAt" TIMESTAMPTZ(3) NOT NULL,
    "sentAt" TIMESTAMPTZ(3),
    "nextAskAt" TIMESTAMPTZ(3),

    CONSTRAINT "matching_request_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "matched_fact" (
    "id" TEXT NOT NULL,
    "caseId" TEXT NOT NULL,
    "countyId" TEXT NOT NULL,
    "requestId" TEXT NOT NULL,
    "source" "MatchingSource" NOT NULL,
    "personId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "incomeKind" "IncomeKind",
    "propertyKind" "PropertyKind",
    "amountFen" BIGINT NOT NULL,
    "description" TEXT NOT NULL,
    "observedOn" DATE NOT NULL,
    "answeredOn" DATE NOT NULL,
    "validUntil" DATE NOT NULL,

    CONSTRAINT "matched_fact_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "benefit" (
    "id" TEXT NOT NULL,
    "caseId" TEXT NOT NULL,
    "programme" "Programme" NOT NULL,
    "placeId" TEXT NOT NULL,
    "countyId" TEXT NOT NULL,
    "residenceKind" "ResidenceKind" NOT NULL,
    "active" BOOLEAN NOT NULL,
    "firstMonth" TEXT NOT NULL,
    "nextReviewOn" DATE NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "benefit_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "benefit_version" (
    "id" TEXT NOT NULL,
    "benefitId" TEXT NOT NULL,
    "countyId" TEXT NOT NULL,
    "validFrom" DATE NOT NULL,
    "validTo" DATE,
    "knownFrom" TIMESTAMPTZ(3) NOT NULL,
    "knownTo" TIMESTAMPTZ(3),
    "monthlyAmountFen" BIGINT NOT NULL,
    "category" "DibaoCategory",
    "ruleVersion" TEXT NOT NULL,
    "parameterVersion" TEXT NOT NULL,
    "assessmentId" TEXT NOT NULL,

    CONSTRAINT "benefit_version_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "benefit_member" (
    "versionId" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "benefitId" TEXT NOT NULL,
    "programme" "Programme" NOT NULL,
    "countyId" TEXT NOT NULL,
    "amountFen" BIGINT NOT NULL,
    "active" BOOLEAN NOT NULL,

    CONSTRAINT "benefit_member_pkey" PRIMARY KEY ("versionId","personId")
);

-- CreateTable
CREATE TABLE "review_obligation" (
    "id" TEXT NOT NULL,
    "benefitId" TEXT NOT NULL,
    "countyId" TEXT NOT NULL,
    "kind" "ReviewKind" NOT NULL,
    "dueOn" DATE NOT NULL,
    "open" BOOLEAN NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "review_obligation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "payment_line" (
    "id" TEXT NOT NULL,
    "benefitId" TEXT NOT NULL,
    "caseId" TEXT NOT NULL,
    "countyId" TEXT NOT NULL,
    "programme" "Programme" NOT NULL,
    "month" TEXT NOT NULL,
    "instalment" INTEGER NOT NULL,
    "amountFen" BIGINT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "payment_line_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "payment_line_person" (
    "lineId" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "programme" "Programme" NOT NULL,
    "month" TEXT NOT NULL,
    "instalment" INTEGER NOT NULL,
    "countyId" TEXT NOT NULL,

    CONSTRAINT "payment_line_person_pkey" PRIMARY KEY ("lineId","personId")
);

-- CreateTable
CREATE TABLE "payment_instruction" (
    "id" TEXT NOT NULL,
    "lineId" TEXT NOT NULL,
    "caseId" TEXT NOT NULL,
    "countyId" TEXT NOT NULL,
    "issue" INTEGER NOT NULL,
    "accountId" TEXT NOT NULL,
    "amountFen" BIGINT NOT NULL,
    "state" "InstructionState" NOT NULL,
    "preparedBy" TEXT NOT NULL,
    "releasedBy" TEXT,
    "writtenAt" TIMESTAMPTZ(3) NOT NULL,
    "sentAt" TIMESTAMPTZ(3),
    "nextAskAt" TIMESTAMPTZ(3),
    "settledAt" TIMESTAMPTZ(3),
    "returnReason" "ReturnReason",

    CONSTRAINT "payment_instruction_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "journal_posting" (
    "entryId" TEXT NOT NULL,
    "line" INTEGER NOT NULL,
    "instructionId" TEXT NOT NULL,
    "countyId" TEXT NOT NULL,
    "account" TEXT NOT NULL,
    "amountFen" BIGINT NOT NULL,
    "postedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "journal_posting_pkey" PRIMARY KEY ("entryId","line")
);

-- CreateIndex
CREATE INDEX "place_parentId_idx" ON "place"("parentId");

-- CreateIndex
CREATE INDEX "place_name_placeId_idx" ON "place_name"("placeId");

-- CreateIndex
CREATE INDEX "jurisdiction_officeId_idx" ON "jurisdiction"("officeId");

-- CreateIndex
CREATE INDEX "jurisdiction_placeId_idx" ON "jurisdiction"("placeId");

-- CreateIndex
CREATE INDEX "post_officeId_role_idx" ON "post"("officeId", "role");

-- CreateIndex
CREATE INDEX "post_holding_postId_idx" ON "post_holding"("postId");

-- CreateIndex
CREATE INDEX "post_holding_officerId_idx" ON "post_holding"("officerId");

-- CreateIndex
CREATE UNIQUE INDEX "officer_staffNumber_key" ON "officer"("staffNumber");

-- CreateIndex
CREATE INDEX "officer_relative_officerId_idx" ON "officer_relative"("officerId");

-- CreateIndex
CREATE INDEX "session_officerId_idx" ON "session"("officerId");

-- CreateIndex
CREATE INDEX "parameter_programme_key_placeId_idx" ON "parameter"("programme", "key", "placeId");

-- CreateIndex
CREATE UNIQUE INDEX "calendar_year_year_edition_key" ON "calendar_year"("year", "edition");

-- CreateIndex
CREATE INDEX "person_identity_personId_idx" ON "person_identity"("personId");

-- CreateIndex
CREATE INDEX "payee_account_caseId_idx" ON "payee_account"("caseId");

-- CreateIndex
CREATE UNIQUE INDEX "assistance_case_caseNumber_key" ON "assistance_case"("caseNumber");

-- CreateIndex
CREATE INDEX "assistance_case_placeId_stage_idx" ON "assistance_case"("placeId", "stage");

-- CreateIndex
CREATE INDEX "assistance_case_countyId_stage_idx" ON "assistance_case"("countyId", "stage");

-- CreateIndex
CREATE INDEX "case_person_personId_idx" ON "case_person"("personId");

-- CreateIndex
CREATE UNIQUE INDEX "case_event_caseId_seq_key" ON "case_event"("caseId", "seq");

-- CreateIndex
CREATE INDEX "task_officeId_role_closedAt_idx" ON "task"("officeId", "role", "closedAt");

-- CreateIndex
CREATE INDEX "task_caseId_idx" ON "task"("caseId");

-- CreateIndex
CREATE INDEX "task_closedBy_closedAt_idx" ON "task"("closedBy", "closedAt");

-- CreateIndex
CREATE INDEX "deadline_countyId_state_dueAt_idx" ON "deadline"("countyId", "state", "dueAt");

-- CreateIndex
CREATE INDEX "deadline_caseId_state_dueAt_idx" ON "deadline"("caseId", "state", "dueAt");

-- CreateIndex
CREATE INDEX "supervision_item_countyId_openedAt_idx" ON "supervision_item"("countyId", "openedAt");

-- CreateIndex
CREATE UNIQUE INDEX "supervision_item_caseId_limit_run_rung_key" ON "supervision_item"("caseId", "limit", "run", "rung");

-- CreateIndex
CREATE INDEX "request_status_receivedAt_idx" ON "request"("status", "receivedAt");

-- CreateIndex
CREATE INDEX "request_caseId_idx" ON "request"("caseId");

-- CreateIndex
CREATE INDEX "paper_caseId_kind_idx" ON "paper"("caseId", "kind");

-- CreateIndex
CREATE INDEX "callback_takenAt_receivedAt_idx" ON "callback"("takenAt", "receivedAt");

-- CreateIndex
CREATE INDEX "callback_caseId_idx" ON "callback"("caseId");

-- CreateIndex
CREATE INDEX "audit_record_subject_idx" ON "audit_record"("subject");

-- CreateIndex
CREATE INDEX "audit_record_officerId_at_idx" ON "audit_record"("officerId", "at");

-- CreateIndex
CREATE INDEX "matching_request_caseId_idx" ON "matching_request"("caseId");

-- CreateIndex
CREATE INDEX "matched_fact_caseId_idx" ON "matched_fact"("caseId");

-- CreateIndex
CREATE UNIQUE INDEX "benefit_caseId_key" ON "benefit"("caseId");

-- CreateIndex
CREATE INDEX "benefit_countyId_active_nextReviewOn_idx" ON "benefit"("countyId", "active", "nextReviewOn");

-- CreateIndex
CREATE INDEX "benefit_version_benefitId_idx" ON "benefit_version"("benefitId");

-- CreateIndex
CREATE INDEX "benefit_member_personId_idx" ON "benefit_member"("personId");

-- CreateIndex
CREATE INDEX "review_obligation_benefitId_idx" ON "review_obligation"("benefitId");

-- CreateIndex
CREATE INDEX "review_obligation_countyId_open_dueOn_idx" ON "review_obligation"("countyId", "open", "dueOn");

-- CreateIndex
CREATE UNIQUE INDEX "payment_line_benefitId_programme_month_instalment_key" ON "payment_line"("benefitId", "programme", "month", "instalment");

-- CreateIndex
CREATE UNIQUE INDEX "payment_line_person_personId_programme_month_instalment_key" ON "payment_line_person"("personId", "programme", "month", "instalment");

-- CreateIndex
CREATE INDEX "payment_instruction_caseId_idx" ON "payment_instruction"("caseId");

-- CreateIndex
CREATE INDEX "payment_instruction_countyId_state_idx" ON "payment_instruction"("countyId", "state");

-- CreateIndex
CREATE UNIQUE INDEX "payment_instruction_lineId_issue_key" ON "payment_instruction"("lineId", "issue");

-- CreateIndex
CREATE INDEX "journal_posting_instructionId_idx" ON "journal_posting"("instructionId");

-- AddForeignKey
ALTER TABLE "place" ADD CONSTRAINT "place_parentId_fkey" FOREIGN KEY ("parentId") REFERENCES "place"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "place_name" ADD CONSTRAINT "place_name_placeId_fkey" FOREIGN KEY ("placeId") REFERENCES "place"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "jurisdiction" ADD CONSTRAINT "jurisdiction_officeId_fkey" FOREIGN KEY ("officeId") REFERENCES "office"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "post" ADD CONSTRAINT "post_officeId_fkey" FOREIGN KEY ("officeId") REFERENCES "office"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "post_holding" ADD CONSTRAINT "post_holding_postId_fkey" FOREIGN KEY ("postId") REFERENCES "post"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "post_holding" ADD CONSTRAINT "post_holding_officerId_fkey" FOREIGN KEY ("officerId") REFERENCES "officer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "officer_relative" ADD CONSTRAINT "officer_relative_officerId_fkey" FOREIGN KEY ("officerId") REFERENCES "officer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_officerId_fkey" FOREIGN KEY ("officerId") REFERENCES "officer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "person_identity" ADD CONSTRAINT "person_identity_personId_fkey" FOREIGN KEY ("personId") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "case_person" ADD CONSTRAINT "case_person_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "assistance_case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "case_event" ADD CONSTRAINT "case_event_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "assistance_case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "task" ADD CONSTRAINT "task_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "assistance_case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deadline" ADD CONSTRAINT "deadline_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "assistance_case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;



-- What Prisma's language cannot say -------------------------------------------------------------------------------

-- One open case, and one active benefit, for each person and programme.
CREATE UNIQUE INDEX "case_person_one_open" ON "case_person" ("personId", "programme") WHERE "open";
CREATE UNIQUE INDEX "benefit_member_one_active" ON "benefit_member" ("personId", "programme") WHERE "active";

-- One person for each identity number that is in force.
CREATE UNIQUE INDEX "person_identity_in_force" ON "person_identity" ("countyId", "numberIndex") WHERE "effectiveTo" IS NULL;

-- One open review of each kind for each benefit: late is possible, missing or doubled is not.
CREATE UNIQUE INDEX "review_obligation_one_open" ON "review_obligation" ("benefitId", "kind") WHERE "open";

-- One open task for each case, office and role; one version of a benefit known now for each first day.
CREATE UNIQUE INDEX "task_one_open" ON "task" ("caseId", "officeId", "role") WHERE "closedAt" IS NULL;
CREATE UNIQUE INDEX "benefit_version_known_now" ON "benefit_version" ("benefitId", "validFrom") WHERE "knownTo" IS NULL;

-- The worklist and the sweeps.
CREATE INDEX "task_open_by_office" ON "task" ("officeId", "role") WHERE "closedAt" IS NULL;
CREATE INDEX "deadline_open_by_case" ON "deadline" ("caseId", "dueAt") WHERE "stoppedOn" IS NULL;
CREATE INDEX "callback_not_taken" ON "callback" ("receivedAt") WHERE "takenAt" IS NULL;
CREATE INDEX "request_not_acknowledged" ON "request" ("answeredAt") WHERE "status" = 'FILED' AND "acknowledgedAt" IS NULL;
CREATE INDEX "case_open_by_engine" ON "assistance_case" ("engineId") WHERE "closedAt" IS NULL;

-- Whole fen, never negative; postings may be either sign but a journal entry sums to nothing.
ALTER TABLE "payment_line" ADD CONSTRAINT "payment_line_positive" CHECK ("amountFen" > 0);
ALTER TABLE "payment_instruction" ADD CONSTRAINT "payment_instruction_positive" CHECK ("amountFen" > 0);
ALTER TABLE "payment_instruction" ADD CONSTRAINT "payment_instruction_two_persons"
  CHECK ("releasedBy" IS NULL OR "releasedBy" <> "preparedBy");
ALTER TABLE "benefit_version" ADD CONSTRAINT "benefit_version_positive" CHECK ("monthlyAmountFen" > 0);
ALTER TABLE "deployment_clock" ADD CONSTRAINT "deployment_clock_single" CHECK ("id" = 1 AND "offsetMs" >= 0);

CREATE FUNCTION "journal_entry_balances"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT sum("amountFen") FROM "journal_posting" WHERE "entryId" = NEW."entryId") <> 0 THEN
    RAISE EXCEPTION 'journal entry % does not balance', NEW."entryId" USING ERRCODE = '23514';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER "journal_entry_balances" AFTER INSERT ON "journal_posting"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "journal_entry_balances"();

-- Streams, papers, audit and journal are never changed or deleted, whoever asks. Two things may be stamped once:
-- a paper as erased (body, salt and file name go, the digest stays) and a callback as taken.
CREATE FUNCTION "refuse_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = '42501';
END $$;
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE ON "case_event" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "never_emptied" BEFORE TRUNCATE ON "case_event" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE ON "audit_record" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "never_emptied" BEFORE TRUNCATE ON "audit_record" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE ON "journal_posting" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "never_emptied" BEFORE TRUNCATE ON "journal_posting" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE ON "matched_fact" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "never_emptied" BEFORE TRUNCATE ON "matched_fact" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE ON "payment_line" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "never_emptied" BEFORE TRUNCATE ON "payment_line" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE ON "payment_line_person" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "never_emptied" BEFORE TRUNCATE ON "payment_line_person" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE ON "parameter" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "never_emptied" BEFORE TRUNCATE ON "parameter" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE ON "calendar_year" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "never_emptied" BEFORE TRUNCATE ON "calendar_year" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "keep" BEFORE DELETE ON "paper" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "never_emptied" BEFORE TRUNCATE ON "paper" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "keep" BEFORE DELETE ON "callback" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "never_emptied" BEFORE TRUNCATE ON "callback" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "keep" BEFORE DELETE ON "request" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "never_emptied" BEFORE TRUNCATE ON "request" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();

CREATE FUNCTION "paper_only_erased"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW."bodyCipher" IS NOT NULL OR NEW."salt" IS NOT NULL OR NEW."fileName" IS NOT NULL OR NEW."erasedAt" IS NULL OR OLD."erasedAt" IS NOT NULL
     OR (NEW."id", NEW."caseId", NEW."kind", NEW."digest") IS DISTINCT FROM (OLD."id", OLD."caseId", OLD."kind", OLD."digest") THEN
    RAISE EXCEPTION 'a paper is never changed, only erased once' USING ERRCODE = '42501';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "only_erased" BEFORE UPDATE ON "paper" FOR EACH ROW EXECUTE FUNCTION "paper_only_erased"();

CREATE FUNCTION "callback_only_taken"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD."takenAt" IS NOT NULL OR NEW."takenAt" IS NULL OR NEW."bodyCipher" IS DISTINCT FROM OLD."bodyCipher" THEN
    RAISE EXCEPTION 'a callback is never changed, only taken once' USING ERRCODE = '42501';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "only_taken" BEFORE UPDATE ON "callback" FOR EACH ROW EXECUTE FUNCTION "callback_only_taken"();

-- The application's role: owns nothing, deletes nothing, and updates only the tables that show where things stand.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'jiuzhu_app') THEN
    CREATE ROLE "jiuzhu_app" NOLOGIN;
  END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; -- another database of the same server was first
END $$;
GRANT "jiuzhu_app" TO CURRENT_USER;
GRANT USAGE ON SCHEMA public TO "jiuzhu_app";
GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA public TO "jiuzhu_app";
GRANT UPDATE ON "assistance_case", "case_person", "task", "deadline", "supervision_item", "request", "callback", "paper",
  "matching_request", "benefit", "benefit_version", "benefit_member", "review_obligation", "payment_instruction",
  "session", "officer", "post_holding", "deployment_clock", "clock_move", "person_identity" TO "jiuzhu_app";
