import type { PlainDate } from './plain-date.ts'
import type { CalendarDay } from './calendar-day.ts'

/**
 * A day that a place takes out of the ordinary week for itself, such as the festivals of an autonomous prefecture. A
 * later edition of a day replaces the earlier one; one that is taken back is entered as the other kind.
 *
 * Source: 全国年节及纪念日放假办法, Art. 4: local governments set the days of festivals of ethnic minorities.
 */
export type LocalCalendarDay = CalendarDay & {
  /** Stable id of the place; the day holds for every place below it. */
  place: string
  edition: number
}

/** What holds at the end of a chain of places: for each day the word of the most local place, in its last edition. */
export function localDaysOf(days: readonly LocalCalendarDay[], placeChain: readonly string[]): LocalCalendarDay[] {
  const chosen = new Map<PlainDate, LocalCalendarDay>()
  for (const candidate of days) {
    const nearness = placeChain.indexOf(candidate.place)
    if (nearness < 0) continue
    const known = chosen.get(candidate.day)
    if (known !== undefined && !outranks(candidate, known, placeChain)) continue
    chosen.set(candidate.day, candidate)
  }
  return [...chosen.values()].sort((a, b) => (a.day < b.day ? -1 : 1))
}

function outranks(one: LocalCalendarDay, other: LocalCalendarDay, placeChain: readonly string[]): boolean {
  const closer = placeChain.indexOf(other.place) - placeChain.indexOf(one.place)
  return closer === 0 ? one.edition > other.edition : closer > 0
}
