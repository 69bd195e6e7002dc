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
  const role = decodeURIComponent(new URL(appUrl).username)
  if (role === decodeURIComponent(new URL(ownerUrl).username)) {
    throw new Error('DATABASE_APP_URL must name another role than DATABASE_URL: the application may not own its tables')
  }
  const client = createDatabaseClient(ownerUrl)
  await client.connect()
  try {
    await createRole(client, appRoleName, false)
    await createLogin(client, appUrl)
    if (role !== appRoleName) await client.query(`GRANT ${appRoleName} TO ${client.escapeIdentifier(role)}`)
  } finally {
    await client.end()
  }
}

/** The role whose rights each process works with; migrations grant it what it may do. */
const rightsOf = { api: 'jiuzhu_api', worker: 'jiuzhu_worker' } as const

/**
 * Makes a login for each process that can take on its own role and no other, or sets its password to the one in its address.
 * Runs before migrations, which grant to the roles.
 */
export async function ensureProcessLogins(
  ownerUrl: string,
  logins: Readonly<Record<keyof typeof rightsOf, string>>,
): Promise<void> {
  const names = Object.values(logins).map((url) => decodeURIComponent(new URL(url).username))
  const taken: string[] = [decodeURIComponent(new URL(ownerUrl).username), appRoleName, ...Object.values(rightsOf)]
  if (new Set(names).size < names.length || names.some((name) => name === '' || taken.includes(name))) {
    throw new Error(
      'API与worker须各有自己的数据库登录名 DATABASE_API_URL and DATABASE_WORKER_URL must each name a login of their own: ' +
        `not the same one, and none of ${taken.join(', ')}`,
    )
  }
  await createDatabaseIfMissing(ownerUrl)
  const client = createDatabaseClient(ownerUrl)
  await client.connect()
  try {
    for (const kind of ['api', 'worker'] as const) {
      await createRole(client, rightsOf[kind], false)
      const name = await createLogin(client, logins[kind])
      await client.query(`GRANT ${rightsOf[kind]} TO ${client.escapeIdentifier(name)}`)
    }
  } finally {
    await client.end()
  }
}

/** The name of the login in an address, which is there afterwards and has the password of that address. */
async function createLogin(client: pg.Client, url: string): Promise<string> {
  const { username, password } = new URL(url)
  const name = decodeURIComponent(username)
  await createRole(client, name, true)
  if (password) {
    const id = client.escapeIdentifier(name)
    await client.query(`ALTER ROLE ${id} PASSWORD ${client.escapeLiteral(decodeURIComponent(password))}`)
  }
  return name
}

async function createRole(client: pg.Client, name: string, login: boolean): Promise<void> {
  const { rowCount } = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [name])
  const id = client.escapeIdentifier(name)
  if (rowCount === 0) await client.query(`CREATE ROLE ${id}`)
  if (login) await client.query(`ALTER ROLE ${id} LOGIN`)
}
