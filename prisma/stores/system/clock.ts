import { type Instant, instant } from '../../../domain/time/plain-date.ts'
import type { Db } from '../../client.ts'

/**
 * What time it is for this deployment: the database's clock, moved ahead by the training clock where there is one. One
 * clock for all processes, so that two hosts never disagree about a due instant.
 */
export async function readClock(db: Db): Promise<Instant> {
  const [row] = await db.$queryRaw<{ now: Date }[]>`
    SELECT clock_timestamp() + COALESCE((SELECT "offsetMs" FROM deployment_clock), 0) * interval '1 millisecond' AS now`
  return instant((row as { now: Date }).now.getTime())
}

/** How far the training clock stands ahead of the wall clock, in milliseconds. */
export async function readClockOffset(db: Db): Promise<number> {
  const clock = await db.deploymentClock.findUnique({ where: { id: 1 } })
  return Number(clock?.offsetMs ?? 0n)
}
