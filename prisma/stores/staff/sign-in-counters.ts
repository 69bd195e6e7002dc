import type { Db } from '../../client.ts'

/** What is counted, by a digest of it. */
export type CounterKey = string

/** How far a key has come in its window, this attempt included, and when the window ends. */
export type Counted = { attempts: number; endsAt: Date }

/**
 * Counts one attempt in advance and says how many that makes in the window: of several at the same moment, in whatever
 * process, each gets a number of its own. A window begins with its first attempt.
 */
export async function countAttempt(
  db: Db,
  key: CounterKey,
  { now, windowMs }: { now: Date; windowMs: number },
): Promise<Counted> {
  const endsAt = new Date(now.getTime() + windowMs)
  const [row] = await db.$queryRaw<[Counted]>`
    INSERT INTO sign_in_counter AS c (key, attempts, "endsAt") VALUES (${key}, 1, ${endsAt})
    ON CONFLICT (key) DO UPDATE SET
      attempts = CASE WHEN c."endsAt" <= ${now} THEN 1 ELSE c.attempts + 1 END,
      "endsAt" = CASE WHEN c."endsAt" <= ${now} THEN ${endsAt} ELSE c."endsAt" END
    RETURNING attempts, "endsAt"`
  return row
}

/** How far a key has come in its window; nothing is counted. */
export async function readAttempts(db: Db, key: CounterKey, now: Date): Promise<Counted | null> {
  return db.signInCounter.findFirst({ where: { key, endsAt: { gt: now } }, select: { attempts: true, endsAt: true } })
}

/** Takes back what was counted in advance. */
export async function takeBackAttempts(db: Db, keys: readonly CounterKey[]): Promise<void> {
  await db.$executeRaw`
    UPDATE sign_in_counter SET attempts = GREATEST(attempts - 1, 0) WHERE key = ANY(${[...keys]})`
}

/** Lets go of windows that have ended. */
export async function forgetEndedWindows(db: Db, now: Date): Promise<void> {
  await db.signInCounter.deleteMany({ where: { endsAt: { lte: now } } })
}

/** When an administrator last let this officer try again, and under which id; null if nobody did since. */
export async function findUnlock(db: Db, officerId: string, since: Date): Promise<{ id: string } | null> {
  return db.signInUnlock.findFirst({
    where: { officerId, unlockedAt: { gt: since } },
    orderBy: { unlockedAt: 'desc' },
    select: { id: true },
  })
}
