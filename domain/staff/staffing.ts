import type { PlainDate } from '../time/plain-date.ts'
import type { Role } from '../vocabulary.ts'

/** A post in somebody's hands from a day on; `throughOn` is null while no last day is set. */
export type Holding = { postId: string; officerId: string; fromOn: PlainDate; throughOn: PlainDate | null }

/**
 * Days on which a holder is away from a post, and who fills it meanwhile (代班), if anybody. `endedOn` is the last day of
 * one that ended sooner than was entered.
 */
export type Absence = {
  postId: string
  officerId: string
  standInId: string | null
  fromOn: PlainDate
  throughOn: PlainDate
  endedOn: PlainDate | null
  /** The second signature under the stand-in; nobody stands in without it. */
  standInAgreedBy: string | null
}

/** Who holds which post, who is away, and whose account is disabled. */
export type Staffing = {
  holdings: readonly Holding[]
  absences: readonly Absence[]
  disabled: ReadonlySet<string>
  /** What each post is for. */
  roles: ReadonlyMap<string, Role>
  /** The person behind an account; an account that is not among these is a person of its own. */
  persons: ReadonlyMap<string, string>
}

export function isHeldOn({ fromOn, throughOn }: Holding, day: PlainDate): boolean {
  return fromOn <= day && (throughOn === null || day <= throughOn)
}

/** The last day on which the absence counts; before its first day where it ended before it began. */
export function lastDayOf({ throughOn, endedOn }: Pick<Absence, 'throughOn' | 'endedOn'>): PlainDate {
  return endedOn !== null && endedOn < throughOn ? endedOn : throughOn
}

export function isAwayOn(absence: Absence, day: PlainDate): boolean {
  return absence.fromOn <= day && day <= lastDayOf(absence)
}
