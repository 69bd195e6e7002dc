import { isLine } from '../text.ts'
import { isDayTaken } from './plain-date.ts'
import type { NoticeFault } from './calendar-notice.ts'
import type { CalendarDay } from './calendar-day.ts'

/** No title, number or name is longer; more days than these nobody publishes at once. */
const longestText = 200
const mostDays = 400

/** Days of its own that a place published; each day names the document. */
export type LocalNotice = { place: string; notice: string; days: CalendarDay[] }

/**
 * Reads a place's own days as an administrator typed them (`place`, `title`, `number`, `days`), or tells everything that
 * is wrong with them at once. Days may be of any year; a weekday worked is one that takes a day off back.
 */
export function readLocalNotice(typed: Record<string, unknown>): { notice: LocalNotice } | { faults: NoticeFault[] } {
  const { place, title, number } = typed
  const days: unknown[] = Array.isArray(typed.days) ? typed.days : []
  const faults: NoticeFault[] = []
  const say = (path: (string | number)[], message: string) => void faults.push({ path, message })
  if (!isText(place)) say(['place'], '缺少地区。')
  if (!isText(title)) say(['title'], '缺少地方文件标题。')
  if (!isText(number)) say(['number'], '缺少地方文件字号。')
  if (days.length === 0) say(['days'], '缺少放假或上班的日期。')
  if (days.length > mostDays) return { faults: [{ path: ['days'], message: `日期不超过${mostDays}个。` }] }
  const seen = new Set<string>()
  for (const [index, entry] of days.entries()) {
    for (const message of faultsOfDay(entry, seen)) say(['days', index], message)
  }
  if (faults.length > 0) return { faults }
  return {
    notice: {
      place: place as string,
      notice: `${String(title)}（${String(number)}）`,
      days: (days as CalendarDay[]).map(({ day, kind, name }) => ({ day, kind, name, source: number as string })),
    },
  }
}

function faultsOfDay(entry: unknown, seen: Set<string>): string[] {
  const { day, kind, name } = (entry ?? {}) as Record<string, unknown>
  if (!isDayTaken(day)) return [`日期“${String(day)}”不存在或写法有误，应写作“2026-01-01”的形式。`]
  const messages: string[] = []
  if (seen.has(day)) messages.push(`${day}重复列出。`)
  seen.add(day)
  if (kind !== 'HOLIDAY' && kind !== 'MAKE_UP_WORKDAY')
    messages.push(`${day}的类型应为HOLIDAY（放假）或MAKE_UP_WORKDAY（上班）。`)
  if (!isText(name)) messages.push(`${day}缺少名称。`)
  return messages
}

function isText(value: unknown): value is string {
  return isLine(value) && value.trim() !== '' && value.length <= longestText
}
