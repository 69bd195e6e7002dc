import { fileURLToPath } from 'node:url'
import { defineConfig } from 'prisma/config'

// Set here as well as in scripts/bootstrap.mjs, so that `npx prisma …` works on its own.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ||= fileURLToPath(new URL('./prisma/schema-engine.mjs', import.meta.url))

const url = process.env.DATABASE_URL

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  // Generating the client needs no database, and the CLI refuses an empty address.
  ...(url ? { datasource: { url } } : {}),
})
