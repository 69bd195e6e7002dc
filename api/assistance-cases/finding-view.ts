import type { Finding } from '../../domain/procedures/assistance-case/facts.ts'
import { formatYuan, fen } from '../../domain/money.ts'
import { inChinese } from '../../domain/time/plain-date.ts'
import type { CaseReading } from '../../prisma/stores/matter/case-reading.ts'
import { readParametersNamed } from '../../prisma/stores/rules/reference-data.ts'
import type { CaseView } from './case-contract.ts'

/** What an officer found; where a rate was raised after the notice, with what was posted and why more is granted. */
export async function findingView(
  { db }: Pick<CaseReading, 'db'>,
  finding: Finding | null,
): Promise<CaseView['opinion']> {
  if (finding === null) return null
  return { ...finding, raised: finding.raised === undefined ? null : await raisedView(db, finding, finding.raised) }
}

async function raisedView(
  db: CaseReading['db'],
  { amountFen }: Finding,
  { postedFen, parameterRows }: NonNullable<Finding['raised']>,
) {
  const rows = await readParametersNamed(db, parameterRows)
  const sources = rows.map(({ source, effectiveFrom }) => `${source}（自${inChinese(effectiveFrom)}起执行）`)
  return {
    postedFen,
    sources,
    sentence:
      `公示金额为每月${formatYuan(fen(postedFen))}元，公示后标准调整，按${sources.join('、')}` +
      `核定为每月${formatYuan(fen(amountFen))}元；家庭情况与公示时相同，不需重新公示。`,
  }
}
