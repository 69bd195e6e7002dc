import type { AlarmKind } from '../../../domain/vocabulary.ts'
import type { Archive, Db } from '../../client.ts'
import type { Alarm, Prisma } from '../../generated/client.ts'
import { clearAlarm, raiseAlarms } from './alarms.ts'
import { readClock } from '../system/clock.ts'
import { officesToTell } from './offices-to-tell.ts'
import type { StaffActor } from '../staff/staff-register.ts'
import { inOneTransaction } from '../system/transaction.ts'

/** Alarms about the system and not about the staff: for those who keep the system. */
export const engineAlarmKinds = [
  'PROCEDURE_STUCK',
  'REPLACING_STOPPED',
  'ACT_FAILED',
  'SEAL_OVERDUE',
] as const satisfies readonly AlarmKind[]
export type EngineAlarmKind = (typeof engineAlarmKinds)[number]

type About = { kind: EngineAlarmKind; subject: string; matterId: string | null }

/**
 * Raises an alarm unless it stands: about a case at its county's bureau, so that it is seen there and above; about anything
 * else at every office that has an administrator. Returns whether it is news.
 */
export async function raiseEngineAlarm(archive: Archive, about: About): Promise<boolean> {
  const { kind, subject, matterId } = about
  if ((await archive.db.alarm.count({ where: { kind, subject, clearedAt: null } })) > 0) return false
  return inOneTransaction(archive, async (tx) => {
    const told = await officesToTell(tx, matterId)
    const troubles = told.map((office) => ({ ...office, kind, subject, matterId, role: 'ADMINISTRATOR' as const }))
    await raiseAlarms(tx, troubles, await readClock(tx))
    return true
  })
}

/** Clears an alarm once there is no reason for it. */
export async function clearEngineAlarm(archive: Archive, about: Pick<About, 'kind' | 'subject'>): Promise<void> {
  await inOneTransaction(archive, async (tx) => clearAlarm(tx, about, await readClock(tx)))
}

/** What the alarm about a spent budget is about: there is one budget for the whole deployment. */
export const replacing = 'replacing'

/** An administrator lets replacing go on. Returns whether it had stopped. */
export async function resumeReplacing(tx: Prisma.TransactionClient, by: NonNullable<StaffActor>): Promise<boolean> {
  return clearAlarm(tx, { kind: 'REPLACING_STOPPED', subject: replacing }, await readClock(tx), by)
}

/** What is told about the engine now, each subject once. */
export async function standingEngineAlarms(
  db: Db,
  kind: EngineAlarmKind,
): Promise<Pick<Alarm, 'subject' | 'matterId' | 'raisedAt'>[]> {
  return db.alarm.findMany({
    where: { kind, clearedAt: null },
    distinct: ['subject'],
    select: { subject: true, matterId: true, raisedAt: true },
    orderBy: { subject: 'asc' },
  })
}

/** How much of each kind stands; nothing about what. */
export async function countEngineAlarms(db: Db): Promise<Record<EngineAlarmKind, number>> {
  const rows = await db.$queryRaw<{ kind: EngineAlarmKind; count: bigint }[]>`
    SELECT kind::text AS kind, count(DISTINCT subject) AS count FROM alarm
    WHERE "clearedAt" IS NULL AND kind = ANY(${[...engineAlarmKinds]}::"AlarmKind"[]) GROUP BY 1`
  const countOf = new Map(rows.map(({ kind, count }) => [kind, Number(count)]))
  const of = (kind: EngineAlarmKind) => countOf.get(kind) ?? 0
  return {
    PROCEDURE_STUCK: of('PROCEDURE_STUCK'),
    REPLACING_STOPPED: of('REPLACING_STOPPED'),
    ACT_FAILED: of('ACT_FAILED'),
    SEAL_OVERDUE: of('SEAL_OVERDUE'),
  }
}

/** Cases with an alarm about a failed act in which acts have had their answers since, or that are closed. */
export async function casesThatActAgain(db: Db): Promise<string[]> {
  const rows = await db.$queryRaw<{ matterId: string }[]>`
    SELECT DISTINCT a."matterId" FROM alarm a JOIN matter c ON c.id = a."matterId"
    WHERE a.kind = 'ACT_FAILED' AND a."clearedAt" IS NULL AND (c."closedAt" IS NOT NULL OR EXISTS (
      SELECT FROM request r WHERE r."matterId" = a."matterId" AND r."answeredAt" > a."raisedAt"))`
  return rows.map(({ matterId }) => matterId)
}
