import { formatYuan } from '../../domain/money.ts'
import { dayOf, inChinese, instant } from '../../domain/time/plain-date.ts'
import type { Check } from './checks.ts'
import type { Reckoning } from './reckoning.ts'
import type { Story } from './story.ts'

const headings = ['案件', '申请人', '结果', '每月金额', '到账日期', '工作日', '超期'] as const

/** The three cases side by side. */
export function resultTable({ inTown, inVillage, refused }: Story): string[] {
  return table([headings, ...[inTown, inVillage, refused].map(row)])
}

export function checkLines(checks: readonly Check[]): string[] {
  return checks.map(({ what, holds, found }) => `${holds ? '✓' : '✗'} ${what}（${found}）`)
}

function row({ aCase, view, workingDaysUsed, breaches }: Reckoning): string[] {
  const { payment } = view
  return [
    aCase.number,
    aCase.household.applicant.name,
    view.case.outcomeLabel ?? '未办结',
    payment === null ? '—' : `${formatYuan(payment.amountFen)}元`,
    payment?.settledAt ? inChinese(dayOf(instant(payment.settledAt))) : '—',
    String(workingDaysUsed),
    breaches.map(({ label, stateLabel }) => `${label}${stateLabel}`).join('、') || '无',
  ]
}

function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] as readonly string[]).map((_, column) =>
    Math.max(...rows.map((cells) => width(cells[column] ?? ''))),
  )
  return rows.map((cells) =>
    cells
      .map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - width(cell)))
      .join('  ')
      .trimEnd(),
  )
}

/** A Chinese character takes two columns on a terminal. */
function width(text: string): number {
  return Array.from(text).reduce((columns, character) => columns + (/[⺀-￠—]/.test(character) ? 2 : 1), 0)
}
