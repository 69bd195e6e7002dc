import { createHash, randomBytes } from 'node:crypto'
import type { Level, Role } from '../../domain/vocabulary.ts'
import type { Config } from '../../platform/config.ts'
import type { Archive } from '../../prisma/client.ts'
import {
  endSession,
  endSessionIfUnseated,
  findLiveSession,
  type LiveSession,
  openSession,
  touchSession,
} from '../../prisma/stores/staff/sessions.ts'
import { fault } from './problem.ts'

const minute = 60_000
const hour = 60 * minute
const touchEveryMs = 30_000

/** An officer at the counter, on one post, as the archive knows them at this moment. */
export type Asker = {
  officerId: string
  name: string
  staffNumber: string
  postId: string
  role: Role
  officeId: string
  officeLevel: Level
  /** The holder whose post this is, for a stand-in. */
  standsInFor: string | null
  expiresAt: Date
  /** Whether the password is still the one that the system made. */
  mustChangePassword: boolean
  tokenHash: Uint8Array<ArrayBuffer>
}

type Deployment = Pick<Config, 'environment'>

/** How long a session lasts; in real time, whatever the training clock says. */
export function sessionLimits({ environment }: Deployment): { idleMs: number; overallMs: number } {
  const overallMs = 12 * hour
  return { overallMs, idleMs: environment === 'training' ? overallMs : 15 * minute }
}

/** The `__Host-` prefix needs HTTPS, which a training copy on one machine does not have. */
export function cookieName({ environment }: Deployment): string {
  return environment === 'production' ? '__Host-jiuzhu_session' : 'jiuzhu_session'
}

/** The name under which a browser keeps that an officer has signed in on it. */
export function deviceCookieName({ environment }: Deployment): string {
  return environment === 'production' ? '__Host-jiuzhu_device' : 'jiuzhu_device'
}

/**
 * Opens a session for an officer on a post and ends the one they had on it. The token is told once and only its hash is
 * kept.
 */
export async function signIn(
  { archive, config, now }: { archive: Archive; config: Deployment; now: Date },
  { officerId, postId }: { officerId: string; postId: string },
): Promise<{ token: string; expiresAt: Date; maxAgeMs: number }> {
  const { overallMs } = sessionLimits(config)
  const token = randomBytes(32).toString('base64url')
  const expiresAt = new Date(now.getTime() + overallMs)
  await openSession(archive, { tokenHash: hashOf(token), officerId, postId, now, expiresAt })
  return { token, expiresAt, maxAgeMs: overallMs }
}

/** Who sends this cookie. @throws `notSignedIn` for none, an old one, a disabled officer or a post no longer held. */
export async function recognise(
  { archive, config, now }: { archive: Archive; config: Deployment; now: Date },
  cookieHeader: string | undefined,
): Promise<Asker> {
  const token = readCookie(cookieHeader, cookieName(config))
  if (token === undefined) throw fault('notSignedIn')
  const tokenHash = hashOf(token)
  const { idleMs } = sessionLimits(config)
  const session = await findLiveSession(archive.db, { tokenHash, now, idleSince: new Date(now.getTime() - idleMs) })
  if (session === null) {
    // For good: whoever is enabled again or given the post back signs in anew.
    await endSessionIfUnseated(archive.db, tokenHash)
    throw fault('notSignedIn')
  }
  if (now.getTime() - session.lastSeenAt.getTime() > touchEveryMs) await touchSession(archive.db, { tokenHash, now })
  return askerOf(session, tokenHash)
}

/** Ends the session at once, for every process. */
export async function signOut(archive: Archive, { tokenHash }: Asker, now: Date): Promise<void> {
  await endSession(archive.db, { tokenHash, now })
}

function askerOf(session: LiveSession, tokenHash: Asker['tokenHash']): Asker {
  const { lastSeenAt: _, ...officer } = session
  return { ...officer, tokenHash }
}

function hashOf(token: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(createHash('sha256').update(token).digest())
}

export function readCookie(header: string | undefined, name: string): string | undefined {
  const pairs = (header ?? '').split(';').map((pair) => pair.trim())
  const found = pairs.find((pair) => pair.startsWith(`${name}=`))
  const value = found?.slice(name.length + 1)
  return value !== undefined && /^[A-Za-z0-9._-]{20,400}$/.test(value) ? value : undefined
}
