import { contentOfEvent } from '../../../domain/audit/event-content.ts'
import type { CitedPaper, EventActor, EventCause, MatterEvent } from '../../../domain/matter/facts.ts'
import { factVersionOf } from '../../../domain/procedures/fact-versions.ts'
import type { Db } from '../../client.ts'
import type { MatterEventRow } from '../../generated/client.ts'
import { dayOfRow, instantOfRow, rowOfDay, rowOfInstant } from '../system/rows.ts'

/** The log of a case from its first event. */
export async function readCaseEvents(db: Db, matterId: string): Promise<MatterEvent[]> {
  const rows = await db.matterEventRow.findMany({ where: { matterId }, orderBy: { seq: 'asc' } })
  return rows.map(eventOfRow)
}

/** The full content of every event of a case that records of a form filed, in the order of the log. */
export async function readFiledContents(
  db: Db,
  matterId: string,
  { form }: { form: number },
): Promise<Record<string, unknown>[]> {
  const records = await db.auditRecord.findMany({
    where: { register: `case:${matterId}`, form, result: 'FILED' },
    select: { eventId: true },
  })
  const eventIds = records.flatMap(({ eventId }) => eventId ?? [])
  const rows = await db.matterEventRow.findMany({
    where: { matterId, eventId: { in: eventIds } },
    orderBy: { seq: 'asc' },
  })
  return rows.map((row) => contentOfEvent(eventOfRow(row), row))
}

/** Adds events to the log; the unique key on case and number is the last guard against two writers. */
export async function appendCaseEvents(
  db: Db,
  log: { matterId: string; countyId: string; ruleVersion: string; calendarVersion: string },
  events: readonly MatterEvent[],
): Promise<void> {
  await db.matterEventRow.createMany({ data: eventRows(log, events) })
}

/** Events as rows of the log, for whoever writes those of many matters together. */
export function eventRows(
  {
    matterId,
    countyId,
    ruleVersion,
    calendarVersion,
  }: { matterId: string; countyId: string; ruleVersion: string; calendarVersion: string },
  events: readonly MatterEvent[],
) {
  return events.map((event) => ({
    eventId: event.eventId,
    matterId,
    countyId,
    ruleVersion,
    calendarVersion,
    seq: event.seq,
    type: event.type,
    typeVersion: factVersionOf(event.type),
    data: event.data,
    occurredOn: rowOfDay(event.occurredOn),
    recordedAt: rowOfInstant(event.recordedAt),
    ...event.actor,
    causeKind: event.cause.kind,
    causeId: event.cause.id,
    papers: event.papers,
  }))
}

export function eventOfRow(row: MatterEventRow): MatterEvent {
  return {
    type: row.type,
    data: row.data as object,
    eventId: row.eventId,
    seq: row.seq,
    occurredOn: dayOfRow(row.occurredOn),
    recordedAt: instantOfRow(row.recordedAt),
    actor: actorOfRow(row),
    cause: { kind: row.causeKind as EventCause['kind'], id: row.causeId },
    papers: row.papers as CitedPaper[],
  }
}

function actorOfRow({ officerId, postId, officeId, role, capacity, standsInFor }: MatterEventRow): EventActor | null {
  return officerId && postId && officeId && role ? { officerId, postId, officeId, role, capacity, standsInFor } : null
}
