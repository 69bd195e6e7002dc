import './plain-failure.ts'
import { ensureAppRole, ensureProcessLogins } from '../platform/app-role.ts'
import { loadConfigFor } from '../platform/config.ts'
import { applyMigrations } from '../platform/migrate.ts'
import { seed } from '../prisma/seed/seed.ts'

// The one job of a deployment that holds the owner's address: role, schema, the dated rules and calendar, then it leaves.
const config = loadConfigFor('migration')
const { database, logins } = config
const { ownerUrl, appUrl } = database
if (!ownerUrl || !appUrl) throw new Error('Migrating needs DATABASE_URL, the address of the owner')

// One login for both is for training: each process takes on its role by itself there.
if (logins.api && logins.worker) await ensureProcessLogins(ownerUrl, { api: logins.api, worker: logins.worker })
else await ensureAppRole({ ownerUrl, appUrl })
const applied = await applyMigrations(ownerUrl)
console.log(applied.length > 0 ? `Applied: ${applied.join(', ')}` : 'Nothing to apply')
await seed(ownerUrl, config)
