import { limitLabels, type LimitKey } from '../../domain/matter/limit-keys.ts'
import { type ForecastCell, rollUp, sumForecast } from '../../domain/supervision/forecast.ts'
import { dayOf } from '../../domain/time/plain-date.ts'
import type { Archive } from '../../prisma/client.ts'
import { readClock } from '../../prisma/stores/system/clock.ts'
import { lastDayForeseen, makeForecast } from '../../prisma/stores/oversight/forecasts.ts'
import { readCountiesOf } from '../../prisma/stores/staff/place-branches.ts'
import { readReferenceData } from '../../prisma/stores/rules/reference-data.ts'
import type { Weather, WeatherQuery } from './forecast-contract.ts'
import type { Asker } from '../http/identity.ts'
import { askedPlace } from '../matters/asked-place.ts'
import { daysView } from '../matters/day-view.ts'
import { weatherRows } from './forecast-rows.ts'

type Live = Weather['total']

/** What is expected to be late in the next ten working days in a place, as it looks now. */
export async function weatherView({ db }: Archive, asker: Asker, query: WeatherQuery): Promise<Weather> {
  const now = await readClock(db)
  const today = dayOf(now)
  const asked = await askedPlace(db, asker, { ...query, today })
  const { placeId, name, chain, scope } = asked
  const cells = await makeForecast(db, { scope, countyIds: await readCountiesOf(db, placeId), now })

  const calendar = (await readReferenceData(db)).calendarFor(chain.map((step) => step.placeId))
  const days = daysView(today, latest(lastDayForeseen(today, calendar), cells), calendar)
  const { rowOf, places } = await weatherRows(db, asked, { told: cells, today })
  const rows = Map.groupBy(rollUp(cells, rowOf), (cell) => cell.placeId)
  const onDays = (some: readonly ForecastCell[]) =>
    days.map(({ day }) => ({ day, ...liveOf(some.filter(({ dueOn }) => dueOn === day)) }))
  return {
    place: { placeId, name },
    madeAt: now,
    days: days.map((day) => ({ ...day, ...liveOf(cells.filter(({ dueOn }) => dueOn === day.day)) })),
    total: liveOf(cells),
    places: places.map((place) => {
      const own = rows.get(place.placeId) ?? []
      return { ...place, ...liveOf(own), days: onDays(own) }
    }),
    limits: limitsOf(cells),
  }
}

/** A place below may have a holiday that the place asked for has not, and looks further ahead. */
function latest(lastDay: ForecastCell['dueOn'], cells: readonly ForecastCell[]) {
  return cells.reduce((last, { dueOn }) => (dueOn > last ? dueOn : last), lastDay)
}

function limitsOf(cells: readonly ForecastCell[]): Weather['limits'] {
  return [...Map.groupBy(cells, ({ limit }): LimitKey => limit)]
    .map(([limit, some]) => ({ limit, label: limitLabels[limit], ...liveOf(some) }))
    .sort((one, other) => other.expected - one.expected || other.open - one.open || (one.limit < other.limit ? -1 : 1))
}

function liveOf(cells: readonly ForecastCell[]): Live {
  const { open, expected, unknown, few } = sumForecast(cells)
  return { open, expected: rounded(expected), unknown, fewObservations: few }
}

/** Tenths of a case are as fine as a chance can be read. */
export function rounded(expected: number): number {
  return Math.round(expected * 10) / 10
}
