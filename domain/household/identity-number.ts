import { isPlainDate, type PlainDate } from '../time/plain-date.ts'

declare const identityNumberBrand: unique symbol

/** A citizen's identity number (公民身份号码), eighteen characters, a closing X in upper case. */
export type IdentityNumber = string & { readonly [identityNumberBrand]: true }

export const identityNumberFaults = [
  'LENGTH',
  'CHARACTERS',
  'PROVINCE',
  'BIRTHDAY',
  'FUTURE_BIRTHDAY',
  'CHECKSUM',
] as const
export type IdentityNumberFault = (typeof identityNumberFaults)[number]

/** What is wrong, as the person who typed it is told. */
export const identityNumberFaultSentences = {
  LENGTH: '身份证号码应为18位。',
  CHARACTERS: '身份证号码前17位应为数字，最后一位应为数字或X。',
  PROVINCE: '身份证号码前两位不是有效的省级代码。',
  BIRTHDAY: '身份证号码中的出生日期不存在。',
  FUTURE_BIRTHDAY: '身份证号码中的出生日期晚于今天。',
  CHECKSUM: '身份证号码校验位不正确，请核对是否输错。',
} as const satisfies Record<IdentityNumberFault, string>

export const sexes = ['FEMALE', 'MALE'] as const
export type Sex = (typeof sexes)[number]

// @NOTE Only the province is checked: the other four digits of the place may be a code that was abolished since. 81, 82
// and 83 begin the residence permits of people from Hong Kong, Macao and Taiwan.
const provinces = new Set(
  '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83'.split(' '),
)
const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const
const checkCharacters = '10X98765432'

/**
 * Reads an identity number as typed: outer spaces cut, `x` raised. Answers the number, or the first thing wrong with it.
 * With `today`, a birthday after it is a fault.
 *
 * Source: GB 11643.
 */
export function readIdentityNumber(
  text: string,
  today?: PlainDate,
): { number: IdentityNumber } | { fault: IdentityNumberFault } {
  const number = text.trim().toUpperCase()
  const fault = faultOf(number, today)
  return fault ? { fault } : { number: number as IdentityNumber }
}

/** True for a number exactly as `readIdentityNumber` answers it. */
export function isIdentityNumber(text: string): text is IdentityNumber {
  return faultOf(text) === undefined
}

export function birthDateOf(number: IdentityNumber): PlainDate {
  return birthdayIn(number) as PlainDate
}

export function sexOf(number: IdentityNumber): Sex {
  return Number(number[16]) % 2 === 1 ? 'MALE' : 'FEMALE'
}

/**
 * `110***************`, as views show it. What an answer tells beside it (place, birthday, sex) is all of a number but the
 * last four characters, so these are never shown: with them, the rest could be put together.
 */
export function maskIdentityNumber(number: string): string {
  return `${number.slice(0, 3)}${'*'.repeat(Math.max(0, number.length - 3))}`
}

function faultOf(number: string, today?: PlainDate): IdentityNumberFault | undefined {
  if (number.length !== 18) return 'LENGTH'
  if (!/^\d{17}[\dX]$/.test(number)) return 'CHARACTERS'
  if (!provinces.has(number.slice(0, 2))) return 'PROVINCE'
  const birthday = birthdayIn(number)
  if (!isPlainDate(birthday) || birthday < '1850') return 'BIRTHDAY'
  if (number[17] !== checkCharacterOf(number)) return 'CHECKSUM'
  return today !== undefined && birthday > today ? 'FUTURE_BIRTHDAY' : undefined
}

function birthdayIn(number: string): string {
  return `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`
}

/** The last character that belongs to the seventeen digits a number begins with. */
export function checkCharacterOf(number: string): string {
  const total = weights.reduce((subtotal, weight, index) => subtotal + weight * Number(number[index]), 0)
  return checkCharacters[total % 11] as string
}
