import type { CaseFact } from '../../domain/case/case-events.ts'
import type { Dossier } from '../../prisma/stores/dossier.ts'
import { enterEvents } from './enter-events.ts'

/** Enters what the procedure itself did or found, today and without an officer; `causeId` is what it was about. */
export async function enterOwn(dossier: Dossier, eventId: string, fact: CaseFact, causeId: string): Promise<Dossier> {
  const cause = { kind: 'PROCEDURE' as const, id: causeId }
  return enterEvents(dossier, [
    { eventId, fact, occurredOn: dossier.today, actor: null, action: null, cause, papers: [] },
  ])
}
