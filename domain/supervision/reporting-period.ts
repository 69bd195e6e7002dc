import {
  addMonths,
  firstDayOf,
  isPlainMonth,
  lastDayOf,
  monthOf,
  nextMonth,
  type PlainDate,
  type PlainMonth,
  yearOf,
} from '../time/plain-date.ts'

/** For what figures are put together: the month, the quarter, the middle and the end of the year. */
export const reportingKinds = ['MONTH', 'QUARTER', 'HALF_YEAR', 'YEAR'] as const
export type ReportingKind = (typeof reportingKinds)[number]

export const reportingKindLabels = {
  MONTH: '按月通报',
  QUARTER: '按季调度',
  HALF_YEAR: '年中督查',
  YEAR: '年末考核',
} as const satisfies Record<ReportingKind, string>

/** A period as people write it (`2026-11`, `2026-Q4`, `2026-H1`, `2026`), with its first and last day. */
export type ReportingPeriod = { text: string; kind: ReportingKind; firstDay: PlainDate; lastDay: PlainDate }

/** Text that is not a period of reporting. The second half of a year is none: the year's end covers it. */
export class NotAReportingPeriod extends Error {
  override name = 'NotAReportingPeriod'
  constructor(text: unknown) {
    super(`Expected a period as YYYY-MM, YYYY-Q1 to Q4, YYYY-H1 or YYYY, got ${JSON.stringify(text)}.`)
  }
}

const monthsOf = { MONTH: 1, QUARTER: 3, HALF_YEAR: 6, YEAR: 12 } as const satisfies Record<ReportingKind, number>

/** Months back to the period that one is compared with; half a year is compared with the same half of the year before. */
const monthsBack = { MONTH: 1, QUARTER: 3, HALF_YEAR: 12, YEAR: 12 } as const satisfies Record<ReportingKind, number>

/** Reads a period. Throws `NotAReportingPeriod`. */
export function reportingPeriod(text: string): ReportingPeriod {
  const first = isPlainMonth(text) ? { kind: 'MONTH' as const, month: text } : readLonger(text)
  if (first === null) throw new NotAReportingPeriod(text)
  return periodFrom(first.kind, firstDayOf(first.month))
}

/** True for text that `reportingPeriod` reads. */
export function isReportingPeriod(text: string): boolean {
  return isPlainMonth(text) || readLonger(text) !== null
}

/** The period of the same kind that this one is held against. */
export function previousPeriod({ kind, firstDay }: ReportingPeriod): ReportingPeriod {
  return periodFrom(kind, addMonths(firstDay, -monthsBack[kind]))
}

/** `2026年11月`, `2026年第四季度`, `2026年上半年`, `2026年度`. */
export function periodLabel({ kind, firstDay }: ReportingPeriod): string {
  const year = yearOf(firstDay)
  switch (kind) {
    case 'MONTH':
      return `${year}年${monthNumber(firstDay)}月`
    case 'QUARTER':
      return `${year}年第${'一二三四'[quarterOf(firstDay) - 1]}季度`
    case 'HALF_YEAR':
      return `${year}年上半年`
    case 'YEAR':
      return `${year}年度`
  }
}

/** Every period that has a day since `since` and was over before `day` began, in the order in which they ended. */
export function periodsOver({ since, day }: { since: PlainDate; day: PlainDate }): ReportingPeriod[] {
  const periods: ReportingPeriod[] = []
  for (let month = monthOf(since); lastDayOf(month) < day; month = nextMonth(month)) {
    periods.push(...kindsEndingWith(month).map((kind) => endingWith(kind, month)))
  }
  return periods
}

function readLonger(text: string): { kind: ReportingKind; month: PlainMonth } | null {
  const [, year, part] = /^(\d{4})(?:-(Q[1-4]|H1))?$/.exec(text) ?? []
  if (year === undefined) return null
  const number = part?.startsWith('Q') ? (Number(part.slice(1)) - 1) * 3 + 1 : 1
  const month = `${year}-${String(number).padStart(2, '0')}`
  if (!isPlainMonth(month)) return null
  return { kind: part === undefined ? 'YEAR' : part === 'H1' ? 'HALF_YEAR' : 'QUARTER', month }
}

function periodFrom(kind: ReportingKind, firstDay: PlainDate): ReportingPeriod {
  const lastDay = lastDayOf(monthOf(addMonths(firstDay, monthsOf[kind] - 1)))
  return { text: textOf(kind, firstDay), kind, firstDay, lastDay }
}

function textOf(kind: ReportingKind, firstDay: PlainDate): string {
  const year = firstDay.slice(0, 4)
  switch (kind) {
    case 'MONTH':
      return monthOf(firstDay)
    case 'QUARTER':
      return `${year}-Q${quarterOf(firstDay)}`
    case 'HALF_YEAR':
      return `${year}-H1`
    case 'YEAR':
      return year
  }
}

function kindsEndingWith(month: PlainMonth): ReportingKind[] {
  const number = monthNumber(month)
  return reportingKinds.filter((kind) => (kind === 'HALF_YEAR' ? number === 6 : number % monthsOf[kind] === 0))
}

function endingWith(kind: ReportingKind, month: PlainMonth): ReportingPeriod {
  return periodFrom(kind, addMonths(firstDayOf(month), 1 - monthsOf[kind]))
}

function monthNumber(day: PlainDate | PlainMonth): number {
  return Number(day.slice(5, 7))
}

function quarterOf(day: PlainDate): number {
  return Math.ceil(monthNumber(day) / 3)
}
