import type { Seat } from '../../../domain/matter/desk.ts'
import type { Instant } from '../../../domain/time/plain-date.ts'
import type { AlarmKind } from '../../../domain/vocabulary.ts'
import type { Db } from '../../client.ts'
import { type AlarmAbout, endAlarms, findStanding, type Trouble, writeAlarms } from './alarms.ts'
import { chainAudit } from '../system/audit.ts'
import type { LockedMatter } from '../matter/locked-matter.ts'
import { officesToTell } from './offices-to-tell.ts'
import { findOfficeOf } from '../matter/tasks.ts'

/** A case under its lock, as far as an alarm about it needs it. */
export type AtCase = Pick<LockedMatter, 'tx' | 'row' | 'placeChain' | 'now' | 'today'>

const countySupervisor: Seat = { officeKind: 'CIVIL_AFFAIRS_BUREAU', level: 'COUNTY', role: 'COUNTY_SUPERVISOR' }

/**
 * Raises an alarm about a case at the county's supervisor, and where there is none at those who keep the system; unless one
 * of this kind and subject stands there.
 */
export async function raiseCaseAlarm(
  at: AtCase,
  kind: AlarmKind,
  subject: string,
  detail: Record<string, unknown>,
): Promise<void> {
  const { tx, row, now } = at
  const told = await whoIsTold(at)
  const troubles = told.map((who) => ({ ...who, kind, subject, matterId: row.id }))
  const raised = await writeAlarms(tx, troubles, now)
  if (raised.length > 0)
    await chainAudit(tx, `case:${row.id}`, [
      { ...byNobody(now, row.id, row.placeId), action: 'RAISE_ALARM', detail: { kind, subject, ...detail } },
    ])
}

async function whoIsTold({
  tx,
  row,
  placeChain,
  today,
}: AtCase): Promise<Pick<Trouble, 'officeId' | 'countyId' | 'role'>[]> {
  const officeId = await findOfficeOf(tx, countySupervisor, placeChain, today)
  if (officeId !== null) return [{ officeId, countyId: row.countyId, role: countySupervisor.role }]
  return (await officesToTell(tx, row.id)).map((office) => ({ ...office, role: 'ADMINISTRATOR' }))
}

/** Clears an alarm about a case once there is no reason for it. The caller holds the case's lock. */
export async function clearCaseAlarm(
  tx: LockedMatter['tx'],
  { kind, subject, matterId, placeId, now }: AlarmAbout & { matterId: string; placeId: string; now: Instant },
): Promise<void> {
  const cleared = await endAlarms(tx, await findStanding(tx, { kind, subject }), now)
  if (cleared.length > 0)
    await chainAudit(tx, `case:${matterId}`, [
      { ...byNobody(now, matterId, placeId), action: 'CLEAR_ALARM', detail: { kind, subject } },
    ])
}

function byNobody(at: Instant, matterId: string, placeId: string) {
  const nobody = { officerId: null, postId: null, officeId: null, role: null, eventId: null }
  return { ...nobody, at, placeId, result: 'DONE' as const, subject: matterId }
}

/** What alarms of a kind that stand about a case are about, without any lock. */
export async function findAlarmSubjects(db: Db, kind: AlarmKind, matterId: string): Promise<string[]> {
  const where = { kind, matterId, clearedAt: null }
  const rows = await db.alarm.findMany({ where, select: { subject: true }, distinct: ['subject'] })
  return rows.map(({ subject }) => subject)
}
