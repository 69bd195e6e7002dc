import { describe, expect, it } from 'vitest'
import { courseOf } from '../../../../domain/procedures/assistance-case/course.ts'
import { plainDate } from '../../../../domain/time/plain-date.ts'
import { ACase, cast } from './a-case.ts'

function on(aCase: ACase, day: string): ACase {
  aCase.today = plainDate(day)
  return aCase
}

describe('a case that is returned again and again', () => {
  it('keeps the day on which it was first complete, and every time that the household was asked', () => {
    const aCase = on(new ACase(), '2026-03-02').submitted()
    expect(courseOf(aCase.events)).toEqual({ firstCompleteOn: null, askedToMend: [] })
    on(aCase, '2026-03-03').act(cast.handler, 'RETURN')
    on(aCase, '2026-03-09').act(cast.clerk, 'RESUBMIT')
    on(aCase, '2026-03-10').act(cast.handler, 'RETURN')
    on(aCase, '2026-03-12').act(cast.clerk, 'RESUBMIT')
    on(aCase, '2026-03-13').act(cast.handler, 'ACCEPT')
    on(aCase, '2026-03-16').act(cast.handler, 'RETURN')
    on(aCase, '2026-03-20').act(cast.clerk, 'RESUBMIT')
    const { firstCompleteOn, askedToMend } = courseOf(aCase.events)
    expect(firstCompleteOn).toBe('2026-03-12')
    expect(askedToMend.map(({ occurredOn, again }) => [occurredOn, again])).toEqual([
      ['2026-03-03', false],
      ['2026-03-10', true],
      ['2026-03-16', true],
    ])
  })
})
