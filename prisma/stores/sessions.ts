import { dayOf } from '../../domain/time/plain-date.ts'
import type { Level, Role } from '../../domain/vocabulary.ts'
import type { Db } from '../client.ts'
import { readClock } from './clock.ts'
import { seatedOn } from './post-fillings.ts'

type TokenHash = Uint8Array<ArrayBuffer>

/** A session that holds now, with the officer and the post behind it. */
export type LiveSession = {
  officerId: string
  name: string
  staffNumber: string
  postId: string
  role: Role
  officeId: string
  officeLevel: Level
  lastSeenAt: Date
  expiresAt: Date
}

export async function openSession(
  db: Db,
  session: { tokenHash: TokenHash; officerId: string; postId: string; now: Date; expiresAt: Date },
): Promise<void> {
  const { tokenHash, officerId, postId, now, expiresAt } = session
  await db.session.create({ data: { tokenHash, officerId, postId, createdAt: now, lastSeenAt: now, expiresAt } })
}

/**
 * The session of a token, if everything still holds at this moment: neither ended nor idle nor over, the officer not
 * disabled, the post still theirs, as its holder or as a stand-in.
 */
export async function findLiveSession(
  db: Db,
  { tokenHash, now, idleSince }: { tokenHash: TokenHash; now: Date; idleSince: Date },
): Promise<LiveSession | null> {
  const today = dayOf(await readClock(db))
  const [session] = await db.$queryRaw<LiveSession[]>`
    SELECT s."officerId", o.name, o."staffNumber", s."postId", p.role::text AS role, p."officeId",
           f.level::text AS "officeLevel", s."lastSeenAt", s."expiresAt"
    FROM session s
    JOIN officer o ON o.id = s."officerId"
    JOIN post p ON p.id = s."postId"
    JOIN office f ON f.id = p."officeId"
    WHERE s."tokenHash" = ${tokenHash} AND s."endedAt" IS NULL
      AND s."expiresAt" > ${now} AND s."lastSeenAt" > ${idleSince} AND o."disabledAt" IS NULL
      AND EXISTS (SELECT FROM ${seatedOn(today)} seat WHERE seat."postId" = s."postId" AND seat."officerId" = s."officerId")`
  return session ?? null
}

export async function touchSession(db: Db, { tokenHash, now }: { tokenHash: TokenHash; now: Date }): Promise<void> {
  await db.session.updateMany({ where: { tokenHash, endedAt: null }, data: { lastSeenAt: now } })
}

export async function endSession(db: Db, { tokenHash, now }: { tokenHash: TokenHash; now: Date }): Promise<void> {
  await db.session.updateMany({ where: { tokenHash, endedAt: null }, data: { endedAt: now } })
}
