import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allocate, amountInWords, fen, formatYuan, NotAllocatable, NotFen, sum, yuan } from '../../domain/money.ts'

const anyAmount = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER })

describe('fen', () => {
  it.each([0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])('refuses %d', (value) => {
    expect(() => fen(value)).toThrow(NotFen)
  })

  it('reads yuan with two decimals and no more', () => {
    expect(yuan(1.15)).toBe(115)
    expect(yuan(1894)).toBe(189_400)
    expect(() => yuan(1.005)).toThrow(NotFen)
  })

  it('refuses a sum that no longer fits', () => {
    expect(() => sum([Number.MAX_SAFE_INTEGER, 1])).toThrow(NotFen)
  })

  it.each([
    [0, '0.00'],
    [5, '0.05'],
    [123_400, '1,234.00'],
    [-123_456_789, '-1,234,567.89'],
  ])('writes %i fen as %s', (amount, text) => {
    expect(formatYuan(amount)).toBe(text)
  })
})

describe('allocation', () => {
  it('gives the fen left over to the largest remainders', () => {
    expect(allocate(fen(100), [1, 1, 1])).toEqual([34, 33, 33])
    expect(allocate(fen(100), [1, 2, 4])).toEqual([14, 29, 57])
    expect(() => allocate(fen(100), [0, 0])).toThrow(NotAllocatable)
    expect(() => allocate(fen(100), [])).toThrow(NotAllocatable)
  })

  it('loses and invents nothing, and is off by less than a fen for each part', () => {
    const weights = fc
      .array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 12 })
      .filter((list) => list.some((weight) => weight > 0))
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), weights, (amount, list) => {
        const parts = allocate(fen(amount), list)
        const total = list.reduce((a, b) => a + b, 0)
        expect(sum(parts)).toBe(amount)
        parts.forEach((part, index) => {
          expect(Math.abs(part - (amount * (list[index] as number)) / total)).toBeLessThan(1.001)
        })
      }),
    )
  })
})

describe('amount in words', () => {
  it.each([
    [0, '零元整'],
    [1, '壹分'],
    [50, '伍角整'],
    [203, '贰元零叁分'],
    [1000, '壹拾元整'],
    [100_500, '壹仟零伍元整'],
    [140_950, '壹仟肆佰零玖元伍角整'],
    [600_714, '陆仟零柒元壹角肆分'],
    [1_640_902, '壹万陆仟肆佰零玖元零贰分'],
    [10_000_000, '壹拾万元整'],
    [1_000_000_000, '壹仟万元整'],
    [10_000_000_500, '壹亿零伍元整'],
    [1_000_100_000_000, '壹佰亿零壹佰万元整'],
    [100_000_000_000_000, '壹万亿元整'],
    [-50, '负伍角整'],
    [Number.MAX_SAFE_INTEGER, '玖拾万零柒佰壹拾玖亿玖仟贰佰伍拾肆万柒仟肆佰零玖元玖角壹分'],
  ])('%i fen', (amount, words) => {
    expect(amountInWords(amount)).toBe(words)
  })

  it('can be read back to the same amount', () => {
    fc.assert(fc.property(anyAmount, (amount) => readBack(amountInWords(amount)) === amount))
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000_000 }), (amount) => readBack(amountInWords(amount)) === amount),
    )
  })

  it('never writes two zeros in a row, nor one before a unit', () => {
    fc.assert(fc.property(anyAmount, (amount) => !/零零|零[拾佰仟万亿角分]/.test(amountInWords(amount))))
  })
})

function readBack(words: string): number {
  const [whole, rest] = words.includes('元') ? (words.split('元') as [string, string]) : ['', words]
  const digitBefore = (unit: string) => '零壹贰叁肆伍陆柒捌玖'.indexOf(rest.charAt(rest.indexOf(unit) - 1))
  const jiao = rest.includes('角') ? digitBefore('角') : 0
  const fens = rest.includes('分') ? digitBefore('分') : 0
  return Number(readInteger(whole)) * 100 + jiao * 10 + fens
}

function readInteger(words: string): bigint {
  const units: [string, bigint][] = [
    ['亿', 100_000_000n],
    ['万', 10_000n],
    ['仟', 1000n],
    ['佰', 100n],
    ['拾', 10n],
  ]
  for (const [unit, value] of units) {
    const at = words.lastIndexOf(unit)
    if (at >= 0) return readInteger(words.slice(0, at)) * value + readInteger(words.slice(at + 1))
  }
  return BigInt(Math.max(0, '零壹贰叁肆伍陆柒捌玖'.indexOf(words.replaceAll('零', '').charAt(0) || '零')))
}
