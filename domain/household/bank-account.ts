declare const bankAccountNumberBrand: unique symbol

/** The number of a bank card, 12 to 19 digits with a Luhn check digit. */
export type BankAccountNumber = string & { readonly [bankAccountNumberBrand]: true }

export const bankAccountFaults = ['CHARACTERS', 'LENGTH', 'CHECKSUM'] as const
export type BankAccountFault = (typeof bankAccountFaults)[number]

/** What is wrong, as the person who typed it is told. */
export const bankAccountFaultSentences = {
  CHARACTERS: '银行账号只能是数字。',
  LENGTH: '银行账号应为12至19位数字。',
  CHECKSUM: '银行账号校验位不正确，请核对是否输错。',
} as const satisfies Record<BankAccountFault, string>

/**
 * Reads a card number as typed: spaces between digits are cut. Answers the number, or the first thing wrong with it.
 *
 * Source: ISO/IEC 7812-1 annex B (Luhn).
 */
export function readBankAccountNumber(text: string): { number: BankAccountNumber } | { fault: BankAccountFault } {
  const number = text.replaceAll(/\s/g, '')
  if (!/^\d+$/.test(number)) return { fault: 'CHARACTERS' }
  if (number.length < 12 || number.length > 19) return { fault: 'LENGTH' }
  if (!passesLuhn(number)) return { fault: 'CHECKSUM' }
  return { number: number as BankAccountNumber }
}

/** `6222 **** 1234`, as lists and logs may show it. */
export function maskBankAccountNumber(number: string): string {
  return `${number.slice(0, 4)} **** ${number.slice(-4)}`
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
