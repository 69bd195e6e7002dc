import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import validator from 'validator'
import {
  agreesWithBirthDate,
  birthDateOf,
  checkCharacterOf,
  documentKindOf,
  type IdentityNumber,
  isIdentityNumber,
  maskIdentityNumber,
  readDocumentNumber,
  readIdentityNumber,
  sexOf,
} from '../../../domain/household/identity-number.ts'
import { addDays, plainDate } from '../../../domain/time/plain-date.ts'

const today = plainDate('2026-11-23')

// Weights computed as powers of two, so that the test does not repeat the table it checks.
function withCheckCharacter(first17: string): string {
  const total = Array.from(first17).reduce(
    (subtotal, digit, index) => subtotal + Number(digit) * (2 ** (17 - index) % 11),
    0,
  )
  return first17 + '10X98765432'.charAt(total % 11)
}

const validNumber = fc
  .tuple(
    fc.constantFrom('110105', '320681', '621002', '440305', '500101', '650102'),
    fc.integer({ min: 0, max: 40_000 }).map((days) => addDays(plainDate('1917-01-01'), days)),
    fc.integer({ min: 0, max: 999 }).map((order) => String(order).padStart(3, '0')),
  )
  .map(([place, birthday, order]) => withCheckCharacter(place + birthday.replaceAll('-', '') + order))

describe('identity number', () => {
  it('accepts what validator accepts', () => {
    fc.assert(
      fc.property(validNumber, (number) => {
        expect(validator.isIdentityCard(number, 'zh-CN')).toBe(true)
        expect(isIdentityNumber(number)).toBe(true)
        expect(birthDateOf(number as never)?.replaceAll('-', '')).toBe(number.slice(6, 14))
      }),
      { numRuns: 500 },
    )
  })

  it('refuses every change of one digit', () => {
    fc.assert(
      fc.property(validNumber, fc.integer({ min: 0, max: 16 }), fc.integer({ min: 1, max: 9 }), (number, at, shift) => {
        const digit = String((Number(number[at]) + shift) % 10)
        expect(isIdentityNumber(number.slice(0, at) + digit + number.slice(at + 1))).toBe(false)
      }),
    )
  })

  it('raises a small x and cuts outer spaces', () => {
    expect(readIdentityNumber(' 11010519491231002x ')).toEqual({ number: '11010519491231002X' })
  })

  it.each([
    ['LENGTH', '110105491231002'],
    ['CHARACTERS', '1101051949123100XX'],
    ['PROVINCE', withCheckCharacter('17010519491231002')],
    ['BIRTHDAY', withCheckCharacter('11010520230230002')],
    ['FUTURE_BIRTHDAY', withCheckCharacter('11010520261124002')],
    ['CHECKSUM', '110105194912310021'],
  ])('names the fault %s', (fault, number) => {
    expect(readIdentityNumber(number, today)).toEqual({ fault })
  })

  it.each(['81000019900101001', '82000019900101001', '83000019900101001'])(
    'accepts residence permits (%s)',
    (first17) => {
      expect(isIdentityNumber(withCheckCharacter(first17))).toBe(true)
    },
  )

  it('knows the sex and hides the middle', () => {
    const number = readIdentityNumber('11010519491231002X')
    if (!('number' in number)) throw new Error('expected a number')
    expect(sexOf(number.number)).toBe('FEMALE')
    expect(maskIdentityNumber(number.number)).toBe('110***************')
  })
})

describe('a document', () => {
  const withCheck = (digits: string) => digits + checkCharacterOf(digits)

  it.each([
    ['11010519491231002X', 'RESIDENT_ID'],
    [withCheck('81000019800101001'), 'RESIDENCE_PERMIT'],
    [withCheck('83000019800101001'), 'RESIDENCE_PERMIT'],
    [withCheck('91115619800101001'), 'PERMANENT_RESIDENT_CARD'],
    ['USA110080010112', 'PERMANENT_RESIDENT_CARD'],
    ['V620012345', 'BIRTH_CERTIFICATE'],
  ] as const)('of number %s is a %s', (typed, kind) => {
    const read = readDocumentNumber(` ${typed.toLowerCase()} `)
    expect(read).toEqual({ number: typed })
    expect(isIdentityNumber(typed) && documentKindOf(typed)).toBe(kind)
  })

  it('of another shape, or with a wrong check character or day, is none', () => {
    for (const typed of ['911156198001010010', 'USA110081310112', 'US1100800101123', 'V62001234', '62001234567'])
      expect(readDocumentNumber(typed)).toHaveProperty('fault')
  })

  it('tells day of birth and sex where its number does, and is held against what is typed', () => {
    const card = 'USA110080010112' as IdentityNumber
    expect([birthDateOf(card), sexOf(card)]).toEqual([null, null])
    expect(agreesWithBirthDate(card, plainDate('1980-01-01'))).toBe(true)
    expect(agreesWithBirthDate(card, plainDate('1980-01-02'))).toBe(false)
  })
})
