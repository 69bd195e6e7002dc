import { describe, expect, it } from 'vitest'
import { countedMembers, type HouseholdMember } from '../../../domain/household/household.ts'
import { plainDate } from '../../../domain/time/plain-date.ts'
import { aMember, householdOf, today } from './a-household.ts'

describe('members counted (57 Art. 7)', () => {
  it.each([
    ['the applicant', { relation: 'APPLICANT' }, true],
    ['a spouse who works elsewhere', { relation: 'SPOUSE', residesInHousehold: false }, true],
    [
      'a minor child at boarding school',
      { relation: 'CHILD', birthDate: plainDate('2010-01-01'), residesInHousehold: false },
      true,
    ],
    [
      'an adult student away from home',
      { relation: 'CHILD', residesInHousehold: false, dependentAdultChild: true },
      true,
    ],
    ['an adult child with a household of their own', { relation: 'CHILD', residesInHousehold: false }, false],
    ['a parent who lives here', { relation: 'PARENT' }, true],
    ['a parent who lives elsewhere', { relation: 'PARENT', residesInHousehold: false }, false],
    ['a spouse in prison', { relation: 'SPOUSE', exclusion: 'IMPRISONED' }, false],
    ['a child declared missing', { relation: 'CHILD', exclusion: 'DECLARED_MISSING' }, false],
    ['a sibling away as clergy', { relation: 'SIBLING', exclusion: 'CLERGY_AWAY' }, false],
    ['a parent in compulsory treatment', { relation: 'PARENT', exclusion: 'COMPULSORY_TREATMENT' }, false],
  ] satisfies [string, Partial<HouseholdMember>, boolean][])('%s: %o is %s', (_, member, counted) => {
    expect(countedMembers(householdOf([aMember('p1', member)]), today)).toHaveLength(counted ? 1 : 0)
  })

  it('stops counting a child elsewhere on the eighteenth birthday', () => {
    const child = aMember('p1', { relation: 'CHILD', birthDate: plainDate('2008-11-23'), residesInHousehold: false })
    expect(countedMembers(householdOf([child]), plainDate('2026-11-22'))).toHaveLength(1)
    expect(countedMembers(householdOf([child]), plainDate('2026-11-23'))).toHaveLength(0)
  })
})
