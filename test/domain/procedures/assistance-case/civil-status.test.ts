import { describe, expect, it } from 'vitest'
import type { CaseCircumstances } from '../../../../domain/procedures/assistance-case/circumstances.ts'
import { openStatuses } from '../../../../domain/procedures/assistance-case/civil-status.ts'
import { assistanceCase } from '../../../../domain/procedures/assistance-case/index.ts'
import { offeredActions } from '../../../../domain/procedures/possible-acts.ts'
import { desksOf } from '../../../../domain/procedures/assistance-case/desks.ts'
import { instant, plainDate } from '../../../../domain/time/plain-date.ts'
import type { CivilStatus, StatusAnswer } from '../../../../domain/vocabulary.ts'
import { ACase, cast, parameters } from './a-case.ts'

const on = plainDate('2026-02-20')
const details = (answer: StatusAnswer, day: typeof on | null = on) => ({ statusId: 's1', answer, on: day })

describe.each(['DEAD', 'IMPRISONED', 'MOVED_AWAY', 'NOT_THE_PERSON'] as const)('a register that says %s', (status) => {
  it('is dealt with by name before anybody gives an opinion, for or against', () => {
    const aCase = says(surveyed(), status)
    expect(aCase.act(cast.leader, 'GIVE_OPINION')).toBe('civilStatusOpen')
    const against = { agrees: false, assessmentId: 'as1', category: null, unknownSources: [] }
    expect(aCase.act(cast.leader, 'GIVE_OPINION', { details: against })).toBe('civilStatusOpen')
    expect(aCase.act(cast.leader, 'SETTLE_STATUS', { details: details('REGISTER_WRONG') })).toBe('notYourRole')
    expect(settles(aCase, 'REGISTER_WRONG', { papers: [] })).toBe('paperMissing')
    expect(settles(aCase, 'REGISTER_WRONG')).toBe('FILED')
    expect(aCase.act(cast.leader, 'GIVE_OPINION')).toBe('FILED')
  })

  it('keeps the county from deciding, too', () => {
    const aCase = says(new ACase().reviewed(), status)
    expect([aCase.act(cast.approver, 'CONFIRM'), aCase.act(cast.approver, 'REFUSE')]).toEqual([
      'civilStatusOpen',
      'civilStatusOpen',
    ])
    expect(aCase.act(cast.countyHandler, 'SETTLE_STATUS', { details: details('REGISTER_WRONG') })).toBe('FILED')
    expect(aCase.act(cast.approver, 'CONFIRM')).toBe('FILED')
  })

  it('is not dealt with again when it says the same again', () => {
    const aCase = says(surveyed(), status)
    settles(aCase, 'REGISTER_WRONG')
    expect(openStatuses(says(aCase, status, 'p2', 's2').state)).toEqual([])
  })
})

describe('a member who has died, gone to prison or moved away', () => {
  it.each(['DEAD', 'IMPRISONED', 'MOVED_AWAY'] as const)('is taken off with day and cause: %s', (status) => {
    const aCase = says(surveyed(), status)
    expect(settles(aCase, 'MEMBER_OFF', {}, null)).toBe('statusDayNotPossible')
    expect(settles(aCase, 'MEMBER_OFF', {}, plainDate('2026-12-31'))).toBe('statusDayNotPossible')
    expect(settles(aCase, 'MEMBER_OFF')).toBe('FILED')
    expect(aCase.state.memberPersonIds).toEqual(['p1'])
    expect(aCase.state.settledStatuses).toEqual([expect.objectContaining({ personId: 'p2', status, on })])
  })

  it('is not taken off as the applicant: another of the household applies', () => {
    expect(settles(says(surveyed(), 'DEAD', 'p1'), 'MEMBER_OFF')).toBe('applicantGone')
  })
})

describe('a person whose name and number do not belong together', () => {
  it('is put right and not taken off', () => {
    expect(settles(says(surveyed(), 'NOT_THE_PERSON'), 'MEMBER_OFF')).toBe('identityToBeMended')
  })
})

describe('what a register says beside', () => {
  it('is shown and keeps nobody from signing', () => {
    const aCase = says(surveyed(), 'OTHER')
    expect(openStatuses(aCase.state)).toEqual([])
    expect(aCase.act(cast.leader, 'GIVE_OPINION')).toBe('FILED')
  })
})

describe('a payee who has died', () => {
  it('is told by a register: nothing is prepared before the account is another member’s', () => {
    const aCase = says(new ACase().confirmed(), 'DEAD')
    expect(aCase.act(cast.finance, 'PREPARE_PAYMENT')).toBe('civilStatusOpen')
    expect(desksOf(aCase.state).map(({ role }) => role)).toContain('TOWNSHIP_HANDLER')
    expect(settles(aCase, 'MEMBER_OFF', { payeePersonId: 'p2' })).toBe('FILED')
    expect(aCase.act(cast.finance, 'PREPARE_PAYMENT')).toBe('payeeDeceased')
    const theirs = { circumstances: { holderGone: true } }
    expect(aCase.act(cast.handler, 'CORRECT_ACCOUNT', theirs)).toBe('payeeDeceased')
    expect(aCase.act(cast.handler, 'CORRECT_ACCOUNT')).toBe('FILED')
    aCase.file({ type: 'ACCOUNT_CHECKED', data: { accountId: 'a2', result: 'MATCHES' } })
    expect(aCase.act(cast.leader, 'AGREE_ACCOUNT')).toBe('FILED')
    expect(aCase.act(cast.finance, 'PREPARE_PAYMENT')).toBe('FILED')
  })

  it('is told by the bank: no other card of theirs, and with nobody left the benefit ends', () => {
    const aCase = new ACase().confirmed()
    aCase.today = plainDate('2026-04-01')
    aCase.act(cast.finance, 'PREPARE_PAYMENT')
    aCase.act(cast.otherFinance, 'RELEASE_PAYMENT')
    const instructionId = aCase.state.instruction?.instructionId ?? ''
    expect(aCase.act(cast.approver, 'END_BENEFIT')).toBe('payeeNotGone')
    aCase.file({ type: 'PAYMENT_SENT', data: { instructionId } })
    const settledAt = instant(0)
    aCase.file({ type: 'PAYMENT_RETURNED', data: { instructionId, reason: 'DECEASED', settledAt } })
    expect(aCase.act(cast.handler, 'CORRECT_ACCOUNT', { circumstances: { holderGone: true } })).toBe('payeeDeceased')
    expect(aCase.act(cast.finance, 'PREPARE_PAYMENT')).toBe('payeeDeceased')
    const offered = { ...cast.approver, officeId: 'office', today: aCase.today, parameters, capacityHeld: null }
    expect(offeredActions(assistanceCase, aCase.state, offered)).toContain('END_BENEFIT')
    expect(aCase.act(cast.approver, 'END_BENEFIT')).toBe('FILED')
    expect(aCase.state).toMatchObject({ stage: 'CLOSED', outcome: 'GRANTED' })
  })
})

/** Of a household of two. */
function surveyed(): ACase {
  const aCase = new ACase().surveyed()
  aCase.state = { ...aCase.state, memberPersonIds: ['p1', 'p2'] }
  return aCase
}

function says(aCase: ACase, status: CivilStatus, personId = 'p2', statusId = 's1'): ACase {
  return aCase.file({
    type: 'MATCHING_ANSWERED',
    data: {
      matchingRequestId: 'm1',
      source: 'TAX',
      answer: 'FOUND',
      answeredAt: instant(0),
      factIds: [],
      statuses: [{ statusId, personId, status }],
    },
  })
}

function settles(
  aCase: ACase,
  answer: StatusAnswer,
  circumstances: Partial<CaseCircumstances> = {},
  day: typeof on | null = on,
) {
  return aCase.act(cast.handler, 'SETTLE_STATUS', { details: details(answer, day), circumstances })
}
