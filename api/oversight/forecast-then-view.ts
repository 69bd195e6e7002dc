import type { RunOutcome } from '../../domain/supervision/bulletin.ts'
import type { ForecastCell } from '../../domain/supervision/forecast.ts'
import { dayOf, endOf, type PlainDate } from '../../domain/time/plain-date.ts'
import type { Archive } from '../../prisma/client.ts'
import { readClock } from '../../prisma/stores/system/clock.ts'
import { type CameRow, readWhatCame } from '../../prisma/stores/oversight/forecast-outcomes.ts'
import { isForecastMade, lastDayForeseen, readForecast } from '../../prisma/stores/oversight/forecasts.ts'
import { readCountiesOf } from '../../prisma/stores/staff/place-branches.ts'
import { readReferenceData } from '../../prisma/stores/rules/reference-data.ts'
import type { Came, WeatherQuery, WeatherThen } from './forecast-contract.ts'
import type { Asker } from '../http/identity.ts'
import { fault } from '../http/problem.ts'
import { askedPlace } from '../matters/asked-place.ts'
import { daysView } from '../matters/day-view.ts'
import { weatherRows } from './forecast-rows.ts'
import { rounded } from './forecast-view.ts'

type Foreseen = Pick<ForecastCell, 'placeId' | 'dueOn' | 'open' | 'expected' | 'unknown'>
type Held = { foreseen: readonly Foreseen[]; came: readonly CameRow[] }

/** A forecast as it was made on a day, beside what came. @throws forecastMissing when none was made. */
export async function weatherThenView(
  { db }: Archive,
  asker: Asker,
  madeOn: PlainDate,
  query: WeatherQuery,
): Promise<WeatherThen> {
  const now = await readClock(db)
  const today = dayOf(now)
  const asked = await askedPlace(db, asker, { ...query, today })
  const { placeId, name, chain, scope } = asked
  const made = await Promise.all(
    (await readCountiesOf(db, placeId)).map((county) => isForecastMade(db, county, madeOn)),
  )
  if (!made.includes(true)) throw fault('forecastMissing')

  const foreseen: Foreseen[] = await readForecast(db, madeOn, scope)
  const calendar = (await readReferenceData(db)).calendarFor(chain.map((step) => step.placeId))
  const until = foreseen.reduce((last, { dueOn }) => (dueOn > last ? dueOn : last), lastDayForeseen(madeOn, calendar))
  const came = await readWhatCame(db, { scope, madeOn, until, now })
  const days = daysView(madeOn, until, calendar)
  const over = new Set(days.flatMap(({ day }) => (endOf(day) <= now ? [day] : [])))
  const { rowOf, places } = await weatherRows(db, asked, { told: [...foreseen, ...came], today })
  return {
    place: { placeId, name },
    madeOn,
    days: days.map((day) => ({ ...day, ...heldOn(day.day, { foreseen, came }, over) })),
    total: heldInAll({ foreseen, came }, over),
    places: places.map((place) => {
      const inRow = (one: { placeId: string }) => rowOf.get(one.placeId) === place.placeId
      const own = { foreseen: foreseen.filter(inRow), came: came.filter(inRow) }
      const ownDays = days.map(({ day }) => ({ day, ...heldOn(day, own, over) }))
      return { ...place, ...heldInAll(own, over), days: ownDays }
    }),
  }
}

function heldOn(day: PlainDate, { foreseen, came }: Held, over: ReadonlySet<PlainDate>) {
  const sum = sumOf(foreseen.filter(({ dueOn }) => dueOn === day))
  const then = over.has(day) ? cameOf(came.filter(({ dueOn }) => dueOn === day)) : null
  return { ...shown(sum), came: then, error: then === null ? null : rounded(sum.expected - then.late) }
}

/** Only of days that are over: what is still to come is neither right nor wrong. */
function heldInAll({ foreseen, came }: Held, over: ReadonlySet<PlainDate>) {
  const sum = sumOf(foreseen.filter(({ dueOn }) => over.has(dueOn)))
  const then = cameOf(came.filter(({ dueOn }) => over.has(dueOn)))
  return { ...shown(sum), came: then, error: rounded(sum.expected - then.late), daysOver: over.size }
}

function sumOf(foreseen: readonly Foreseen[]) {
  return foreseen.reduce(
    (sum, { open, expected, unknown }) => ({
      open: sum.open + open,
      expected: sum.expected + expected,
      unknown: sum.unknown + unknown,
    }),
    { open: 0, expected: 0, unknown: 0 },
  )
}

function shown(sum: ReturnType<typeof sumOf>) {
  return { ...sum, expected: rounded(sum.expected) }
}

function cameOf(rows: readonly CameRow[]): Came {
  const foreseeable = rows.filter((row) => row.foreseeable)
  const runs = (some: readonly CameRow[], ...outcomes: readonly RunOutcome[]) =>
    some.reduce((sum, row) => (outcomes.includes(row.outcome) ? sum + row.runs : sum), 0)
  const late = (some: readonly CameRow[]) => runs(some, ...doneLate) + runs(some, ...stillOpen)
  return {
    due: foreseeable.reduce((sum, row) => sum + row.runs, 0),
    inTime: runs(foreseeable, 'MET', 'ENTERED_LATE'),
    enteredLate: runs(foreseeable, 'ENTERED_LATE'),
    doneLate: runs(foreseeable, ...doneLate),
    stillOpen: runs(foreseeable, ...stillOpen),
    late: late(foreseeable),
    begunSince: late(rows.filter((row) => !row.foreseeable)),
  }
}

const doneLate: readonly RunOutcome[] = ['LATE_BY_OFFICE', 'LATE_BY_OTHERS']
const stillOpen: readonly RunOutcome[] = ['OPEN_BY_OFFICE', 'OPEN_BY_OTHERS']
