import type { LimitKey } from '../../../domain/matter/limit-keys.ts'
import type { Instant, PlainDate } from '../../../domain/time/plain-date.ts'
import { type Redated, redate } from '../../../domain/time/redating.ts'
import type { WorkCalendar } from '../../../domain/time/work-calendar.ts'
import type { Db } from '../../client.ts'
import type { Deadline, DeadlineMove } from '../../generated/client.ts'
import { refreshDue } from './deadlines.ts'
import { wakeDormant } from './opened-matters.ts'
import type { RedatingUnderway } from '../rules/redatings.ts'
import { dayOfRow, instantOfRow, rowOfInstant, waitsOfRow } from '../system/rows.ts'

/** That a due date was moved by a calendar, from when to when and by which document. */
export type KeptMove = {
  limit: LimitKey
  run: number
  fromDueOn: PlainDate
  toDueOn: PlainDate
  fromDueAt: Instant
  toDueAt: Instant
  reason: string
  calendarVersionBefore: string
  calendarVersionAfter: string
  at: Instant
}

export type NewCalendar = {
  calendarOf: (placeId: string) => WorkCalendar
  redating: RedatingUnderway
  now: Instant
}

type Moving = { row: Deadline; redated: Exclude<Redated, { outcome: 'MISSED' }>; calendarVersion: string }

/**
 * Brings the running limits of cases that the caller holds locked in line with a new calendar, each table in one statement,
 * and writes down what moved. Dormant ones with an earlier date are looked at soon. Those that were due before it was entered are left as they are and their cases returned:
 * a breach is recorded by filing.
 */
export async function moveDeadlines(
  db: Db,
  matterIds: readonly string[],
  { calendarOf, redating, now }: NewCalendar,
): Promise<{ moved: number; missedMatterIds: string[] }> {
  const rows = await db.deadline.findMany({
    where: { matterId: { in: [...matterIds] }, stoppedOn: null, breachedAt: null, kind: 'WORKING_DAYS' },
  })
  const moving: Moving[] = []
  const missed = new Set<string>()
  for (const row of rows) {
    const calendar = calendarOf(row.placeId)
    if (row.calendarVersion === calendar.version) continue
    const running = {
      startedOn: dayOfRow(row.startedOn),
      amount: row.amount,
      dueAt: instantOfRow(row.dueAt),
      waits: waitsOfRow(row.waits),
    }
    const redated = redate(running, { calendar, enteredAt: redating.requestedAt })
    if (redated.outcome === 'MISSED') missed.add(row.matterId)
    else moving.push({ row, redated, calendarVersion: calendar.version })
  }
  await stamp(db, moving, now)
  await refreshDue(db, [...new Set(moving.map(({ row }) => row.matterId))])
  const moved = moving.filter(({ redated }) => redated.outcome === 'MOVED')
  await writeMoves(db, moved, redating, now)
  // A workflow is told to look; a matter that has none would sleep until its old date.
  const earlier = moved.filter(({ row, redated: { due } }) => due.dueAt < instantOfRow(row.dueAt))
  await wakeDormant(db, [...new Set(earlier.map(({ row }) => row.matterId))], rowOfInstant(now))
  return { moved: moved.length, missedMatterIds: [...missed] }
}

/** Due dates that stand are stamped with the new calendar, too: what bears an older one has not been looked at yet. */
async function stamp(db: Db, moving: readonly Moving[], now: Instant): Promise<void> {
  if (moving.length === 0) return
  const rows = moving.map(({ row, redated: { due, ownDueAt }, calendarVersion }) => ({
    matterId: row.matterId,
    limit: row.limit,
    run: row.run,
    ...due,
    ownDueAt,
    // A limit that moves earlier is woken, and a rung that is due is counted again before it is climbed.
    rungAt: due.dueAt < instantOfRow(row.dueAt) && row.nextRung !== null ? now : row.nextRungAt,
    calendarVersion,
  }))
  await db.$executeRaw`
    UPDATE deadline d SET "dueOn" = n."dueOn", "dueAt" = n."dueAt", provisional = n.provisional,
      "ownDueAt" = n."ownDueAt", "nextRungAt" = n."rungAt", "calendarVersion" = n."calendarVersion"
    FROM json_to_recordset(${JSON.stringify(rows)}::json) AS n("matterId" text, "limit" text, run int, "dueOn" date,
      "dueAt" timestamptz, provisional boolean, "ownDueAt" timestamptz,
      "rungAt" timestamptz, "calendarVersion" text)
    WHERE d."matterId" = n."matterId" AND d."limit" = n."limit" AND d.run = n.run`
}

async function writeMoves(
  db: Db,
  moved: readonly Moving[],
  { redatingId, reason }: RedatingUnderway,
  at: Instant,
): Promise<void> {
  if (moved.length === 0) return
  const rows = moved.map(({ row, redated: { due }, calendarVersion }) => ({
    matterId: row.matterId,
    limit: row.limit,
    run: row.run,
    countyId: row.countyId,
    calendarVersionBefore: row.calendarVersion,
    calendarVersionAfter: calendarVersion,
    fromDueOn: dayOfRow(row.dueOn),
    toDueOn: due.dueOn,
    fromDueAt: instantOfRow(row.dueAt),
    toDueAt: due.dueAt,
    redatingId,
    reason,
    at,
  }))
  // From one text: as single values, a batch would have more of them than a statement may.
  await db.$executeRaw`
    INSERT INTO deadline_move SELECT * FROM json_populate_recordset(NULL::deadline_move, ${JSON.stringify(rows)}::json)
    ON CONFLICT DO NOTHING`
}

/** The moves of a case's due dates, in the order in which they came. */
export async function readDeadlineMoves(db: Db, matterId: string): Promise<KeptMove[]> {
  const rows = await db.deadlineMove.findMany({ where: { matterId }, orderBy: { at: 'asc' } })
  return rows.map(moveOfRow)
}

function moveOfRow(row: DeadlineMove): KeptMove {
  return {
    limit: row.limit as LimitKey,
    run: row.run,
    fromDueOn: dayOfRow(row.fromDueOn),
    toDueOn: dayOfRow(row.toDueOn),
    fromDueAt: instantOfRow(row.fromDueAt),
    toDueAt: instantOfRow(row.toDueAt),
    reason: row.reason,
    calendarVersionBefore: row.calendarVersionBefore,
    calendarVersionAfter: row.calendarVersionAfter,
    at: instantOfRow(row.at),
  }
}
