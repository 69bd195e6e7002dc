import { type Limit, limitFrom } from '../../matter/limit.ts'
import type { LimitKey } from '../../matter/limit-keys.ts'
import type { LimitOf } from '../../matter/procedure.ts'
import type { LimitParameterKey } from '../../policy/parameters.ts'
import type { ParametersInForce } from '../../policy/parameters-in-force.ts'
import { addDays, firstDayOf, lastDayOf, type PlainDate, type PlainMonth } from '../../time/plain-date.ts'
import type { CaseState } from './state.ts'

/** Limits that run in an application, beside that of a supervision order. */
export type CaseLimit = Exclude<LimitKey, 'SUPERVISION_ORDER'>

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
 * whoever is waited for, unless a document of the place stops the clock (`pause.rules`). @throws ParameterMissing, PaymentMonthMissing
 *
 * Source: 57 Art. 15 (survey), 19 (notice), 20 (county), 21 (refusal, first payment), 22 (total); 83 part 4(1) (20 and
 * 45 working days in all).
 */
export function limitOf(key: CaseLimit, { parameters, delegated, extended, paymentMonth }: LimitCircumstances): Limit {
  const limit = limitFrom(parameters, parameterOf(key, { delegated, extended }))
  if (limit.kind !== 'FIXED_DAY') return limit
  if (paymentMonth === undefined) throw new PaymentMonthMissing()
  return { ...limit, dueDay: dayOfMonth(paymentMonth, limit.amount) }
}

/** In a month that is too short, its last day. */
function dayOfMonth(month: PlainMonth, day: number): PlainDate {
  const [wanted, last] = [addDays(firstDayOf(month), day - 1), lastDayOf(month)]
  return wanted < last ? wanted : last
}

function parameterOf(key: CaseLimit, { delegated, extended }: { delegated: boolean; extended: boolean }) {
  if (key !== 'TOTAL') return parameterOfLimit[key]
  if (extended) return 'limit.totalExtended'
  return delegated ? 'limit.totalDelegated' : 'limit.total'
}

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
} as const satisfies Record<Exclude<CaseLimit, 'TOTAL'>, LimitParameterKey>

/** Every limit of an application, with its length by the parameters in force. */
export const caseLimits: Record<CaseLimit, LimitOf<CaseState>> = {
  ACCEPTANCE: lengthOf('ACCEPTANCE'),
  SURVEY_START: lengthOf('SURVEY_START'),
  MATCHING_REPORT: lengthOf('MATCHING_REPORT'),
  TOWNSHIP_OPINION: lengthOf('TOWNSHIP_OPINION'),
  // A notice period is no limit to breach: once it has run out without objection the township hands the file up.
  PUBLIC_NOTICE: {
    ...lengthOf('PUBLIC_NOTICE'),
    endsAs: ({ delegated }) => ({ type: 'NOTICE_ENDED', data: handingOn(delegated) }),
  },
  HANDING_UP: lengthOf('HANDING_UP'),
  COUNTY_DECISION: lengthOf('COUNTY_DECISION'),
  REFUSAL_NOTICE: lengthOf('REFUSAL_NOTICE'),
  TOTAL: lengthOf('TOTAL'),
  FIRST_PAYMENT: lengthOf('FIRST_PAYMENT'),
  RETURNED_PAYMENT: lengthOf('RETURNED_PAYMENT'),
}

/** Where confirmation is delegated the township goes on to decide; elsewhere it hands the file up. */
export function handingOn(delegated: boolean): { handUpOwed: true } | { townshipDecides: true } {
  return delegated ? { townshipDecides: true } : { handUpOwed: true }
}

function lengthOf(key: CaseLimit): LimitOf<CaseState> {
  const totals = ['limit.total', 'limit.totalDelegated', 'limit.totalExtended'] as const
  return {
    statedBy: key === 'TOTAL' ? totals : [parameterOfLimit[key]],
    length: ({ delegated, extended, firstMonth }, parameters) => {
      const month = firstMonth === null ? {} : { paymentMonth: firstMonth }
      return limitOf(key, { parameters, delegated, extended, ...month })
    },
  }
}
