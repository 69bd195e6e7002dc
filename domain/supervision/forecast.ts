import type { LimitKey } from '../matter/limit-keys.ts'
import type { PlainDate } from '../time/plain-date.ts'
import { type LimitHolder, limitHolders } from '../matter/limit-holders.ts'

/** How long runs of one limit lasted that ended lately, and how many lasted so; days in the unit of the limit. */
export type Durations = readonly { days: number; runs: number }[]

/**
 * The recent pace at one limit: of the township that holds it and of its whole county, the township's runs included.
 * `office` is null where the county itself holds the limit.
 */
export type Pace = { office: Durations | null; county: Durations }

/** How far an open run is: days that it has run, today included, and days that it has in all. */
export type ClockAge = { ranDays: number; allowedDays: number }

/** Open runs that are alike: same place, limit, due day and age. None of them is late. */
export type OpenClocks = ClockAge & { placeId: string; limit: LimitKey; dueOn: PlainDate; clocks: number }

/**
 * What is expected for one place, limit and due day: of so many open runs so many late. `unknown` of them have no pace to
 * go by and are in `open` but not in `expected`; `few` rest on few observations.
 */
export type ForecastCell = {
  placeId: string
  limit: LimitKey
  dueOn: PlainDate
  open: number
  expected: number
  unknown: number
  few: number
}

/** Limits of which lateness is foreseen: those on an office's clock. How offices answer orders has no pace. */
export function isForeseen(limit: LimitKey): boolean {
  const holder: LimitHolder = limitHolders[limit]
  return holder !== 'MATCHING_CENTRE' && holder !== 'NOBODY' && holder !== 'ADDRESSEE'
}

/** True where the pace that counts is the township's; decisions and payments have the county's. */
export function hasTownshipPace(limit: LimitKey): boolean {
  const holder = limitHolders[limit]
  return holder === 'TOWNSHIP' || holder === 'ALL'
}

/** Weeks of an ordinary quarter: long enough to see a TOTAL end, short enough to be the present staff's pace. */
export const recentDays = 90

/** Fewer runs than these at a clock's age leave its chance to the county and to the assumption. */
export const fewestObservations = 10

/** The county's chance weighs in a township's like as many runs as this. */
const countyWeight = 5

/** An assumption, no measurement: where next to nothing is known, late and in time are alike, which two runs outweigh. */
const assumedChance = 0.5
const assumedWeight = 2

/**
 * The chance that an open run will be late, 0 to 1, and on how many runs of its own office it rests. Null where no run of
 * the limit ended lately in the whole county: the pace is unknown, and no number is made up.
 *
 * Of the office's runs that were not done sooner (that lasted at least as many days as this one has run), it is the share
 * that lasted longer than this one has in all. Few runs say little, so the county's share is added to the office's as if
 * it were five more runs, and to the county's two assumed ones, one late and one in time (Laplace's rule of succession). A
 * design choice throughout; that it foresees well is measured day by day against what came.
 *
 * A clock that has run longer never has a smaller chance. An office that takes longer over what it has not done by this
 * age never has a smaller one either; one that only hurries less at what it does sooner can, for such runs say that what
 * is still open at this age may yet be done in time.
 */
export function lateChance(age: ClockAge, { office, county }: Pace): { chance: number; observed: number } | null {
  if (county.length === 0) return null
  const around = comparedWith(age, county)
  const chanceAround = shareOf(around, { chance: assumedChance, weight: assumedWeight })
  if (office === null) return { chance: chanceAround, observed: around.undone }
  const own = comparedWith(age, office)
  return { chance: shareOf(own, { chance: chanceAround, weight: countyWeight }), observed: own.undone }
}

/** What is expected of open runs, summed for each place, limit and due day. */
export function forecast(open: readonly OpenClocks[], paceOf: (clocks: OpenClocks) => Pace): ForecastCell[] {
  return sumCells(
    open.map((alike) => {
      const { placeId, limit, dueOn, clocks } = alike
      const late = lateChance(alike, paceOf(alike))
      return {
        placeId,
        limit,
        dueOn,
        open: clocks,
        expected: late === null ? 0 : clocks * late.chance,
        unknown: late === null ? clocks : 0,
        few: late !== null && late.observed < fewestObservations ? clocks : 0,
      }
    }),
  )
}

/** The same forecast for the places above; what lies below none of them is left out. */
export function rollUp(cells: readonly ForecastCell[], above: ReadonlyMap<string, string>): ForecastCell[] {
  return sumCells(
    cells.flatMap((cell) => {
      const placeId = above.get(cell.placeId)
      return placeId === undefined ? [] : [{ ...cell, placeId }]
    }),
  )
}

/** What is open and expected in all of these cells together. */
export function sumForecast(cells: readonly Omit<ForecastCell, 'placeId' | 'limit' | 'dueOn'>[]) {
  const sum = { open: 0, expected: 0, unknown: 0, few: 0 }
  for (const { open, expected, unknown, few } of cells) {
    sum.open += open
    sum.expected += expected
    sum.unknown += unknown
    sum.few += few
  }
  return sum
}

function sumCells(cells: readonly ForecastCell[]): ForecastCell[] {
  const alike = Map.groupBy(cells, ({ placeId, limit, dueOn }) => `${placeId} ${limit} ${dueOn}`)
  return [...alike.values()].map((group) => {
    const { placeId, limit, dueOn } = group[0] as ForecastCell
    return { placeId, limit, dueOn, ...sumForecast(group) }
  })
}

/** Of these runs, those not done sooner than a clock has run, and those that lasted longer than it may. */
function comparedWith({ ranDays, allowedDays }: ClockAge, durations: Durations): { undone: number; late: number } {
  const runsThat = (lasted: (days: number) => boolean) =>
    durations.reduce((sum, { days, runs }) => (lasted(days) ? sum + runs : sum), 0)
  return {
    undone: runsThat((days) => days >= ranDays),
    late: runsThat((days) => days >= ranDays && days > allowedDays),
  }
}

function shareOf(
  { undone, late }: { undone: number; late: number },
  before: { chance: number; weight: number },
): number {
  return (late + before.chance * before.weight) / (undone + before.weight)
}
