import { describe, expect, it } from 'vitest'
import { blankCase } from '../../../../domain/procedures/assistance-case/state.ts'
import { pickingDates } from '../../../../domain/procedures/assistance-case/dates.ts'
import { assess } from '../../../../domain/policy/assessment.ts'
import { parametersInForce } from '../../../../domain/policy/parameters-in-force.ts'
import { monthOf, nextMonth, plainDate } from '../../../../domain/time/plain-date.ts'
import { seededParameters } from '../../policy/seeded-parameters.ts'

const accepted = { ...blankCase, appliedOn: plainDate('2022-10-24'), acceptedOn: plainDate('2022-10-25') }

/** What the rules make of three people without income in rural Qingyang, category II, for an act of a day. */
function assessedFor(on: string) {
  const day = plainDate(on)
  const members = ['a', 'b', 'c'].map((personId, index) => ({
    personId,
    relation: index === 0 ? ('APPLICANT' as const) : ('PARENT' as const),
    birthDate: plainDate('1960-01-01'),
    residesInHousehold: true,
    workCapable: false,
    income: [],
    property: [],
  }))
  return assess({
    household: { placeResidenceKind: 'RURAL', declaredOn: plainDate('2022-10-24'), members },
    facts: [],
    sources: [],
    surveyed: [],
    category: 'II',
    parameters: parametersInForce(seededParameters, {
      placeChain: ['qingyang', 'CN'],
      programme: 'DIBAO',
      residenceKind: 'RURAL',
      on: day,
      dates: pickingDates(accepted, day),
    }),
    today: day,
  })
}

describe('the rules of a confirmation', () => {
  // Typed in on 2 December 2022 and on 3 January 2023: when, has no part in it.
  it.each([
    ['2022-11-28', '2022-12', 417, 1_251],
    ['2022-12-30', '2023-01', 442, 1_326],
  ])('are those of the first month paid after %s, %s: %i yuan a head, %i for three', (on, month, aHead, forThree) => {
    expect(nextMonth(monthOf(plainDate(on)))).toBe(month)
    const { monthlyAmountFen, calculation, assessedOn } = assessedFor(on)
    expect(calculation).toMatchObject({ perMemberFen: aHead * 100 })
    expect([monthlyAmountFen, assessedOn]).toEqual([forThree * 100, on])
  })
})
