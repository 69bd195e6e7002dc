import { createDayCounter, type DayCounter } from '../../../domain/supervision/day-counter.ts'
import { forecast, type ForecastCell } from '../../../domain/supervision/forecast.ts'
import type { LimitKey } from '../../../domain/matter/limit-keys.ts'
import { addWorkingDays } from '../../../domain/time/deadline.ts'
import { dayOf, type Instant, type PlainDate } from '../../../domain/time/plain-date.ts'
import type { WorkCalendar } from '../../../domain/time/work-calendar.ts'
import type { Archive, Db } from '../../client.ts'
import { chainAudit } from '../system/audit.ts'
import type { AuditEntry } from '../system/audit-entry.ts'
import { readClock } from '../system/clock.ts'
import { readPace } from './office-pace.ts'
import { readOpenRuns } from './open-clocks.ts'
import { readCalendarsOf } from '../rules/place-calendars.ts'
import { dayOfRow, rowOfDay } from '../system/rows.ts'
import { readReferenceData } from '../rules/reference-data.ts'
import { type CaseArea, placesBelow } from '../matter/scope.ts'
import { inOneTransaction } from '../system/transaction.ts'

/** How far ahead lateness is foreseen. */
export const workingDaysAhead = 10

/** The last day that a forecast made on a day looks at. */
export function lastDayForeseen(madeOn: PlainDate, calendar: WorkCalendar): PlainDate {
  return addWorkingDays({ from: madeOn, days: workingDaysAhead, calendar })
}

/**
 * What is expected to be late in the next ten working days, by place, limit and due day, as it looks now. Each place looks
 * ahead by its own calendar. The pace is that of the whole county, whatever part of it the scope holds.
 */
export async function makeForecast(
  db: Db,
  { scope, countyIds, now }: { scope: CaseArea; countyIds: readonly string[]; now: Instant },
): Promise<ForecastCell[]> {
  const today = dayOf(now)
  const counties = await Promise.all(countyIds.map((countyId) => placesBelow(db, countyId)))
  const places = [...new Set([...scope.placeIds, ...counties.flat()])]
  const calendarOf = await readCalendarsOf(db, await readReferenceData(db), places)
  const dayCounterOf = rememberCounters(calendarOf)
  const lastDayOf = (placeId: string) => lastDayForeseen(today, calendarOf(placeId))
  const until = scope.placeIds.map(lastDayOf).reduce((latest, day) => (day > latest ? day : latest), today)

  const open = (await readOpenRuns(db, { scope, now, today, until })).filter(
    ({ placeId, dueOn }) => dueOn <= lastDayOf(placeId),
  )
  const paceOf = await readPace(db, countyIds, { today, dayCounterOf })
  const aged = open.map(({ kind, startedOn, ...run }) => {
    const count = dayCounterOf(run.placeId)
    return { ...run, ranDays: count(kind, startedOn, today), allowedDays: count(kind, startedOn, run.dueOn) }
  })
  const countyOf = new Map(open.map(({ placeId, countyId }) => [placeId, countyId]))
  return forecast(aged, ({ placeId, limit }) => paceOf({ countyId: countyOf.get(placeId) as string, placeId, limit }))
}

/** The register of a county's forecasts. */
export function forecastRegister(countyId: string): string {
  return `forecast:${countyId}`
}

/**
 * Writes down what is expected, for every county with open cases; once for a day, however often it is asked for, and only
 * on that day: what is known later is no forecast. Returns how many counties' forecasts were new.
 */
export async function recordForecasts(archive: Archive, day: PlainDate): Promise<number> {
  const counties = await archive.db.matter.findMany({
    where: { closedAt: null, version: { gt: 0 } },
    distinct: ['countyId'],
    select: { countyId: true },
    orderBy: { countyId: 'asc' },
  })
  let recorded = 0
  for (const { countyId } of counties) if (await recordForecast(archive, countyId, day)) recorded += 1
  return recorded
}

/** False when it was made before, or its day is not today. */
async function recordForecast(archive: Archive, countyId: string, day: PlainDate): Promise<boolean> {
  return inOneTransaction(archive, async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`register:${forecastRegister(countyId)}`}))`
    const now = await readClock(tx)
    if (dayOf(now) !== day || (await isForecastMade(tx, countyId, day))) return false
    const scope = { placeIds: await placesBelow(tx, countyId), onlyPayable: false }
    const cells = await makeForecast(tx, { scope, countyIds: [countyId], now })
    await tx.deadlineForecast.createMany({
      data: cells.map(({ dueOn, few: _shownLive, ...cell }) => ({
        ...cell,
        madeOn: rowOfDay(day),
        dueOn: rowOfDay(dueOn),
        countyId,
      })),
    })
    await chainAudit(tx, forecastRegister(countyId), [auditOf(countyId, day, cells.length, now)])
    return true
  })
}

/** Whether a county's forecast of a day was made; one in which nothing was open has no rows. */
export async function isForecastMade(db: Db, countyId: string, day: PlainDate): Promise<boolean> {
  return (await db.auditRecord.count({ where: { register: forecastRegister(countyId), subject: day } })) > 0
}

/** What was expected on a day, for the places of a scope. */
export async function readForecast(
  db: Db,
  madeOn: PlainDate,
  { placeIds }: CaseArea,
): Promise<Omit<ForecastCell, 'few'>[]> {
  const rows = await db.deadlineForecast.findMany({
    where: { madeOn: rowOfDay(madeOn), placeId: { in: [...placeIds] } },
  })
  return rows.map(({ placeId, limit, dueOn, open, expected, unknown }) => ({
    placeId,
    limit: limit as LimitKey,
    dueOn: dayOfRow(dueOn),
    open,
    expected,
    unknown,
  }))
}

function auditOf(countyId: string, day: PlainDate, cells: number, at: Instant): AuditEntry {
  return {
    at,
    officerId: null,
    postId: null,
    officeId: null,
    role: null,
    placeId: countyId,
    action: 'RECORD_FORECAST',
    result: 'DONE',
    subject: day,
    eventId: null,
    detail: { cells },
  }
}

/** One counter for each calendar, so that places with the same days share what was counted. */
function rememberCounters(calendarOf: (placeId: string) => WorkCalendar): (placeId: string) => DayCounter {
  const counters = new Map<WorkCalendar, DayCounter>()
  return (placeId) => {
    const calendar = calendarOf(placeId)
    const counter = counters.get(calendar) ?? createDayCounter(calendar)
    counters.set(calendar, counter)
    return counter
  }
}
