import { mkdir } from 'node:fs/promises'
import { homedir } from 'node:os'
import path from 'node:path'
import type { TestProject } from 'vitest/node'
import { findFreePort } from '../../platform/embedded/processes.ts'
import { startPostgres } from '../../platform/embedded/postgres.ts'
import { startTemporal } from '../../platform/embedded/temporal-server.ts'
import { startGuardian } from '../../platform/guardian.ts'
import { applyMigrations } from '../../platform/migrate.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Owner's address of the run's server; its database is a template, clone it with createTestDatabase. */
    templateUrl: string
    appTemplateUrl: string
    temporalAddress: string
    temporalNamespace: string
    /** Files of a test go here; removed with the run. */
    scratchDir: string
  }
}

const namespace = 'default'
const databaseFlags = ['fsync=off', 'full_page_writes=off', 'synchronous_commit=off'].flatMap((flag) => ['-c', flag])

/** One PostgreSQL and one Temporal server per run, on free ports, gone afterwards even if the run is killed. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const root = path.resolve(import.meta.dirname, '../..')
  const dataDir = path.join(root, '.data', `test-${process.pid}`)
  const cacheDir = process.env.JIUZHU_CACHE_DIR || path.join(homedir(), '.cache', 'jiuzhu')
  const guardian = startGuardian()
  guardian.removeAfterwards(dataDir)
  const scratchDir = path.join(dataDir, 'scratch')
  await mkdir(scratchDir, { recursive: true })
  project.provide('scratchDir', scratchDir)
  try {
    const [postgres, temporal] = await Promise.all([
      startPostgres({
        dataDir,
        port: await findFreePort(),
        flags: databaseFlags,
        onSpawn: (pid) => guardian.watch(pid, 'SIGINT'),
      }),
      startTemporal({
        dataDir,
        cacheDir,
        port: await findFreePort(),
        namespace,
        movableClock: true,
        persistent: false,
        say: console.log,
        onSpawn: (pid) => guardian.watch(pid, 'SIGTERM'),
      }),
    ])
    guardian.removeAfterwards(postgres.folder)
    await applyMigrations(postgres.url)
    project.provide('templateUrl', postgres.url)
    project.provide('appTemplateUrl', postgres.appUrl)
    project.provide('temporalAddress', temporal.address)
    project.provide('temporalNamespace', namespace)
  } catch (error) {
    await guardian.close()
    throw error
  }
  return () => guardian.close()
}
