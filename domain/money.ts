declare const fenBrand: unique symbol

/** Whole fen (分); one yuan is 100 fen. Always a safe integer, which holds 90 trillion yuan. */
export type Fen = number & { readonly [fenBrand]: true }

const digits = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'] as const
const places = ['', '拾', '佰', '仟'] as const
const groups = ['', '万', '亿', '万亿'] as const

/** The most that one amount handed in may be (ten billion yuan), and the most that amounts handed in together may be. */
export const mostFen = 1_000_000_000_000
export const mostFenInAll = 10 * mostFen

/** A number that is not a whole amount of fen. */
export class NotFen extends Error {
  override name = 'NotFen'
  constructor(value: unknown) {
    super(`Expected a whole number of fen that a safe integer can hold, got ${String(value)}.`)
  }
}

/** Shares that cannot be allocated: none at all, or a weight below zero. */
export class NotAllocatable extends Error {
  override name = 'NotAllocatable'
  constructor(weights: readonly number[]) {
    super(`Expected one or more whole weights of zero or above, not all zero, got [${weights.join(', ')}].`)
  }
}

/** Reads an amount in fen. Throws `NotFen`. */
export function fen(value: number): Fen {
  if (!Number.isSafeInteger(value)) throw new NotFen(value)
  // -0 would be written as "-0.00".
  return (value + 0) as Fen
}

/** An amount given in yuan with at most two decimals. Throws `NotFen` for more. */
export function yuan(value: number): Fen {
  const cents = Math.round(value * 100)
  if (cents / 100 !== value) throw new NotFen(`${value} yuan`)
  return fen(cents)
}

export const zeroFen: Fen = fen(0)

/** Throws `NotFen` when the sum no longer fits. */
export function sum(amounts: readonly number[]): Fen {
  return fen(amounts.reduce((total, amount) => fen(total + amount), 0))
}

/** True while amounts handed in together stay within `mostFenInAll`; what is no number does not count. */
export function isWithinMostInAll(amounts: readonly unknown[]): boolean {
  let total = 0
  for (const amount of amounts) if (typeof amount === 'number') total += amount
  return total <= mostFenInAll
}

/** `1,234.00`. */
export function formatYuan(amount: number): string {
  const absolute = Math.abs(fen(amount))
  const whole = String(Math.floor(absolute / 100)).replace(/\B(?=(\d{3})+$)/g, ',')
  return `${amount < 0 ? '-' : ''}${whole}.${String(absolute % 100).padStart(2, '0')}`
}

/**
 * Divides an amount by weights so that the parts sum to it exactly: fens left over go to the largest remainders, and
 * among equals to the earlier part. Throws `NotAllocatable`.
 */
export function allocate(amount: Fen, weights: readonly number[]): Fen[] {
  const allowed = weights.every((weight) => Number.isSafeInteger(weight) && weight >= 0)
  const total = weights.reduce((subtotal, weight) => subtotal + weight, 0)
  if (!allowed || total === 0) throw new NotAllocatable(weights)

  // BigInt, because amount × weight may leave the safe integers.
  const products = weights.map((weight) => BigInt(amount) * BigInt(weight))
  const floors = products.map((product) => floorDivide(product, BigInt(total)))
  const remainders = products.map((product, index) => product - (floors[index] as bigint) * BigInt(total))
  const leftOver = BigInt(amount) - floors.reduce((subtotal, part) => subtotal + part, 0n)
  const byRemainder = remainders
    .map((remainder, index) => ({ remainder, index }))
    .sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1))
  const favoured = new Set(byRemainder.slice(0, Number(leftOver)).map(({ index }) => index))
  return floors.map((part, index) => fen(Number(part) + (favoured.has(index) ? 1 : 0)))
}

/**
 * An amount of fen as cheques and receipts spell it: `壹仟零伍元整`, `贰元零叁分`, `负伍角整`.
 *
 * Source: 支付结算办法, annex 1 (正确填写票据和结算凭证的基本规定), Art. 1-3.
 */
export function amountInWords(amount: number): string {
  const absolute = Math.abs(fen(amount))
  const yuan = Math.floor(absolute / 100)
  const jiao = Math.floor(absolute / 10) % 10
  const fens = absolute % 10

  const whole = yuan > 0 ? `${integerInWords(yuan)}元` : ''
  const sign = amount < 0 ? '负' : ''
  if (jiao === 0 && fens === 0) return `${sign}${whole || '零元'}整`
  const gap = whole && jiao === 0 ? '零' : ''
  const jiaoText = jiao > 0 ? `${digits[jiao]}角` : ''
  const fenText = fens > 0 ? `${digits[fens]}分` : '整'
  return `${sign}${whole}${gap}${jiaoText}${fenText}`
}

/** Groups of four digits from the left; one 零 stands for any run of zeros that has something after it. */
function integerInWords(value: number): string {
  let words = ''
  let zeroPending = false
  for (let group = 3; group >= 0; group -= 1) {
    const part = Math.floor(value / 10_000 ** group) % 10_000
    if (part === 0) {
      zeroPending ||= words !== ''
      continue
    }
    if (words !== '' && (zeroPending || part < 1000)) words += '零'
    words += groupInWords(part) + groupName(group, value)
    zeroPending = false
  }
  return words
}

/** 万 above 亿 is written 万 when 亿 follows from its own group, else 万亿. */
function groupName(group: number, value: number): string {
  const yiFollows = group === 3 && Math.floor(value / 10_000 ** 2) % 10_000 > 0
  return yiFollows ? '万' : (groups[group] as string)
}

function groupInWords(part: number): string {
  let words = ''
  let zeroPending = false
  for (let place = 3; place >= 0; place -= 1) {
    const digit = Math.floor(part / 10 ** place) % 10
    if (digit === 0) {
      zeroPending ||= words !== ''
      continue
    }
    words += (zeroPending ? '零' : '') + digits[digit] + places[place]
    zeroPending = false
  }
  return words
}

function floorDivide(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor
  return dividend < 0n && quotient * divisor !== dividend ? quotient - 1n : quotient
}
