import { dayOf, type PlainDate } from '../../../domain/time/plain-date.ts'
import type { Archive, Db } from '../../client.ts'
import { chainAudit } from '../system/audit.ts'
import { readClock } from '../system/clock.ts'
import { rowOfDay, rowOfInstant } from '../system/rows.ts'
import { lockRegisters } from '../staff/staff-register.ts'

const dailyRegister = 'daily-round'

/** The day of the deployment whose round is owed, with its row written; null when it is finished. */
export async function beginOwedRound(db: Db): Promise<PlainDate | null> {
  const now = await readClock(db)
  const day = dayOf(now)
  const row = await db.dailyRound.findUnique({ where: { day: rowOfDay(day) } })
  if (row === null)
    await db.dailyRound.createMany({
      data: [{ day: rowOfDay(day), startedAt: rowOfInstant(now) }],
      skipDuplicates: true,
    })
  return row?.finishedAt ? null : day
}

/** Notes how many open steps nobody could take; what was found first on a day stays. */
export async function noteOrphans(db: Db, day: PlainDate, orphans: number): Promise<void> {
  await db.dailyRound.updateMany({ where: { day: rowOfDay(day), orphans: null }, data: { orphans } })
}

/** Closes the round of a day and audits it; once, however often it is asked. */
export async function finishDailyRound(archive: Archive, day: PlainDate): Promise<void> {
  await archive.db.$transaction(async (tx) => {
    await lockRegisters(tx, [dailyRegister])
    const at = await readClock(tx)
    const [row] = await tx.dailyRound.updateManyAndReturn({
      where: { day: rowOfDay(day), finishedAt: null },
      data: { finishedAt: rowOfInstant(at) },
    })
    if (row === undefined) return
    await chainAudit(tx, dailyRegister, [
      {
        at,
        officerId: null,
        postId: null,
        officeId: null,
        role: null,
        placeId: null,
        action: 'DAILY_ROUND',
        result: 'DONE',
        subject: day,
        eventId: null,
        detail: { orphans: row.orphans },
      },
    ])
  })
}
