import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assistanceCase } from '../../../../domain/procedures/assistance-case/index.ts'
import { dueRuns } from '../../../../domain/matter/due-runs.ts'
import type { PauseRule } from '../../../../domain/policy/parameters.ts'
import { parametersInForce } from '../../../../domain/policy/parameters-in-force.ts'
import type { LimitKey } from '../../../../domain/matter/limit-keys.ts'
import { addDays, instant, plainDate } from '../../../../domain/time/plain-date.ts'
import { seededParameters } from '../../policy/seeded-parameters.ts'
import { seededCalendar } from '../../time/calendar-data.ts'
import { ACase, cast, parameters } from './a-case.ts'

const days = (count: number) => addDays(plainDate('2026-03-02'), count)

const scope = {
  placeChain: ['qingyang-xifeng-beijie-beijie', 'qingyang-xifeng-beijie', 'qingyang-xifeng', 'qingyang', 'gansu', 'CN'],
  programme: 'DIBAO',
  residenceKind: 'URBAN',
  on: plainDate('2026-03-02'),
} as const

/** The case's limits as they are counted in Xifeng. */
function runOf(aCase: ACase, limit: LimitKey) {
  const run = dueRuns(assistanceCase, aCase.state, parametersInForce(seededParameters, scope), seededCalendar).find(
    (one) => one.limit === limit,
  )
  if (run === undefined) throw new Error(`${limit} does not run`)
  return run
}

const pauseRules: PauseRule[] = [{ waitsFor: 'HOUSEHOLD', limits: ['TOTAL', 'TOWNSHIP_OPINION'] }]
/** A place that cites a document of its own for stopping the clock. */
const circumstances = {
  parameters: { ...parameters, pauseRules: () => ({ rules: pauseRules, source: '某区民发〔2025〕3号第五条' }) },
}

describe('waiting for another', () => {
  it('stops no clock where the place cites no document, and is charged to whoever is waited for', () => {
    const aCase = new ACase().accepted()
    const before = runOf(aCase, 'TOTAL')
    aCase.today = days(1)
    const details = { waitsFor: 'HOUSEHOLD', throughDay: days(8) } as const
    expect(aCase.act(cast.leader, 'AWAIT', { details })).toBe('FILED')
    const after = runOf(aCase, 'TOTAL')
    expect(after.due).toEqual(before.due)
    // Tuesday the 3rd to the 10th: five working days that are not the township's.
    expect(after.ownDueAt).toBe(runOfLater(before.startedOn, 35))
    expect(aCase.events.at(-1)).toMatchObject({ data: { pausedLimits: [], pauseSource: null } })
  })

  it('stops the clocks that a document of the place names, and no other', () => {
    const aCase = new ACase().accepted()
    aCase.today = days(1)
    const details = { waitsFor: 'HOUSEHOLD', throughDay: days(8) } as const
    expect(aCase.act(cast.leader, 'AWAIT', { details, circumstances })).toBe('FILED')
    expect(aCase.events.at(-1)).toMatchObject({
      data: { pausedLimits: ['TOWNSHIP_OPINION', 'TOTAL'], pauseSource: '某区民发〔2025〕3号第五条' },
    })
    expect(runOf(aCase, 'TOTAL').due.dueAt).toBe(runOfLater(days(0), 35))
    expect(runOf(aCase, 'SURVEY_START').due.dueAt).toBe(runOfLater(days(0), 3))
  })

  it('for somebody whom the document does not name stops none', () => {
    const aCase = new ACase().accepted()
    aCase.today = days(1)
    const details = { waitsFor: 'OTHER_OFFICE', throughDay: days(8) } as const
    aCase.act(cast.leader, 'AWAIT', { details, circumstances })
    expect(runOf(aCase, 'TOTAL').due.dueAt).toBe(runOfLater(days(0), 30))
  })

  it('un-misses nothing: a limit that has run out is not stopped any more', () => {
    const aCase = new ACase().accepted()
    const { dueAt } = runOf(aCase, 'TOTAL').due
    aCase.file({ type: 'LIMIT_BREACHED', data: { limit: 'TOTAL', run: 1, dueAt } })
    aCase.act(cast.leader, 'AWAIT', { circumstances })
    expect(aCase.events.at(-1)).toMatchObject({ data: { pausedLimits: ['TOWNSHIP_OPINION'] } })
  })

  it('keeps nobody from entering what happened the day before', () => {
    const aCase = new ACase().accepted()
    const yesterday = aCase.today
    aCase.today = days(1)
    aCase.act(cast.leader, 'AWAIT')
    expect(aCase.act(cast.handler, 'BEGIN_SURVEY', { occurredOn: yesterday })).toBe('FILED')
  })

  it('ended sooner gives back what was not waited', () => {
    const aCase = new ACase().accepted()
    aCase.today = days(1)
    aCase.act(cast.leader, 'AWAIT', { details: { waitsFor: 'HOUSEHOLD', throughDay: days(20) }, circumstances })
    aCase.today = days(8)
    expect(aCase.act(cast.leader, 'END_WAITING')).toBe('FILED')
    expect(runOf(aCase, 'TOTAL').due.dueAt).toBe(runOfLater(days(0), 35))
    expect(aCase.act(cast.leader, 'END_WAITING')).toBe('notWaiting')
  })

  it('ends with the stage', () => {
    const aCase = new ACase().accepted().matched()
    aCase.today = days(1)
    aCase.act(cast.leader, 'AWAIT', { details: { waitsFor: 'OTHER_OFFICE', throughDay: days(20) } })
    aCase.today = days(2)
    aCase.act(cast.handler, 'BEGIN_SURVEY')
    aCase.act(cast.handler, 'COMPLETE_SURVEY')
    aCase.act(cast.clerk, 'SIGN_SURVEY')
    expect(aCase.state.waits).toEqual([expect.objectContaining({ through: days(2) })])
  })

  it('always has a last day, neither past nor too far, and one at a time', () => {
    const aCase = new ACase().accepted()
    const till = (throughDay: ReturnType<typeof days>) => ({ details: { waitsFor: 'HOUSEHOLD', throughDay } as const })
    expect(aCase.act(cast.leader, 'AWAIT', till(days(0)))).toBe('waitingDayNotPossible')
    expect(aCase.act(cast.leader, 'AWAIT', till(days(31)))).toBe('waitingDayNotPossible')
    expect(aCase.act(cast.leader, 'AWAIT', till(days(30)))).toBe('FILED')
    expect(aCase.act(cast.leader, 'AWAIT', till(days(5)))).toBe('alreadyWaiting')
  })

  it('is signed by the head of the office that has the case, on a paper that says why', () => {
    const aCase = new ACase().accepted()
    expect(aCase.act(cast.handler, 'AWAIT')).toBe('notYourRole')
    expect(aCase.act(cast.leader, 'AWAIT', { circumstances: { papers: [] } })).toBe('paperMissing')
  })
})

describe('a case that waits by its own course', () => {
  it('for the household, from its return until it is mended: the township keeps its own days', () => {
    const aCase = new ACase().accepted()
    aCase.today = days(2)
    aCase.act(cast.handler, 'RETURN')
    expect(aCase.state.waits).toEqual([
      { waitsFor: 'HOUSEHOLD', from: days(2), through: null, pausedLimits: [], registered: false },
    ])
    expect(runOf(aCase, 'TOTAL').due.dueAt).toBe(runOfLater(days(0), 30))
    expect(runOf(aCase, 'TOTAL').ownDueAt).toBeNull()
    aCase.today = days(9)
    aCase.act(cast.clerk, 'RESUBMIT')
    expect(runOf(aCase, 'TOTAL').ownDueAt).toBe(runOfLater(days(0), 35))
  })

  it('for the registers, once the survey is done and until all have answered', () => {
    const aCase = new ACase().accepted()
    aCase.file({ type: 'MATCHING_REQUESTED', data: { matchingRequestId: 'm1', sources: ['TAX'] } })
    expect(aCase.state.waits).toEqual([])
    aCase.act(cast.handler, 'BEGIN_SURVEY')
    aCase.act(cast.handler, 'COMPLETE_SURVEY')
    aCase.act(cast.clerk, 'SIGN_SURVEY')
    expect(aCase.state.waits).toEqual([expect.objectContaining({ waitsFor: 'MATCHING_CENTRE', through: null })])
    aCase.today = days(3)
    aCase.file({
      type: 'MATCHING_ANSWERED',
      data: { matchingRequestId: 'm1', source: 'TAX', answer: 'NONE_FOUND', answeredAt: instant(0), factIds: [] },
    })
    expect(aCase.state.waits).toEqual([expect.objectContaining({ through: days(3) })])
  })

  it('has a clock of the centre that makes no office late', () => {
    const aCase = new ACase().accepted()
    aCase.file({ type: 'MATCHING_REQUESTED', data: { matchingRequestId: 'm1', sources: ['TAX'] } })
    const { waits, ownDueAt } = runOf(aCase, 'MATCHING_REPORT')
    expect(waits).toEqual([{ waitsFor: 'MATCHING_CENTRE', from: days(0), through: null, paused: false }])
    expect(ownDueAt).toBeNull()
  })

  it('for registers that stay silent no longer than their own limit: then it could be signed without them, by name', () => {
    const aCase = new ACase().accepted()
    aCase.file({ type: 'MATCHING_REQUESTED', data: { matchingRequestId: 'm1', sources: ['TAX'] } })
    aCase.act(cast.handler, 'BEGIN_SURVEY')
    aCase.act(cast.handler, 'COMPLETE_SURVEY')
    aCase.act(cast.clerk, 'SIGN_SURVEY')
    // Ten working days are the centre's; the fifteen of the opinion begin after them.
    expect(runOf(aCase, 'TOWNSHIP_OPINION').ownDueAt).toBe(runOfLater(days(0), 10 + 15))
  })

  it('is no office’s clock while a notice hangs', () => {
    const aCase = new ACase().endorsed()
    aCase.act(cast.handler, 'POST_NOTICE')
    expect(runOf(aCase, 'PUBLIC_NOTICE')).toMatchObject({ ownDueAt: null, waits: [] })
  })
})

describe('an extension', () => {
  it('stretches the total to its ceiling in all and no further, whatever was waited before', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 700 }), fc.integer({ min: 1, max: 30 }), (offset, wait) => {
        const aCase = new ACase()
        aCase.today = addDays(plainDate('2025-01-02'), offset)
        aCase.accepted()
        const before = runOf(aCase, 'TOTAL')
        aCase.act(cast.leader, 'AWAIT', {
          details: { waitsFor: 'OTHER_OFFICE', throughDay: addDays(aCase.today, wait) },
          circumstances,
        })
        expect(aCase.act(cast.leader, 'EXTEND')).toBe('FILED')
        const after = runOf(aCase, 'TOTAL')
        expect(after.due.dueAt).toBe(runOfLater(before.startedOn, 45))
        expect(after.due.dueAt > before.due.dueAt).toBe(true)
        expect(aCase.act(cast.leader, 'EXTEND')).toBe('alreadyExtended')
      }),
      { numRuns: 50 },
    )
  })

  it('needs a cause that the rules of the place list', () => {
    const fewer = { parameters: { ...parameters, extensionCauses: () => ['OBJECTION'] as const } }
    const details = { cause: 'HARD_SURVEY' } as const
    expect(new ACase().accepted().act(cast.leader, 'EXTEND', { details, circumstances: fewer })).toBe(
      'extensionCauseMissing',
    )
  })

  it('is signed by the head of the office that has the case', () => {
    expect(new ACase().accepted().act(cast.handler, 'EXTEND')).toBe('notYourRole')
    expect(new ACase().reviewed().act(cast.countyHandler, 'EXTEND')).toBe('notYourRole')
    expect(new ACase().reviewed().act(cast.approver, 'EXTEND')).toBe('FILED')
  })
})

/** What so many working days from a day are due at. */
function runOfLater(startedOn: ReturnType<typeof days>, amount: number) {
  let day = startedOn
  for (let left = amount; left > 0; ) {
    day = addDays(day, 1)
    if (seededCalendar.isWorkingDay(day)) left -= 1
  }
  return new Date(Date.parse(`${addDays(day, 1)}T00:00:00.000+08:00`)).toISOString()
}
