import type { Instant, PlainDate } from '../../../domain/time/plain-date.ts'
import type { AlarmKind, Role } from '../../../domain/vocabulary.ts'
import type { Stage } from '../../../domain/procedures/words.ts'
import { stableId } from '../../../platform/stable-id.ts'
import type { Db } from '../../client.ts'
import { type Alarm, Prisma } from '../../generated/client.ts'
import { findOrphans, findVacantPosts } from './orphans.ts'
import { instantOfRow, rowOfInstant } from '../system/rows.ts'
import { findUnseenItems } from './unseen-items.ts'
import {
  auditStaff,
  lockRegisters,
  type StaffActor,
  type StaffEntry,
  staffRegistersOf,
} from '../staff/staff-register.ts'

/** The alarms that a check of desks raises and clears; others have a check of their own. */
const kindsOfDesks = ['POST_VACANT', 'NOBODY_MAY_ACT', 'NOBODY_MAY_SEE'] as const satisfies readonly AlarmKind[]

/** What must not be, before it is written down. */
export type Trouble = Pick<Alarm, 'kind' | 'subject' | 'countyId' | 'officeId' | 'role' | 'matterId'>

/** What an alarm is about, at whichever offices it stands. */
export type AlarmAbout = Pick<Trouble, 'kind' | 'subject'>

/** An alarm as it was raised in a check. */
export type RaisedAlarm = { alarmId: string; kind: AlarmKind; subject: string; officeId: string; role: Role }

/**
 * Holds the desks of these offices against the people of a day: one alarm for each post that nobody fills, one for each
 * step that nobody may take though its post is filled, one for each item of supervision that nobody may read; raised once
 * while it stands and cleared when it no longer does.
 * Steps on an empty post are not told one by one: its alarm is theirs. The caller holds the locks of the offices' registers.
 */
export async function checkDesksOf(
  tx: Prisma.TransactionClient,
  officeIds: readonly string[],
  { day, now, by }: { day: PlainDate; now: Instant; by: StaffActor },
): Promise<RaisedAlarm[]> {
  const troubles = await findTroubles(tx, officeIds, day)
  const standing = await tx.alarm.findMany({
    where: { officeId: { in: [...officeIds] }, kind: { in: [...kindsOfDesks] }, clearedAt: null },
  })
  const told = new Set(standing.map(keyOf))
  const holding = new Set(troubles.map(keyOf))

  const raised = troubles
    .filter((trouble) => !told.has(keyOf(trouble)))
    .map((trouble) => ({ ...trouble, id: stableId('ALARM', trouble.kind, trouble.subject, now) }))
  const over = standing.filter((alarm) => !holding.has(keyOf(alarm)))
  const at = rowOfInstant(now)
  if (raised.length > 0) await tx.alarm.createMany({ data: raised.map((alarm) => ({ ...alarm, raisedAt: at })) })
  if (over.length > 0)
    await tx.alarm.updateMany({ where: { id: { in: over.map(({ id }) => id) } }, data: { clearedAt: at } })
  const entries = [...raised.map(entryOf('RAISE_ALARM')), ...over.map(entryOf('CLEAR_ALARM'))]
  await auditStaff(tx, entries, { by, at: now })
  return raised.map(({ id, kind, subject, officeId, role }) => ({ alarmId: id, kind, subject, officeId, role }))
}

/**
 * Raises those alarms that do not stand yet at their offices. The subject is what they are about; who is told is the
 * office's post. Chained onto the registers of the offices' staff.
 */
export async function raiseAlarms(
  tx: Prisma.TransactionClient,
  troubles: readonly Trouble[],
  now: Instant,
): Promise<void> {
  await lockRegistersOf(tx, troubles)
  const raised = await writeAlarms(tx, troubles, now)
  await auditStaff(tx, raised.map(entryOf('RAISE_ALARM')), { by: null, at: now })
}

/** Clears the alarms about something; `by` is the officer who does it, or nobody. Returns whether any stood. */
export async function clearAlarm(
  tx: Prisma.TransactionClient,
  about: AlarmAbout,
  now: Instant,
  by: StaffActor = null,
): Promise<boolean> {
  const standing = await findStanding(tx, about)
  await lockRegistersOf(tx, standing)
  const cleared = await endAlarms(tx, standing, now)
  await auditStaff(tx, cleared.map(entryOf('CLEAR_ALARM')), { by, at: now })
  return cleared.length > 0
}

async function lockRegistersOf(tx: Prisma.TransactionClient, at: readonly Pick<Alarm, 'officeId'>[]): Promise<void> {
  const officeIds = at.map(({ officeId }) => officeId)
  await lockRegisters(tx, (await staffRegistersOf(tx, officeIds)).values())
}

/** Writes those alarms that do not stand yet at their offices and returns them. The caller audits them, under its lock. */
export async function writeAlarms(
  tx: Prisma.TransactionClient,
  troubles: readonly Trouble[],
  now: Instant,
): Promise<Alarm[]> {
  const standing = await tx.alarm.findMany({
    where: {
      OR: troubles.map(({ kind, subject, officeId }) => ({ kind, subject, officeId })),
      clearedAt: null,
    },
  })
  const stands = ({ kind, subject, officeId }: Trouble) =>
    standing.some((alarm) => alarm.kind === kind && alarm.subject === subject && alarm.officeId === officeId)
  const data = troubles
    .filter((trouble) => !stands(trouble))
    .map((trouble) => ({
      ...trouble,
      id: stableId('ALARM', trouble.kind, trouble.subject, trouble.officeId, now),
      raisedAt: rowOfInstant(now),
    }))
  return data.length === 0 ? [] : tx.alarm.createManyAndReturn({ data, skipDuplicates: true })
}

/** The alarms that stand about something, at whichever offices. */
export async function findStanding(db: Db, { kind, subject }: AlarmAbout): Promise<Alarm[]> {
  return db.alarm.findMany({ where: { kind, subject, clearedAt: null } })
}

/** Ends those of these alarms that still stand and returns them. The caller audits them, under its lock. */
export async function endAlarms(
  tx: Prisma.TransactionClient,
  alarms: readonly Pick<Alarm, 'id'>[],
  now: Instant,
): Promise<Alarm[]> {
  if (alarms.length === 0) return []
  return tx.alarm.updateManyAndReturn({
    where: { id: { in: alarms.map(({ id }) => id) }, clearedAt: null },
    data: { clearedAt: rowOfInstant(now) },
  })
}

async function findTroubles(db: Db, officeIds: readonly string[], day: PlainDate): Promise<Trouble[]> {
  const vacant = await findVacantPosts(db, { officeIds, day })
  const orphaned = await findOrphans(db, { officeIds, day, beyondVacancy: true })
  const unseen = await findUnseenItems(db, { officeIds, day })
  return [
    ...unseen.map(({ itemId, officeId, role, countyId, matterId }) => ({
      kind: 'NOBODY_MAY_SEE' as const,
      subject: itemId,
      officeId,
      role,
      countyId,
      matterId,
    })),
    ...vacant.map(({ postId, officeId, role, countyId }) => ({
      kind: 'POST_VACANT' as const,
      subject: postId,
      officeId,
      role,
      countyId,
      matterId: null,
    })),
    ...orphaned.map(({ taskId, officeId, role, countyId, matterId }) => ({
      kind: 'NOBODY_MAY_ACT' as const,
      subject: taskId,
      officeId,
      role,
      countyId,
      matterId,
    })),
  ]
}

function keyOf({ kind, subject }: Pick<Alarm, 'kind' | 'subject'>): string {
  return `${kind} ${subject}`
}

function entryOf(action: 'RAISE_ALARM' | 'CLEAR_ALARM') {
  return ({ id, kind, subject, officeId, role, matterId }: Trouble & { id: string }): StaffEntry => ({
    officeId,
    action,
    subject,
    detail: { alarm: id, kind, role, case: matterId },
  })
}

/** An alarm as people are shown it; of a case its number and step and nothing else. */
export type AlarmRow = {
  alarmId: string
  kind: AlarmKind
  subject: string
  officeName: string
  role: Role
  matterId: string | null
  matterNumber: string | null
  stage: Stage | null
  raisedAt: Instant
  clearedAt: Instant | null
}

export type AlarmMark = { raisedAt: Instant; alarmId: string }

/** Alarms of these offices, the latest first: those that stand, or those that were cleared. */
export async function readAlarms(
  db: Db,
  page: { officeIds: readonly string[]; standing: boolean; after?: AlarmMark | undefined; take: number },
): Promise<AlarmRow[]> {
  const { officeIds, standing, after, take } = page
  const since = after
    ? Prisma.sql`AND (a."raisedAt", a.id) < (${rowOfInstant(after.raisedAt)}::timestamptz, ${after.alarmId})`
    : Prisma.empty
  const rows = await db.$queryRaw<
    (Omit<AlarmRow, 'raisedAt' | 'clearedAt'> & { raisedAt: Date; clearedAt: Date | null })[]
  >`
    SELECT a.id AS "alarmId", a.kind::text AS kind, a.subject, f.name AS "officeName", a.role::text AS role, a."matterId",
      c.number AS "matterNumber", t.stage, a."raisedAt", a."clearedAt"
    FROM alarm a JOIN office f ON f.id = a."officeId"
    LEFT JOIN matter c ON c.id = a."matterId"
    LEFT JOIN task t ON a.kind = 'NOBODY_MAY_ACT' AND t.id = a.subject
    WHERE a."officeId" = ANY(${[...officeIds]}) AND (a."clearedAt" IS NULL) = ${standing} ${since}
    ORDER BY a."raisedAt" DESC, a.id DESC LIMIT ${take}`
  return rows.map((row) => ({
    ...row,
    raisedAt: instantOfRow(row.raisedAt),
    clearedAt: row.clearedAt === null ? null : instantOfRow(row.clearedAt),
  }))
}
