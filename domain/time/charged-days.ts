import type { ClockKind, WaitedForParty } from '../vocabulary.ts'
import { addDays, type PlainDate } from './plain-date.ts'
import { type Standstill, standsStill } from './standstill.ts'
import type { WorkCalendar } from './work-calendar.ts'

/** Days of a limit that went by waiting for somebody else; `paused` where a document of the place stops the clock. */
export type ChargedWait = Standstill & { waitsFor: WaitedForParty; paused: boolean }

/** The days of a limit by whoever used them: the office, those it waited for, and days on which the clock stood still. */
export type ChargedDays = Record<WaitedForParty | 'OFFICE' | 'PAUSED', number>

/**
 * Charges each day that counts to one party: the wait that began first has it, and what nobody else was waited for is the
 * office's own. In working days, or in natural days where the limit counts so; `through` is the last day looked at.
 */
export function chargedDays({
  from,
  through,
  kind,
  waits,
  calendar,
}: {
  from: PlainDate
  through: PlainDate
  kind: ClockKind
  waits: readonly ChargedWait[]
  calendar: WorkCalendar
}): ChargedDays {
  const charged: ChargedDays = { OFFICE: 0, HOUSEHOLD: 0, MATCHING_CENTRE: 0, OTHER_OFFICE: 0, PAUSED: 0 }
  for (let day = addDays(from, 1); day <= through; day = addDays(day, 1)) {
    if (kind === 'WORKING_DAYS' && !calendar.isWorkingDay(day)) continue
    charged[partyOn(day, waits)] += 1
  }
  return charged
}

/** Who has a day. A pause goes before a charge: a day on which the clock stands still is nobody's. */
function partyOn(day: PlainDate, waits: readonly ChargedWait[]): keyof ChargedDays {
  const paused = waits.some((wait) => wait.paused && standsStill(day, [wait]))
  return paused ? 'PAUSED' : (waitedForOn(day, waits) ?? 'OFFICE')
}

/** Who was waited for on a day: of several, the one for whom the wait began first. */
export function waitedForOn(day: PlainDate, waits: readonly ChargedWait[]): WaitedForParty | null {
  const standing = waits.filter((wait) => standsStill(day, [wait]))
  const [first] = standing.sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))
  return first?.waitsFor ?? null
}
