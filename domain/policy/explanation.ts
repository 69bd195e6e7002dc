import { dibaoCategoryLabels, incomeKindLabels, roundingPolicyLabels } from '../labels.ts'
import { amountInWords, formatYuan } from '../money.ts'
import { daysBetween, inChinese } from '../time/plain-date.ts'
import type { Assessment } from './assessment.ts'
import { conditionOutcomeLabels } from './condition.ts'
import type { SubsidyAmount } from './subsidy-amount.ts'
import { originInChinese } from './value-used.ts'

/**
 * An assessment in Chinese, line by line: the proposal, each condition with its clause, the incomes that counted, and
 * the sum. It names nobody, so that it may be shown to whoever may see the case; `nameOf` puts names in.
 */
export function explainAssessment(assessment: Assessment, nameOf?: (personId: string) => string): string[] {
  return [
    proposalLine(assessment),
    ...assessment.conditions.map(
      ({ label, outcome, sentence, clause }) =>
        `${label}：${conditionOutcomeLabels[outcome]}。${sentence}（依据${clause}）`,
    ),
    ...incomeLines(assessment, nameOf),
    ...explainCalculation(assessment.calculation),
    '以上为系统依据规则提出的核算建议，由工作人员审核后作出决定。',
  ]
}

/** The sum, written out. */
export function explainCalculation(calculation: SubsidyAmount): string[] {
  const { members, monthlyFen } = calculation
  if (calculation.method === 'CATEGORY') {
    const { category, perMemberFen } = calculation
    if (category === null) return ['本地按档次补助，档次尚未评定，暂不能计算金额。']
    return [
      `${dibaoCategoryLabels[category]}每人每月${formatYuan(perMemberFen)}元×${members}人＝` +
        `每月${formatYuan(monthlyFen)}元。`,
    ]
  }
  const { standardMonthlyFen, incomeMonthlyFen, exactFen, rounding } = calculation
  return [
    `低保标准${formatYuan(standardMonthlyFen)}元×${members}人－家庭月收入${formatYuan(incomeMonthlyFen)}元＝` +
      `${formatYuan(standardMonthlyFen * members - incomeMonthlyFen)}元。`,
    `${roundingPolicyLabels[rounding]}：${formatYuan(exactFen)}元计为${formatYuan(monthlyFen)}元。`,
  ]
}

function proposalLine({ eligible, monthlyAmountFen, assessedOn }: Assessment): string {
  const on = inChinese(assessedOn)
  if (!eligible) return `${on}核算：按现有情况不符合最低生活保障条件，请工作人员核实。`
  const amount = `${formatYuan(monthlyAmountFen)}元（大写：人民币${amountInWords(monthlyAmountFen)}）`
  return `${on}核算：按现有情况未见不符合条件的情形，建议家庭每月保障金额${amount}。`
}

function incomeLines({ income, assessedOn }: Assessment, nameOf?: (personId: string) => string): string[] {
  return income.map((used) => {
    const who = nameOf ? `${nameOf(used.personId)}：` : ''
    const age = daysBetween(used.observedOn, assessedOn)
    return (
      `${who}${incomeKindLabels[used.kind]}每月${formatYuan(used.monthlyFen)}元，` +
      `取自${originInChinese(used)}，距今${age}天。`
    )
  })
}
