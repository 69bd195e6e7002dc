import { randomUUID } from 'node:crypto'
import { inject } from 'vitest'
import { createDatabaseClient } from '../../platform/database-session.ts'

/** A migrated database of one's own: `url` as its owner, `appUrl` as the application. */
export type TestDatabase = Readonly<{ url: string; appUrl: string; drop(): Promise<void> }>

/** Clones the run's migrated template. One per test file is usual; it takes a few hundredths of a second. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const template = new URL(inject('templateUrl'))
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await asAdministrator(`CREATE DATABASE ${name} TEMPLATE ${template.pathname.slice(1)}`)
  return {
    url: onDatabase(inject('templateUrl'), name),
    appUrl: onDatabase(inject('appTemplateUrl'), name),
    drop: () => asAdministrator(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  }
}

/** The address of a database that does not exist yet, for tests of what creates it. */
export function unusedDatabaseUrl(): string {
  return onDatabase(inject('templateUrl'), `test_${randomUUID().replaceAll('-', '')}`)
}

async function asAdministrator(statement: string): Promise<void> {
  const client = createDatabaseClient(onDatabase(inject('templateUrl'), 'postgres'))
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

function onDatabase(url: string, name: string): string {
  const address = new URL(url)
  address.pathname = `/${name}`
  return address.href
}
