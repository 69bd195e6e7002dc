import type pg from 'pg'
import { addDays, dayOf, endOf, type Instant, type PlainDate } from '../../../domain/time/plain-date.ts'
import type { WorkCalendar } from '../../../domain/time/work-calendar.ts'

/** How far back and ahead due days lie, so that a part of the cases is overdue, a part due soon, most not due. */
const dueDays = { back: 12, ahead: 45 }

/**
 * Open cases over the planted villages, thinning out from the first to the last: each with its task, two or three running
 * limits and one that was met, every fifth with days charged to somebody else, the overdue ones shown to a supervisor. Set
 * by set, as a bench of this size must be.
 */
export async function plantCases(
  client: pg.ClientBase,
  { cases, calendar, now }: { cases: number; calendar: WorkCalendar; now: Instant },
): Promise<void> {
  await client.query('SELECT setseed(0.42)')
  await planCases(client, { cases, calendar, now })
  await insertCases(client)
  await insertLimits(client, calendar.version)
  await insertTasks(client)
  await insertSupervision(client)
  await client.query('DROP TABLE planted_case, planted_limit, planted_due')
  await client.query('VACUUM (ANALYZE)')
}

async function planCases(
  client: pg.ClientBase,
  { cases, calendar, now }: { cases: number; calendar: WorkCalendar; now: Instant },
): Promise<void> {
  const workingDays = daysAround(dayOf(now)).filter((day) => calendar.isWorkingDay(day))
  await client.query('CREATE TEMP TABLE planted_due (n int, day date, at timestamptz)')
  await client.query(
    `INSERT INTO planted_due SELECT n - 1, day, at
     FROM unnest($1::date[], $2::timestamptz[]) WITH ORDINALITY AS d (day, at, n)`,
    [workingDays, workingDays.map((day) => endOf(day))],
  )
  await client.query(`
    CREATE TEMP TABLE planted_case AS
    WITH village AS (SELECT row_number() OVER (ORDER BY id) - 1 AS n, id, county, parent FROM planted_place
        WHERE level = 'VILLAGE'),
      drawn AS (SELECT n, power(random(), 1.3) AS place, random() AS stage, random() AS age, random() AS waiting
        FROM generate_series(1, ${cases}) n)
    SELECT md5('case ' || d.n) AS id, d.n, v.id AS place, v.county, v.parent AS township, d.waiting,
      (CASE WHEN d.stage < .10 THEN 'APPLIED' WHEN d.stage < .15 THEN 'CORRECTION' WHEN d.stage < .45 THEN 'SURVEY'
        WHEN d.stage < .60 THEN 'TOWNSHIP_OPINION' WHEN d.stage < .75 THEN 'PUBLIC_NOTICE'
        WHEN d.stage < .85 THEN 'COUNTY_REVIEW' WHEN d.stage < .91 THEN 'COUNTY_CONFIRMATION'
        WHEN d.stage < .93 THEN 'REFUSAL_NOTICE' ELSE 'FIRST_PAYMENT' END) AS stage,
      '${now}'::timestamptz - d.age * interval '40 days' AS since
    FROM drawn d JOIN village v ON v.n = floor(d.place * (SELECT count(*) FROM village))`)
}

async function insertCases(client: pg.ClientBase): Promise<void> {
  await client.query(`
    INSERT INTO matter (id, kind, number, programme, "procedureVersion", "placeId", "countyId", "residenceKind",
      stage, version, title, "memberCount", "forFinance", "stageSince", "createdAt")
    SELECT id, 'ASSISTANCE_CASE', 'B' || lpad(n::text, 8, '0'), 'DIBAO', 'DIBAO-2021', place, county, 'RURAL', stage, 3 + n % 9,
      substr('赵钱孙李周吴郑王冯陈', 1 + n % 10, 1) || '某' || n % 997, 1 + n % 5, stage = 'FIRST_PAYMENT', since,
      since - interval '9 days' FROM planted_case`)
  await client.query(`
    INSERT INTO matter_person ("matterId", "personId", programme, exclusive, relation, "countyId", open)
    SELECT id, 'p-' || n, 'DIBAO', 'APPLICATION:DIBAO', 'APPLICANT', county, true FROM planted_case`)
}

/** The limits of a stage, the total, and for half of the cases one more; due days are drawn from the calendar's. */
async function insertLimits(client: pg.ClientBase, calendarVersion: string): Promise<void> {
  await client.query(`
    CREATE TEMP TABLE planted_limit AS
    SELECT c.id AS "matterId", l.key AS "limit", c.county, c.place, c.since, c.waiting, d.day, d.at
    FROM planted_case c
    CROSS JOIN LATERAL (VALUES
      (CASE c.stage WHEN 'APPLIED' THEN 'ACCEPTANCE' WHEN 'CORRECTION' THEN 'ACCEPTANCE' WHEN 'SURVEY' THEN 'SURVEY_START'
        WHEN 'TOWNSHIP_OPINION' THEN 'TOWNSHIP_OPINION' WHEN 'PUBLIC_NOTICE' THEN 'PUBLIC_NOTICE'
        WHEN 'REFUSAL_NOTICE' THEN 'REFUSAL_NOTICE' WHEN 'FIRST_PAYMENT' THEN 'FIRST_PAYMENT' ELSE 'COUNTY_DECISION' END, true),
      ('TOTAL', true),
      ('MATCHING_REPORT', c.n % 2 = 0)) AS l (key, runs)
    JOIN planted_due d ON d.n = (('x' || substr(md5(c.id || l.key), 1, 6))::bit(24)::int) % (SELECT count(*) FROM planted_due)
    WHERE l.runs`)
  await client.query(`
    INSERT INTO deadline ("matterId", "limit", run, "countyId", "placeId", kind, amount, "startedOn", "dueOn", "dueAt",
      provisional, assumed, source, "calendarVersion", state, "breachedAt", waits, "ownDueAt")
    SELECT "matterId", "limit", 1, county, place, 'WORKING_DAYS', 20, since::date, day, at, false, false, '民发〔2021〕57号',
      '${calendarVersion}', CASE WHEN at <= now() THEN 'BREACHED' ELSE 'OPEN' END::"DeadlineState",
      CASE WHEN at <= now() THEN at END,
      CASE WHEN waiting < .05 THEN jsonb_build_array(jsonb_build_object('waitsFor', 'HOUSEHOLD', 'from', since::date,
          'through', NULL, 'paused', false))
        WHEN waiting < .20 THEN jsonb_build_array(jsonb_build_object('waitsFor', 'OTHER_OFFICE', 'from', since::date,
          'through', since::date + 4, 'paused', false)) ELSE '[]' END,
      CASE WHEN waiting < .05 THEN NULL WHEN waiting < .20 THEN at + interval '4 days' ELSE at END
    FROM planted_limit`)
  await client.query(`
    INSERT INTO deadline ("matterId", "limit", run, "countyId", "placeId", kind, amount, "startedOn", "dueOn", "dueAt",
      provisional, assumed, source, "calendarVersion", state, "stoppedOn", "ownDueAt")
    SELECT id, 'SURVEY_START', 7, county, place, 'WORKING_DAYS', 3, since::date - 6, since::date - 1, since, false, false,
      '民发〔2021〕57号', '${calendarVersion}', 'MET', since::date - (n % 4)::int, since FROM planted_case`)
  await client.query(`
    UPDATE matter c SET "dueAt" = d."dueAt", "ownDueAt" = d."ownDueAt"
    FROM (SELECT "matterId", min("dueAt") AS "dueAt", min("ownDueAt") AS "ownDueAt" FROM deadline
      WHERE "stoppedOn" IS NULL GROUP BY 1) d WHERE d."matterId" = c.id AND c.id IN (SELECT id FROM planted_case)`)
}

async function insertTasks(client: pg.ClientBase): Promise<void> {
  await client.query(`
    INSERT INTO task (id, "matterId", "countyId", "placeId", kind, stage, "officeId", role, capacity, "assigneeId", "dueAt", "openedAt")
    SELECT 't-' || p.id, p.id, p.county, p.place, 'ASSISTANCE_CASE', p.stage, s.office, s.role::"Role", s.capacity::"Capacity",
      CASE WHEN p.n % 10 < 3 THEN s.office || '.' || s.role || '.1' END, c."dueAt", p.since
    FROM planted_case p JOIN matter c ON c.id = p.id
    CROSS JOIN LATERAL (SELECT
      CASE p.stage WHEN 'CORRECTION' THEN 'o-' || p.place WHEN 'FIRST_PAYMENT' THEN 'f-' || p.county
        WHEN 'COUNTY_REVIEW' THEN 'o-' || p.county WHEN 'COUNTY_CONFIRMATION' THEN 'o-' || p.county
        ELSE 'o-' || p.township END AS office,
      CASE p.stage WHEN 'CORRECTION' THEN 'VILLAGE_CLERK' WHEN 'TOWNSHIP_OPINION' THEN 'TOWNSHIP_LEADER'
        WHEN 'COUNTY_REVIEW' THEN 'COUNTY_HANDLER' WHEN 'COUNTY_CONFIRMATION' THEN 'COUNTY_APPROVER'
        WHEN 'FIRST_PAYMENT' THEN 'FINANCE_OFFICER' ELSE 'TOWNSHIP_HANDLER' END AS role,
      CASE p.stage WHEN 'TOWNSHIP_OPINION' THEN 'REVIEW' WHEN 'COUNTY_REVIEW' THEN 'REVIEW'
        WHEN 'COUNTY_CONFIRMATION' THEN 'CONFIRM' WHEN 'FIRST_PAYMENT' THEN 'PREPARE' ELSE 'HANDLE' END AS capacity) s`)
}

async function insertSupervision(client: pg.ClientBase): Promise<void> {
  await client.query(`
    INSERT INTO supervision_item (id, "matterId", "countyId", "placeId", "limit", run, rung, "shownTo", "dueAt", "openedAt")
    SELECT 's-' || "matterId" || "limit", "matterId", county, place, "limit", 1, 'URGING', 'COUNTY', at, at
    FROM planted_limit WHERE at <= now()`)
  await client.query(`
    INSERT INTO supervision_receipt ("itemId", "officerId", "seenAt")
    SELECT 's-' || "matterId" || "limit", 'o-' || county || '.COUNTY_SUPERVISOR.1', at + interval '1 hour'
    FROM planted_limit WHERE at <= now() AND waiting > .5`)
  await client.query(`
    INSERT INTO supervision_order (id, "matterId", "countyId", "placeId", "limit", run, number, "officeId", "issuedBy",
      "issuedAt", "paperId")
    SELECT 'd-' || "matterId", "matterId", county, place, "limit", 1, 1, 'o-' || county, 'o-' || county || '.COUNTY_SUPERVISOR.1',
      at, 'paper' FROM planted_limit WHERE at <= now() AND "limit" = 'TOTAL' AND waiting > .97`)
}

function daysAround(today: PlainDate): PlainDate[] {
  const { back, ahead } = dueDays
  return Array.from({ length: back + ahead + 1 }, (_, index) => addDays(today, index - back))
}
