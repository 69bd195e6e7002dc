import type { CaseState } from '../../../../domain/procedures/assistance-case/state.ts'
import type { Permission } from '../../../../domain/matter/permission.ts'
import { caseStages } from '../../../../domain/procedures/assistance-case/words.ts'
import { describe, expect, it } from 'vitest'
import { expiredSources } from '../../../../domain/procedures/assistance-case/state.ts'
import { caseCourse, returnTargets } from '../../../../domain/procedures/assistance-case/procedure.ts'
import { desksOf } from '../../../../domain/procedures/assistance-case/desks.ts'
import { dutiesOf } from '../../../../domain/procedures/assistance-case/duties.ts'
import { instant, plainDate } from '../../../../domain/time/plain-date.ts'
import { roles } from '../../../../domain/vocabulary.ts'
import { actions, type Action } from '../../../../domain/procedures/words.ts'
import { ACase, cast, parameters } from './a-case.ts'

/** Prepared by one, released by another in its month. */
function released(aCase: ACase): string {
  aCase.today = plainDate('2026-04-01')
  aCase.act(cast.finance, 'PREPARE_PAYMENT')
  aCase.act(cast.otherFinance, 'RELEASE_PAYMENT')
  return aCase.state.instruction?.instructionId as string
}

function returned(aCase: ACase): void {
  const instructionId = released(aCase)
  aCase.file({ type: 'PAYMENT_RETURNED', data: { instructionId, reason: 'FROZEN', settledAt: instant(0) } })
}

describe('somebody who counts elsewhere', () => {
  it.each(['memberInAnotherOpenCase', 'memberInCaseOfOtherCounty', 'memberInBenefitOfOtherCounty'] as const)(
    'gets no benefit, though nobody stood in the way when they applied: %s',
    (code) => {
      const aCase = new ACase().reviewed()
      expect(aCase.act(cast.approver, 'CONFIRM', { circumstances: { memberConflict: { code } } })).toBe(code)
      expect(aCase.act(cast.approver, 'CONFIRM')).toBe('FILED')
    },
  )
})

describe('who may act', () => {
  const stages = [
    ['APPLIED', () => new ACase().submitted()],
    ['SURVEY', () => new ACase().accepted()],
    ['TOWNSHIP_OPINION', () => new ACase().surveyed()],
    ['PUBLIC_NOTICE', () => new ACase().endorsed()],
    ['HANDING_UP', () => new ACase().noticeEnded()],
    ['COUNTY_REVIEW', () => new ACase().atCounty()],
    ['COUNTY_CONFIRMATION', () => new ACase().reviewed()],
    ['FIRST_PAYMENT', () => new ACase().confirmed()],
  ] as const

  it.each(stages)('at %s only the roles of the table, for each of the acts', (stage, at) => {
    for (const action of actions) {
      for (const role of roles) {
        const aCase = at()
        expect(aCase.state.stage).toBe(stage)
        const answer = aCase.act({ officerId: `stranger-${role}`, role }, action)
        const permissions: readonly Permission<string, CaseState>[] = caseCourse[stage].acts
        const allowed = permissions.some(
          (permission) =>
            permission.action === action &&
            permission.roles.includes(role) &&
            permission.when?.(aCase.state, parameters) !== false,
        )
        if (!allowed) expect(answer, `${role} ${action}`).toMatch(/notPermittedAtThisStage|notYourRole/)
        else expect(answer, `${role} ${action}`).not.toMatch(/notPermittedAtThisStage|notYourRole/)
      }
    }
  })

  it('nobody acts on a case that is closed', () => {
    const aCase = new ACase().submitted()
    expect(aCase.act(cast.clerk, 'WITHDRAW')).toBe('FILED')
    for (const action of actions.filter((one) => one !== 'SUBMIT')) {
      expect(aCase.act(cast.handler, action as Action)).toBe('caseClosed')
    }
  })

  it('a person holds one capacity in one case', () => {
    const aCase = new ACase().surveyed()
    const promoted = { officerId: cast.handler.officerId, role: 'TOWNSHIP_LEADER' as const }
    expect(aCase.act(promoted, 'GIVE_OPINION')).toBe('otherCapacityInThisCase')
  })

  it.each([
    ['their own household', { memberOfHousehold: true }, 'ownCase'],
    ['a filed relative', { relativeOfHousehold: true }, 'relativeOfHousehold'],
    ['a place outside their area', { coversPlace: false }, 'outsideYourArea'],
    ['a post that they no longer hold', { holdsPost: false }, 'postNotHeld'],
  ])('nobody acts on %s', (_what, flaw, code) => {
    const aCase = new ACase().submitted()
    const officer = {
      ...cast.handler,
      officeId: 'office',
      standsInFor: null,
      holdsPost: true,
      coversPlace: true,
      capacityHeld: null,
      memberOfHousehold: false,
      relativeOfHousehold: false,
      answeredOrder: false,
    }
    expect(aCase.act(cast.handler, 'ACCEPT', { circumstances: { officer: { ...officer, ...flaw } } })).toBe(code)
  })
})

describe('the survey', () => {
  it('needs two different investigators of the township', () => {
    const aCase = new ACase().accepted()
    expect(aCase.act(cast.handler, 'BEGIN_SURVEY', { details: { investigatorIds: ['handler', 'handler'] } })).toBe(
      'twoInvestigatorsNeeded',
    )
    expect(aCase.act(cast.handler, 'BEGIN_SURVEY', { details: { investigatorIds: ['handler', 'passer-by'] } })).toBe(
      'investigatorNotOfTownship',
    )
    expect(aCase.act(cast.handler, 'COMPLETE_SURVEY')).toBe('surveyNotBegun')
  })

  it('is signed by each investigator themselves, from the desk where they sit, before anybody gives an opinion', () => {
    const aCase = begun()
    expect(aCase.act(cast.handler, 'COMPLETE_SURVEY')).toBe('FILED')
    expect(aCase.state.stage).toBe('SURVEY')
    expect(desksOf(aCase.state).map(({ role }) => role)).toEqual(['TOWNSHIP_HANDLER', 'VILLAGE_CLERK'])
    expect(aCase.act(cast.leader, 'GIVE_OPINION')).toBe('notPermittedAtThisStage')
    expect(aCase.act(cast.handler, 'SIGN_SURVEY')).toBe('noSignatureOwed')
    expect(aCase.act(cast.clerk, 'SIGN_SURVEY')).toBe('FILED')
    expect(aCase.act(cast.leader, 'GIVE_OPINION')).toBe('FILED')
  })

  it('is signed by both where somebody else typed it in', () => {
    const aCase = begun()
    const typist = { officerId: 'typist', role: 'TOWNSHIP_HANDLER' } as const
    aCase.act(typist, 'COMPLETE_SURVEY')
    expect(aCase.act(typist, 'SIGN_SURVEY')).toBe('noSignatureOwed')
    expect([aCase.act(cast.clerk, 'SIGN_SURVEY'), aCase.state.stage]).toEqual(['FILED', 'SURVEY'])
    expect([aCase.act(cast.handler, 'SIGN_SURVEY'), aCase.state.stage]).toEqual(['FILED', 'TOWNSHIP_OPINION'])
  })

  it('that an investigator disputes is written anew, and signed anew', () => {
    const aCase = begun()
    aCase.act(cast.handler, 'COMPLETE_SURVEY')
    const disputes = { details: { agrees: false } }
    expect(aCase.act(cast.clerk, 'SIGN_SURVEY', { ...disputes, circumstances: { papers: [] } })).toBe('paperMissing')
    expect(aCase.act(cast.clerk, 'SIGN_SURVEY', disputes)).toBe('FILED')
    expect(aCase.act(cast.clerk, 'SIGN_SURVEY')).toBe('noSignatureOwed')
    expect(aCase.act(cast.handler, 'COMPLETE_SURVEY')).toBe('FILED')
    expect(aCase.act(cast.clerk, 'SIGN_SURVEY')).toBe('FILED')
    expect(aCase.state.stage).toBe('TOWNSHIP_OPINION')
  })

  it('goes on with others when an investigator has left or has to keep away', () => {
    const aCase = begun()
    const other = { officerId: 'other', role: 'TOWNSHIP_HANDLER' } as const
    const withoutClerk = { circumstances: { investigatorsOfTownship: [cast.handler, other] } }
    expect(aCase.act(cast.handler, 'COMPLETE_SURVEY', withoutClerk)).toBe('investigatorGone')
    expect(aCase.act(cast.handler, 'BEGIN_SURVEY')).toBe('surveyAlreadyBegun')
    const details = { investigatorIds: ['handler', 'other'] }
    expect(aCase.act(cast.handler, 'BEGIN_SURVEY', { details, ...withoutClerk })).toBe('FILED')
    expect(aCase.act(cast.handler, 'COMPLETE_SURVEY', withoutClerk)).toBe('FILED')
    expect(aCase.act(cast.clerk, 'SIGN_SURVEY')).toBe('noSignatureOwed')
    expect(aCase.act(other, 'SIGN_SURVEY')).toBe('FILED')
  })

  it('is void when others are named after it was entered', () => {
    const aCase = begun()
    aCase.act(cast.handler, 'COMPLETE_SURVEY')
    const other = { officerId: 'other', role: 'TOWNSHIP_HANDLER' } as const
    const circumstances = { investigatorsOfTownship: [cast.handler, other] }
    aCase.act(cast.handler, 'BEGIN_SURVEY', { details: { investigatorIds: ['handler', 'other'] }, circumstances })
    expect(aCase.act(cast.clerk, 'SIGN_SURVEY')).toBe('noSignatureOwed')
    expect(aCase.act(other, 'SIGN_SURVEY')).toBe('noSignatureOwed')
  })

  it('of before was signed by whoever entered it', () => {
    const aCase = begun().file({ type: 'SURVEY_COMPLETED', data: { stableIncome: true } })
    expect(aCase.state).toMatchObject({ stage: 'TOWNSHIP_OPINION', surveyComplete: true, owedSignatures: [] })
  })

  function begun(): ACase {
    const aCase = new ACase().accepted().matched()
    aCase.act(cast.handler, 'BEGIN_SURVEY')
    return aCase
  }
})

describe('a source that did not answer', () => {
  const silent = () => {
    const aCase = new ACase().accepted().matched({ TAX: 'NONE_FOUND', VEHICLES: 'NO_ANSWER' })
    aCase.act(cast.handler, 'BEGIN_SURVEY')
    aCase.act(cast.handler, 'COMPLETE_SURVEY')
    aCase.act(cast.clerk, 'SIGN_SURVEY')
    return aCase
  }
  const finding = { agrees: true, assessmentId: 'as1', category: null, unknownSources: [] }

  it('is unknown, never zero: nobody agrees without signing for it by name', () => {
    expect(silent().act(cast.leader, 'GIVE_OPINION', { details: finding })).toBe('matchingUnanswered')
  })

  it('may be signed for by name', () => {
    const details = { ...finding, unknownSources: ['VEHICLES' as const] }
    expect(silent().act(cast.leader, 'GIVE_OPINION', { details })).toBe('FILED')
  })

  it('does not keep anybody from disagreeing', () => {
    expect(silent().act(cast.leader, 'GIVE_OPINION', { details: { ...finding, agrees: false } })).toBe('FILED')
  })
})

describe('signing', () => {
  const assessment = {
    assessmentId: 'as1',
    current: true,
    madeForDay: null,
    favourable: true,
    amountFen: 44_200,
    byPostedRules: null,
    category: null,
    categoryNeeded: false,
  }

  it('rests on an assessment that is still what the archive holds', () => {
    const circumstances = { assessment: { ...assessment, current: false } }
    expect(new ACase().surveyed().act(cast.leader, 'GIVE_OPINION', { circumstances })).toBe('assessmentOutdated')
  })

  it('rests on the rules of the day on which it is signed, and says for which day they were asked instead', () => {
    const circumstances = { assessment: { ...assessment, current: false, madeForDay: plainDate('2023-01-03') } }
    expect(new ACase().surveyed().act(cast.leader, 'GIVE_OPINION', { circumstances })).toBe('assessmentForAnotherDay')
  })

  it('goes by an answer that has run out only when it is signed for by name, like one that never came', () => {
    const circumstances = { expiredSources: ['TAX' as const] }
    const signed = { agrees: true, assessmentId: 'as1', category: null, unknownSources: ['TAX' as const] }
    const aCase = new ACase().surveyed()
    expect(aCase.act(cast.leader, 'GIVE_OPINION', { circumstances })).toBe('matchingExpired')
    expect(aCase.act(cast.leader, 'GIVE_OPINION', { circumstances, details: signed })).toBe('FILED')
    expect(aCase.state.opinion?.unknownSources).toEqual(['TAX'])
  })

  it('cannot agree where the rules say no, but may disagree where they say yes', () => {
    const circumstances = { assessment: { ...assessment, favourable: false } }
    expect(new ACase().surveyed().act(cast.leader, 'GIVE_OPINION', { circumstances })).toBe('assessmentNotFavourable')
    const details = { agrees: false, assessmentId: 'as1', category: null, unknownSources: [] }
    expect(new ACase().surveyed().act(cast.leader, 'GIVE_OPINION', { details })).toBe('FILED')
  })

  it('needs a category, assigned by officers, where the place pays by category', () => {
    const circumstances = { assessment: { ...assessment, categoryNeeded: true } }
    expect(new ACase().surveyed().act(cast.leader, 'GIVE_OPINION', { circumstances })).toBe('categoryMissing')
  })

  it('takes the amount from the assessment, never from the form', () => {
    const aCase = new ACase().endorsed()
    expect(aCase.state.opinion?.amountFen).toBe(120_000)
  })

  it('is refused when something that matters happened since the officer looked', () => {
    const aCase = new ACase().surveyed()
    expect(aCase.act(cast.leader, 'GIVE_OPINION', { versionSeen: aCase.state.version - 2 })).toBe(
      'caseChangedSinceSeen',
    )
  })

  it('is not disturbed by a limit that was breached meanwhile', () => {
    const aCase = new ACase().surveyed()
    const versionSeen = aCase.state.version
    aCase.file({
      type: 'LIMIT_BREACHED',
      data: { limit: 'TOWNSHIP_OPINION', run: 1, dueAt: '2026-03-23T16:00:00.000Z' as never },
    })
    expect(aCase.act(cast.leader, 'GIVE_OPINION', { versionSeen })).toBe('FILED')
  })
})

describe('days', () => {
  it('an act happened at the latest today', () => {
    const aCase = new ACase().submitted()
    expect(aCase.act(cast.handler, 'ACCEPT', { occurredOn: plainDate('2026-03-03') })).toBe('occurredInTheFuture')
  })

  it('an act typed in late runs its limits from the day on which it happened', () => {
    const aCase = new ACase().submitted()
    aCase.today = plainDate('2026-03-06')
    expect(aCase.act(cast.handler, 'ACCEPT', { occurredOn: plainDate('2026-03-03') })).toBe('FILED')
    expect(aCase.state.limits.find(({ limit }) => limit === 'TOTAL')?.startedOn).toBe('2026-03-03')
  })

  it('an act did not happen before the case stood where it stands', () => {
    const aCase = new ACase().submitted()
    expect(aCase.act(cast.handler, 'ACCEPT', { occurredOn: plainDate('2026-03-01') })).toBe('occurredBeforeLastStep')
  })

  it('the notice runs seven natural days and the first month paid is the one after the confirmation', () => {
    const aCase = new ACase().endorsed()
    aCase.act(cast.handler, 'POST_NOTICE')
    expect(aCase.state.noticeThroughDay).toBe('2026-03-09')
    expect(new ACase().confirmed().state.firstMonth).toBe('2026-04')
  })
})

describe('the way back', () => {
  it('leads only to earlier stages, and says what to mend', () => {
    const aCase = new ACase().reviewed()
    expect(aCase.act(cast.approver, 'RETURN', { details: { to: 'FIRST_PAYMENT' } })).toBe('returnTargetNotEarlier')
    expect(aCase.act(cast.approver, 'RETURN', { details: { to: 'SURVEY' }, circumstances: { papers: [] } })).toBe(
      'mendingListMissing',
    )
    expect(aCase.act(cast.approver, 'RETURN', { details: { to: 'SURVEY' } })).toBe('FILED')
    expect(aCase.state).toMatchObject({ stage: 'SURVEY', opinion: null, review: null, surveyComplete: false })
  })

  it('starts a new run of the limits that it leads back to', () => {
    const aCase = new ACase().reviewed()
    aCase.act(cast.approver, 'RETURN', { details: { to: 'TOWNSHIP_OPINION' } })
    const runs = aCase.state.limits.filter(({ limit }) => limit === 'TOWNSHIP_OPINION')
    expect(runs.map(({ run, stoppedOn }) => [run, stoppedOn === null])).toEqual([
      [1, false],
      [2, true],
    ])
    expect(aCase.state.limits.find(({ limit }) => limit === 'TOTAL')?.stoppedOn).toBeNull()
  })

  it('through a correction returns to where it came from', () => {
    const aCase = new ACase().surveyed()
    aCase.act(cast.leader, 'RETURN', { details: { to: 'CORRECTION' } })
    expect(aCase.act(cast.clerk, 'RESUBMIT')).toBe('FILED')
    expect(aCase.state).toMatchObject({ stage: 'SURVEY', acceptedOn: '2026-03-02' })
  })

  it('exists from every stage that lists one', () => {
    expect(caseStages.flatMap(returnTargets).length).toBeGreaterThan(5)
  })
})

describe('what an officer claims to have seen', () => {
  it('cannot lie ahead of the log', () => {
    expect(new ACase().submitted().act(cast.handler, 'ACCEPT', { versionSeen: 999 })).toBe('caseChangedSinceSeen')
  })
})

describe('a notice', () => {
  it('covers at most the amount that was posted', () => {
    const aCase = new ACase().atCounty()
    const more = {
      assessmentId: 'as1',
      current: true,
      madeForDay: null,
      favourable: true,
      amountFen: 120_001,
      byPostedRules: null,
      category: null,
      categoryNeeded: false,
    }
    expect(aCase.act(cast.countyHandler, 'REVIEW_FILE', { circumstances: { assessment: more } })).toBe('noticeNotHeld')
    const less = { ...more, amountFen: 100_000 }
    expect(aCase.act(cast.countyHandler, 'REVIEW_FILE', { circumstances: { assessment: less } })).toBe('FILED')
  })

  it('may cover more where a standard alone was raised since: both amounts and the reason are on file', () => {
    const raised = {
      assessmentId: 'as1',
      current: true,
      madeForDay: null,
      favourable: true,
      amountFen: 130_000,
      byPostedRules: { amountFen: 120_000, newRows: ['x/dibao.standardMonthlyFen@2027-01-01'] },
      category: null,
      categoryNeeded: false,
    }
    const aCase = new ACase().atCounty()
    const betterOff = { ...raised, byPostedRules: { ...raised.byPostedRules, amountFen: 120_001 } }
    const sameRules = { ...raised, byPostedRules: { amountFen: 120_000, newRows: [] } }
    for (const assessment of [betterOff, sameRules])
      expect(aCase.act(cast.countyHandler, 'REVIEW_FILE', { circumstances: { assessment } })).toBe('noticeNotHeld')
    expect(aCase.act(cast.countyHandler, 'REVIEW_FILE', { circumstances: { assessment: raised } })).toBe('FILED')
    expect(aCase.state.review).toMatchObject({
      amountFen: 130_000,
      raised: { postedFen: 120_000, parameterRows: ['x/dibao.standardMonthlyFen@2027-01-01'] },
    })
  })

  it('refuses only for reasons that assessment or file bear out', () => {
    const aCase = new ACase().reviewed()
    const circumstances = { reasonsBorneOut: ['INCOME_OVER_STANDARD' as const] }
    const refuses = (reasons: ('INCOME_OVER_STANDARD' | 'DOES_NOT_COOPERATE')[]) =>
      aCase.act(cast.approver, 'REFUSE', { circumstances, details: { assessmentId: 'as1', reasons } })
    expect(refuses(['INCOME_OVER_STANDARD', 'DOES_NOT_COOPERATE'])).toBe('reasonsNotBorneOut')
    expect(refuses(['INCOME_OVER_STANDARD'])).toBe('FILED')
  })

  it('comes before a confirmation: what the township did not post the county cannot confirm', () => {
    const aCase = new ACase().surveyed()
    const finding = { assessmentId: 'as1', category: null, unknownSources: [] }
    aCase.act(cast.leader, 'GIVE_OPINION', { details: { ...finding, agrees: false } })
    expect(aCase.state.stage).toBe('HANDING_UP')
    aCase.act(cast.handler, 'HAND_UP')
    expect(aCase.state.stage).toBe('COUNTY_REVIEW')
    expect(aCase.act(cast.countyHandler, 'REVIEW_FILE', { details: { ...finding, agrees: true } })).toBe(
      'noticeNotHeld',
    )
    expect(aCase.act(cast.countyHandler, 'REVIEW_FILE', { details: { ...finding, agrees: false } })).toBe('FILED')
    expect(aCase.act(cast.approver, 'CONFIRM')).toBe('noticeNotHeld')
    expect(aCase.act(cast.approver, 'RETURN', { details: { to: 'TOWNSHIP_OPINION' } })).toBe('FILED')
  })
})

describe('money', () => {
  it('is prepared by one and released by another, not before its month', () => {
    const aCase = new ACase().confirmed()
    expect(aCase.act(cast.otherFinance, 'RELEASE_PAYMENT')).toBe('paymentNotPrepared')
    expect(aCase.act(cast.finance, 'PREPARE_PAYMENT')).toBe('FILED')
    expect(aCase.act(cast.finance, 'RELEASE_PAYMENT')).toBe('sameFinanceOfficer')
    expect(aCase.act(cast.otherFinance, 'RELEASE_PAYMENT')).toBe('paymentMonthNotReached')
    aCase.today = plainDate('2026-04-01')
    expect(aCase.act(cast.otherFinance, 'RELEASE_PAYMENT')).toBe('FILED')
    expect(aCase.act(cast.otherFinance, 'RELEASE_PAYMENT')).toBe('paymentUnderway')
  })

  it('that came back goes out under the next issue of the same line', () => {
    const aCase = new ACase().confirmed()
    aCase.today = plainDate('2026-04-01')
    aCase.act(cast.finance, 'PREPARE_PAYMENT')
    aCase.act(cast.otherFinance, 'RELEASE_PAYMENT')
    const { instructionId, lineId } = aCase.state.instruction as { instructionId: string; lineId: string }
    aCase.file({
      type: 'PAYMENT_RETURNED',
      data: { instructionId, reason: 'FROZEN', settledAt: '2026-04-02T00:00:00.000Z' as never },
    })
    expect(aCase.act(cast.finance, 'PREPARE_PAYMENT')).toBe('FILED')
    expect(aCase.state.instruction).toMatchObject({ lineId, issue: 2, state: 'PREPARED' })
  })

  it('gets a right account only after it came back, from the township', () => {
    const aCase = new ACase().confirmed()
    expect(aCase.act(cast.handler, 'CORRECT_ACCOUNT')).toBe('accountNotInQuestion')
    returned(aCase)
    expect(desksOf(aCase.state).map(({ role }) => role)).toEqual(['FINANCE_OFFICER', 'TOWNSHIP_HANDLER'])
    expect(aCase.act(cast.handler, 'CORRECT_ACCOUNT')).toBe('FILED')
    expect(aCase.state).toMatchObject({ accountId: 'a1', proposedAccount: { accountId: 'a2', checked: null } })
  })

  it('uses an account put right when a second person agrees, after the bank knew name and number', () => {
    const aCase = new ACase().confirmed()
    expect(aCase.act(cast.leader, 'AGREE_ACCOUNT')).toBe('noAccountToAgree')
    returned(aCase)
    aCase.act(cast.handler, 'CORRECT_ACCOUNT')
    expect(desksOf(aCase.state).map(({ role }) => role)).toContain('TOWNSHIP_LEADER')
    expect(dutiesOf(aCase.state)).toEqual(['CHECK_ACCOUNT'])
    expect(aCase.act(cast.finance, 'PREPARE_PAYMENT')).toBe('accountAwaitsAgreement')
    expect(aCase.act(cast.leader, 'AGREE_ACCOUNT')).toBe('accountNotChecked')
    aCase.file({ type: 'ACCOUNT_CHECKED', data: { accountId: 'a2', result: 'NAME_MISMATCH' } })
    expect(aCase.act(cast.leader, 'AGREE_ACCOUNT')).toBe('accountNotMatched')
    aCase.file({ type: 'ACCOUNT_CHECKED', data: { accountId: 'a2', result: 'MATCHES' } })
    expect(aCase.act(cast.handler, 'AGREE_ACCOUNT')).toBe('notYourRole')
    expect(aCase.act(cast.finance, 'AGREE_ACCOUNT')).toBe('notYourRole')
    expect(aCase.act(cast.leader, 'AGREE_ACCOUNT', { details: { accountId: 'a3' } })).toBe('accountChangedSinceSeen')
    expect(aCase.act(cast.leader, 'AGREE_ACCOUNT')).toBe('FILED')
    expect(aCase.state).toMatchObject({ accountId: 'a2', accountDigest: 'digest', proposedAccount: null })
    expect(aCase.act(cast.finance, 'PREPARE_PAYMENT')).toBe('FILED')
    expect(aCase.act(cast.otherFinance, 'RELEASE_PAYMENT')).toBe('accountNotSeen')
    const seen = { payment: { digest: 'whole', asSeen: true, differs: [] } }
    expect(aCase.act(cast.otherFinance, 'RELEASE_PAYMENT', { circumstances: seen })).toBe('FILED')
  })

  it('that was prepared is void once its account is put right, and is prepared anew by the same rule', () => {
    const aCase = new ACase().confirmed()
    returned(aCase)
    expect(aCase.act(cast.finance, 'PREPARE_PAYMENT')).toBe('FILED')
    expect(aCase.act(cast.handler, 'CORRECT_ACCOUNT')).toBe('FILED')
    expect(aCase.state.instruction).toMatchObject({ issue: 2, state: 'VOIDED' })
    expect(aCase.act(cast.otherFinance, 'RELEASE_PAYMENT')).toBe('paymentNotPrepared')
    aCase.file({ type: 'ACCOUNT_CHECKED', data: { accountId: 'a2', result: 'MATCHES' } })
    expect(aCase.act(cast.leader, 'AGREE_ACCOUNT')).toBe('FILED')
    expect(aCase.act(cast.finance, 'PREPARE_PAYMENT')).toBe('FILED')
    expect(aCase.state.instruction).toMatchObject({ issue: 3, state: 'PREPARED', accountId: 'a2' })
    expect(aCase.act(cast.finance, 'RELEASE_PAYMENT')).toBe('sameFinanceOfficer')
  })

  it('is not released where it is not what was decided, or not what the releaser saw', () => {
    const aCase = new ACase().confirmed()
    aCase.today = plainDate('2026-04-01')
    aCase.act(cast.finance, 'PREPARE_PAYMENT')
    const differs = { payment: { digest: 'whole', asSeen: null, differs: ['LINE_DIFFERS' as const] } }
    expect(aCase.act(cast.otherFinance, 'RELEASE_PAYMENT', { circumstances: differs })).toBe('paymentDiffers')
    const other = { payment: { digest: 'whole', asSeen: false, differs: [] } }
    expect(aCase.act(cast.otherFinance, 'RELEASE_PAYMENT', { circumstances: other })).toBe('paymentChangedSinceSeen')
    expect(aCase.act(cast.otherFinance, 'RELEASE_PAYMENT')).toBe('FILED')
    expect(aCase.state.instruction).toMatchObject({ state: 'RELEASED', releasedDigest: 'whole' })
  })

  it('that was put right before two had to answer for an account keeps what it meant then', () => {
    const aCase = new ACase().confirmed()
    returned(aCase)
    aCase.act(cast.finance, 'PREPARE_PAYMENT')
    aCase.file({ type: 'ACCOUNT_CORRECTED', data: { accountId: 'a2' } })
    expect(aCase.state).toMatchObject({ accountId: 'a2', accountDigest: null, proposedAccount: null })
    expect(aCase.state.instruction).toMatchObject({ state: 'PREPARED', accountId: 'a2' })
    const { instructionId } = aCase.state.instruction as { instructionId: string }
    aCase.file({ type: 'PAYMENT_RELEASED', data: { instructionId } })
    expect(aCase.state.instruction).toMatchObject({ state: 'RELEASED', releasedDigest: null })
  })

  it('that is held says why until it goes on, and is then told as before', () => {
    const aCase = new ACase().confirmed()
    const instructionId = released(aCase)
    aCase.file({ type: 'PAYMENT_HELD', data: { instructionId, reasons: ['ACCOUNT_DIFFERS'] } })
    expect(aCase.state.instruction).toMatchObject({ state: 'RELEASED', heldFor: ['ACCOUNT_DIFFERS'] })
    expect(dutiesOf(aCase.state)).toEqual(['SEND_PAYMENT'])
    aCase.file({ type: 'PAYMENT_HOLD_ENDED', data: { instructionId } })
    expect(aCase.state.instruction).toMatchObject({ state: 'RELEASED', heldFor: [] })
  })

  it('that comes back after it was paid opens the case again, with a limit and an owner', () => {
    const aCase = new ACase().confirmed()
    const instructionId = released(aCase)
    aCase.file({ type: 'PAYMENT_PAID', data: { instructionId, settledAt: instant(0) } })
    expect(aCase.state).toMatchObject({ stage: 'CLOSED', outcome: 'GRANTED' })
    aCase.file({ type: 'PAYMENT_RETURNED', data: { instructionId, reason: 'ACCOUNT_CLOSED', settledAt: instant(0) } })
    expect(aCase.state).toMatchObject({ stage: 'FIRST_PAYMENT', outcome: null })
    const open = aCase.state.limits.filter(({ stoppedOn }) => stoppedOn === null)
    expect(open.map(({ limit }) => limit)).toEqual(['RETURNED_PAYMENT'])
    expect(desksOf(aCase.state).length).toBeGreaterThan(0)
  })
})

describe('the registers', () => {
  it('are asked anew without sending the file back, once at a time, and what they said before no longer counts', () => {
    const aCase = new ACase().surveyed()
    expect(aCase.act(cast.handler, 'ASK_REGISTERS')).toBe('FILED')
    expect(aCase.state).toMatchObject({ stage: 'TOWNSHIP_OPINION', surveyComplete: true, matchingOwed: true })
    expect(dutiesOf(aCase.state)).toEqual(['REQUEST_MATCHING'])
    expect(aCase.act(cast.handler, 'ASK_REGISTERS')).toBe('matchingUnderway')
    expect(aCase.act(cast.leader, 'GIVE_OPINION')).toBe('matchingUnanswered')
    aCase.file({ type: 'MATCHING_REQUESTED', data: { matchingRequestId: 'm2', sources: ['TAX'] } })
    expect(aCase.act(cast.handler, 'ASK_REGISTERS')).toBe('matchingUnderway')
    aCase.file({
      type: 'MATCHING_ANSWERED',
      data: { matchingRequestId: 'm2', source: 'TAX', answer: 'NONE_FOUND', answeredAt: instant(0), factIds: [] },
    })
    expect(aCase.act(cast.leader, 'GIVE_OPINION')).toBe('FILED')
  })

  it('are asked by the county, too, on a file that it has', () => {
    const aCase = new ACase().atCounty()
    expect(aCase.act(cast.countyHandler, 'ASK_REGISTERS')).toBe('FILED')
    expect(aCase.act({ ...cast.countyHandler, officerId: 'other' }, 'REVIEW_FILE')).toBe('matchingUnanswered')
  })

  it('may be relied on for as long as the place says, and each fact for as long as its register says', () => {
    const answers = [
      {
        source: 'TAX' as const,
        answer: 'FOUND' as const,
        answeredAt: instant('2026-03-01T04:00:00Z'),
        factIds: ['f1'],
      },
      {
        source: 'VEHICLES' as const,
        answer: 'NONE_FOUND' as const,
        answeredAt: instant('2026-02-01T04:00:00Z'),
        factIds: [],
      },
      { source: 'BANK_DEPOSITS' as const, answer: 'PENDING' as const, answeredAt: null, factIds: [] },
    ]
    const state = { ...new ACase().surveyed().state, matching: { matchingRequestId: 'm', answers } }
    const expiredOn = (on: string, factUntil: string) =>
      expiredSources(state, {
        on: plainDate(on),
        shelfLifeDays: 30,
        validUntil: new Map([['f1', plainDate(factUntil)]]),
      })
    expect(expiredOn('2026-03-03', '2026-03-31')).toEqual([])
    expect(expiredOn('2026-03-04', '2026-03-31')).toEqual(['VEHICLES'])
    expect(expiredOn('2026-03-03', '2026-03-02')).toEqual(['TAX'])
    expect(expiredOn('2026-04-01', '2026-12-31')).toEqual(['TAX', 'VEHICLES'])
  })
})
