import type pg from 'pg'
import { createDatabaseIfMissing } from './migrate.ts'
import { createDatabaseClient } from './database-session.ts'

/** The role the API and the worker use. It owns no table; migrations grant it what it may do, table by table. */
export const appRoleName = 'jiuzhu_app'

/** Makes the application's role, or sets its password to the one in `appUrl`. Runs before migrations, which grant to it. */
export async function ensureAppRole({ ownerUrl, appUrl }: { ownerUrl: string; appUrl: string }): Promise<void> {
  // The migration makes the role itself and lets the owner take it on.
  if (appUrl === ownerUrl) return
  await createDatabaseIfMissing(ownerUrl)
  const { username, password } = new URL(appUrl)
  const role = decodeURIComponent(username)
  if (role === decodeURIComponent(new URL(ownerUrl).username)) {
    throw new Error('DATABASE_APP_URL must name another role than DATABASE_URL: the application may not own its tables')
  }
  const client = createDatabaseClient(ownerUrl)
  await client.connect()
  try {
    await createRole(client, appRoleName, false)
    await createRole(client, role, true)
    const id = client.escapeIdentifier(role)
    if (password) await client.query(`ALTER ROLE ${id} PASSWORD ${client.escapeLiteral(decodeURIComponent(password))}`)
    if (role !== appRoleName) await client.query(`GRANT ${appRoleName} TO ${id}`)
  } finally {
    await client.end()
  }
}

async function createRole(client: pg.Client, name: string, login: boolean): Promise<void> {
  const { rowCount } = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [name])
  const id = client.escapeIdentifier(name)
  if (rowCount === 0) await client.query(`CREATE ROLE ${id}`)
  if (login) await client.query(`ALTER ROLE ${id} LOGIN`)
}
