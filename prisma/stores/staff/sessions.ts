import { dayOf, type PlainDate } from '../../../domain/time/plain-date.ts'
import type { Level, Role } from '../../../domain/vocabulary.ts'
import type { Archive, Db } from '../../client.ts'
import { Prisma } from '../../generated/client.ts'
import { readClock } from '../system/clock.ts'
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
  /** The holder whose post this is, for a stand-in. */
  standsInFor: string | null
  lastSeenAt: Date
  expiresAt: Date
  mustChangePassword: boolean
}

/** Opens a session and ends whatever the officer had open on that post: there is one at a time. */
export async function openSession(
  archive: Archive,
  session: { tokenHash: TokenHash; officerId: string; postId: string; now: Date; expiresAt: Date },
): Promise<void> {
  const { tokenHash, officerId, postId, now, expiresAt } = session
  await archive.db.$transaction(async (tx) => {
    // Of two at the same moment the second waits, and ends the first.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`session:${officerId}:${postId}`}))`
    await tx.session.updateMany({ where: { officerId, postId, endedAt: null }, data: { endedAt: now } })
    await tx.session.create({ data: { tokenHash, officerId, postId, createdAt: now, lastSeenAt: now, expiresAt } })
  })
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
           f.level::text AS "officeLevel", s."lastSeenAt", s."expiresAt",
           o."mustChangePassword", seat."standsInFor"
    FROM session s
    JOIN officer o ON o.id = s."officerId"
    JOIN post p ON p.id = s."postId"
    JOIN office f ON f.id = p."officeId"
    JOIN LATERAL (
      SELECT one."standsInFor" FROM ${seatedOn(today)} one WHERE one."postId" = s."postId" AND one."officerId" = s."officerId"
      ORDER BY one."standsInFor" NULLS FIRST LIMIT 1
    ) seat ON true
    WHERE s."tokenHash" = ${tokenHash} AND s."endedAt" IS NULL
      AND s."expiresAt" > ${now} AND s."lastSeenAt" > ${idleSince} AND o."disabledAt" IS NULL`
  return session ?? null
}

export async function touchSession(db: Db, { tokenHash, now }: { tokenHash: TokenHash; now: Date }): Promise<void> {
  await db.session.updateMany({ where: { tokenHash, endedAt: null }, data: { lastSeenAt: now } })
}

export async function endSession(db: Db, { tokenHash, now }: { tokenHash: TokenHash; now: Date }): Promise<void> {
  await db.session.updateMany({ where: { tokenHash, endedAt: null }, data: { endedAt: now } })
}

/** Ends every session of an officer, but for one that is named. */
export async function endSessionsOf(
  db: Db,
  { officerId, but, now }: { officerId: string; but?: TokenHash; now: Date },
): Promise<void> {
  await db.session.updateMany({
    where: { officerId, endedAt: null, ...(but === undefined ? {} : { NOT: { tokenHash: but } }) },
    data: { endedAt: now },
  })
}

/** Ends a session whose officer is disabled or no longer sits on the post. */
export async function endSessionIfUnseated(db: Db, tokenHash: TokenHash): Promise<void> {
  const today = dayOf(await readClock(db))
  await db.$executeRaw`
    UPDATE session s SET "endedAt" = clock_timestamp()
    WHERE s."tokenHash" = ${tokenHash} AND s."endedAt" IS NULL AND ${unseatedSql(today)}`
}

/** The same for every session on a post of these offices, as soon as something has changed there. */
export async function endUnseatedSessions(db: Db, officeIds: readonly string[], today: PlainDate): Promise<void> {
  await db.$executeRaw`
    UPDATE session s SET "endedAt" = clock_timestamp()
    WHERE s."endedAt" IS NULL AND s."postId" IN (SELECT id FROM post WHERE "officeId" = ANY(${[...officeIds]}))
      AND ${unseatedSql(today)}`
}

function unseatedSql(today: PlainDate): Prisma.Sql {
  return Prisma.sql`(
    EXISTS (SELECT FROM officer o WHERE o.id = s."officerId" AND o."disabledAt" IS NOT NULL)
    OR NOT EXISTS (SELECT FROM ${seatedOn(today)} seat WHERE seat."postId" = s."postId" AND seat."officerId" = s."officerId")
  )`
}
