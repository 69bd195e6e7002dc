import { type HouseholdTies, recusalOf } from '../matter/recusal.ts'
import type { PlainDate } from '../time/plain-date.ts'
import type { Capacity } from '../vocabulary.ts'
import type { Staffing } from './staffing.ts'
import { whoFills } from './who-fills.ts'

/** What an officer has to do with a case already. */
export type TiesToCase = HouseholdTies & {
  /** The part they took in it. */
  capacityHeld: Capacity | null
}

/** A step that lies open: on which posts (of one office and role), and the part it makes a person take. */
export type OpenStep = { postIds: readonly string[]; capacity: Capacity | null }

const noTies: TiesToCase = { capacityHeld: null, memberOfHousehold: false, relativeOfHousehold: false }

/** One person, one capacity; never one's own household or a relative's (57 Art. 11). */
export function isFreeFor(capacity: Capacity | null, { capacityHeld, ...ties }: TiesToCase): boolean {
  if (recusalOf(ties) !== null) return false
  return capacity === null || capacityHeld === null || capacityHeld === capacity
}

/** Who can take an open step on a day. Nobody at all must never be the answer. */
export function whoMayAct(
  step: OpenStep,
  { staffing, ties, day }: { staffing: Staffing; ties: ReadonlyMap<string, TiesToCase>; day: PlainDate },
): string[] {
  const filling = new Set(step.postIds.flatMap((postId) => whoFills(staffing, postId, day)))
  return [...filling].filter((officerId) => isFreeFor(step.capacity, ties.get(officerId) ?? noTies))
}
