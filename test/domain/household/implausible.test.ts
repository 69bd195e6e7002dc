import { describe, expect, it } from 'vitest'
import type { Sex } from '../../../domain/household/identity-number.ts'
import { implausibleIn } from '../../../domain/household/implausible.ts'
import { plainDate } from '../../../domain/time/plain-date.ts'
import type { Relation } from '../../../domain/vocabulary.ts'

const on = plainDate('2026-11-26')
const born = (relation: Relation, birthDate: string, sex: Sex = 'FEMALE') => ({
  relation,
  birthDate: plainDate(birthDate),
  sex,
})
const applicant = born('APPLICANT', '1980-06-01', 'MALE')
const told = (member: ReturnType<typeof born>) => implausibleIn([applicant, member], on).map(({ path }) => path[1])

describe('what is implausible in a household', () => {
  it.each([
    [born('SPOUSE', '2014-01-01'), 1],
    [born('SPOUSE', '1982-01-01', 'MALE'), 1],
    [born('CHILD', '1994-05-31'), 1],
    [born('CHILD', '1979-01-01'), 1],
    [born('PARENT', '1966-06-02'), 1],
    [born('GRANDPARENT', '1953-01-01'), 1],
    [born('GRANDCHILD', '2008-05-31'), 1],
    [born('SIBLING', '1900-01-01'), 1],
  ])('is told: %o', (member, index) => {
    expect(told(member)).toEqual([index])
  })

  it.each([
    [born('SPOUSE', '1985-01-01')],
    [born('CHILD', '1994-06-02')],
    [born('PARENT', '1966-05-31')],
    [born('GRANDPARENT', '1940-01-01')],
    [born('GRANDCHILD', '2008-06-02')],
    [born('SIBLING', '1999-01-01')],
  ])('is nothing about: %o', (member) => {
    expect(told(member)).toEqual([])
  })

  it('is an applicant who is a minor', () => {
    expect(implausibleIn([born('APPLICANT', '2010-01-01')], on)).toMatchObject([{ path: ['members', 0] }])
  })
})
