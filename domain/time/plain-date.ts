declare const plainDateBrand: unique symbol
declare const plainMonthBrand: unique symbol
declare const instantBrand: unique symbol

/** A calendar day in Asia/Shanghai, `YYYY-MM-DD`. Compares and sorts as text. */
export type PlainDate = string & { readonly [plainDateBrand]: true }

/** A calendar month, `YYYY-MM`. Compares and sorts as text. */
export type PlainMonth = string & { readonly [plainMonthBrand]: true }

/** A moment as ISO text in UTC with milliseconds, `2026-07-01T16:00:00.000Z`. Compares and sorts as text. */
export type Instant = string & { readonly [instantBrand]: true }

/** The first and the last day that anybody may hand in: before and after them lies no life and no limit. */
export const firstDayTaken = '1900-01-01' as PlainDate
export const lastDayTaken = '2200-12-31' as PlainDate

/** 0 is Sunday, 6 is Saturday. */
export type DayOfWeek = 0 | 1 | 2 | 3 | 4 | 5 | 6

const msPerDay = 86_400_000

// @NOTE China has one zone without summer time since 1992. The offset is fixed here rather than asked of Intl, whose
// answers depend on the machine.
const shanghaiOffsetMs = 8 * 3_600_000

/** Text that is not a day of the calendar, such as 30 February or a time stamp. */
export class NotAPlainDate extends Error {
  override name = 'NotAPlainDate'
  constructor(text: unknown) {
    super(`Expected a day of the calendar as YYYY-MM-DD, got ${JSON.stringify(text)}.`)
  }
}

/** Text that is not a month, `YYYY-MM`. */
export class NotAPlainMonth extends Error {
  override name = 'NotAPlainMonth'
  constructor(text: unknown) {
    super(`Expected a month as YYYY-MM, got ${JSON.stringify(text)}.`)
  }
}

/** Text or a number that is not a moment, or text that does not say its zone. */
export class NotAnInstant extends Error {
  override name = 'NotAnInstant'
  constructor(value: unknown) {
    super(`Expected ISO text with a zone (…Z or …+08:00) or milliseconds since 1970, got ${JSON.stringify(value)}.`)
  }
}

/** Reads a day. Throws `NotAPlainDate` for anything that is not a real day. */
export function plainDate(text: string): PlainDate {
  if (!isPlainDate(text)) throw new NotAPlainDate(text)
  return text
}

/** True for a real day written `YYYY-MM-DD`. */
export function isPlainDate(text: unknown): text is PlainDate {
  if (typeof text !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const ms = Date.parse(`${text}T00:00:00.000Z`)
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text)
}

/** True for a real day that may be handed in: 1900-01-01 to 2200-12-31. */
export function isDayTaken(value: unknown): value is PlainDate {
  return isPlainDate(value) && value >= firstDayTaken && value <= lastDayTaken
}

/** Reads a month. Throws `NotAPlainMonth`. */
export function plainMonth(text: string): PlainMonth {
  if (!isPlainMonth(text)) throw new NotAPlainMonth(text)
  return text
}

/** True for a real month written `YYYY-MM`. */
export function isPlainMonth(text: unknown): text is PlainMonth {
  return typeof text === 'string' && isPlainDate(`${text}-01`)
}

/** The day `days` after `day`; before it when negative. */
export function addDays(day: PlainDate, days: number): PlainDate {
  return dayFromNumber(numberOf(day) + days)
}

/** Days from `from` until `until`; negative when `until` lies before. */
export function daysBetween(from: PlainDate, until: PlainDate): number {
  return numberOf(until) - numberOf(from)
}

export function dayOfWeek(day: PlainDate): DayOfWeek {
  // 1970-01-01 was a Thursday.
  return ((((numberOf(day) + 4) % 7) + 7) % 7) as DayOfWeek
}

export function isWeekend(day: PlainDate): boolean {
  const weekday = dayOfWeek(day)
  return weekday === 0 || weekday === 6
}

export function yearOf(day: PlainDate | PlainMonth): number {
  return Number(day.slice(0, 4))
}

export function monthOf(day: PlainDate): PlainMonth {
  return day.slice(0, 7) as PlainMonth
}

export function firstDayOf(month: PlainMonth): PlainDate {
  return plainDate(`${month}-01`)
}

export function lastDayOf(month: PlainMonth): PlainDate {
  return addDays(firstDayOf(nextMonth(month)), -1)
}

export function nextMonth(month: PlainMonth): PlainMonth {
  return monthOf(addMonths(firstDayOf(month), 1))
}

export function firstOfNextMonth(day: PlainDate): PlainDate {
  return firstDayOf(nextMonth(monthOf(day)))
}

/** The same day `months` later; the last day of that month where it is shorter (31 January + 1 is 28 February). */
export function addMonths(day: PlainDate, months: number): PlainDate {
  const count = yearOf(day) * 12 + Number(day.slice(5, 7)) - 1 + months
  const year = Math.floor(count / 12)
  const month = (count % 12) + 1
  const lastDay = new Date(Date.UTC(year, month, 0)).getUTCDate()
  return plainDate(`${pad(year, 4)}-${pad(month, 2)}-${pad(Math.min(Number(day.slice(8, 10)), lastDay), 2)}`)
}

/** Whole years lived on `on` by someone born on `birthDate`; one born on 29 February turns a year older on 1 March. */
export function ageOn(birthDate: PlainDate, on: PlainDate): number {
  const hadBirthday = on.slice(5) >= birthDate.slice(5)
  return yearOf(on) - yearOf(birthDate) - (hadBirthday ? 0 : 1)
}

/** `2026年7月1日`, as letters and explanations write a day. */
export function inChinese(day: PlainDate): string {
  return `${yearOf(day)}年${Number(day.slice(5, 7))}月${Number(day.slice(8, 10))}日`
}

/** Reads ISO text with a zone, or milliseconds since 1970 UTC. Throws `NotAnInstant`. */
export function instant(value: string | number): Instant {
  const ms = typeof value === 'number' ? value : hasZone(value) ? Date.parse(value) : Number.NaN
  const date = new Date(ms)
  if (Number.isNaN(date.getTime())) throw new NotAnInstant(value)
  return date.toISOString() as Instant
}

/** True for a moment that falls on a day that may be handed in, wherever in the world it is written down. */
export function isInstantTaken(at: Instant): boolean {
  return isDayTaken(dayOf(at)) && isDayTaken(at.slice(0, 10))
}

/** Milliseconds since 1970 UTC. */
export function msOf(at: Instant): number {
  return Date.parse(at)
}

export function addMs(at: Instant, ms: number): Instant {
  return instant(msOf(at) + ms)
}

/** The day in Asia/Shanghai on which a moment falls. */
export function dayOf(at: Instant): PlainDate {
  return new Date(msOf(at) + shanghaiOffsetMs).toISOString().slice(0, 10) as PlainDate
}

/** 00:00 +08:00 of a day. */
export function startOf(day: PlainDate): Instant {
  return instant(`${day}T00:00:00.000+08:00`)
}

/** 24:00 +08:00 of a day, which is 00:00 of the next: something due on a day is in time until then. */
export function endOf(day: PlainDate): Instant {
  return startOf(addDays(day, 1))
}

function hasZone(text: string): boolean {
  return /T.*(?:Z|[+-]\d{2}:\d{2})$/.test(text)
}

function numberOf(day: PlainDate): number {
  return Date.parse(`${day}T00:00:00.000Z`) / msPerDay
}

function dayFromNumber(number: number): PlainDate {
  return new Date(number * msPerDay).toISOString().slice(0, 10) as PlainDate
}

function pad(number: number, width: number): string {
  return String(number).padStart(width, '0')
}
