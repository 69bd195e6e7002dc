declare const mobileNumberBrand: unique symbol

/** A mainland mobile number, eleven digits. */
export type MobileNumber = string & { readonly [mobileNumberBrand]: true }

export const mobileNumberFaultSentence = '手机号码应为11位，以1开头，第二位为3至9。'

/** Reads a mobile number as typed: spaces and hyphens cut, a leading +86 too. Undefined when it is none. */
export function readMobileNumber(text: string): MobileNumber | undefined {
  const number = text.replaceAll(/[\s-]/g, '').replace(/^(?:\+|00)86/, '')
  return /^1[3-9]\d{9}$/.test(number) ? (number as MobileNumber) : undefined
}

/** `138****5678`, as lists and logs may show it. */
export function maskMobileNumber(number: string): string {
  return `${number.slice(0, 3)}****${number.slice(-4)}`
}
