import type { CitedPaper, EventActor, EventCause, Fact } from '../../domain/matter/facts.ts'
import type { PlainDate } from '../../domain/time/plain-date.ts'

/** A fact with everything that filing adds to it but its number. */
export type Entry = {
  eventId: string
  fact: Fact
  occurredOn: PlainDate
  actor: EventActor | null
  action: string | null
  cause: EventCause
  papers: readonly CitedPaper[]
}
