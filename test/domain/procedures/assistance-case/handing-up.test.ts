import { describe, expect, it } from 'vitest'
import { assistanceCase } from '../../../../domain/procedures/assistance-case/index.ts'
import { dueRuns } from '../../../../domain/matter/due-runs.ts'
import { chargedDays } from '../../../../domain/time/charged-days.ts'
import { plainDate } from '../../../../domain/time/plain-date.ts'
import type { LimitKey } from '../../../../domain/matter/limit-keys.ts'
import { parametersOf } from '../../policy/seeded-parameters.ts'
import { seededCalendar as calendar } from '../../time/calendar-data.ts'
import { ACase, cast } from './a-case.ts'

const parameters = parametersOf('qingyang', 'URBAN', '2026-09-29')

function on(aCase: ACase, day: string): ACase {
  aCase.today = plainDate(day)
  return aCase
}

/** Accepted on 31 August, posted on 18 September; the notice ends on the 25th. */
function noticeEnded(): ACase {
  const aCase = on(new ACase(), '2026-08-28').submitted()
  on(aCase, '2026-08-31').act(cast.handler, 'ACCEPT')
  on(aCase, '2026-09-01').matched().act(cast.handler, 'BEGIN_SURVEY')
  on(aCase, '2026-09-10').act(cast.handler, 'COMPLETE_SURVEY')
  aCase.act(cast.clerk, 'SIGN_SURVEY')
  on(aCase, '2026-09-17').act(cast.leader, 'GIVE_OPINION')
  on(aCase, '2026-09-18').act(cast.handler, 'POST_NOTICE')
  expect(aCase.state.noticeThroughDay).toBe('2026-09-25')
  return on(aCase, '2026-09-25').file({ type: 'NOTICE_ENDED', data: { handUpOwed: true } })
}

const runOf = (aCase: ACase, key: LimitKey) =>
  dueRuns(assistanceCase, aCase.state, parameters, calendar).findLast(({ limit }) => limit === key)
const dueOn = (aCase: ACase, key: LimitKey) => runOf(aCase, key)?.due.dueOn

describe('the county’s ten working days', () => {
  it('run from the day on which it has the file, and not from the end of the notice', () => {
    const aCase = noticeEnded()
    expect([aCase.state.stage, dueOn(aCase, 'COUNTY_DECISION')]).toEqual(['HANDING_UP', undefined])
    expect(on(aCase, '2026-09-29').act(cast.handler, 'HAND_UP')).toBe('FILED')
    expect(aCase.state.stage).toBe('COUNTY_REVIEW')
    expect(dueOn(aCase, 'COUNTY_DECISION')).toBe('2026-10-19')
    expect(dueOn(aCase, 'TOTAL')).toBe('2026-10-16')
    on(aCase, '2026-09-30').act(cast.approver, 'EXTEND')
    expect(dueOn(aCase, 'TOTAL')).toBe('2026-11-06')
  })

  it('begin when a refusal is proposed, too, once the township has handed it up', () => {
    const aCase = new ACase().surveyed()
    const details = { agrees: false, assessmentId: 'as1', category: null, unknownSources: [] }
    aCase.act(cast.leader, 'GIVE_OPINION', { details })
    expect([aCase.state.stage, aCase.state.noticeHeld]).toEqual(['HANDING_UP', false])
    expect(aCase.act(cast.handler, 'HAND_UP')).toBe('FILED')
    expect(dueOn(aCase, 'COUNTY_DECISION')).toBeDefined()
  })
})

describe('handing a file up', () => {
  it('is the township’s, with a limit and days of its own', () => {
    const aCase = noticeEnded()
    const run = runOf(aCase, 'HANDING_UP')
    expect(run).toMatchObject({ startedOn: '2026-09-25', stoppedOn: null, rule: { assumed: true } })
    const { startedOn, waits = [] } = run ?? {}
    const charged = chargedDays({
      from: startedOn!,
      through: plainDate('2026-09-29'),
      waits,
      kind: 'WORKING_DAYS',
      calendar,
    })
    expect(charged.OFFICE).toBeGreaterThan(0)
    for (const person of [cast.leader, cast.clerk, cast.countyHandler])
      expect(aCase.act(person, 'HAND_UP')).toMatch(/notYourRole/)
    on(aCase, '2026-09-29').act(cast.handler, 'HAND_UP')
    expect(runOf(aCase, 'HANDING_UP')?.stoppedOn).toBe('2026-09-29')
  })

  it('can be held back: the leader sends the file to be surveyed or judged again', () => {
    for (const to of ['SURVEY', 'TOWNSHIP_OPINION'] as const) {
      const aCase = noticeEnded()
      expect(aCase.act(cast.leader, 'RETURN', { details: { to } })).toBe('FILED')
      expect(aCase.state).toMatchObject({ stage: to, noticeHeld: false })
      expect(aCase.state.limits.filter(({ limit, stoppedOn }) => limit === 'HANDING_UP' && stoppedOn === null)).toEqual(
        [],
      )
    }
  })
})

describe('a log of before', () => {
  it('has the file at the county when its notice ended, or when the township disagreed', () => {
    const posted = new ACase().posted().file({ type: 'NOTICE_ENDED', data: {} })
    expect([posted.state.stage, dueOn(posted, 'COUNTY_DECISION')]).toEqual(['COUNTY_REVIEW', expect.any(String)])
    const finding = { agrees: false, assessmentId: 'as1', amountFen: 0, category: null, unknownSources: [] }
    const negative = new ACase().surveyed().file({ type: 'OPINION_GIVEN', data: finding })
    expect([negative.state.stage, dueOn(negative, 'COUNTY_DECISION')]).toEqual(['COUNTY_REVIEW', expect.any(String)])
  })
})
