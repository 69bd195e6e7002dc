import { addDays, type PlainDate } from '../time/plain-date.ts'
import { type Absence, lastDayOf } from './staffing.ts'
import { StaffRefused } from './staff-refusals.ts'

/** An absence as it is asked for. */
export type AbsenceAsked = Omit<Absence, 'endedOn' | 'standInAgreedBy'>

/** What the archive knows about it. */
export type AbsenceCircumstances = {
  today: PlainDate
  /** The officer holds the post on the first day that is not past. */
  holdsPost: boolean
  /** Other absences of the officer on this post. */
  others: readonly Absence[]
  /** Null where nobody is to stand in. */
  standIn: {
    /** Works in the post's office or the one above, on an account that is not disabled. */
    available: boolean
    /** Absences of the stand-in, on whatever post. */
    absences: readonly Absence[]
  } | null
}

/** Why an absence cannot be entered, or null. An illness may be entered after it began, though not once it is over. */
export function refuseAbsence(
  asked: AbsenceAsked,
  { today, holdsPost, others, standIn }: AbsenceCircumstances,
): StaffRefused | null {
  if (asked.throughOn < asked.fromOn) return new StaffRefused('lastDayBeforeFirst')
  if (asked.throughOn < today) return new StaffRefused('absencePast', { today })
  if (!holdsPost) return new StaffRefused('officerNotOnPost')
  if (others.some((other) => sharesDays(other, asked))) return new StaffRefused('absenceOverlaps')
  return refuseStandIn(asked, standIn)
}

/** Why somebody cannot stand in on these days, or null. */
export function refuseStandIn(asked: AbsenceAsked, standIn: AbsenceCircumstances['standIn']): StaffRefused | null {
  if (standIn === null) return null
  if (asked.standInId === asked.officerId) return new StaffRefused('standInIsAbsentee')
  if (!standIn.available) return new StaffRefused('standInNotOfOffice')
  return standIn.absences.some((own) => sharesDays(own, asked)) ? new StaffRefused('standInAway') : null
}

/** Why an absence cannot end so that the officer is back on a day, or null. */
export function refuseReturn(absence: Absence, backOn: PlainDate, today: PlainDate): StaffRefused | null {
  if (lastDayOf(absence) < today) return new StaffRefused('absenceOver')
  return backOn < today || backOn > lastDayOf(absence) ? new StaffRefused('backOnNotPossible', { today }) : null
}

/** The last day of an absence from which somebody is back on a day. */
export function lastDayBefore(backOn: PlainDate): PlainDate {
  return addDays(backOn, -1)
}

function sharesDays(one: Absence, { fromOn, throughOn }: AbsenceAsked): boolean {
  const until = lastDayOf(one)
  return one.fromOn <= until && one.fromOn <= throughOn && fromOn <= until
}
