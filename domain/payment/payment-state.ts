/**
 * Where one instruction stands. `UNKNOWN`: on its way, and nobody knows whether the bank has it; then the bank is asked.
 */
export const paymentStates = ['DRAFTED', 'PREPARED', 'RELEASED', 'SENT', 'UNKNOWN', 'PAID', 'RETURNED'] as const
export type PaymentState = (typeof paymentStates)[number]

/**
 * What may be learnt about an instruction. The first three, and `TIMED_OUT`, are ours: `DISPATCHED` is written before the message leaves,
 * so that a crash in between leaves a question and no second payment. The others come from the bank, late, double, early
 * and in any order. `NOT_KNOWN` answers our question: the bank has no such number.
 */
export const paymentNews = [
  'PREPARED',
  'RELEASED',
  'DISPATCHED',
  'TIMED_OUT',
  'ACCEPTED',
  'PAID',
  'RETURNED',
  'NOT_KNOWN',
] as const
export type PaymentNews = (typeof paymentNews)[number]

/** Who was told nothing about an instruction yet may not hear from the bank about it. */
export class PaymentNewsImpossible extends Error {
  override name = 'PaymentNewsImpossible'
  constructor(state: PaymentState, news: PaymentNews) {
    super(`An instruction that is ${state} cannot hear ${news}: look for a number given twice or a forged callback.`)
  }
}

/**
 * The state after some news. News of the bank only ever moves an instruction forward along
 * sent → paid → returned, so the end depends on what was heard and not on the order: **returned wins over paid**,
 * because a bank that returns money had tried to pay it, and a payment reported after a return is the older news.
 * `DISPATCHED`, `TIMED_OUT` and `NOT_KNOWN` matter only while nothing better is known. Throws `PaymentNewsImpossible` when the bank
 * speaks of an instruction that was never released.
 */
export function afterNews(state: PaymentState, news: PaymentNews): PaymentState {
  switch (news) {
    case 'PREPARED':
      return further(state, 'PREPARED')
    case 'RELEASED':
      if (state === 'DRAFTED') throw new PaymentNewsImpossible(state, news)
      return further(state, 'RELEASED')
    default:
      if (rank[state] < rank.RELEASED) throw new PaymentNewsImpossible(state, news)
      return afterBankNews(state, news)
  }
}

function afterBankNews(state: PaymentState, news: Exclude<PaymentNews, 'PREPARED' | 'RELEASED'>): PaymentState {
  switch (news) {
    case 'DISPATCHED':
    case 'TIMED_OUT':
      return further(state, 'UNKNOWN')
    case 'NOT_KNOWN':
      // The bank does not have it, so the same number may go out again.
      return state === 'UNKNOWN' ? 'RELEASED' : state
    case 'ACCEPTED':
      return further(state, 'SENT')
    case 'PAID':
      return further(state, 'PAID')
    case 'RETURNED':
      return 'RETURNED'
  }
}

/** No more news is needed: paid, or returned and to be issued anew. A paid instruction may still be returned. */
export function isSettled(state: PaymentState): boolean {
  return state === 'PAID' || state === 'RETURNED'
}

/** True when the same number may be sent: released, or the bank said that it does not know it. */
export function maySend(state: PaymentState): boolean {
  return state === 'RELEASED'
}

// SENT stands above UNKNOWN: once the bank confirmed it, a late time-out of ours is no news.
const rank = {
  DRAFTED: 0,
  PREPARED: 1,
  RELEASED: 2,
  UNKNOWN: 3,
  SENT: 4,
  PAID: 5,
  RETURNED: 6,
} as const satisfies Record<PaymentState, number>

function further(state: PaymentState, candidate: PaymentState): PaymentState {
  return rank[candidate] > rank[state] ? candidate : state
}
