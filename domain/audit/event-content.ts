import type { MatterEvent } from '../matter/facts.ts'

/** By which rules, which calendar and in which version of its type an event was filed, and in which county. */
export type FiledBy = Readonly<{ countyId: string; typeVersion: number; ruleVersion: string; calendarVersion: string }>

/**
 * The full content of an event as its audit record binds it: who as what and for whom, why, with which data, resting on
 * which papers, in life and in the log, and by which rules. Whatever of it is changed in the log no longer matches.
 */
export function contentOfEvent(event: MatterEvent, filedBy: FiledBy): Record<string, unknown> {
  const { actor, cause } = event
  return {
    seq: event.seq,
    type: event.type,
    typeVersion: filedBy.typeVersion,
    county: filedBy.countyId,
    occurredOn: event.occurredOn,
    recordedAt: event.recordedAt,
    actor:
      actor === null
        ? null
        : {
            officer: actor.officerId,
            post: actor.postId,
            office: actor.officeId,
            role: actor.role,
            capacity: actor.capacity,
            standsInFor: actor.standsInFor,
          },
    cause: { kind: cause.kind, id: cause.id },
    data: event.data,
    papers: event.papers,
    ruleVersion: filedBy.ruleVersion,
    calendarVersion: filedBy.calendarVersion,
  }
}
