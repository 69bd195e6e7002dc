import type { CaseFact, EventCause } from '../../domain/case/case-events.ts'
import type { MatchedFact, MatchedStatus } from '../../domain/household/matched-fact.ts'
import { dayOf, type Instant, type PlainDate } from '../../domain/time/plain-date.ts'
import type { Dossier } from '../../prisma/stores/dossier.ts'
import type { SetAside } from '../../prisma/stores/set-aside.ts'
import type { Entry } from './enter-events.ts'

/**
 * What became of a piece of news: entered, known or void already, not readable, or set aside because it cannot be so. Parts
 * of it may be exceptions for a person to see, whatever became of the rest.
 */
export type News = { exceptions: SetAside[] } & (
  | { as: 'KNOWN' | 'NOT_UNDERSTOOD' | 'SET_ASIDE' }
  | { as: 'ENTERED'; entry: Entry; requestId?: string; facts?: MatchedFact[]; statuses?: MatchedStatus[] }
)

export const known: News = { as: 'KNOWN', exceptions: [] }

/** The day on which an institution acted, between our last act and today: its clock is its own. */
export function dayItHappened({ state, today }: Dossier, at: Instant): PlainDate {
  const day = dayOf(at)
  const earliest = state.lastActOn ?? today
  return day > today ? today : day < earliest ? earliest : day
}

export function newsEntry(eventId: string, fact: CaseFact, cause: EventCause): Omit<Entry, 'occurredOn'> {
  return { eventId, fact, actor: null, action: null, cause, papers: [] }
}
