import pg from 'pg'

/**
 * What every session with a database is set to, whatever the server, the database, the role or the address says. Days are
 * read out of instants and text is taken literally: a zone or a style of the host's would silently file another day.
 */
const sessionSettings = {
  TimeZone: 'UTC',
  DateStyle: 'ISO, MDY',
  IntervalStyle: 'postgres',
  bytea_output: 'hex',
  standard_conforming_strings: 'on',
  transform_null_equals: 'off',
  array_nulls: 'on',
  extra_float_digits: '1',
  default_transaction_isolation: 'read committed',
  search_path: 'public',
} as const

/** How to open a session of ours: for a client of `pg`, a pool of it, or Prisma's adapter. */
export type DatabaseSession = { connectionString: string; options: string }

/**
 * The settings of a session at an address: ours, and those of the work that is done in it, such as its role. Options of the
 * address itself stay, but these win.
 */
export function databaseSession(url: string, ofTheWork: Readonly<Record<string, string>> = {}): DatabaseSession {
  const address = new URL(url)
  // pg lets an address win over everything beside it, so options move out of it.
  const given = address.searchParams.get('options') ?? ''
  address.searchParams.delete('options')
  return { connectionString: address.href, options: `${given} ${pinnedOptions(ofTheWork)}`.trim() }
}

/** A client of the owner's or a tool's, not yet connected. Nobody makes one by themselves. */
export function createDatabaseClient(
  url: string,
  more: Pick<pg.ClientConfig, 'connectionTimeoutMillis'> = {},
): pg.Client {
  return new pg.Client({ ...databaseSession(url), ...more })
}

/** The same as one text for whoever builds a connection in another way. */
export function pinnedOptions(ofTheWork: Readonly<Record<string, string>> = {}): string {
  return Object.entries({ ...ofTheWork, ...sessionSettings })
    .map(([name, value]) => `-c ${name}=${value.replace(/[\\ ]/g, '\\$&')}`)
    .join(' ')
}
