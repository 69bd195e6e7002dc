import type { EventCause, Fact } from '../../domain/matter/facts.ts'
import { dayOf, type Instant, type PlainDate } from '../../domain/time/plain-date.ts'
import type { SetAsideSource } from '../../domain/vocabulary.ts'
import type { LockedMatter } from '../../prisma/stores/matter/locked-matter.ts'
import type { SetAside } from '../../prisma/stores/matter/set-aside.ts'
import type { Entry } from './entry.ts'

/** Something that came from outside, as it was sent; `cause` where we asked for it. */
export type Piece = { source: Exclude<SetAsideSource, 'COUNTER'>; body: unknown; cause?: EventCause | undefined }

/**
 * What became of a piece of news: entered, known or void already, not readable, or set aside because it cannot be so. Parts
 * of it may be exceptions for a person to see, whatever became of the rest. `keep` writes what its entry cites.
 */
export type News = { exceptions: SetAside[] } & (
  | { as: 'KNOWN' | 'SET_ASIDE' }
  | { as: 'NOT_UNDERSTOOD'; faults: string[] }
  | { as: 'ENTERED'; entry: Entry; keep?: (matter: LockedMatter) => Promise<void> }
)

export const known: News = { as: 'KNOWN', exceptions: [] }

/** What does not have the form that was agreed; told to a person as it came. */
export function notUnderstood(faults: string[]): News {
  return { as: 'NOT_UNDERSTOOD', faults, exceptions: [] }
}

/** The day on which an institution acted, between our last act and today: its clock is its own. */
export function dayItHappened({ state, today }: Pick<LockedMatter, 'state' | 'today'>, at: Instant): PlainDate {
  const day = dayOf(at)
  const earliest = state.lastActOn ?? today
  return day > today ? today : day < earliest ? earliest : day
}

export function newsEntry(eventId: string, fact: Fact, cause: EventCause): Omit<Entry, 'occurredOn'> {
  return { eventId, fact, actor: null, action: null, cause, papers: [] }
}
