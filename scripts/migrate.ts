import { ensureAppRole } from '../platform/app-role.ts'
import { loadConfig } from '../platform/config.ts'
import { applyMigrations } from '../platform/migrate.ts'
import { seed } from '../prisma/seed/seed.ts'

// The one job of a deployment that holds the owner's address: role, schema, the dated rules and calendar, then it leaves.
const config = loadConfig()
const { ownerUrl, appUrl } = config.database
if (!ownerUrl || !appUrl) throw new Error('Migrating needs DATABASE_URL (owner) and DATABASE_APP_URL (application)')

await ensureAppRole({ ownerUrl, appUrl })
const applied = await applyMigrations(ownerUrl)
console.log(applied.length > 0 ? `Applied: ${applied.join(', ')}` : 'Nothing to apply')
await seed(ownerUrl, config)
