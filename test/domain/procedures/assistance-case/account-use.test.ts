import { describe, expect, it } from 'vitest'
import type { AccountUse } from '../../../../domain/procedures/assistance-case/circumstances.ts'
import { plainDate } from '../../../../domain/time/plain-date.ts'
import { ACase, cast } from './a-case.ts'

const alone: AccountUse = { households: 0, otherCounty: null, keptHouseholds: 0, agreementMissing: false }
const used = (use: Partial<AccountUse>) => ({ circumstances: { accountUse: { ...alone, ...use } } })

describe.each([
  ['another household of the county', { households: 1 }],
  ['a household of another county', { otherCounty: '崇川区民政局' }],
  ['more households than one hand may keep', { keptHouseholds: 3 }],
])('an account that serves %s', (_, use) => {
  it('is explained before the opinion', () => {
    const aCase = new ACase().surveyed()
    expect(aCase.act(cast.leader, 'GIVE_OPINION', used(use))).toBe('accountShared')
    expect(aCase.act(cast.leader, 'EXPLAIN_ACCOUNT')).toBe('notYourRole')
    expect(aCase.act(cast.handler, 'EXPLAIN_ACCOUNT', { circumstances: { papers: [] } })).toBe('paperMissing')
    expect(aCase.act(cast.handler, 'EXPLAIN_ACCOUNT', { details: { accountId: 'a9' } })).toBe('accountChangedSinceSeen')
    expect(aCase.act(cast.handler, 'EXPLAIN_ACCOUNT')).toBe('FILED')
    expect(aCase.act(cast.leader, 'GIVE_OPINION', used(use))).toBe('FILED')
  })

  it('keeps nobody from disagreeing', () => {
    const details = { agrees: false, assessmentId: 'as1', category: null, unknownSources: [] }
    expect(new ACase().surveyed().act(cast.leader, 'GIVE_OPINION', { details, ...used(use) })).toBe('FILED')
  })

  it('is explained before money is let go, where it has come to serve others since', () => {
    const aCase = new ACase().confirmed()
    aCase.today = plainDate('2026-04-01')
    aCase.act(cast.finance, 'PREPARE_PAYMENT')
    expect(aCase.act(cast.otherFinance, 'RELEASE_PAYMENT', used(use))).toBe('accountShared')
    expect(aCase.act(cast.handler, 'EXPLAIN_ACCOUNT')).toBe('FILED')
    expect(aCase.act(cast.otherFinance, 'RELEASE_PAYMENT', used(use))).toBe('FILED')
  })
})

describe('an account in the hand of another', () => {
  it('needs the written agreement, whatever else is signed', () => {
    const aCase = new ACase().surveyed()
    aCase.act(cast.handler, 'EXPLAIN_ACCOUNT')
    expect(aCase.act(cast.leader, 'GIVE_OPINION', used({ keptHouseholds: 1, agreementMissing: true }))).toBe(
      'keeperAgreementMissing',
    )
    expect(aCase.act(cast.leader, 'GIVE_OPINION', used({ keptHouseholds: 2 }))).toBe('FILED')
  })
})
