import { isLine } from '../text.ts'
import { isDayTaken, isWeekend, type PlainDate, yearOf } from './plain-date.ts'
import { listedHolidays } from './statutory-holidays.ts'
import { type CalendarYear, firstDayOpenToTheNextNotice } from './work-calendar.ts'
import type { CalendarDay } from './calendar-day.ts'
import { lunarFestivals } from './lunar-festivals.ts'

/** Something wrong with a notice as it was typed in: where, and a sentence for the administrator. */
export type NoticeFault = { path: (string | number)[]; message: string }

/** A notice that was read. */
export type ReadNotice = CalendarYear & { publishedOn: PlainDate }

type Typed = Record<string, unknown>

/** No title, number, name or source of a notice is longer; more days than these no year has. */
const longestText = 200
const mostDays = 400

/**
 * Reads a yearly notice as an administrator typed it, or tells everything that is wrong with it at once: `year`,
 * `title`, `number`, `publishedOn`, and in `days` every day off and every weekend day worked, each with `day`, `kind`,
 * `name` and, where it goes back to an earlier notice that this one changes, `source`. `today` is the deployment's day.
 */
export function readCalendarNotice(
  typed: unknown,
  today: PlainDate,
): { notice: ReadNotice } | { faults: NoticeFault[] } {
  if (!isRecord(typed)) return { faults: [{ path: [], message: '通知内容应为一个JSON对象。' }] }
  const faults = [...faultsOfHead(typed, today), ...faultsOfDays(typed)]
  if (faults.length > 0) return { faults }
  const { year, title, number, publishedOn } = typed as { year: number } & Record<string, string>
  const days = (typed.days as (CalendarDay & { source?: string })[])
    .map(({ day, kind, name, source }) => ({ day, kind, name, source: source ?? (number as string) }))
    .sort((a, b) => (a.day < b.day ? -1 : 1))
  return {
    notice: { year, status: 'CONFIRMED', notice: `${title}（${number}）`, publishedOn: publishedOn as PlainDate, days },
  }
}

function faultsOfHead({ year, title, number, publishedOn }: Typed, today: PlainDate): NoticeFault[] {
  const faults: NoticeFault[] = []
  const say = (field: string, message: string) => void faults.push({ path: [field], message })
  if (!isYear(year)) say('year', `年份应为${firstYear}至${lastYear}之间的整数。`)
  if (!isText(title)) say('title', '缺少通知标题。')
  if (!isText(number) || !/〔\d{4}〕\d+号$/.test(number))
    say('number', '缺少发文字号，应写作“国办发明电〔2025〕7号”的形式。')
  if (!isDayTaken(publishedOn)) say('publishedOn', '缺少发布日期，应写作“2025-11-04”的形式。')
  else if (publishedOn > today) say('publishedOn', '发布日期晚于今天。')
  return faults
}

function faultsOfDays({ year, days }: Typed): NoticeFault[] {
  if (!Array.isArray(days) || days.length === 0) return [{ path: ['days'], message: '缺少放假与调休上班的日期。' }]
  if (days.length > mostDays) return [{ path: ['days'], message: `日期不超过${mostDays}个。` }]
  const entries: unknown[] = days
  const faults = entries.flatMap((entry, index) =>
    faultsOfDay(entry, year).map((message) => ({ path: ['days', index], message })),
  )
  const listed = entries.filter(isDayEntry)
  return [...faults, ...faultsOfDoubles(listed), ...(isYear(year) ? faultsOfMissing(year, listed) : [])]
}

function faultsOfDay(entry: unknown, year: unknown): string[] {
  if (!isRecord(entry)) return ['应为一个JSON对象。']
  const { day, kind, name, source } = entry
  if (!isDayTaken(day)) return [`日期“${String(day)}”不存在或写法有误，应写作“2026-01-01”的形式。`]
  const messages: string[] = []
  if (isYear(year) && !belongsTo(day, year)) messages.push(`${day}不属于${year}年（至多可含上年12月29日至31日）。`)
  if (kind !== 'HOLIDAY' && kind !== 'MAKE_UP_WORKDAY')
    messages.push(`${day}的类型应为HOLIDAY（放假）或MAKE_UP_WORKDAY（调休上班）。`)
  if (kind === 'MAKE_UP_WORKDAY' && !isWeekend(day)) messages.push(`${day}不是周末，不能列为调休上班日。`)
  if (!isText(name)) messages.push(`${day}缺少节日名称。`)
  if (source !== undefined && !isText(source)) messages.push(`${day}的依据应为文字。`)
  return messages
}

function faultsOfDoubles(listed: readonly CalendarDay[]): NoticeFault[] {
  const days = listed.map(({ day }) => day)
  const doubled = new Set(days.filter((day, index) => days.indexOf(day) !== index))
  return [...doubled].map((day) => ({ path: ['days'], message: `${day}重复列出。` }))
}

/** The regulation's own days are off in every notice; one left out is a slip of the pen. */
function faultsOfMissing(year: number, listed: readonly CalendarDay[]): NoticeFault[] {
  const off = new Set(listed.filter(({ kind }) => kind === 'HOLIDAY').map(({ day }) => day))
  return listedHolidays(year)
    .filter(({ day }) => !off.has(day))
    .map(({ day, name }) => ({ path: ['days'], message: `缺少法定节假日${day}（${name}）。` }))
}

function belongsTo(day: PlainDate, year: number): boolean {
  return yearOf(day) === year || (yearOf(day) === year - 1 && day.slice(5) >= firstDayOpenToTheNextNotice)
}

const years = Object.keys(lunarFestivals).map(Number)
const [firstYear, lastYear] = [Math.min(...years), Math.max(...years)]

function isYear(value: unknown): value is number {
  return typeof value === 'number' && value in lunarFestivals
}

function isText(value: unknown): value is string {
  return isLine(value) && value.trim() !== '' && value.length <= longestText
}

function isRecord(value: unknown): value is Typed {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isDayEntry(entry: unknown): entry is CalendarDay {
  return isRecord(entry) && isDayTaken(entry.day)
}
