import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isFreeFor, type TiesToCase, whoMayAct } from '../../../domain/staff/may-act.ts'
import { neededRoles } from '../../../domain/procedures/authority.ts'
import type { Staffing } from '../../../domain/staff/staffing.ts'
import { whoFills, whoMaySit } from '../../../domain/staff/who-fills.ts'
import { plainDate } from '../../../domain/time/plain-date.ts'
import { capacities } from '../../../domain/vocabulary.ts'
import { ACase, cast } from '../procedures/assistance-case/a-case.ts'

const day = plainDate
const monday = day('2026-03-02')
const friday = day('2026-03-06')
const since = { fromOn: day('2021-01-01'), throughOn: null }
const handlers = { postId: 'handlers' }
const away = { ...handlers, officerId: 'li', fromOn: monday, throughOn: friday, endedOn: null, standInAgreedBy: 'zhou' }
const office = (changes: Partial<Staffing> = {}): Staffing => ({
  holdings: [
    { ...handlers, officerId: 'li', ...since },
    { postId: 'leaders', officerId: 'chen', ...since },
  ],
  absences: [],
  disabled: new Set(),
  roles: new Map([
    ['handlers', 'TOWNSHIP_HANDLER'],
    ['leaders', 'TOWNSHIP_LEADER'],
    ['finance', 'FINANCE_OFFICER'],
  ]),
  persons: new Map(),
  ...changes,
})

describe('a post', () => {
  it('is filled by its holder from the first day to the last', () => {
    const dated = office({ holdings: [{ ...handlers, officerId: 'li', fromOn: monday, throughOn: friday }] })
    const filled = ['2026-03-01', monday, friday, '2026-03-07'].map((on) => whoFills(dated, 'handlers', day(on)))
    expect(filled).toEqual([[], ['li'], ['li'], []])
  })

  it('of somebody on leave is filled by the stand-in on exactly those days, and the holder may come in all the same', () => {
    const onLeave = office({ absences: [{ ...away, standInId: 'chen' }] })
    const on = (text: string) => [
      whoFills(onLeave, 'handlers', day(text)),
      whoMaySit(onLeave, 'handlers', day(text)).toSorted(),
    ]
    expect(on('2026-03-01')).toEqual([['li'], ['li']])
    expect(on('2026-03-02')).toEqual([['chen'], ['chen', 'li']])
    expect(on('2026-03-06')).toEqual([['chen'], ['chen', 'li']])
    expect(on('2026-03-07')).toEqual([['li'], ['li']])
  })

  it('has no stand-in any more once the leave has ended sooner', () => {
    const back = office({ absences: [{ ...away, standInId: 'chen', endedOn: day('2026-03-03') }] })
    expect(whoMaySit(back, 'handlers', day('2026-03-04'))).toEqual(['li'])
    const neverGone = office({ absences: [{ ...away, standInId: 'chen', endedOn: day('2026-03-01') }] })
    expect(whoMaySit(neverGone, 'handlers', monday)).toEqual(['li'])
  })

  it('is empty while its holder is away and nobody stands in', () => {
    expect(whoFills(office({ absences: [{ ...away, standInId: null }] }), 'handlers', monday)).toEqual([])
  })

  it('is not filled by a stand-in who is away, disabled, or works nowhere any more', () => {
    const standsIn = { ...away, standInId: 'chen' }
    const ill = {
      postId: 'leaders',
      officerId: 'chen',
      standInId: null,
      fromOn: monday,
      throughOn: monday,
      endedOn: null,
      standInAgreedBy: null,
    }
    expect(whoFills(office({ absences: [standsIn, ill] }), 'handlers', monday)).toEqual([])
    expect(whoFills(office({ absences: [standsIn], disabled: new Set(['chen']) }), 'handlers', monday)).toEqual([])
    const alone = office({ absences: [standsIn], holdings: [{ ...handlers, officerId: 'li', ...since }] })
    expect(whoFills(alone, 'handlers', monday)).toEqual([])
  })

  it('is not filled by a stand-in whom no second person agreed to', () => {
    const unsigned = office({ absences: [{ ...away, standInId: 'chen', standInAgreedBy: null }] })
    expect(whoMaySit(unsigned, 'handlers', monday)).toEqual(['li'])
    expect(whoFills(unsigned, 'handlers', monday)).toEqual([])
  })

  it('of another family than a person has longer is not theirs, on whatever account', () => {
    const later = { fromOn: day('2025-01-01'), throughOn: null }
    const holdings = [...office().holdings, { postId: 'finance', officerId: 'li2', ...later }]
    const two = office({ holdings, persons: new Map([['li2', 'li']]) })
    expect([whoMaySit(two, 'handlers', monday), whoMaySit(two, 'finance', monday)]).toEqual([['li'], []])
    expect(whoMaySit({ ...two, disabled: new Set(['li']) }, 'finance', monday)).toEqual(['li2'])
    expect(whoMaySit({ ...two, persons: new Map() }, 'finance', monday)).toEqual(['li2'])
  })

  it('of another family has no stand-in who holds one of this', () => {
    const holdings = [...office().holdings, { postId: 'finance', officerId: 'wu', ...since }]
    const away = { postId: 'finance', officerId: 'wu', fromOn: monday, throughOn: friday, endedOn: null }
    const standIn = office({ holdings, absences: [{ ...away, standInId: 'chen', standInAgreedBy: 'zhou' }] })
    expect(whoMaySit(standIn, 'finance', monday)).toEqual(['wu'])
  })

  it('that its holder has left is nobody’s to stand in on', () => {
    const left = office({
      holdings: [
        { ...handlers, officerId: 'li', fromOn: since.fromOn, throughOn: day('2026-03-03') },
        { postId: 'leaders', officerId: 'chen', ...since },
      ],
      absences: [{ ...away, standInId: 'chen' }],
    })
    expect(whoMaySit(left, 'handlers', day('2026-03-03')).toSorted()).toEqual(['chen', 'li'])
    expect(whoMaySit(left, 'handlers', day('2026-03-04'))).toEqual([])
  })
})

describe('an open step', () => {
  const staffing = office({ holdings: ['wu', 'cao'].map((officerId) => ({ postId: 'finance', officerId, ...since })) })
  const ties = (entries: Record<string, Partial<TiesToCase>>) =>
    new Map(
      Object.entries(entries).map(([officerId, tie]) => [
        officerId,
        { capacityHeld: null, memberOfHousehold: false, relativeOfHousehold: false, ...tie },
      ]),
    )
  const release = { postIds: ['finance'], capacity: 'RELEASE' } as const

  it('can be taken by whoever is neither kin nor in another part of the case', () => {
    const prepared = ties({ wu: { capacityHeld: 'PREPARE' } })
    expect(whoMayAct(release, { staffing, ties: prepared, day: monday })).toEqual(['cao'])
    const both = ties({ wu: { capacityHeld: 'PREPARE' }, cao: { relativeOfHousehold: true } })
    expect(whoMayAct(release, { staffing, ties: both, day: monday })).toEqual([])
    const own = ties({ wu: { memberOfHousehold: true }, cao: { capacityHeld: 'RELEASE' } })
    expect(whoMayAct(release, { staffing, ties: own, day: monday })).toEqual(['cao'])
  })

  it('is barred to somebody exactly where the judge would refuse the person', () => {
    const personal = ['ownCase', 'relativeOfHousehold', 'otherCapacityInThisCase', 'sameFinanceOfficer']
    const anyTies = fc.record({
      capacityHeld: fc.option(fc.constantFrom(...capacities)),
      memberOfHousehold: fc.boolean(),
      relativeOfHousehold: fc.boolean(),
    })
    fc.assert(
      fc.property(anyTies, fc.constantFrom('accepted', 'reviewed', 'confirmed'), (tie, reached) => {
        const aCase = new ACase()[reached as 'accepted']()
        const [person, action, capacity] = {
          accepted: [cast.handler, 'BEGIN_SURVEY', 'HANDLE'] as const,
          reviewed: [cast.approver, 'CONFIRM', 'CONFIRM'] as const,
          confirmed: [cast.finance, 'PREPARE_PAYMENT', 'PREPARE'] as const,
        }[reached as 'accepted']
        const officer = {
          ...person,
          officeId: 'office',
          standsInFor: null,
          holdsPost: true,
          coversPlace: true,
          answeredOrder: false,
          ...tie,
        }
        const answer = aCase.act(person, action, { circumstances: { officer } })
        expect(isFreeFor(capacity, tie)).toBe(!personal.includes(answer))
      }),
    )
  })
})

describe('roles that must be filled', () => {
  it('are those that the table of authority gives something to do', () => {
    expect(neededRoles).toEqual(
      expect.arrayContaining(['VILLAGE_CLERK', 'TOWNSHIP_LEADER', 'COUNTY_APPROVER', 'FINANCE_OFFICER']),
    )
    expect(neededRoles).not.toContain('AUDITOR')
    expect(neededRoles).not.toContain('ADMINISTRATOR')
  })
})
