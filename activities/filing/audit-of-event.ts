import { contentOfEvent } from '../../domain/audit/event-content.ts'
import type { MatterEvent } from '../../domain/matter/facts.ts'
import { factVersionOf } from '../../domain/procedures/fact-versions.ts'
import type { AuditEntry } from '../../prisma/stores/system/audit-entry.ts'

/** The matter of an event, and by what it is filed. */
export type FiledBy = {
  matterId: string
  placeId: string
  countyId: string
  ruleVersion: string
  calendarVersion: string
}

/** The line of the audit for an event; one that no person brought about bears its own name. */
export function auditOfEvent(event: MatterEvent, action: string | null, filedBy: FiledBy): AuditEntry {
  const { matterId, placeId, countyId, ruleVersion, calendarVersion } = filedBy
  return {
    at: event.recordedAt,
    officerId: event.actor?.officerId ?? null,
    postId: event.actor?.postId ?? null,
    officeId: event.actor?.officeId ?? null,
    role: event.actor?.role ?? null,
    placeId,
    action: action ?? event.type,
    result: 'FILED',
    subject: matterId,
    eventId: event.eventId,
    detail: contentOfEvent(event, { countyId, ruleVersion, calendarVersion, typeVersion: factVersionOf(event.type) }),
  }
}
