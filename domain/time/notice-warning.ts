import { type PlainDate, plainDate, yearOf } from './plain-date.ts'

/** A year whose due dates may still move because its notice is not in the archive. */
export type NoticeWarning = { year: number; since: PlainDate; text: string }

// Notices for the next year were published between 25 October and 18 December; from here on one looks for it.
const lookedForFrom = '10-01'

/**
 * The years whose notice is missed: this year, and from 1 October the next one. `confirmed` are the years with a notice
 * in the archive.
 */
export function missedNotices(today: PlainDate, confirmed: ReadonlySet<number>): NoticeWarning[] {
  const year = yearOf(today)
  const due = [year, ...(today.slice(5) >= lookedForFrom ? [year + 1] : [])]
  return due
    .filter((one) => !confirmed.has(one))
    .map((one) => ({ year: one, since: plainDate(`${one - 1}-${lookedForFrom}`), text: sentence(one) }))
}

function sentence(year: number): string {
  return (
    `${year}年放假安排通知尚未录入：该年只按法定节假日暂算，没有调休上班日，涉及该年的到期日均标注为暂定。` +
    `请在国务院办公厅通知发布后录入（npm run import-calendar）。`
  )
}
