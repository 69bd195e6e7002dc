import type { ActingOfficer, Circumstances } from '../../../domain/matter/circumstances.ts'
import type { Fact, MatterEvent } from '../../../domain/matter/facts.ts'
import { applyEvent } from '../../../domain/matter/fold.ts'
import { type Judgement, judge } from '../../../domain/matter/judge.ts'
import type { Procedure } from '../../../domain/matter/procedure.ts'
import type { MatterState } from '../../../domain/matter/state.ts'
import type { ParametersInForce } from '../../../domain/policy/parameters-in-force.ts'
import { addDays, instant, type PlainDate, plainDate } from '../../../domain/time/plain-date.ts'
import { type Capacity, paperKinds, type Role } from '../../../domain/vocabulary.ts'

/** How matters of a kind can be walked through in memory: what every act says when it is in order, and what may arrive. */
export type Walk = {
  procedure: Procedure
  /** What each act says, by its name, as the matter stands. */
  detailsOf(action: string, matter: AMatter): object
  /** What its rules ask for, with nothing in the way. */
  lookups(matter: AMatter): object
  /** The rules of the place, as they are asked for by the next act. */
  parametersOf(matter: AMatter): ParametersInForce
  /** Facts from outside that may be filed as it stands. */
  news(state: MatterState): readonly Fact[]
}

/** Everybody keeps to one part: whoever takes another one is another person. */
export function personOf(role: Role, capacity: Capacity | null): string {
  return capacity === null ? `watching-${role}` : `${role}-${capacity}`
}

type Person = { officerId: string; role: Role }

/** A matter of any kind that people act on in memory: judge, fold, and who has taken which part. */
export class AMatter {
  readonly walk: Walk
  readonly events: MatterEvent[] = []
  readonly parts = new Map<string, Capacity>()
  state: MatterState
  today: PlainDate = plainDate('2026-03-02')
  /** By which a walk chooses between what is alike, so that every way is taken at some time. */
  luck = 0

  constructor(walk: Walk) {
    this.walk = walk
    this.state = walk.procedure.blank
  }

  /** The code of a refusal, or `FILED`. */
  act(person: Person, action: string): string {
    const judgement = this.#judge(person, action)
    if ('refusal' in judgement) return judgement.refusal.code
    const { capacity, fact } = judgement
    this.file(fact)
    if (capacity !== null && !this.parts.has(person.officerId)) this.parts.set(person.officerId, capacity)
    return 'FILED'
  }

  /** The same, and nothing is filed. */
  wouldAnswer(person: Person, action: string): string {
    const judgement = this.#judge(person, action)
    return 'refusal' in judgement ? judgement.refusal.code : 'FILED'
  }

  #judge({ officerId, role }: Person, action: string): Judgement {
    const { procedure } = this.walk
    const details = this.walk.detailsOf(action, this)
    const asked = { requestId: 'r', versionSeen: this.state.version, occurredOn: this.today }
    return judge(procedure, { action, details, ...asked }, this.state, this.#circumstances(officerId, role))
  }

  file(fact: Fact): void {
    const event: MatterEvent = {
      ...fact,
      eventId: `e${this.events.length + 1}`,
      seq: this.events.length + 1,
      occurredOn: this.today,
      recordedAt: instant(0),
      actor: null,
      cause: { kind: 'PROCEDURE', id: 'test' },
      papers: [],
    }
    this.events.push(event)
    this.state = applyEvent(this.walk.procedure, this.state, event)
  }

  daysPass(days: number): void {
    this.today = addDays(this.today, days)
  }

  #circumstances(officerId: string, role: Role): Circumstances {
    const { walk, today, state } = this
    return {
      today,
      officer: officerOf(officerId, role, this.parts.get(officerId) ?? null),
      parameters: walk.parametersOf(this),
      papers: paperKinds.map((kind) => ({ paperId: `paper-${kind}`, kind, digest: kind })),
      eventsSinceSeen: [],
      holders: walk.procedure.desksOf(state).map((desk) => ({ officeId: 'office', role: desk.role })),
      assigneeMayAct: true,
      orderId: `o${state.ordersIssued + 1}`,
      relativeFiled: false,
      ...walk.lookups(this),
    }
  }
}

function officerOf(officerId: string, role: Role, capacityHeld: Capacity | null): ActingOfficer {
  return {
    officerId,
    role,
    officeId: 'office',
    standsInFor: null,
    holdsPost: true,
    coversPlace: true,
    capacityHeld,
    memberOfHousehold: false,
    relativeOfHousehold: false,
    answeredOrder: false,
  }
}
