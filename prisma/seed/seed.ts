import type pg from 'pg'
import type { Config } from '../../platform/config.ts'
import { createFieldCipher } from '../../platform/field-cipher.ts'
import { insertRows } from './insert-rows.ts'
import { officeRows, officerRows, placeRows } from './office-rows.ts'
import { identityIndex } from '../stores/household/persons.ts'
import { everybody, identityNumberOf, trainingPassword } from './people.ts'
import { parameterRows, readCalendarRows, readParameterRows } from './rule-rows.ts'
import { trainingParameters } from './training-parameters.ts'
import { createDatabaseClient } from '../../platform/database-session.ts'

/** Prisma's lock number plus one: two processes that start at once seed one after the other. */
const seedLock = 72707370

/**
 * Puts in what a deployment begins with: parameters and calendar everywhere; places, offices and people only in
 * training, where one may also move the clock. Rows that are there stay as they are.
 */
export async function seed(ownerUrl: string, config: Config): Promise<void> {
  const client = createDatabaseClient(ownerUrl)
  await client.connect()
  try {
    await client.query('BEGIN')
    await client.query('SELECT pg_advisory_xact_lock($1)', [seedLock])
    await seedRules(client)
    if (config.environment === 'training') await seedTraining(client, config)
    await client.query('COMMIT')
  } finally {
    await client.end()
  }
}

async function seedRules(client: pg.Client): Promise<void> {
  await insertRows(client, 'parameter', await readParameterRows())
  const before = await countEditions(client)
  await insertRows(client, 'calendar_year', await readCalendarRows())
  if ((await countEditions(client)) > before) await requestRedating(client)
}

async function countEditions(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ count: number }>('SELECT count(*)::int FROM calendar_year')
  return rows[0]?.count ?? 0
}

/** An archive that is at work has clocks running by the calendar before; one that is new has none. */
async function requestRedating(client: pg.Client): Promise<void> {
  await client.query(
    `INSERT INTO calendar_redating (id, reason, "requestedAt")
     SELECT 'calendar-seed-' || (SELECT count(*) FROM calendar_year), '随系统更新录入的放假安排通知',
       clock_timestamp() + COALESCE((SELECT "offsetMs" FROM deployment_clock), 0) * interval '1 millisecond'
     WHERE EXISTS (SELECT FROM deadline WHERE "stoppedOn" IS NULL) ON CONFLICT DO NOTHING`,
  )
}

async function seedTraining(client: pg.Client, config: Config): Promise<void> {
  const { place, placeName } = placeRows()
  const { office, jurisdiction, post } = officeRows()
  await insertRows(client, 'place', place)
  await insertRows(client, 'place_name', placeName)
  await insertRows(client, 'office', office)
  await insertRows(client, 'jurisdiction', jurisdiction)
  await insertRows(client, 'post', post)
  await insertRows(client, 'parameter', parameterRows(trainingParameters))
  if (!(await everybodyIsThere(client))) await seedOfficers(client, config)
  await recordIdentities(client, config)
  if (config.movableClock) {
    await client.query(
      'INSERT INTO deployment_clock (id, "offsetMs", "movedAt") VALUES (1, 0, now()) ON CONFLICT DO NOTHING',
    )
  }
}

/** A training copy from before officers were known by identity. */
async function recordIdentities(client: pg.Client, config: Config): Promise<void> {
  const { rows } = await client.query<{ id: string }>(
    'SELECT id FROM officer WHERE "identityIndex" IS NULL AND id = ANY($1)',
    [everybody().map(({ id }) => id)],
  )
  const cipher = createFieldCipher(config.keys)
  for (const { id } of rows)
    await client.query('UPDATE officer SET "identityIndex" = $2 WHERE id = $1', [
      id,
      identityIndex({ cipher }, identityNumberOf({ id })),
    ])
}

async function everybodyIsThere(client: pg.Client): Promise<boolean> {
  const ids = everybody().map(({ id }) => id)
  const { rows } = await client.query<{ count: number }>('SELECT count(*)::int FROM officer WHERE id = ANY($1)', [ids])
  return rows[0]?.count === ids.length
}

async function seedOfficers(client: pg.Client, config: Config): Promise<void> {
  const { hash } = await import('@node-rs/argon2')
  // One hash for all: everybody's training password is the same and public, and a hash each would take seconds.
  const { officer, postHolding, officerRelative } = officerRows(
    await hash(trainingPassword),
    createFieldCipher(config.keys),
  )
  await insertRows(client, 'officer', officer)
  await insertRows(client, 'post_holding', postHolding)
  await insertRows(client, 'officer_relative', officerRelative)
}
