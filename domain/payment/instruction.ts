import type { PlainMonth } from '../time/plain-date.ts'
import type { Programme } from '../vocabulary.ts'

/**
 * What is paid once: one benefit, programme, month and instalment. Arrears of a month already paid are a further
 * instalment of it.
 */
export type PaymentLine = { benefitId: string; programme: Programme; month: PlainMonth; instalment: number }

/** A number that is not 1, 2, 3 and so on. */
export class NotAnOrdinal extends Error {
  override name = 'NotAnOrdinal'
  constructor(what: string, value: number) {
    super(`Expected ${what} to be a whole number from 1, got ${value}.`)
  }
}

/** The key of a line, the same whenever and by whomever it is computed; safe in a URL. Throws `NotAnOrdinal`. */
export function paymentLineKey({ benefitId, programme, month, instalment }: PaymentLine): string {
  return [programme, month, ordinal('instalment', instalment), benefitId].join('-')
}

/**
 * The number that the bank sees. Sending it again is the same instruction; only a settled return gets the next issue of
 * its line. Throws `NotAnOrdinal`.
 */
export function instructionNumber({ lineId, issue }: { lineId: string; issue: number }): string {
  return `${lineId}_${ordinal('issue', issue)}`
}

function ordinal(what: string, value: number): number {
  if (!Number.isSafeInteger(value) || value < 1) throw new NotAnOrdinal(what, value)
  return value
}
