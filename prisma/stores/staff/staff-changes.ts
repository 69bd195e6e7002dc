import { dayOf, type Instant, type PlainDate } from '../../../domain/time/plain-date.ts'
import type { Archive } from '../../client.ts'
import type { Prisma } from '../../generated/client.ts'
import { checkDesksOf, type RaisedAlarm } from '../oversight/alarms.ts'
import { readClock } from '../system/clock.ts'
import { countOrphans } from '../oversight/orphans.ts'
import { endUnseatedSessions } from './sessions.ts'
import { lockRegisters, type StaffActor, staffRegistersOf } from './staff-register.ts'

type Tx = Prisma.TransactionClient

/** A change of who works where, with the alarms that it raised in the same transaction. */
export type Changed<T> = { result: T; alarms: RaisedAlarm[] }

/**
 * Changes who works where, in the caller's transaction: under the locks of the registers that it touches, and with the
 * desks concerned checked at once, so that an alarm is there in the moment in which there is a reason for it. Whoever no
 * longer sits on a post there is signed out of it for good.
 */
export async function changeStaff<T>(
  tx: Tx,
  about: { officeIds?: readonly string[]; officerIds: readonly string[]; by: StaffActor },
  work: (at: { now: Instant; today: PlainDate }) => Promise<T>,
): Promise<Changed<T>> {
  const officeIds = [...new Set([...(about.officeIds ?? []), ...(await officesTouching(tx, about.officerIds))])]
  await lockRegisters(tx, (await staffRegistersOf(tx, officeIds)).values())
  const now = await readClock(tx)
  const result = await work({ now, today: dayOf(now) })
  await endUnseatedSessions(tx, officeIds, dayOf(now))
  return { result, alarms: await checkDesksOf(tx, officeIds, { day: dayOf(now), now, by: about.by }) }
}

/** Where these officers hold or held a post, or stand in on one: what becomes of them is felt there. */
async function officesTouching(tx: Tx, officerIds: readonly string[]): Promise<string[]> {
  const rows = await tx.$queryRaw<{ officeId: string }[]>`
    SELECT DISTINCT p."officeId" FROM post p WHERE p.id IN (
      SELECT "postId" FROM post_holding WHERE "officerId" = ANY(${[...officerIds]})
      UNION SELECT "postId" FROM absence WHERE "standInId" = ANY(${[...officerIds]}))`
  return rows.map(({ officeId }) => officeId)
}

/**
 * The check of a day, office by office of each register; may be done twice. Returns how many open steps nobody can take, or
 * null when the deployment's clock has left that day: by the people of another day nothing is raised and nothing cleared.
 */
export async function checkDesks(archive: Archive, day: PlainDate): Promise<number | null> {
  const offices = await archive.db.office.findMany({ select: { id: true }, orderBy: { id: 'asc' } })
  const registers = await staffRegistersOf(
    archive.db,
    offices.map(({ id }) => id),
  )
  let orphans = 0
  for (const [register, entries] of Map.groupBy(registers, ([, register]) => register)) {
    const officeIds = entries.map(([officeId]) => officeId)
    const found = await checkRegister(archive, { register, officeIds, day })
    if (found === null) return null
    orphans += found
  }
  return orphans
}

async function checkRegister(
  archive: Archive,
  { register, officeIds, day }: { register: string; officeIds: readonly string[]; day: PlainDate },
): Promise<number | null> {
  return archive.db.$transaction(
    async (tx) => {
      await lockRegisters(tx, [register])
      const now = await readClock(tx)
      if (dayOf(now) !== day) return null
      await checkDesksOf(tx, officeIds, { day, now, by: null })
      return countOrphans(tx, { officeIds, day })
    },
    { maxWait: 5_000, timeout: 60_000 },
  )
}
