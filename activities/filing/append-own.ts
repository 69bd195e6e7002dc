import type { Fact } from '../../domain/matter/facts.ts'
import type { LockedMatter } from '../../prisma/stores/matter/locked-matter.ts'
import { appendEvents } from './append-events.ts'

/** Enters what the procedure itself did or found, today and without an officer; `causeId` is what it was about. */
export async function appendOwn(
  matter: LockedMatter,
  eventId: string,
  fact: Fact,
  causeId: string,
): Promise<LockedMatter> {
  const cause = { kind: 'PROCEDURE' as const, id: causeId }
  return appendEvents(matter, [
    { eventId, fact, occurredOn: matter.today, actor: null, action: null, cause, papers: [] },
  ])
}
