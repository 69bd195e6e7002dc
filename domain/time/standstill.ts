import type { PlainDate } from './plain-date.ts'

/**
 * Days on which a clock stands still, or on which somebody else is waited for: from the day after `from` until the end of
 * `through`; without an end yet when `through` is null. The day of an event is never among the days it begins
 * (民法典 Art. 201), so that what begins and ends on one day takes no day.
 */
export type Standstill = { from: PlainDate; through: PlainDate | null }

/** True on a day on which one of these holds. */
export function standsStill(day: PlainDate, standstills: readonly Standstill[]): boolean {
  return standstills.some(({ from, through }) => day > from && (through === null || day <= through))
}

/** True when one of these has no end yet: nobody can say when a clock that stands still meanwhile will run out. */
export function hasOpenEnd(standstills: readonly Standstill[]): boolean {
  return standstills.some(({ through }) => through === null)
}
