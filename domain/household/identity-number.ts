import { isPlainDate, type PlainDate } from '../time/plain-date.ts'

declare const identityNumberBrand: unique symbol

/**
 * The number by which a person is known: a citizen's identity number (公民身份号码), or that of the document that stands in its
 * place. Letters in upper case.
 */
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

/** Documents by which somebody may belong to a household: nobody is refused for having another than most. */
export const documentKinds = [
  'RESIDENT_ID',
  'RESIDENCE_PERMIT',
  'PERMANENT_RESIDENT_CARD',
  'BIRTH_CERTIFICATE',
] as const
export type DocumentKind = (typeof documentKinds)[number]

const olderPermanentCard = /^[A-Z]{3}\d{12}$/
const birthCertificate = /^[A-Z]\d{9}$/

/**
 * Which document a number is of. Residence permits of people from Hong Kong, Macao and Taiwan begin with 81, 82 and 83;
 * permanent residence cards of 2023 with 9, those before have three letters and twelve digits. A newborn without a number is
 * known by the birth certificate (出生医学证明).
 */
export function documentKindOf(number: IdentityNumber): DocumentKind {
  if (birthCertificate.test(number)) return 'BIRTH_CERTIFICATE'
  if (olderPermanentCard.test(number) || number.startsWith('9')) return 'PERMANENT_RESIDENT_CARD'
  return /^8[123]/.test(number) ? 'RESIDENCE_PERMIT' : 'RESIDENT_ID'
}

/** Reads the number of any document of a member, as typed. Answers the number, or the first thing wrong with it. */
export function readDocumentNumber(text: string): { number: IdentityNumber } | { fault: IdentityNumberFault } {
  const number = text.trim().toUpperCase()
  if (birthCertificate.test(number)) return { number: number as IdentityNumber }
  if (olderPermanentCard.test(number)) {
    // The day of birth in six digits; the century is not told.
    const isDay = ['19', '20'].some((century) => isPlainDate(dayIn(`${century}${number.slice(7, 13)}`)))
    return isDay ? { number: number as IdentityNumber } : { fault: 'BIRTHDAY' }
  }
  return readIdentityNumber(number)
}

/** Whether a day of birth is the one that an older permanent residence card tells in six digits; true of every other number. */
export function agreesWithBirthDate(number: IdentityNumber, birthDate: PlainDate): boolean {
  return !olderPermanentCard.test(number) || birthDate.slice(2).replaceAll('-', '') === number.slice(7, 13)
}

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

/** True for a number exactly as `readDocumentNumber` answers it. */
export function isIdentityNumber(text: string): text is IdentityNumber {
  const read = readDocumentNumber(text)
  return 'number' in read && read.number === text
}

/** The day of birth that a number tells; null where it is typed instead. */
export function birthDateOf(number: IdentityNumber): PlainDate | null {
  return number.length === 18 ? (birthdayIn(number) as PlainDate) : null
}

/** The sex that a number tells; null where it is typed instead. */
export function sexOf(number: IdentityNumber): Sex | null {
  if (number.length !== 18) return null
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
  // A permanent residence card of 2023 begins with 9 and the place that issued it.
  if (!number.startsWith('9') && !provinces.has(number.slice(0, 2))) return 'PROVINCE'
  const birthday = birthdayIn(number)
  if (!isPlainDate(birthday) || birthday < '1850') return 'BIRTHDAY'
  if (number[17] !== checkCharacterOf(number)) return 'CHECKSUM'
  return today !== undefined && birthday > today ? 'FUTURE_BIRTHDAY' : undefined
}

function birthdayIn(number: string): string {
  return dayIn(number.slice(6, 14))
}

function dayIn(digits: string): string {
  return `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6, 8)}`
}

/** The last character that belongs to the seventeen digits a number begins with. */
export function checkCharacterOf(number: string): string {
  const total = weights.reduce((subtotal, weight, index) => subtotal + weight * Number(number[index]), 0)
  return checkCharacters[total % 11] as string
}
