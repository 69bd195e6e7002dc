import { describe, expect, it } from 'vitest'
import { assistanceCase } from '../../../../domain/procedures/assistance-case/index.ts'
import { desksOf } from '../../../../domain/procedures/assistance-case/desks.ts'
import { offeredActions } from '../../../../domain/procedures/possible-acts.ts'
import { ACase, cast, parameters, type Person } from './a-case.ts'

const otherLeader: Person = { officerId: 'other-leader', role: 'TOWNSHIP_LEADER' }

/** An application of a place where a document lets the township confirm. */
function delegated(): ACase {
  const aCase = new ACase()
  aCase.delegated = true
  return aCase
}

const offered = (aCase: ACase, person: Person) =>
  offeredActions(assistanceCase, aCase.state, {
    ...person,
    officeId: 'office',
    today: aCase.today,
    parameters,
    capacityHeld: null,
  })

describe('where confirmation is delegated to the township', () => {
  it('the township decides on its own desk, and no step or limit of the county exists', () => {
    const aCase = delegated().noticeEnded()
    expect(aCase.state.stage).toBe('TOWNSHIP_CONFIRMATION')
    expect(desksOf(aCase.state).map(({ role, level }) => [role, level])).toEqual([['TOWNSHIP_LEADER', 'TOWNSHIP']])
    expect(aCase.state.limits.map(({ limit }) => limit)).not.toContain('COUNTY_DECISION')
    expect(aCase.state.limits.map(({ limit }) => limit)).not.toContain('HANDING_UP')
    expect(aCase.act(cast.approver, 'CONFIRM')).toBe('notYourRole')
    expect(aCase.act(otherLeader, 'CONFIRM')).toBe('FILED')
    expect(aCase.state).toMatchObject({ stage: 'FIRST_PAYMENT', delegated: true })
  })

  it('whoever gave the opinion does not decide', () => {
    expect(delegated().noticeEnded().act(cast.leader, 'CONFIRM')).toBe('otherCapacityInThisCase')
  })

  it('a negative opinion is decided there as well', () => {
    const aCase = delegated().surveyed()
    const against = { agrees: false, assessmentId: 'as1', category: null, unknownSources: [] }
    expect(aCase.act(cast.leader, 'GIVE_OPINION', { details: against })).toBe('FILED')
    expect(aCase.state.stage).toBe('TOWNSHIP_CONFIRMATION')
    expect(aCase.act(otherLeader, 'REFUSE')).toBe('FILED')
    expect(aCase.state.stage).toBe('REFUSAL_NOTICE')
  })

  it('the county samples what was decided', () => {
    const aCase = delegated().noticeEnded()
    aCase.act(otherLeader, 'CONFIRM')
    expect(aCase.act(cast.countyHandler, 'MARK_RISK', { details: { mark: 'SAMPLED' } })).toBe('FILED')
  })
})

describe('a household with a filed relative, or about which somebody complained,', () => {
  const cases = { delegated: () => delegated().noticeEnded(), 'not delegated': () => new ACase().reviewed() }
  it.each(Object.entries(cases))('is visited by the county before anybody confirms (%s)', (_, at) => {
    const aCase = at()
    const decides = aCase.state.stage === 'TOWNSHIP_CONFIRMATION' ? otherLeader : cast.approver
    expect(offered(aCase, cast.countyHandler)).not.toContain('VISIT_HOUSEHOLD')
    expect(aCase.act(cast.countyHandler, 'VISIT_HOUSEHOLD')).toBe('notPermittedAtThisStage')
    aCase.act(cast.supervisor, 'MARK_RISK')
    expect(desksOf(aCase.state).map(({ role }) => role)).toContain('COUNTY_HANDLER')
    expect(aCase.act(decides, 'CONFIRM')).toBe('countyVisitMissing')
    expect(offered(aCase, cast.countyHandler)).toContain('VISIT_HOUSEHOLD')
    expect(aCase.act(cast.countyHandler, 'VISIT_HOUSEHOLD')).toBe('FILED')
    expect(aCase.act(cast.countyHandler, 'VISIT_HOUSEHOLD')).toBe('countyVisited')
    expect(desksOf(aCase.state).map(({ role }) => role)).not.toContain('COUNTY_HANDLER')
    expect(aCase.act(decides, 'CONFIRM')).toBe('FILED')
  })

  it('is not confirmed while nobody has marked that a relative is filed', () => {
    const aCase = delegated().noticeEnded()
    expect(aCase.act(otherLeader, 'CONFIRM', { circumstances: { relativeFiled: true } })).toBe('relativeNotMarked')
  })

  it('is visited again after a new survey', () => {
    const aCase = new ACase().reviewed()
    aCase.act(cast.supervisor, 'MARK_RISK')
    aCase.act(cast.countyHandler, 'VISIT_HOUSEHOLD')
    aCase.act(cast.approver, 'RETURN', { details: { to: 'SURVEY' } })
    expect(aCase.state.countyVisitedOn).toBeNull()
  })
})
