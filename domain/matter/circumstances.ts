import type { ParametersInForce } from '../policy/parameters-in-force.ts'
import type { PlainDate } from '../time/plain-date.ts'
import type { Capacity, PaperKind, Role } from '../vocabulary.ts'
import type { CitedPaper } from './facts.ts'
import type { HouseholdTies } from './recusal.ts'

/** The officer as the database knows them at the moment of filing, not as the request claims. */
export type ActingOfficer = HouseholdTies & {
  officerId: string
  officeId: string
  role: Role
  /** The holder whose post this person has today as a stand-in; null for who holds it. */
  standsInFor: string | null
  /** The post is held today by this officer, or filled by them as a stand-in. */
  holdsPost: boolean
  /** The post's office has the matter's place in its area today. */
  coversPlace: boolean
  /** The part this person already took in this matter. */
  capacityHeld: Capacity | null
  /** This person answered the supervision order that is open. */
  answeredOrder: boolean
}

/**
 * What the database knows besides the state of a matter, whatever its procedure; loaded by filing in the same transaction.
 * A procedure adds what its own rules ask for.
 */
export type Circumstances = {
  today: PlainDate
  officer: ActingOfficer
  parameters: ParametersInForce
  papers: readonly CitedPaper[]
  eventsSinceSeen: readonly string[]
  /** The desks on which the matter lies now, by office and role. */
  holders: readonly { officeId: string; role: Role }[]
  /** Whoever is to be named fills a post of that desk today and is barred by nothing in this matter. */
  assigneeMayAct: boolean
  orderId: string
  /** Somebody of the household is, or is related to, somebody who works in assistance (57 Art. 11). */
  relativeFiled: boolean
}

/** True when a paper of this kind goes with the act. */
export function hasPaper({ papers }: Pick<Circumstances, 'papers'>, kind: PaperKind): boolean {
  return papers.some((paper) => paper.kind === kind)
}
