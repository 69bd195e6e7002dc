import { execFile } from 'node:child_process'
import { constants } from 'node:fs'
import { access, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** The account the server runs under: none of its own for an ordinary user, `postgres` for root. */
export type ServerUser = Readonly<{ uid: number; gid: number }>

/** PostgreSQL refuses to run as root, so root lends it the account `postgres`, made if the machine has none. */
export async function getServerUser(): Promise<ServerUser | undefined> {
  if (process.getuid?.() !== 0) return undefined
  const found = await findAccount()
  if (found) return found
  await run('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres'])
  const made = await findAccount()
  if (!made)
    throw new Error('PostgreSQL cannot run as root and no account "postgres" could be made: run as another user')
  return made
}

/** Whether that account can reach into a folder, judged by every folder above it. */
export async function canReach(user: ServerUser | undefined, folder: string): Promise<boolean> {
  if (!user)
    return access(folder, constants.X_OK).then(
      () => true,
      () => false,
    )
  for (let at = path.resolve(folder); ; at = path.dirname(at)) {
    const info = await stat(at).catch(() => undefined)
    if (info && !maySearch(user, info)) return false
    if (at === path.dirname(at)) return true
  }
}

function maySearch(user: ServerUser, info: { mode: number; uid: number; gid: number }): boolean {
  if (info.uid === user.uid) return (info.mode & 0o100) !== 0
  if (info.gid === user.gid) return (info.mode & 0o010) !== 0
  return (info.mode & 0o001) !== 0
}

async function findAccount(): Promise<ServerUser | undefined> {
  const accounts = await readFile('/etc/passwd', 'utf8')
  const fields = accounts
    .split('\n')
    .find((line) => line.startsWith('postgres:'))
    ?.split(':')
  return fields ? { uid: Number(fields[2]), gid: Number(fields[3]) } : undefined
}
