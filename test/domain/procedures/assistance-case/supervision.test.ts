import { describe, expect, it } from 'vitest'
import { assistanceCase } from '../../../../domain/procedures/assistance-case/index.ts'
import { offeredActions } from '../../../../domain/procedures/possible-acts.ts'
import { caseCourse } from '../../../../domain/procedures/assistance-case/procedure.ts'
import { caseStages } from '../../../../domain/procedures/assistance-case/words.ts'
import { ACase, cast, type Person, parameters } from './a-case.ts'

describe('urging', () => {
  it('is counted for each run of a limit, moves nothing and takes no part in the case', () => {
    const aCase = new ACase().accepted()
    expect(aCase.act(cast.supervisor, 'URGE')).toBe('FILED')
    expect(aCase.act(cast.leader, 'URGE')).toBe('FILED')
    expect(aCase.events.at(-1)).toMatchObject({ type: 'URGED', data: { limit: 'TOTAL', run: 1, number: 2 } })
    expect(aCase.state.stage).toBe('SURVEY')
    expect(aCase.parts.has(cast.leader.officerId)).toBe(false)
  })

  it('is for a limit that runs', () => {
    const aCase = new ACase().accepted()
    expect(aCase.act(cast.supervisor, 'URGE', { details: { limit: 'ACCEPTANCE', run: 1 } })).toBe('limitNotRunning')
    expect(aCase.act(cast.supervisor, 'URGE', { details: { limit: 'TOTAL', run: 2 } })).toBe('limitNotRunning')
  })

  it('is not for a period that only has to pass', () => {
    const aCase = new ACase().endorsed()
    aCase.act(cast.handler, 'POST_NOTICE')
    expect(aCase.act(cast.supervisor, 'URGE', { details: { limit: 'PUBLIC_NOTICE', run: 1 } })).toBe('limitNotRunning')
  })

  it('does not keep anybody from entering what happened the day before', () => {
    const aCase = new ACase().accepted()
    const yesterday = aCase.today
    aCase.today = '2026-03-03' as never
    aCase.act(cast.supervisor, 'URGE')
    expect(aCase.act(cast.handler, 'BEGIN_SURVEY', { occurredOn: yesterday })).toBe('FILED')
  })
})

describe('a supervision order', () => {
  it('has a limit of its own that runs until it is answered', () => {
    const aCase = new ACase().accepted()
    expect(aCase.act(cast.supervisor, 'ISSUE_ORDER')).toBe('FILED')
    const run = () => aCase.state.limits.find(({ limit }) => limit === 'SUPERVISION_ORDER')
    expect(run()).toMatchObject({ run: 1, stoppedOn: null })
    expect(aCase.act(cast.handler, 'ANSWER_ORDER')).toBe('FILED')
    expect(run()).toMatchObject({ stoppedOn: aCase.today })
    expect(aCase.state.order).toMatchObject({ answered: true })
    expect(aCase.act(cast.handler, 'ANSWER_ORDER')).toBe('orderAnswered')
    expect(aCase.act(cast.supervisor, 'CLOSE_ORDER')).toBe('FILED')
    expect(aCase.state.order).toBeNull()
  })

  it('is one at a time, and the next has the next number', () => {
    const aCase = new ACase().accepted()
    aCase.act(cast.supervisor, 'ISSUE_ORDER')
    expect(aCase.act(cast.citySupervisor, 'ISSUE_ORDER')).toBe('orderOpen')
    aCase.act(cast.supervisor, 'CLOSE_ORDER')
    aCase.act(cast.citySupervisor, 'ISSUE_ORDER')
    expect(aCase.state.order).toMatchObject({ number: 2 })
  })

  it('is answered by the office to which it went', () => {
    const aCase = new ACase().accepted()
    aCase.act(cast.supervisor, 'ISSUE_ORDER', {
      details: { limit: 'TOTAL', run: 1, officeId: 'township' },
      circumstances: { holders: [{ officeId: 'township', role: 'TOWNSHIP_HANDLER' }] },
    })
    expect(aCase.act(cast.countyHandler, 'ANSWER_ORDER')).toBe('notTheAddressee')
  })

  it('of the city is not closed by the county', () => {
    const aCase = new ACase().accepted()
    aCase.act(cast.citySupervisor, 'ISSUE_ORDER')
    expect(aCase.act(cast.supervisor, 'CLOSE_ORDER')).toBe('orderFromAbove')
    expect(aCase.act(cast.citySupervisor, 'CLOSE_ORDER')).toBe('FILED')
  })

  it('is not closed by the person who answered it, whatever post they have since', () => {
    const aCase = new ACase().accepted()
    aCase.act(cast.supervisor, 'ISSUE_ORDER')
    const answered = { ...cast.supervisor, officeId: 'office', standsInFor: null, holdsPost: true, coversPlace: true }
    const officer = {
      ...answered,
      capacityHeld: null,
      memberOfHousehold: false,
      relativeOfHousehold: false,
      answeredOrder: true,
    }
    expect(aCase.act(cast.supervisor, 'CLOSE_ORDER', { circumstances: { officer } })).toBe('ownAnswer')
  })

  it('goes to an office that holds the case, for a limit that runs, with a text', () => {
    const aCase = new ACase().accepted()
    expect(aCase.act(cast.supervisor, 'ISSUE_ORDER', { circumstances: { holders: [] } })).toBe('addresseeHoldsNothing')
    expect(
      aCase.act(cast.supervisor, 'ISSUE_ORDER', { details: { limit: 'REFUSAL_NOTICE', run: 1, officeId: 'office' } }),
    ).toBe('limitNotRunning')
    expect(aCase.act(cast.supervisor, 'ISSUE_ORDER', { circumstances: { papers: [] } })).toBe('paperMissing')
  })

  it('ends with its case', () => {
    const aCase = new ACase().accepted()
    aCase.act(cast.supervisor, 'ISSUE_ORDER')
    aCase.act(cast.clerk, 'WITHDRAW')
    expect(aCase.state.order).toBeNull()
    expect(aCase.state.limits.every(({ stoppedOn }) => stoppedOn !== null)).toBe(true)
  })

  it('makes its supervisor one who decides nothing in the case', () => {
    const aCase = new ACase().accepted()
    aCase.act(cast.supervisor, 'ISSUE_ORDER')
    const promoted = { ...cast.supervisor, role: 'TOWNSHIP_HANDLER' as const }
    expect(aCase.act(promoted, 'BEGIN_SURVEY')).toBe('otherCapacityInThisCase')
  })
})

/** The desk is another office's; one of the own office is there too, for another role. */
const elsewhere = [
  { officeId: 'other', role: 'TOWNSHIP_HANDLER' as const },
  { officeId: 'office', role: 'FINANCE_OFFICER' as const },
]

describe('naming who acts', () => {
  it('names somebody of the desk on which the case lies, until the case goes on', () => {
    const aCase = new ACase().accepted().matched()
    expect(aCase.act(cast.leader, 'ASSIGN')).toBe('FILED')
    expect(aCase.state.assignees).toEqual([{ role: 'TOWNSHIP_HANDLER', officerId: 'handler' }])
    expect(aCase.act(cast.leader, 'ASSIGN')).toBe('alreadyAssigned')
    aCase.act(cast.handler, 'BEGIN_SURVEY')
    aCase.act(cast.handler, 'COMPLETE_SURVEY')
    aCase.act(cast.clerk, 'SIGN_SURVEY')
    expect(aCase.state.assignees).toEqual([])
  })

  it('ends with the part that was asked for: whoever prepared a payment is not named to release it', () => {
    const aCase = new ACase().confirmed()
    aCase.act(cast.supervisor, 'ASSIGN', { details: { role: 'FINANCE_OFFICER', officerId: 'finance' } })
    expect(aCase.state.assignees).toHaveLength(1)
    aCase.act(cast.finance, 'PREPARE_PAYMENT')
    expect(aCase.state.assignees).toEqual([])
  })

  it('bars nobody else of the desk', () => {
    const aCase = new ACase().accepted()
    aCase.act(cast.leader, 'ASSIGN', { details: { role: 'TOWNSHIP_HANDLER', officerId: 'somebody' } })
    expect(aCase.act(cast.handler, 'BEGIN_SURVEY')).toBe('FILED')
  })

  it.each([
    ['for another desk', { details: { role: 'COUNTY_HANDLER', officerId: 'x' } as const }, 'notOnThisDesk'],
    ['in an office that is not one’s own', { circumstances: { holders: elsewhere } }, 'notYourOffice'],
    ['of somebody who may not act', { circumstances: { assigneeMayAct: false } }, 'assigneeMayNotAct'],
  ])('is refused %s', (_what, changes, code) => {
    expect(new ACase().accepted().act(cast.leader, 'ASSIGN', changes)).toBe(code)
  })

  it('is for a county supervisor in every office of the area', () => {
    const circumstances = { holders: elsewhere }
    expect(new ACase().accepted().act(cast.supervisor, 'ASSIGN', { circumstances })).toBe('FILED')
  })
})

describe('a mark of risk', () => {
  it('stands, once each, and is news to whoever had looked before', () => {
    const aCase = new ACase().reviewed()
    const seen = aCase.state.version
    expect(aCase.act(cast.countyHandler, 'MARK_RISK')).toBe('FILED')
    expect(aCase.act(cast.countyHandler, 'MARK_RISK')).toBe('alreadyMarked')
    expect(aCase.act(cast.approver, 'CONFIRM', { versionSeen: seen })).toBe('caseChangedSinceSeen')
    expect(aCase.act(cast.approver, 'CONFIRM')).toBe('countyVisitMissing')
    expect(aCase.act(cast.countyHandler, 'VISIT_HOUSEHOLD')).toBe('FILED')
    expect(aCase.act(cast.approver, 'CONFIRM')).toBe('FILED')
  })
})

describe('a row ticked among many', () => {
  it('is refused when anything at all has changed since it was shown', () => {
    const aCase = new ACase().accepted()
    const versionSeen = aCase.state.version
    aCase.act(cast.supervisor, 'URGE')
    const command = { versionSeen, inBulk: true } as const
    expect(aCase.act(cast.citySupervisor, 'URGE', { versionSeen })).toBe('FILED')
    expect(aCase.act(cast.leader, 'URGE', command)).toBe('caseChangedSinceSeen')
    expect(aCase.act(cast.leader, 'URGE', { versionSeen: aCase.state.version, inBulk: true })).toBe('FILED')
  })
})

describe('what an officer is offered', () => {
  const offered = (aCase: ACase, person: Person, officeId = 'office') =>
    offeredActions(assistanceCase, aCase.state, {
      parameters,
      ...person,
      officeId,
      today: aCase.today,
      capacityHeld: null,
    })

  it('is an answer only where one is owed, and only to the office that owes it', () => {
    const aCase = new ACase().accepted()
    expect(offered(aCase, cast.handler)).not.toContain('ANSWER_ORDER')
    expect(offered(aCase, cast.supervisor)).toContain('ISSUE_ORDER')
    aCase.act(cast.supervisor, 'ISSUE_ORDER')
    expect(offered(aCase, cast.handler)).toContain('ANSWER_ORDER')
    expect(offered(aCase, cast.handler, 'another')).not.toContain('ANSWER_ORDER')
    expect(offered(aCase, cast.supervisor)).toEqual(expect.arrayContaining(['CLOSE_ORDER']))
    expect(offered(aCase, cast.supervisor)).not.toContain('ISSUE_ORDER')
  })

  it('is an end of waiting only to a case that waits', () => {
    const aCase = new ACase().accepted()
    expect(offered(aCase, cast.leader)).toEqual(expect.arrayContaining(['AWAIT']))
    expect(offered(aCase, cast.leader)).not.toContain('END_WAITING')
    aCase.act(cast.leader, 'AWAIT')
    expect(offered(aCase, cast.leader)).toEqual(expect.arrayContaining(['END_WAITING']))
    expect(offered(aCase, cast.leader)).not.toContain('AWAIT')
  })
})

describe('whoever watches', () => {
  it.each(caseStages)('may order, and be answered, at %s', (stage) => {
    const allowed = caseCourse[stage].acts.map(({ action }) => action)
    expect(allowed).toEqual(expect.arrayContaining(['URGE', 'ASSIGN', 'ISSUE_ORDER', 'ANSWER_ORDER', 'CLOSE_ORDER']))
  })
})
