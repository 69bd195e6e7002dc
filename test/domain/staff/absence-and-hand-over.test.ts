import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  changeoverOf,
  type HandOverList,
  type HandOverStanding,
  refuseCancelling,
  refuseGiving,
  refuseHandOver,
  refuseTaking,
  supplementOf,
} from '../../../domain/staff/hand-over.ts'
import { type AbsenceCircumstances, refuseAbsence, refuseReturn } from '../../../domain/staff/judge-absence.ts'
import { isAwayOn } from '../../../domain/staff/staffing.ts'
import { mayArrange, officeAbove } from '../../../domain/staff/who-arranges.ts'
import { addDays, plainDate } from '../../../domain/time/plain-date.ts'
import { roles } from '../../../domain/vocabulary.ts'

const day = plainDate
const today = day('2026-03-02')
const asked = { postId: 'p', officerId: 'li', standInId: 'chen', fromOn: today, throughOn: day('2026-03-06') }
const inOrder: AbsenceCircumstances = { today, holdsPost: true, others: [], standIn: { available: true, absences: [] } }

describe('an absence', () => {
  const refusal = (changes: Partial<typeof asked>, circumstances: Partial<AbsenceCircumstances> = {}) =>
    refuseAbsence({ ...asked, ...changes }, { ...inOrder, ...circumstances })?.code ?? null

  it('is entered by days ahead, and for an illness that has begun', () => {
    expect(refusal({})).toBeNull()
    expect(refusal({ fromOn: day('2026-02-25') })).toBeNull()
    expect(refusal({ fromOn: day('2026-04-01'), throughOn: day('2026-04-01') })).toBeNull()
  })

  it('is not entered when it is over, or ends before it begins', () => {
    expect(refusal({ fromOn: day('2026-02-25'), throughOn: day('2026-03-01') })).toBe('absencePast')
    expect(refusal({ throughOn: day('2026-03-01') })).toBe('lastDayBeforeFirst')
  })

  it('is not entered for a post that one does not hold', () => {
    expect(refusal({}, { holdsPost: false })).toBe('officerNotOnPost')
  })

  it('has a stand-in who is somebody else, works there or above, and is not away', () => {
    expect(refusal({ standInId: 'li' })).toBe('standInIsAbsentee')
    expect(refusal({}, { standIn: { available: false, absences: [] } })).toBe('standInNotOfOffice')
    const own = {
      ...asked,
      officerId: 'chen',
      standInId: null,
      fromOn: day('2026-03-06'),
      endedOn: null,
      standInAgreedBy: null,
    }
    expect(refusal({}, { standIn: { available: true, absences: [own] } })).toBe('standInAway')
    expect(refusal({}, { standIn: { available: true, absences: [{ ...own, fromOn: day('2026-03-07') }] } })).toBeNull()
    expect(refusal({}, { standIn: null })).toBeNull()
  })

  it('shares no day with another of the same officer on the same post', () => {
    const span = fc.tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 20 }))
    fc.assert(
      fc.property(span, span, fc.option(fc.integer({ min: -1, max: 20 })), ([from, long], [other, otherLong], end) => {
        const one = { fromOn: addDays(today, from), throughOn: addDays(today, from + long) }
        const known = {
          ...asked,
          fromOn: addDays(today, other),
          throughOn: addDays(today, other + otherLong),
          endedOn: end === null ? null : addDays(today, other + end),
          standInAgreedBy: 'zhou',
        }
        const days = Array.from({ length: 45 }, (_, index) => addDays(today, index))
        const shared = days.some((on) => isAwayOn(known, on) && isAwayOn({ ...known, ...one, endedOn: null }, on))
        expect(refusal(one, { others: [known] })).toBe(shared ? 'absenceOverlaps' : null)
      }),
    )
  })

  it('ends sooner from today on, and not after it was to end', () => {
    const absence = { ...asked, endedOn: null, standInAgreedBy: 'zhou' }
    const back = (text: string) => refuseReturn(absence, day(text), today)?.code ?? null
    expect(['2026-03-01', '2026-03-02', '2026-03-06', '2026-03-07'].map(back)).toEqual([
      'backOnNotPossible',
      null,
      null,
      'backOnNotPossible',
    ])
    expect(refuseReturn({ ...absence, endedOn: day('2026-03-01') }, today, today)?.code).toBe('absenceOver')
  })
})

describe('who arranges', () => {
  const own = { officeId: 'here', kind: 'TOWNSHIP_GOVERNMENT', inArea: true } as const
  const village = { officeId: 'village', kind: 'VILLAGE_COMMITTEE', inArea: true } as const
  const finance = { officeId: 'finance', kind: 'FINANCE_BUREAU', inArea: true } as const
  const who = (office: Parameters<typeof mayArrange>[1]) =>
    roles.filter((role) => mayArrange({ officeId: 'here', role }, office))

  it('is the head in the own office, the supervisor for civil affairs, the administrator for all of the area', () => {
    expect(who(own)).toEqual(['TOWNSHIP_LEADER', 'COUNTY_APPROVER', 'COUNTY_SUPERVISOR', 'ADMINISTRATOR'])
    expect(who(village)).toEqual(['TOWNSHIP_LEADER', 'COUNTY_SUPERVISOR', 'ADMINISTRATOR'])
    expect(who(finance)).toEqual(['ADMINISTRATOR'])
    expect(who({ ...village, inArea: false })).toEqual([])
  })

  it('finds stand-ins one level up', () => {
    expect(officeAbove({ kind: 'VILLAGE_COMMITTEE', level: 'VILLAGE' })?.kind).toBe('TOWNSHIP_GOVERNMENT')
    expect(officeAbove({ kind: 'FINANCE_BUREAU', level: 'COUNTY' })).toEqual({ kind: 'FINANCE_BUREAU', level: 'CITY' })
    expect(officeAbove({ kind: 'CIVIL_AFFAIRS_BUREAU', level: 'NATION' })).toBeNull()
  })
})

describe('a hand-over', () => {
  const standing: HandOverStanding = {
    openedBy: 'chen',
    fromOfficerId: 'li',
    toOfficerId: 'zhao',
    frozenDigest: null,
    taken: false,
    cancelled: false,
  }
  const frozen = { ...standing, frozenDigest: 'a' }

  it('is opened from somebody who has the post to somebody else who works there, and for a day to come', () => {
    const about = { today, leaverHoldsPost: true, takerAvailable: true, alreadyOpen: false }
    const opened = { fromOfficerId: 'li', toOfficerId: 'zhao', lastDay: today }
    expect(refuseHandOver(opened, about)).toBeNull()
    expect(refuseHandOver({ ...opened, toOfficerId: 'li' }, about)?.code).toBe('takerIsGiver')
    expect(refuseHandOver({ ...opened, lastDay: day('2026-03-01') }, about)?.code).toBe('lastDayPast')
    expect(refuseHandOver(opened, { ...about, leaverHoldsPost: false })?.code).toBe('officerNotOnPost')
    expect(refuseHandOver(opened, { ...about, takerAvailable: false })?.code).toBe('takerNotAvailable')
    expect(refuseHandOver(opened, { ...about, alreadyOpen: true })?.code).toBe('handOverOpen')
  })

  it('is signed by the two whom it concerns, the one who leaves first, and both under one list', () => {
    const gives = (officerId: string, digest: string, on = standing) =>
      refuseGiving(on, { officerId, digest, digestNow: 'a' })?.code ?? null
    expect(gives('zhao', 'a')).toBe('notTheGiver')
    expect(gives('li', 'b')).toBe('listChangedSinceSeen')
    expect(gives('li', 'a')).toBeNull()
    // The list has grown since; what was signed stays signed.
    expect(refuseGiving(frozen, { officerId: 'li', digest: 'a', digestNow: 'c' })).toBeNull()
    expect(refuseGiving(frozen, { officerId: 'li', digest: 'c', digestNow: 'c' })?.code).toBe('listNotTheFrozenOne')
    expect(gives('li', 'a', { ...standing, cancelled: true })).toBe('handOverCancelled')

    const takes = (officerId: string, digest: string, on = frozen as HandOverStanding) =>
      refuseTaking(on, { officerId, digest })?.code ?? null
    expect(takes('li', 'a')).toBe('notTheTaker')
    expect(takes('zhao', 'a', standing)).toBe('handOverNotGiven')
    expect(takes('zhao', 'b')).toBe('listNotTheFrozenOne')
    expect(takes('zhao', 'a')).toBeNull()
    expect(takes('zhao', 'a', { ...frozen, cancelled: true })).toBe('handOverCancelled')
  })

  it('is called off by who opened it, until it is taken', () => {
    expect(refuseCancelling(frozen, 'li')?.code).toBe('notTheOpener')
    expect(refuseCancelling(frozen, 'chen')).toBeNull()
    expect(refuseCancelling({ ...frozen, taken: true }, 'chen')?.code).toBe('handOverTaken')
  })

  it('leaves nobody without the post on any day, whenever the other signs', () => {
    fc.assert(
      fc.property(fc.integer({ min: -30, max: 30 }), (offset) => {
        const { leaverThroughOn, takerFromOn } = changeoverOf(addDays(today, offset), today)
        expect(leaverThroughOn >= today).toBe(true)
        expect(takerFromOn >= today && takerFromOn <= addDays(leaverThroughOn, 1)).toBe(true)
        if (offset > 0) expect(takerFromOn).toBe(addDays(today, offset + 1))
      }),
    )
  })

  it('tells what came after the list was signed', () => {
    const task = (taskId: string) => ({ taskId }) as HandOverList['tasks'][number]
    const order = (orderId: string) => ({ orderId }) as HandOverList['orders'][number]
    const signed: HandOverList = { tasks: [task('1'), task('2')], supervision: [], orders: [] }
    const now: HandOverList = { tasks: [task('2'), task('3')], supervision: [], orders: [order('9')] }
    expect(supplementOf(signed, now)).toEqual({ tasks: [task('3')], supervision: [], orders: [order('9')] })
  })
})
