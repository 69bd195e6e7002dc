import type { CalendarDay } from './calendar-day.ts'
import type { LocalCalendarDay } from './local-calendar.ts'
import { isWeekend, type PlainDate, yearOf } from './plain-date.ts'
import { type StatutoryHoliday, statutoryHolidays } from './statutory-holidays.ts'

/**
 * One year as arranged by a State Council notice. A later notice for the same year replaces the earlier one whole, so
 * that each version says everything about its year. A notice for New Year may reach into the December before.
 */
export type CalendarYear = {
  year: number
  status: 'CONFIRMED' | 'PROVISIONAL'
  /** Title and number of the notice. */
  notice: string
  /** Orders the versions of a year; without it, the one listed later is the later. */
  publishedOn?: PlainDate
  days: readonly CalendarDay[]
}

/** Why a day is worked or off, as staff are told. */
export type DayExplanation = {
  day: PlainDate
  working: boolean
  reason: 'WORKDAY' | 'WEEKEND' | 'HOLIDAY' | 'MAKE_UP_WORKDAY'
  name?: string
  source?: string
  /** The place whose own day it is; absent where the whole nation has it. */
  place?: string
  provisional: boolean
}

/** Which days are worked. `version` is stored with every due date computed from it. */
export type WorkCalendar = {
  readonly version: string
  readonly isWorkingDay: (day: PlainDate) => boolean
  /** True when a notice still to come may change the day. */
  readonly isProvisional: (day: PlainDate) => boolean
  readonly explain: (day: PlainDate) => DayExplanation
}

// @NOTE A notice may move the last days of the December before its year (31 December 2022 came with the notice for
// 2023), never an earlier day.
export const firstDayOpenToTheNextNotice = '12-29'

/**
 * The calendar of working days. A year without a notice is provisional: weekends and statutory holidays off, no swapped
 * days. Asking about such a year outside the table of lunar festivals throws `CalendarYearUnknown`. A `local` day, at
 * most one for each day, goes before what the nation has.
 */
export function createWorkCalendar({
  version,
  years,
  local = [],
}: {
  version: string
  years: readonly CalendarYear[]
  local?: readonly LocalCalendarDay[]
}): WorkCalendar {
  const latest = latestVersions(years)
  const localDays = new Map(local.map((entry) => [entry.day, entry]))
  const arranged = new Map([...latest.values()].flatMap(({ days }) => days.map((entry) => [entry.day, entry] as const)))
  const statutory = new Map<number, Map<PlainDate, StatutoryHoliday>>()

  const isConfirmed = (year: number) => latest.get(year)?.status === 'CONFIRMED'

  const isProvisional = (day: PlainDate) => {
    const year = yearOf(day)
    return !isConfirmed(year) || (day.slice(5) >= firstDayOpenToTheNextNotice && !isConfirmed(year + 1))
  }

  const statutoryHoliday = (day: PlainDate) => {
    const year = yearOf(day)
    if (latest.has(year)) return undefined
    const holidays = statutory.get(year) ?? new Map(statutoryHolidays(year).map((holiday) => [holiday.day, holiday]))
    statutory.set(year, holidays)
    return holidays.get(day)
  }

  const explain = (day: PlainDate): DayExplanation => {
    const provisional = isProvisional(day)
    const own = localDays.get(day)
    if (own) {
      const { kind, name, source, place } = own
      return { day, working: kind === 'MAKE_UP_WORKDAY', reason: kind, name, source, place, provisional }
    }
    const entry = arranged.get(day)
    if (entry) {
      const { kind, name, source } = entry
      return { day, working: kind === 'MAKE_UP_WORKDAY', reason: kind, name, source, provisional }
    }
    const holiday = statutoryHoliday(day)
    if (holiday) {
      return { day, working: false, reason: 'HOLIDAY', name: holiday.name, source: holiday.source, provisional }
    }
    const weekend = isWeekend(day)
    return { day, working: !weekend, reason: weekend ? 'WEEKEND' : 'WORKDAY', provisional }
  }

  return { version, isProvisional, explain, isWorkingDay: (day) => explain(day).working }
}

/** The notices that had been published by the end of a day, for asking what was known then. */
export function calendarYearsKnownOn(years: readonly CalendarYear[], day: PlainDate): CalendarYear[] {
  return years.filter(({ publishedOn }) => publishedOn !== undefined && publishedOn <= day)
}

function latestVersions(years: readonly CalendarYear[]): Map<number, CalendarYear> {
  const latest = new Map<number, CalendarYear>()
  for (const candidate of years) {
    const known = latest.get(candidate.year)
    const older = (candidate.publishedOn ?? '') < (known?.publishedOn ?? '')
    if (!older) latest.set(candidate.year, candidate)
  }
  return latest
}
