import { refusalReasonLabels } from '../labels.ts'
import { inChinese, type PlainDate } from '../time/plain-date.ts'
import type { RefusalReason } from '../vocabulary.ts'
import type { Assessment } from './assessment.ts'
import { explainCalculation } from './explanation.ts'
import type { ConditionKey } from './condition.ts'
import { legalBasisOn } from './legal-basis.ts'
import { clauseOfReason } from './refusal-grounds.ts'

export type Letter = { title: string; paragraphs: string[] }

/** A reason from the list, and the officer's own words on how it shows in this household. */
export type RefusalGround = { code: RefusalReason; text: string }

export type RefusalLetterInput = {
  householdHead: string
  placeName: string
  officeName: string
  appliedOn: PlainDate
  decidedOn: PlainDate
  assessment: Assessment
  reasons: readonly RefusalGround[]
  /** The people's government that hears reconsiderations. */
  reconsiderationBody: string
  court: string
  hotline?: string
}

/** A refusal without a reason is no decision. */
export class RefusalWithoutReason extends Error {
  override name = 'RefusalWithoutReason'
  constructor() {
    super('A refusal needs at least one reason with words of its own: the household must be able to answer it.')
  }
}

/**
 * The letter to a refused household (不予确认同意告知书): reasons, rule, facts, calculation, what spoke for the
 * household, what could not be learnt, and how to object. Throws `RefusalWithoutReason`.
 *
 * Source: Social Assistance Law Art. 45, 76; 57 Art. 21; Reconsideration Law Art. 20 (60 days); Litigation Law Art. 46
 * (6 months).
 */
export function refusalLetter(input: RefusalLetterInput): Letter {
  const { householdHead, placeName, officeName, appliedOn, decidedOn, assessment, reasons } = input
  if (reasons.length === 0 || reasons.some(({ text }) => text.trim() === '')) throw new RefusalWithoutReason()
  const basis = legalBasisOn(decidedOn)
  return {
    title: '不予确认同意告知书',
    paragraphs: [
      `${householdHead}（${placeName}）：`,
      `您家庭于${inChinese(appliedOn)}提出的最低生活保障申请，经调查核实，我单位于${inChinese(decidedOn)}决定不予确认同意。`,
      '一、理由',
      ...numbered(reasons.map((ground) => groundInWords(ground, decidedOn))),
      '二、依据',
      `${basis.refusal}；${[...new Set(notMet(assessment).map(({ clause }) => clause))].join('；') || basis.eligibility}。`,
      '三、认定的事实',
      ...numbered(factsOf(assessment)),
      '四、计算过程',
      ...explainCalculation(assessment.calculation),
      ...favourableParagraphs(assessment),
      ...unknownParagraphs(assessment),
      ...objectionParagraphs(input, { first: '七', office: officeName }),
      officeName,
      inChinese(decidedOn),
    ],
  }
}

function notMet({ conditions }: Assessment) {
  return conditions.filter(({ outcome }) => outcome === 'NOT_MET')
}

function factsOf(assessment: Assessment): string[] {
  const against = notMet(assessment).map(({ sentence, source, ageDays }) => {
    const from = source ? `（来源：${source}${ageDays === null ? '' : `，数据距核算日${ageDays}天`}）` : ''
    return sentence + from
  })
  return against.length > 0 ? against : ['系统核算未发现不符合收入、财产条件的情形，本决定依据上述理由作出。']
}

function groundInWords({ code, text }: RefusalGround, on: PlainDate): string {
  const clause = clauseOfReason(code, on)
  return `${refusalReasonLabels[code]}：${text.trim()}${clause === null ? '' : `（依据${clause}）`}`
}

/** What speaks for a family, and not that the office did its work. */
const favourable: readonly ConditionKey[] = ['INCOME', 'FINANCIAL_PROPERTY', 'VEHICLES', 'DWELLINGS']

function favourableParagraphs({ conditions }: Assessment): string[] {
  const met = conditions
    .filter(({ key, outcome }) => outcome === 'MET' && favourable.includes(key))
    .map(({ sentence }) => sentence)
  return ['五、对您家庭有利的情况', ...(met.length > 0 ? numbered(met) : ['未发现。'])]
}

function unknownParagraphs({ conditions }: Assessment): string[] {
  const open = conditions
    .filter(({ outcome }) => outcome === 'NOT_KNOWN' || outcome === 'NOT_ASSESSED')
    .map(({ sentence }) => sentence)
  return ['六、未能查明的情况', ...(open.length > 0 ? numbered(open) : ['无。'])]
}

function objectionParagraphs(
  { reconsiderationBody, court, hotline }: RefusalLetterInput,
  { first, office }: { first: string; office: string },
): string[] {
  const call = hotline ? `，电话：${hotline}` : ''
  return [
    `${first}、救济途径`,
    `对本决定不服的，可以自收到本告知书之日起60日内向${reconsiderationBody}申请行政复议，` +
      `或者自收到本告知书之日起6个月内依法向${court}提起行政诉讼。`,
    `家庭情况发生变化的，可以随时重新提出申请。需要了解详情的，可以向${office}询问${call}。`,
  ]
}

function numbered(lines: readonly string[]): string[] {
  return lines.map((line, index) => `${index + 1}．${line}`)
}
