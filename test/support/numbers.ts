import { createHash } from 'node:crypto'

export type Sex = 'MALE' | 'FEMALE'

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const checkCharacters = '10X98765432'
const xifeng = '621002'

/** An invented identity number of Xifeng with a right check character (GB 11643); the same seed gives the same one. */
export function anIdentityNumber(input: { seed: string; bornFrom: number; bornUntil: number; sex: Sex }): string {
  const { seed, bornFrom, bornUntil, sex } = input
  const year = bornFrom + draw(seed, 'year', bornUntil - bornFrom + 1)
  const month = twoDigits(1 + draw(seed, 'month', 12))
  const day = twoDigits(1 + draw(seed, 'day', 28))
  const order = String(2 * draw(seed, 'order', 500) + (sex === 'MALE' ? 1 : 0)).padStart(3, '0')
  const digits = `${xifeng}${year}${month}${day}${order}`
  const total = weights.reduce((subtotal, weight, index) => subtotal + weight * Number(digits[index]), 0)
  return digits + checkCharacters[total % 11]
}

/** An invented card number of nineteen digits with a right check digit (Luhn). */
export function anAccountNumber(seed: string): string {
  const body = `621779${Array.from({ length: 12 }, (_, index) => draw(seed, `card ${index}`, 10)).join('')}`
  const total = Array.from(body)
    .reverse()
    .reduce((subtotal, digit, index) => {
      const value = Number(digit) * (index % 2 === 0 ? 2 : 1)
      return subtotal + (value > 9 ? value - 9 : value)
    }, 0)
  return body + String((10 - (total % 10)) % 10)
}

function draw(seed: string, what: string, below: number): number {
  return createHash('sha256').update(`${seed}|${what}`).digest().readUInt32BE(0) % below
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0')
}
