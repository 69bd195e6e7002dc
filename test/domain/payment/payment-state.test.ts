import { describe, expect, it } from 'vitest'
import { instructionNumber, NotAnOrdinal, paymentLineKey } from '../../../domain/payment/instruction.ts'
import {
  afterNews,
  maySend,
  type PaymentNews,
  PaymentNewsImpossible,
  type PaymentState,
} from '../../../domain/payment/payment-state.ts'
import { plainMonth } from '../../../domain/time/plain-date.ts'

const bankNews = ['ACCEPTED', 'PAID', 'RETURNED'] as const

/** Every order of every multiset of news with each kind heard zero to two times. */
function sequences(counts: Record<string, number>): PaymentNews[][] {
  const left = bankNews.filter((news) => (counts[news] ?? 0) > 0)
  if (left.length === 0) return [[]]
  return left.flatMap((news) =>
    sequences({ ...counts, [news]: (counts[news] ?? 0) - 1 }).map((rest): PaymentNews[] => [news, ...rest]),
  )
}

function everySequence(): PaymentNews[][] {
  const repeats = [0, 1, 2]
  return repeats.flatMap((ACCEPTED) =>
    repeats.flatMap((PAID) => repeats.flatMap((RETURNED) => sequences({ ACCEPTED, PAID, RETURNED }))),
  )
}

const heard = (start: PaymentState, news: readonly PaymentNews[]) => news.reduce<PaymentState>(afterNews, start)

describe('news from the bank', () => {
  it('leads to one end for one set of news, in whatever order and however often it is heard', () => {
    const all = everySequence()
    // 1 + orders of all 26 other multisets with at most two of each of three kinds.
    expect(all).toHaveLength(271)
    for (const start of ['RELEASED', 'UNKNOWN', 'SENT'] as const) {
      for (const news of all) {
        const silent = start
        const expected = news.includes('RETURNED')
          ? 'RETURNED'
          : news.includes('PAID')
            ? 'PAID'
            : news.includes('ACCEPTED')
              ? 'SENT'
              : silent
        expect(heard(start, news), `${start} ${news.join(' ')}`).toBe(expected)
      }
    }
  })

  it('is not lost when our own time-out comes in anywhere', () => {
    for (const news of everySequence().filter(({ length }) => length > 0)) {
      for (let at = 0; at <= news.length; at += 1) {
        const interrupted: PaymentNews[] = [...news.slice(0, at), 'TIMED_OUT', ...news.slice(at)]
        expect(heard('UNKNOWN', interrupted)).toBe(heard('UNKNOWN', news))
      }
    }
  })

  it('about an instruction that never left is refused', () => {
    for (const state of ['DRAFTED', 'PREPARED'] as const) {
      for (const news of bankNews) expect(() => afterNews(state, news)).toThrow(PaymentNewsImpossible)
    }
  })
})

describe('an instruction', () => {
  it('is written, then sent, then asked for; and sent again only when the bank does not know it', () => {
    const underway = heard('DRAFTED', ['PREPARED', 'RELEASED', 'DISPATCHED'])
    expect(underway).toBe('UNKNOWN')
    expect(maySend(underway)).toBe(false)
    expect(maySend(afterNews(underway, 'NOT_KNOWN'))).toBe(true)
    expect(afterNews('SENT', 'NOT_KNOWN')).toBe('SENT')
    expect(afterNews('PAID', 'NOT_KNOWN')).toBe('PAID')
  })

  it('is released only once prepared, and goes back for nothing', () => {
    expect(() => afterNews('DRAFTED', 'RELEASED')).toThrow(PaymentNewsImpossible)
    expect(heard('PAID', ['PREPARED', 'RELEASED'])).toBe('PAID')
  })

  it('has a number made of its line and issue', () => {
    const lineId = paymentLineKey({ benefitId: 'b-1', programme: 'DIBAO', month: plainMonth('2026-12'), instalment: 1 })
    expect(lineId).toBe('DIBAO-2026-12-1-b-1')
    expect(instructionNumber({ lineId, issue: 2 })).toBe('DIBAO-2026-12-1-b-1_2')
    expect(() => instructionNumber({ lineId, issue: 0 })).toThrow(NotAnOrdinal)
  })
})
