import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import validator from 'validator'
import {
  looksUnlikeACard,
  maskBankAccountNumber,
  passesLuhn,
  readBankAccountNumber,
  tailOfAccountNumber,
} from '../../../domain/household/bank-account.ts'
import { maskMobileNumber, readMobileNumber } from '../../../domain/household/mobile-number.ts'

const digits = fc.string({ unit: fc.constantFrom(...'0123456789'.split('')), minLength: 12, maxLength: 19 })

describe('bank account number', () => {
  it('agrees with validator on the check digit', () => {
    fc.assert(
      fc.property(digits, (text) => passesLuhn(text) === validator.isLuhnNumber(text)),
      { numRuns: 3000 },
    )
  })

  it.each([
    ['CHARACTERS', '6222-0200'],
    ['CHARACTERS', ''],
    ['LENGTH', '6222020'],
    ['LENGTH', '6'.repeat(33)],
  ])('names the fault %s', (fault, text) => {
    expect(readBankAccountNumber(text)).toEqual({ fault })
  })

  it('of a passbook is taken from 8 digits to 32, and never held to the check digit of cards', () => {
    for (const number of ['62220200', '6222020000000000001', '6'.repeat(32)]) {
      expect(readBankAccountNumber(number)).toEqual({ number })
      expect(looksUnlikeACard(number, 'PASSBOOK')).toBe(false)
      expect(looksUnlikeACard(number, 'CARD')).toBe(true)
    }
    expect(looksUnlikeACard('6222021234567890128', 'CARD')).toBe(false)
  })

  it('is never shown for the most part, however short it is', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'0123456789'.split('')), minLength: 8, maxLength: 32 }),
        (number) => {
          const shown = maskBankAccountNumber(number).replaceAll(/\D/g, '').length
          expect(shown).toBeLessThanOrEqual((number.length * 2) / 3)
          expect(tailOfAccountNumber(number).length).toBeLessThanOrEqual(number.length / 3)
        },
      ),
    )
    expect(maskBankAccountNumber('62220200')).toBe('**** 00')
  })

  it('cuts spaces', () => {
    expect(readBankAccountNumber('6222 0212 3456 7890 128')).toEqual({ number: '6222021234567890128' })
    expect(maskBankAccountNumber('6222021234567890128')).toBe('6222 **** 0128')
  })
})

describe('mobile number', () => {
  it.each([
    ['13800138000', '13800138000'],
    ['+86 138-0013-8000', '13800138000'],
    ['12800138000', undefined],
    ['1380013800', undefined],
  ])('%s', (text, expected) => {
    expect(readMobileNumber(text)).toBe(expected)
  })

  it('is shown with its middle hidden', () => {
    expect(maskMobileNumber('13800138000')).toBe('138****8000')
  })
})
