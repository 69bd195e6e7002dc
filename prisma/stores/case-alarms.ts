import type { Seat } from '../../domain/supervision/audience.ts'
import type { Instant } from '../../domain/time/plain-date.ts'
import type { AlarmKind } from '../../domain/vocabulary.ts'
import { stableId } from '../../platform/stable-id.ts'
import type { Db } from '../client.ts'
import { chainAudit } from './audit.ts'
import type { Dossier } from './dossier.ts'
import { rowOfInstant } from './rows.ts'
import { findOfficeOf } from './tasks.ts'

/** A case under its lock, as far as an alarm about it needs it. */
export type AtCase = Pick<Dossier, 'tx' | 'row' | 'placeChain' | 'now' | 'today'>

const countySupervisor: Seat = { officeKind: 'CIVIL_AFFAIRS_BUREAU', level: 'COUNTY', role: 'COUNTY_SUPERVISOR' }

/** Raises an alarm about a case at the county's supervisor, unless one of this kind and subject stands. */
export async function raiseCaseAlarm(
  { tx, row, placeChain, now, today }: AtCase,
  kind: AlarmKind,
  subject: string,
  detail: Record<string, unknown>,
): Promise<void> {
  if ((await tx.alarm.findFirst({ where: { kind, subject, clearedAt: null } })) !== null) return
  const officeId = await findOfficeOf(tx, countySupervisor, placeChain, today)
  if (officeId === null) return
  const { id: caseId, countyId, placeId } = row
  const id = stableId('ALARM', kind, subject, now)
  const { role } = countySupervisor
  const raised = { id, kind, subject, countyId, officeId, role, caseId, raisedAt: rowOfInstant(now) }
  await tx.alarm.createMany({ data: [raised], skipDuplicates: true })
  await chainAudit(tx, `case:${caseId}`, [
    { ...byNobody(now, caseId, placeId), action: 'RAISE_ALARM', detail: { kind, subject, ...detail } },
  ])
}

/** Clears an alarm about a case once there is no reason for it. The caller holds the case's lock. */
export async function clearCaseAlarm(
  tx: Dossier['tx'],
  {
    kind,
    subject,
    caseId,
    placeId,
    now,
  }: { kind: AlarmKind; subject: string; caseId: string; placeId: string; now: Instant },
): Promise<void> {
  const { count } = await tx.alarm.updateMany({
    where: { kind, subject, clearedAt: null },
    data: { clearedAt: rowOfInstant(now) },
  })
  if (count > 0)
    await chainAudit(tx, `case:${caseId}`, [
      { ...byNobody(now, caseId, placeId), action: 'CLEAR_ALARM', detail: { kind, subject } },
    ])
}

function byNobody(at: Instant, caseId: string, placeId: string) {
  const nobody = { officerId: null, postId: null, officeId: null, role: null, eventId: null }
  return { ...nobody, at, placeId, result: 'DONE' as const, subject: caseId }
}

/** Whether an alarm stands, without any lock. */
export async function isAlarmStanding(db: Db, kind: AlarmKind, subject: string): Promise<boolean> {
  return (await db.alarm.findFirst({ where: { kind, subject, clearedAt: null }, select: { id: true } })) !== null
}
