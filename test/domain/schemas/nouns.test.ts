import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import * as nouns from '../../../domain/schemas/nouns.ts'
import { readCalendarNotice } from '../../../domain/time/calendar-notice.ts'
import { readLocalNotice } from '../../../domain/time/local-notice.ts'
import { plainDate } from '../../../domain/time/plain-date.ts'
import { BankCallback } from '../../../platform/callbacks/bank-callback.ts'
import { MatchingCallback } from '../../../platform/callbacks/matching-callback.ts'
import * as sandboxNouns from '../../../sandbox/shared/nouns.ts'

const nul = String.fromCharCode(0)
const escape = String.fromCharCode(0x1b)
const nextLine = String.fromCharCode(0x85)
const halfAPair = String.fromCharCode(0xd83d)

/** What the archive cannot keep, or what steers instead of being read. */
const unkeepable = [`李${nul}英`, `${escape}[2J`, `李${nextLine}英`, `李${halfAPair}英`]

const { lineText, remarkText, searchTerm, outsideText } = nouns
const texts = { line: lineText(100), remarkText, searchTerm, outsideText, staffNumber: nouns.staffNumber }
const ids = { recordId: nouns.recordId, outsideId: nouns.outsideId, cursor: nouns.cursorText, digest: nouns.digestText }

describe('a text that is handed in', () => {
  it.each(Object.entries({ ...texts, ...ids, password: nouns.passwordText, name: nouns.personName }))(
    'as %s holds no control character and no half surrogate pair',
    (_name, noun: z.ZodType) => {
      for (const text of unkeepable) expect(noun.safeParse(text).success).toBe(false)
    },
  )

  it('may have lines and tabs only where it is long', () => {
    expect(remarkText.parse('第一行\r\n第二行\t完')).toBe('第一行\r\n第二行\t完')
    expect(outsideText.parse('')).toBe('')
    expect(lineText(100).safeParse('第一行\n第二行').success).toBe(false)
    expect(searchTerm.safeParse('李\t秀英').success).toBe(false)
  })

  it('keeps what people write: rare characters, emoji, quotes, percent signs', () => {
    for (const text of ['𠮷田', '李秀英😀', '"单亲"; DROP TABLE', '50%_\\', 'ئۇيغۇر'])
      expect(lineText(100).parse(text)).toBe(text)
  })

  it('says in Chinese what to do', () => {
    expect(lineText(100).safeParse(nul).error?.issues).toMatchObject([
      { message: '内容含有无法保存的字符（控制字符等），请删除后重新填写。' },
    ])
  })
})

describe('a day, a month, a period, a year, a moment that is handed in', () => {
  const yes: [string, z.ZodType, string[]][] = [
    ['day', nouns.plainDate, ['1900-01-01', '2200-12-31', '2028-02-29']],
    ['month', nouns.plainMonth, ['1900-01', '2200-12']],
    ['period', nouns.periodText, ['1900', '2200', '2026-Q4', '2026-H1', '2026-12']],
    ['year', nouns.yearNumber, ['1900', '2026', '2200']],
    ['moment', nouns.instantText, ['1900-01-02T00:00:00Z', '2200-12-31T12:00:00.123+08:00', '2026-07-01T09:00+08:00']],
  ]
  it.each(yes)('is taken as %s within 1900 to 2200', (_name, noun, texts) => {
    for (const text of texts) expect(noun.safeParse(text).error?.issues).toBeUndefined()
  })

  const no: [string, z.ZodType, string[]][] = [
    ['day', nouns.plainDate, ['0000-01-01', '1899-12-31', '2201-01-01', '2026-02-29', '2026-13-01', '2026-1-1', '']],
    ['month', nouns.plainMonth, ['0000-01', '1899-12', '2201-01', '2026-13', '2026-00']],
    ['period', nouns.periodText, ['0000', '0000-01', '0000-Q1', '1899', '2201-H1', '2026-H2', '2026-Q5', '2026-00']],
    ['year', nouns.yearNumber, ['0', '1899', '2201', '2026.0', '1e3', ' 2026', '']],
    [
      'moment',
      nouns.instantText,
      ['0000-01-01T00:00:00Z', '2201-01-01T00:00:00Z', '2200-12-31T20:00:00Z', '+012026-07-01T00:00:00Z', '2026-07-01'],
    ],
  ]
  it.each(no)('is refused as %s outside or where there is none, once each', (_name, noun, texts) => {
    for (const text of texts) expect(noun.safeParse(text).error?.issues).toHaveLength(1)
  })
})

describe('an amount that is handed in', () => {
  it('is whole fen up to ten billion yuan', () => {
    for (const amount of [0, 1, 1_000_000_000_000]) expect(nouns.fenAmount.parse(amount)).toBe(amount)
    for (const amount of [-1, 0.5, 1_000_000_000_001, Number.MAX_SAFE_INTEGER, 1e300, Number.NaN, Infinity])
      expect(nouns.fenAmount.safeParse(amount).success).toBe(false)
  })
})

describe('what institutions send', () => {
  const item = { kind: 'INCOME', incomeKind: 'WAGE', personRef: 'p1', description: '', observedOn: '2026-11-01' }
  const answer = {
    callbackId: 'match_1',
    requestId: 'r1',
    source: 'TAX',
    answer: 'FOUND',
    items: [{ ...item, monthlyFen: 1 }],
    answeredAt: '2026-11-01T09:00:00+08:00',
    validUntil: '2026-12-01',
  }
  const news = { callbackId: 'bank_1', instructionId: 'i_1', state: 'PAID', settledAt: '2026-11-01T09:00:00+08:00' }

  it('is read by the same nouns', () => {
    expect(MatchingCallback.safeParse(answer).success).toBe(true)
    expect(BankCallback.safeParse(news).success).toBe(true)
    for (const wrong of [
      { ...item, monthlyFen: 1, observedOn: '0000-01-01' },
      { ...item, monthlyFen: 1, description: nul },
      { ...item, monthlyFen: Number.MAX_SAFE_INTEGER },
      { ...item, monthlyFen: 1, personRef: nul },
    ])
      expect(MatchingCallback.parse({ ...answer, items: [wrong] })).toMatchObject({
        items: [],
        unread: [{ raw: wrong }],
      })
    for (const wrong of [
      { ...answer, answeredAt: '0000-01-01T00:00:00Z' },
      { ...answer, validUntil: '9999-12-31' },
      { ...answer, requestId: nul },
    ])
      expect(MatchingCallback.safeParse(wrong).success).toBe(false)
    for (const wrong of [
      { ...news, settledAt: '0000-01-01T00:00:00Z' },
      { ...news, instructionId: nul },
    ])
      expect(BankCallback.safeParse(wrong).success).toBe(false)
  })

  it('adds up to no more than a hundred billion yuan', () => {
    const items = Array.from({ length: 11 }, () => ({ ...item, monthlyFen: 1_000_000_000_000 }))
    expect(MatchingCallback.parse({ ...answer, items: items.slice(1) }).unread).toEqual([])
    expect(MatchingCallback.parse({ ...answer, items }).unread).toMatchObject([{ index: 10 }])
  })
})

describe('a notice that is imported', () => {
  const day = { day: '2027-01-01', kind: 'HOLIDAY', name: '元旦' }
  const notice = { year: 2027, title: '通知', number: '国办发明电〔2026〕1号', publishedOn: '2026-11-05', days: [day] }
  const local = { place: 'xifeng', title: '通知', number: '〔2026〕1号', days: [day] }
  const messagesOf = (read: object) => ('faults' in read ? (read.faults as { message: string }[]).length : 0)
  const today = plainDate('2026-11-06')

  it('has no text that cannot be kept and no day out of reach', () => {
    for (const text of unkeepable) {
      expect(messagesOf(readLocalNotice({ ...local, title: text }))).toBe(1)
      expect(messagesOf(readLocalNotice({ ...local, days: [{ ...day, name: text }] }))).toBe(1)
      const wrong = readCalendarNotice({ ...notice, title: text }, today)
      expect(messagesOf(wrong)).toBe(messagesOf(readCalendarNotice(notice, today)) + 1)
    }
    expect(messagesOf(readLocalNotice({ ...local, days: [{ ...day, day: '0000-01-01' }] }))).toBe(1)
    expect(messagesOf(readLocalNotice(local))).toBe(0)
  })

  it('answers briefly however many days are listed', () => {
    expect(messagesOf(readLocalNotice({ ...local, days: Array(100_000).fill(0) }))).toBe(1)
    expect(messagesOf(readCalendarNotice({ ...notice, days: Array(100_000).fill(0) }, today))).toBe(1)
  })
})

describe('the institutions of the sandbox', () => {
  it('take at either counter nothing that our borders refuse', () => {
    for (const text of unkeepable) expect(sandboxNouns.text(100).safeParse(text).success).toBe(false)
    for (const day of ['0000-01-01', '1899-12-31', '2201-01-01', '2026-02-29'])
      expect(sandboxNouns.day.safeParse(day).success).toBe(false)
    for (const amount of [-1, 0.5, 1_000_000_000_001])
      expect(sandboxNouns.wholeFen.safeParse(amount).success).toBe(false)
    expect(sandboxNouns.clockOffset.safeParse({ offsetMs: Number.MAX_SAFE_INTEGER }).success).toBe(false)
  })
})
