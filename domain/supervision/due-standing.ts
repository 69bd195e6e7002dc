import { addWorkingDays } from '../time/deadline.ts'
import { endOf, type Instant, type PlainDate } from '../time/plain-date.ts'
import type { WorkCalendar } from '../time/work-calendar.ts'

/**
 * How an open case stands to its limits. `OVERDUE`: the office's own days are used up. `OVERDUE_WAITING`: overdue in law,
 * by days that are charged to somebody else.
 */
export const dueStandings = ['NOT_DUE', 'DUE_SOON', 'OVERDUE', 'OVERDUE_WAITING', 'NO_LIMIT'] as const
export type DueStanding = (typeof dueStandings)[number]

export const dueStandingLabels = {
  NOT_DUE: '未到期',
  DUE_SOON: '即将到期',
  OVERDUE: '已超期',
  OVERDUE_WAITING: '已超期（等待他方）',
  NO_LIMIT: '无时限',
} as const satisfies Record<DueStanding, string>

/** Within how many working days something counts as due soon: the columns of the board of overdue work (超期预警). */
export const soonWorkingDays = [1, 2, 3] as const
export type SoonWorkingDays = (typeof soonWorkingDays)[number]

/** The soonest due instant among the running limits of a case, and the soonest by the office's own days. */
export type CaseDue = { dueAt: Instant | null; ownDueAt: Instant | null }

/** The ends of the first, second and third working day after today. */
export type SoonUntil = Record<SoonWorkingDays, Instant>

/** Until when what is due counts as due soon, by the calendar of a place. What is due today is due within one day. */
export function soonUntil(today: PlainDate, calendar: WorkCalendar): SoonUntil {
  const until = (days: number) => endOf(addWorkingDays({ from: today, days, calendar }))
  return { 1: until(1), 2: until(2), 3: until(3) }
}

/** How a case stands; `dueIn` says within how many working days it is due, where it is due soon. */
export function dueStandingOf(
  { dueAt, ownDueAt }: CaseDue,
  { now, soon }: { now: Instant; soon: SoonUntil },
): { standing: DueStanding; dueIn: SoonWorkingDays | null } {
  if (ownDueAt !== null && ownDueAt <= now) return { standing: 'OVERDUE', dueIn: null }
  if (dueAt === null) return { standing: 'NO_LIMIT', dueIn: null }
  if (dueAt <= now) return { standing: 'OVERDUE_WAITING', dueIn: null }
  const dueIn = soonWorkingDays.find((days) => dueAt <= soon[days])
  return dueIn === undefined ? { standing: 'NOT_DUE', dueIn: null } : { standing: 'DUE_SOON', dueIn }
}
