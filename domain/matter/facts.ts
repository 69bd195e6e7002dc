import type { Instant, PlainDate } from '../time/plain-date.ts'
import type { Capacity, PaperKind, RiskMark, Role, SupervisionRung, WaitedForParty } from '../vocabulary.ts'
import type { LimitKey, PausableLimit } from './limit-keys.ts'

/**
 * A paper that an event rests on: the digest stays in the chain when the paper itself is lawfully erased. `sealedDigest` is
 * that of the body as it lies sealed in the database, for whoever checks it without keys; events before it have none.
 */
export type CitedPaper = { paperId: string; kind: PaperKind; digest: string; sealedDigest?: string }

/**
 * What may happen to a matter of any procedure: limits that pass, waits, and what those do who watch over it. Only ids,
 * codes, days and instants: words of people live in papers. The names are taken once for all procedures.
 */
export type CommonFacts = {
  LIMIT_BREACHED: { limit: LimitKey; run: number; dueAt: Instant }
  /** `pausedLimits` stand still because of `pauseSource`, a document of the place; without one the days are charged. */
  WAITING_BEGUN: {
    waitsFor: WaitedForParty
    throughDay: PlainDate
    pausedLimits: PausableLimit[]
    pauseSource: string | null
  }
  WAITING_ENDED: Record<never, never>
  RISK_MARKED: { mark: RiskMark }
  TASK_ASSIGNED: { role: Role; officerId: string }
  /** A rung that time alone climbed; the urging is `LIMIT_BREACHED` itself. */
  SUPERVISION_RAISED: { limit: LimitKey; run: number; rung: Exclude<SupervisionRung, 'URGING'> }
  /** Urged by hand, as often as somebody sees fit. */
  URGED: { limit: LimitKey; run: number; number: number }
  ORDER_ISSUED: { orderId: string; limit: LimitKey; run: number; number: number; officeId: string; issuedAs: Role }
  ORDER_ANSWERED: { orderId: string }
  ORDER_CLOSED: { orderId: string }
}

/**
 * Who did it and as what; null for what the system records itself (an answer, a due date that passed). `capacity` is null
 * for an act that takes no part in the matter; `standsInFor` names the holder whose post a stand-in filled that day.
 */
export type EventActor = {
  officerId: string
  postId: string
  officeId: string
  role: Role
  capacity: Capacity | null
  standsInFor: string | null
}

/** Why it is in the log: a request of a person, a callback from outside, or the clock. */
export type EventCause = { kind: 'REQUEST' | 'CALLBACK' | 'CLOCK' | 'PROCEDURE'; id: string }

/** One fact in the life of a matter, before it is numbered and dated by filing. */
export type FactOf<Data> = { [T in keyof Data]: { type: T; data: Data[T] } }[keyof Data]

/**
 * What filing adds to a fact. `seq` counts from 1 within the matter; `occurredOn` is the day in life, from which limits
 * run; `recordedAt` is when it was filed.
 */
export type Filed = {
  eventId: string
  seq: number
  occurredOn: PlainDate
  recordedAt: Instant
  actor: EventActor | null
  cause: EventCause
  papers: CitedPaper[]
}

export type EventOf<Data> = FactOf<Data> & Filed

/** A fact of whatever procedure. */
export type Fact = { type: string; data: object }

export type MatterEvent = Fact & Filed

export type CommonEvent = EventOf<CommonFacts>

const common: Readonly<Record<keyof CommonFacts, true>> = {
  LIMIT_BREACHED: true,
  WAITING_BEGUN: true,
  WAITING_ENDED: true,
  RISK_MARKED: true,
  TASK_ASSIGNED: true,
  SUPERVISION_RAISED: true,
  URGED: true,
  ORDER_ISSUED: true,
  ORDER_ANSWERED: true,
  ORDER_CLOSED: true,
}

/** True for an event that every matter knows: its name is taken once, so that the name alone says what it carries. */
export function isCommonEvent(event: MatterEvent): event is CommonEvent {
  return event.type in common
}

/** Whoever is watching sees the same matter before and after: these do not get in the way of an act decided before them. */
export const commonImmaterial: readonly (keyof CommonFacts)[] = [
  'LIMIT_BREACHED',
  'WAITING_BEGUN',
  'WAITING_ENDED',
  'TASK_ASSIGNED',
  'SUPERVISION_RAISED',
  'URGED',
  'ORDER_ISSUED',
  'ORDER_ANSWERED',
  'ORDER_CLOSED',
]
