import { type NoticeFault, readCalendarNotice, type ReadNotice } from '../../../domain/time/calendar-notice.ts'
import { type LocalNotice, readLocalNotice } from '../../../domain/time/local-notice.ts'
import { dayOf } from '../../../domain/time/plain-date.ts'
import type { Role } from '../../../domain/vocabulary.ts'
import { stableId } from '../../../platform/stable-id.ts'
import type { Prisma } from '../../generated/client.ts'
import { chainAudit } from '../system/audit.ts'
import type { AuditEntry } from '../system/audit-entry.ts'
import { readClock } from '../system/clock.ts'
import { findRedatingUnderway, requestRedating } from './redatings.ts'
import { dayOfRow, rowOfDay } from '../system/rows.ts'

/** The register in which every change of the calendar is chained. */
export const calendarRegister = 'calendar'

/** Who enters it; null for the operator's command. */
export type EnteredBy = { officerId: string; postId: string; officeId: string; role: Role } | null

/** What was entered, and the re-dating that follows from it. */
export type EnteredCalendar = { editionIds: string[]; redatingId: string }

/** Nothing was entered; every reason at once, as sentences for whoever typed it in. */
export class CalendarRefused extends Error {
  override readonly name = 'CalendarRefused'
  readonly faults: NoticeFault[]
  constructor(faults: NoticeFault[]) {
    super(faults.map(({ message }) => message).join(' '))
    this.faults = faults
  }
}

/**
 * Enters a notice as it was typed in, or a place's own days (those name a `place`), in the caller's transaction: as
 * further editions, never in place of what is there. Running clocks are re-dated from the row that this leaves behind.
 * @throws CalendarRefused
 */
export async function enterCalendar(
  tx: Prisma.TransactionClient,
  typed: Record<string, unknown>,
  by: EnteredBy,
): Promise<EnteredCalendar> {
  await lockRegister(tx)
  if ((await findRedatingUnderway(tx)) !== null) throw refused('上一次日历变更仍在调整到期日，请稍后再录入。')
  if (typed.year !== undefined && typed.place !== undefined) throw new CalendarRefused([yearAndPlace])
  if (typed.place === undefined) {
    const today = dayOf(await readClock(tx))
    return enterYear(tx, believed(readCalendarNotice(typed, today)), by)
  }
  return enterLocalDays(tx, believed(readLocalNotice(typed)), by)
}

const yearAndPlace: NoticeFault = {
  path: ['place'],
  message:
    '年份和地区只能填写一项：录入国务院年度放假安排通知时填写年份、不填地区；录入地方文件规定的日期时填写地区、不填年份。',
}

function believed<T>(read: { notice: T } | { faults: NoticeFault[] }): T {
  if ('faults' in read) throw new CalendarRefused(read.faults)
  return read.notice
}

function refused(message: string): CalendarRefused {
  return new CalendarRefused([{ path: [], message }])
}

async function enterYear(tx: Prisma.TransactionClient, notice: ReadNotice, by: EnteredBy): Promise<EnteredCalendar> {
  const { year, status, publishedOn, days } = notice
  const last = await tx.calendarYear.findFirst({ where: { year }, orderBy: { edition: 'desc' } })
  if (last !== null && last.notice === notice.notice && sameDays(last.days, days))
    throw refused(`${year}年的这份通知已经录入。`)
  if (last?.publishedOn && dayOfRow(last.publishedOn) > publishedOn)
    throw refused(`${year}年已录入发布日期更晚的通知，较早的通知不能再录入。`)
  const edition = (last?.edition ?? 0) + 1
  const id = `${year}.${edition}`
  await tx.calendarYear.create({
    data: {
      id,
      year,
      edition,
      status,
      notice: notice.notice,
      publishedOn: rowOfDay(publishedOn),
      days: days as unknown as Prisma.InputJsonValue,
    },
  })
  return follow(tx, { editionIds: [id], redatingId: `calendar-${id}`, reason: notice.notice }, by)
}

async function enterLocalDays(
  tx: Prisma.TransactionClient,
  { place, notice, days }: LocalNotice,
  by: EnteredBy,
): Promise<EnteredCalendar> {
  if ((await tx.place.count({ where: { id: place } })) === 0) throw refused(`没有编号为${place}的地区。`)
  const known = await tx.localCalendarDay.groupBy({ by: ['day'], where: { placeId: place }, _max: { edition: true } })
  const editionOf = new Map(known.map(({ day, _max }) => [dayOfRow(day), _max.edition ?? 0]))
  const rows = days.map(({ day, kind, name, source }) => {
    const edition = (editionOf.get(day) ?? 0) + 1
    return { id: `${place}/${day}.${edition}`, placeId: place, day: rowOfDay(day), edition, kind, name, source }
  })
  await tx.localCalendarDay.createMany({ data: rows })
  const editionIds = rows.map(({ id }) => id)
  return follow(tx, { editionIds, redatingId: `calendar-${stableId(...editionIds).slice(0, 16)}`, reason: notice }, by)
}

async function follow(
  tx: Prisma.TransactionClient,
  { editionIds, redatingId, reason }: EnteredCalendar & { reason: string },
  by: EnteredBy,
): Promise<EnteredCalendar> {
  const at = await readClock(tx)
  await requestRedating(tx, { redatingId, reason, requestedBy: by?.officerId ?? null, requestedAt: at })
  const entry: AuditEntry = {
    at,
    officerId: by?.officerId ?? null,
    postId: by?.postId ?? null,
    officeId: by?.officeId ?? null,
    role: by?.role ?? null,
    placeId: null,
    action: 'ENTER_CALENDAR',
    result: 'DONE',
    subject: redatingId,
    eventId: null,
    detail: { editionIds, reason },
  }
  await chainAudit(tx, calendarRegister, [entry])
  return { editionIds, redatingId }
}

/** The lock of the calendar's audit register, and of its editions, until the transaction ends. */
export async function lockRegister(tx: Prisma.TransactionClient): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`register:${calendarRegister}`}))`
}

function sameDays(kept: unknown, days: ReadNotice['days']): boolean {
  const told = (list: ReadNotice['days']) => list.map(({ day, kind, name }) => `${day} ${kind} ${name}`).join()
  return told(kept as ReadNotice['days']) === told(days)
}
