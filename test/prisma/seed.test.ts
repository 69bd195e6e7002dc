import type pg from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadConfig } from '../../platform/config.ts'
import { noDocument } from '../../domain/policy/parameters.ts'
import { createFieldCipher } from '../../platform/field-cipher.ts'
import { sampleSecrets } from '../../platform/sample-secrets.ts'
import { openArchive } from '../../prisma/client.ts'
import { readParametersNamed } from '../../prisma/stores/rules/reference-data.ts'
import { everybody, people } from '../../prisma/seed/people.ts'
import { seed } from '../../prisma/seed/seed.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { createDatabaseClient } from '../../platform/database-session.ts'

describe('the seed', () => {
  let database: TestDatabase
  let client: pg.Client

  beforeEach(async () => {
    database = await createTestDatabase()
    client = createDatabaseClient(database.url)
    await client.connect()
  })

  afterEach(async () => {
    await client.end()
    await database.drop()
  })

  it('sown twice is sown once', async () => {
    await seed(database.url, training)
    const once = await counts()
    await seed(database.url, training)
    expect(await counts()).toEqual(once)
    expect(once).toMatchObject({ officer: everybody().length, calendar_year: 23, deployment_clock: 1 })
  })

  it('leaves alone what people have changed since', async () => {
    await seed(database.url, training)
    const { id } = people.xifeng.handlers[0] as { id: string }
    await client.query(`UPDATE officer SET name = '改名' WHERE id = $1`, [id])
    await client.query('UPDATE deployment_clock SET "offsetMs" = 5')
    await seed(database.url, training)
    expect((await client.query('SELECT name FROM officer WHERE id = $1', [id])).rows).toEqual([{ name: '改名' }])
    expect((await client.query('SELECT "offsetMs" FROM deployment_clock')).rows).toEqual([{ offsetMs: '5' }])
  })

  it('gives production rules and calendar, but no places, no people and no clock to move', async () => {
    await seed(database.url, { ...training, environment: 'production', movableClock: false })
    expect(await counts()).toMatchObject({ calendar_year: 23, place: 0, officer: 0, deployment_clock: 0 })
    expect((await counts()).parameter).toBeGreaterThan(30)
  })

  it('leaves values as they were sown before, and reads their sources in the words of the staff', async () => {
    const sown = { id: 'CN/limit.acceptance@2021-07-01', key: 'limit.acceptance', value: '{"kind":"DAYS","amount":9}' }
    await client.query(
      `INSERT INTO parameter (id, "placeId", programme, key, value, "effectiveFrom", source, assumed, "datePickedBy")
       VALUES ($1, 'CN', 'DIBAO', $2, $3, '2021-07-01', 'design choice', true, 'APPLICATION')`,
      [sown.id, sown.key, sown.value],
    )
    await seed(database.url, training)
    const cipher = createFieldCipher(loadConfig({}).keys)
    const archive = openArchive({ url: database.appUrl, process: 'api', cipher, maxConnections: 1 })
    try {
      const [row] = await readParametersNamed(archive.db, [sown.id])
      expect(row).toMatchObject({ value: { amount: 9 }, source: noDocument })
    } finally {
      await archive.close()
    }
  })

  it('keeps both notices of a year whose holidays were changed', async () => {
    await seed(database.url, training)
    const { rows } = await client.query('SELECT edition, notice FROM calendar_year WHERE year = 2020 ORDER BY edition')
    expect(rows).toEqual([
      { edition: 1, notice: expect.not.stringContaining('延长2020年春节假期') },
      { edition: 2, notice: expect.stringContaining('延长2020年春节假期') },
    ])
  })

  it('gives every post somebody, and every village an office at each desk', async () => {
    await seed(database.url, training)
    const empty = await client.query(
      'SELECT id FROM post WHERE id NOT IN (SELECT "postId" FROM post_holding WHERE "effectiveTo" IS NULL)',
    )
    expect(empty.rows).toEqual([])
    const uncovered = await client.query(
      `WITH RECURSIVE chain AS (
         SELECT id AS village, id, "parentId" FROM place WHERE level = 'VILLAGE'
         UNION ALL SELECT village, p.id, p."parentId" FROM chain JOIN place p ON p.id = chain."parentId")
       SELECT village, kind, wanted.level FROM chain, (VALUES ('VILLAGE_COMMITTEE', 'VILLAGE'),
         ('TOWNSHIP_GOVERNMENT', 'TOWNSHIP'), ('CIVIL_AFFAIRS_BUREAU', 'COUNTY'), ('FINANCE_BUREAU', 'COUNTY'),
         ('CIVIL_AFFAIRS_BUREAU', 'CITY')) AS wanted (kind, level)
       GROUP BY village, kind, wanted.level
       HAVING NOT EXISTS (SELECT FROM office o JOIN jurisdiction j ON j."officeId" = o.id
         WHERE o.kind::text = wanted.kind AND o.level::text = wanted.level AND j."placeId" = ANY(array_agg(chain.id)))`,
    )
    expect(uncovered.rows).toEqual([])
  })

  async function counts(): Promise<Record<string, number>> {
    const counted: Record<string, number> = {}
    for (const table of tables) {
      const { rows } = await client.query<{ count: number }>(`SELECT count(*)::int FROM ${table}`)
      counted[table] = rows[0]?.count ?? 0
    }
    return counted
  }
})

const training = loadConfig({ FIELD_KEYS: sampleSecrets.fieldKeys })
const tables = ['parameter', 'calendar_year', 'place', 'office', 'post', 'post_holding', 'officer', 'deployment_clock']
