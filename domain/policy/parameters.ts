import type {
  AmountMethod,
  ClockKind,
  DibaoCategory,
  ExemptionKey,
  ExtensionCause,
  Programme,
  PropertyKind,
  ResidenceKind,
  RoundingPolicy,
  WaitedForParty,
} from '../vocabulary.ts'
import type { LadderValue } from '../matter/ladder.ts'
import type { PlainDate } from '../time/plain-date.ts'
import type { PausableLimit } from '../matter/limit-keys.ts'

/** A limit as a rule states it: how it counts, and how many. For `FIXED_DAY` the amount is the day of the month. */
export type LimitValue = { kind: ClockKind; amount: number }

/** Something that a place does not count, of which kind of property, by which words of which document. */
export type Exemption = { key: ExemptionKey; propertyKind: PropertyKind; clause: string }

/** While whom is waited for which clocks stand still; the row's source names the document that says so. */
export type PauseRule = { waitsFor: WaitedForParty; limits: readonly PausableLimit[] }

/**
 * Every number and choice that a document may change, by key, with the type of its value. Money is fen a month, periods
 * are in the unit that ends the key. Limits of property are per person counted (`PerPersonFen`) or a number of things.
 */
export type ParameterValues = {
  'dibao.standardMonthlyFen': number
  'dibao.amountMethod': AmountMethod
  'dibao.categoryMonthlyFen': Record<DibaoCategory, number>
  'dibao.roundingPolicy': RoundingPolicy
  'dibao.assetLimit.financialPerPersonFen': number
  'dibao.assetLimit.vehicles': number
  'dibao.assetLimit.dwellings': number
  'dibao.exemptions': readonly Exemption[]
  'limit.acceptance': LimitValue
  'limit.surveyStart': LimitValue
  'limit.matchingReport': LimitValue
  'limit.townshipOpinion': LimitValue
  'limit.publicNotice': LimitValue
  'limit.handingUp': LimitValue
  'limit.countyDecision': LimitValue
  'limit.refusalNotice': LimitValue
  /** How long a letter hangs in public before it counts as served. */
  'service.noticeDays': number
  'limit.total': LimitValue
  'limit.totalDelegated': LimitValue
  'limit.totalExtended': LimitValue
  'limit.firstPaymentDayOfMonth': LimitValue
  'limit.returnedPayment': LimitValue
  'limit.supervisionOrder': LimitValue
  'matching.shelfLifeDays': number
  'review.monthsStable': number
  'review.monthsUnstable': number
  'confirmation.delegated': boolean
  'account.mostHouseholdsOfKeeper': number
  'newborn.numberWithinDays': number
  'survey.minInvestigators': number
  'extension.causes': readonly ExtensionCause[]
  /** Has no national row: 57 and 83 name no pause. */
  'pause.rules': readonly PauseRule[]
  'waiting.mostDays': number
  'supervision.ladder': LadderValue
}

export type ParameterKey = keyof ParameterValues

/** Keys of which the value is a limit. */
export type LimitParameterKey = {
  [K in ParameterKey]: ParameterValues[K] extends LimitValue ? K : never
}[ParameterKey]

/** What each parameter is called on the desk. */
export const parameterLabels = {
  'dibao.standardMonthlyFen': '低保标准（分/人月）',
  'dibao.amountMethod': '低保金计算方式',
  'dibao.categoryMonthlyFen': '分档补助标准（分/人月）',
  'dibao.roundingPolicy': '金额取整方式',
  'dibao.assetLimit.financialPerPersonFen': '人均金融资产限额（分）',
  'dibao.assetLimit.vehicles': '家庭机动车辆数限额',
  'dibao.assetLimit.dwellings': '家庭住房套数限额',
  'dibao.exemptions': '不计入家庭财产的物品',
  'limit.acceptance': '受理时限',
  'limit.surveyStart': '启动调查时限',
  'limit.matchingReport': '核对报告时限',
  'limit.townshipOpinion': '乡镇初审时限',
  'limit.publicNotice': '公示期',
  'limit.handingUp': '报送时限',
  'limit.countyDecision': '县级审核确认时限',
  'limit.refusalNotice': '不予确认告知时限',
  'service.noticeDays': '公告送达期（天）',
  'limit.total': '办理总时限',
  'limit.totalDelegated': '办理总时限（权限下放）',
  'limit.totalExtended': '办理总时限（延长）',
  'limit.firstPaymentDayOfMonth': '首次发放日',
  'limit.returnedPayment': '退回款项处理时限',
  'limit.supervisionOrder': '督办单答复时限',
  'matching.shelfLifeDays': '核对结果有效期（天）',
  'review.monthsStable': '复核周期：收入稳定（月）',
  'review.monthsUnstable': '复核周期：收入不稳定（月）',
  'confirmation.delegated': '审核确认权限是否下放乡镇',
  'newborn.numberWithinDays': '新生儿补登身份证号码的期限（出生后天数）',
  'account.mostHouseholdsOfKeeper': '一名代管人代管账户的最多户数',
  'survey.minInvestigators': '入户调查最少人数',
  'extension.causes': '可延长办理时限的情形',
  'pause.rules': '可暂停计时的情形',
  'waiting.mostDays': '一次等待最长天数',
  'supervision.ladder': '督办阶梯',
} as const satisfies Record<ParameterKey, string>

export const parameterKeys = Object.keys(parameterLabels) as ParameterKey[]

/** Which day of a case decides the row of a parameter that applies to it. */
export const dateChoices = ['APPLICATION', 'ACCEPTANCE', 'DECISION', 'MONTH_PAID'] as const
export type DateChoice = (typeof dateChoices)[number]

/**
 * One dated value of one parameter in one place. Rows are added, never overwritten: a new value is a row that begins
 * later.
 */
export type Parameter = {
  [K in ParameterKey]: {
    /** Stable id of the place; `CN` for the nation. */
    place: string
    programme: Programme
    key: K
    value: ParameterValues[K]
    /** Only for urban or only for rural households; for both when absent. */
    residenceKind?: ResidenceKind
    effectiveFrom: PlainDate
    /** The last day in force; open when absent. */
    effectiveTo?: PlainDate
    /** Document and article, as staff read it; {@link noDocument} where none states the value. */
    source: string
    /** The value or the day it begins is not stated by any document read. */
    assumed: boolean
    datePickedBy: DateChoice
  }
}[ParameterKey]

/** The source of a value that no document states: a choice of this system's. */
export const noDocument = '尚无文件依据'

/** The one name of a row, as results cite it: `qingyang/dibao.standardMonthlyFen/RURAL@2023-01-01`. */
export function parameterId({ place, key, residenceKind, effectiveFrom }: Parameter): string {
  return `${place}/${key}${residenceKind ? `/${residenceKind}` : ''}@${effectiveFrom}`
}
