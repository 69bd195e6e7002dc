import { addDays, firstDayOf, lastDayOf, type PlainDate, type PlainMonth } from '../time/plain-date.ts'
import type { ClockKind } from '../vocabulary.ts'
import type { ParameterKey } from './parameters.ts'
import type { ParametersInForce } from './parameters-in-force.ts'

/** The limits that run in a case. */
export const limitKeys = [
  'ACCEPTANCE',
  'SURVEY_START',
  'MATCHING_REPORT',
  'TOWNSHIP_OPINION',
  'PUBLIC_NOTICE',
  'HANDING_UP',
  'COUNTY_DECISION',
  'REFUSAL_NOTICE',
  'TOTAL',
  'FIRST_PAYMENT',
  'RETURNED_PAYMENT',
  'SUPERVISION_ORDER',
] as const
export type LimitKey = (typeof limitKeys)[number]

export const limitLabels = {
  ACCEPTANCE: '受理时限',
  SURVEY_START: '启动调查时限',
  MATCHING_REPORT: '核对报告时限',
  TOWNSHIP_OPINION: '乡镇初审时限',
  PUBLIC_NOTICE: '公示期',
  HANDING_UP: '报送时限',
  COUNTY_DECISION: '县级审核确认时限',
  REFUSAL_NOTICE: '不予确认告知时限',
  TOTAL: '办理总时限',
  FIRST_PAYMENT: '首次发放时限',
  RETURNED_PAYMENT: '退回款项处理时限',
  SUPERVISION_ORDER: '督办单答复时限',
} as const satisfies Record<LimitKey, string>

/** How long a limit is, with the document that says so. `dueDay` where it is a day and not a count. */
export type Limit = { kind: ClockKind; amount: number; dueDay?: PlainDate; source: string; assumed: boolean }

/** What the length of a limit hangs on besides the parameters. */
export type LimitCircumstances = {
  parameters: ParametersInForce
  /** The township confirms: 20 working days in all instead of 30. */
  delegated: boolean
  /** A recorded extension: 45 working days in all, delegated or not. */
  extended: boolean
  /** The first month paid; the limit of the first payment needs it. */
  paymentMonth?: PlainMonth
}

/** The limit of the first payment was asked for before the first month paid was known. */
export class PaymentMonthMissing extends Error {
  override name = 'PaymentMonthMissing'
  constructor() {
    super('The limit of the first payment needs the first month paid: ask for it after the decision.')
  }
}

/**
 * The limit in force. None of them pauses by national rule: 57 and 83 name no pause, so waiting is counted and charged to
 * whoever is waited for, unless a document of the place stops the clock (`pause.rules`). Throws `ParameterMissing` and `PaymentMonthMissing`.
 *
 * Source: 57 Art. 15 (survey), 19 (notice), 20 (county), 21 (refusal, first payment), 22 (total); 83 part 4(1) (20 and
 * 45 working days in all).
 */
export function limitOf(key: LimitKey, { parameters, delegated, extended, paymentMonth }: LimitCircumstances): Limit {
  const { value, source, assumed } = parameters.row(parameterOf(key, { delegated, extended }))
  const limit = { ...value, source, assumed }
  if (limit.kind !== 'FIXED_DAY') return limit
  if (paymentMonth === undefined) throw new PaymentMonthMissing()
  return { ...limit, dueDay: dayOfMonth(paymentMonth, limit.amount) }
}

/** In a month that is too short, its last day. */
function dayOfMonth(month: PlainMonth, day: number): PlainDate {
  const [wanted, last] = [addDays(firstDayOf(month), day - 1), lastDayOf(month)]
  return wanted < last ? wanted : last
}

function parameterOf(key: LimitKey, { delegated, extended }: { delegated: boolean; extended: boolean }) {
  if (key !== 'TOTAL') return parameterOfLimit[key]
  if (extended) return 'limit.totalExtended'
  return delegated ? 'limit.totalDelegated' : 'limit.total'
}

/** Limits that a document of the place may stop, at the stages where a wait can be registered. */
export const pausableLimits = [
  'SURVEY_START',
  'TOWNSHIP_OPINION',
  'HANDING_UP',
  'COUNTY_DECISION',
  'TOTAL',
] as const satisfies readonly LimitKey[]
export type PausableLimit = (typeof pausableLimits)[number]

const parameterOfLimit = {
  ACCEPTANCE: 'limit.acceptance',
  SURVEY_START: 'limit.surveyStart',
  MATCHING_REPORT: 'limit.matchingReport',
  TOWNSHIP_OPINION: 'limit.townshipOpinion',
  PUBLIC_NOTICE: 'limit.publicNotice',
  HANDING_UP: 'limit.handingUp',
  COUNTY_DECISION: 'limit.countyDecision',
  REFUSAL_NOTICE: 'limit.refusalNotice',
  FIRST_PAYMENT: 'limit.firstPaymentDayOfMonth',
  RETURNED_PAYMENT: 'limit.returnedPayment',
  SUPERVISION_ORDER: 'limit.supervisionOrder',
} as const satisfies Record<Exclude<LimitKey, 'TOTAL'>, ParameterKey>
