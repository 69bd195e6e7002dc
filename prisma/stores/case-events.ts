import { contentOfEvent } from '../../domain/audit/event-content.ts'
import {
  type CaseEvent,
  type CaseEventType,
  caseEventVersions,
  type CitedPaper,
  type EventActor,
} from '../../domain/case/case-events.ts'
import type { Db } from '../client.ts'
import type { CaseEventRow } from '../generated/client.ts'
import { dayOfRow, instantOfRow, rowOfDay, rowOfInstant } from './rows.ts'

/** The log of a case from its first event. */
export async function readCaseEvents(db: Db, caseId: string): Promise<CaseEvent[]> {
  const rows = await db.caseEventRow.findMany({ where: { caseId }, orderBy: { seq: 'asc' } })
  return rows.map(eventOfRow)
}

/** The version of a type in which its events are filed today. */
export function typeVersionOf(type: CaseEventType): number {
  return caseEventVersions[type] ?? 1
}

/** The full content of every event of a case that records of a form filed, in the order of the log. */
export async function readFiledContents(
  db: Db,
  caseId: string,
  { form }: { form: number },
): Promise<Record<string, unknown>[]> {
  const records = await db.auditRecord.findMany({
    where: { register: `case:${caseId}`, form, result: 'FILED' },
    select: { eventId: true },
  })
  const eventIds = records.flatMap(({ eventId }) => eventId ?? [])
  const rows = await db.caseEventRow.findMany({
    where: { caseId, eventId: { in: eventIds } },
    orderBy: { seq: 'asc' },
  })
  return rows.map((row) => contentOfEvent(eventOfRow(row), row))
}

/** Adds events to the log; the unique key on case and number is the last guard against two writers. */
export async function appendCaseEvents(
  db: Db,
  log: { caseId: string; countyId: string; ruleVersion: string; calendarVersion: string },
  events: readonly CaseEvent[],
): Promise<void> {
  await db.caseEventRow.createMany({
    data: events.map((event) => ({
      eventId: event.eventId,
      ...log,
      seq: event.seq,
      type: event.type,
      typeVersion: typeVersionOf(event.type),
      data: event.data,
      occurredOn: rowOfDay(event.occurredOn),
      recordedAt: rowOfInstant(event.recordedAt),
      ...event.actor,
      causeKind: event.cause.kind,
      causeId: event.cause.id,
      papers: event.papers,
    })),
  })
}

function eventOfRow(row: CaseEventRow): CaseEvent {
  return {
    type: row.type as CaseEventType,
    data: row.data,
    eventId: row.eventId,
    seq: row.seq,
    occurredOn: dayOfRow(row.occurredOn),
    recordedAt: instantOfRow(row.recordedAt),
    actor: actorOfRow(row),
    cause: { kind: row.causeKind, id: row.causeId },
    papers: row.papers as CitedPaper[],
  } as CaseEvent
}

function actorOfRow({ officerId, postId, officeId, role, capacity, standsInFor }: CaseEventRow): EventActor | null {
  return officerId && postId && officeId && role ? { officerId, postId, officeId, role, capacity, standsInFor } : null
}
