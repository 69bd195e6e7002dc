import type { AccountKind } from '../vocabulary.ts'

declare const bankAccountNumberBrand: unique symbol

/** The number of an account that can be paid into, 8 to 32 digits: a card, a passbook or another one. */
export type BankAccountNumber = string & { readonly [bankAccountNumberBrand]: true }

export const bankAccountFaults = ['CHARACTERS', 'LENGTH'] as const
export type BankAccountFault = (typeof bankAccountFaults)[number]

/** What is wrong, as the person who typed it is told. */
export const bankAccountFaultSentences = {
  CHARACTERS: '银行账号只能是数字。',
  LENGTH: '银行账号应为8至32位数字。',
} as const satisfies Record<BankAccountFault, string>

/** What is said of a number that is taken all the same. */
export const cardNumberWarning =
  '填写的是银行卡号，但位数或者校验位不正确，请核对是否输错；如为存折或者其他账户，请更改账户种类。'

/** Reads an account number as typed: spaces between digits are cut. Answers the number, or the first thing wrong with it. */
export function readBankAccountNumber(text: string): { number: BankAccountNumber } | { fault: BankAccountFault } {
  const number = text.replaceAll(/\s/g, '')
  if (!/^\d+$/.test(number)) return { fault: 'CHARACTERS' }
  if (number.length < 8 || number.length > 32) return { fault: 'LENGTH' }
  return { number: number as BankAccountNumber }
}

/**
 * True for a number that claims to be a card's and has not 12 to 19 digits with a Luhn check digit. It may be right all the
 * same, so that nobody is turned away for it.
 *
 * Source: ISO/IEC 7812-1 annex B (Luhn).
 */
export function looksUnlikeACard(number: string, kind: AccountKind): boolean {
  return kind === 'CARD' && (number.length < 12 || number.length > 19 || !passesLuhn(number))
}

/** `6222 **** 1234`, as lists and logs may show it; of a short number no more than its last two digits. */
export function maskBankAccountNumber(number: string): string {
  return number.length < 12
    ? `**** ${tailOfAccountNumber(number)}`
    : `${number.slice(0, 4)} **** ${tailOfAccountNumber(number)}`
}

/** The last digits, by which people tell accounts apart: never most of a short number. */
export function tailOfAccountNumber(number: string): string {
  return number.slice(number.length < 12 ? -2 : -4)
}

/** True when the last digit is the Luhn check digit of those before it. */
export function passesLuhn(digits: string): boolean {
  const total = Array.from(digits)
    .reverse()
    .reduce((subtotal, digit, index) => {
      const value = Number(digit) * (index % 2 === 1 ? 2 : 1)
      return subtotal + (value > 9 ? value - 9 : value)
    }, 0)
  return total % 10 === 0
}
