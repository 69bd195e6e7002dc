import type pg from 'pg'

/** How a planted province is divided. */
export const division = { cities: 2, counties: 5, townships: 20, villages: 10 } as const

const since = `'2021-01-01'::date`

/**
 * Cities with their counties, townships and villages, below a province of the seed: each place with its office, each
 * office with its posts, each post with its holders. Ids tell where they belong: `b-1-2-03-04` is a village of `b-1-2`.
 * Everybody's password is that of the seed.
 */
export async function plantPlaces(client: pg.ClientBase): Promise<void> {
  const { cities, counties, townships, villages } = division
  await client.query(`
    CREATE TEMP TABLE planted_place AS
    WITH city AS (SELECT 'b-' || n AS id FROM generate_series(1, ${cities}) n),
      county AS (SELECT c.id AS parent, c.id || '-' || n AS id FROM city c, generate_series(1, ${counties}) n),
      township AS (SELECT c.id AS parent, c.id || '-' || lpad(n::text, 2, '0') AS id
        FROM county c, generate_series(1, ${townships}) n),
      village AS (SELECT t.parent AS county, t.id AS parent, t.id || '-' || lpad(n::text, 2, '0') AS id
        FROM township t, generate_series(1, ${villages}) n)
    SELECT id, 'gansu' AS parent, 'CITY' AS level, NULL AS county FROM city
    UNION ALL SELECT id, parent, 'COUNTY', id FROM county
    UNION ALL SELECT id, parent, 'TOWNSHIP', parent FROM township
    UNION ALL SELECT id, parent, 'VILLAGE', county FROM village`)
  await client.query(`
    INSERT INTO place (id, "parentId", level, "residenceKind", "countyId")
    SELECT id, parent, level::"Level", CASE WHEN level IN ('TOWNSHIP', 'VILLAGE') THEN 'RURAL'::"ResidenceKind" END, county
    FROM planted_place ORDER BY length(id)`)
  await client.query(`
    INSERT INTO place_name (id, "placeId", name, "effectiveFrom")
    SELECT 'n-' || id, id, substr(id, 3) || '号' ||
      CASE level WHEN 'CITY' THEN '市' WHEN 'COUNTY' THEN '县' WHEN 'TOWNSHIP' THEN '镇' ELSE '村' END, ${since}
    FROM planted_place`)
  await plantOffices(client)
}

async function plantOffices(client: pg.ClientBase): Promise<void> {
  await client.query(`
    CREATE TEMP TABLE planted_office AS
    SELECT 'o-' || id AS id, id AS place, level, CASE level WHEN 'VILLAGE' THEN 'VILLAGE_COMMITTEE'
      WHEN 'TOWNSHIP' THEN 'TOWNSHIP_GOVERNMENT' ELSE 'CIVIL_AFFAIRS_BUREAU' END AS kind FROM planted_place
    UNION ALL SELECT 'f-' || id, id, level, 'FINANCE_BUREAU' FROM planted_place WHERE level = 'COUNTY'`)
  await client.query(`
    INSERT INTO office (id, kind, level, name, "placeId")
    SELECT id, kind::"OfficeKind", level::"Level", id, place FROM planted_office`)
  await client.query(`
    INSERT INTO jurisdiction (id, "officeId", "placeId", "effectiveFrom")
    SELECT 'j-' || id, id, place, ${since} FROM planted_office`)
  await client.query(`
    CREATE TEMP TABLE planted_post AS
    SELECT o.id || '.' || r.role AS id, o.id AS office, r.role, r.holders FROM planted_office o JOIN (VALUES
      ('VILLAGE_COMMITTEE', 'VILLAGE', 'VILLAGE_CLERK', 1),
      ('TOWNSHIP_GOVERNMENT', 'TOWNSHIP', 'TOWNSHIP_HANDLER', 3), ('TOWNSHIP_GOVERNMENT', 'TOWNSHIP', 'TOWNSHIP_LEADER', 2),
      ('CIVIL_AFFAIRS_BUREAU', 'COUNTY', 'COUNTY_HANDLER', 4), ('CIVIL_AFFAIRS_BUREAU', 'COUNTY', 'COUNTY_APPROVER', 2),
      ('CIVIL_AFFAIRS_BUREAU', 'COUNTY', 'COUNTY_SUPERVISOR', 1), ('FINANCE_BUREAU', 'COUNTY', 'FINANCE_OFFICER', 2),
      ('CIVIL_AFFAIRS_BUREAU', 'CITY', 'CITY_SUPERVISOR', 1)
    ) AS r (kind, level, role, holders) ON r.kind = o.kind AND r.level = o.level`)
  await client.query(`
    INSERT INTO post (id, "officeId", role, title) SELECT id, office, role::"Role", role FROM planted_post`)
  await client.query(`
    CREATE TEMP TABLE planted_officer AS
    SELECT p.id || '.' || n AS id, p.id AS post FROM planted_post p, generate_series(1, p.holders) n`)
  await client.query(`
    INSERT INTO officer (id, "staffNumber", name, "passwordHash")
    SELECT id, id, '干部' || row_number() OVER (), (SELECT "passwordHash" FROM officer LIMIT 1) FROM planted_officer`)
  await client.query(`
    INSERT INTO post_holding (id, "postId", "officerId", "effectiveFrom")
    SELECT 'h-' || id, post, id, ${since} FROM planted_officer`)
}
