import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openStatuses } from '../../../../domain/procedures/assistance-case/civil-status.ts'
import type { CaseFact } from '../../../../domain/procedures/assistance-case/facts.ts'
import { foldCase } from '../../../../domain/procedures/assistance-case/case.ts'
import { caseCourse } from '../../../../domain/procedures/assistance-case/procedure.ts'
import type { Permission } from '../../../../domain/matter/permission.ts'
import { desksOf } from '../../../../domain/procedures/assistance-case/desks.ts'
import { type Role, roles } from '../../../../domain/vocabulary.ts'
import { type Action, actions } from '../../../../domain/procedures/words.ts'
import { instant } from '../../../../domain/time/plain-date.ts'
import { ACase } from './a-case.ts'

/** Anybody tries anything: twelve people of every role, some of whom change posts on the way. */
const attempt = fc.record({
  officerId: fc.integer({ min: 1, max: 12 }).map((number) => `officer-${number}`),
  role: fc.constantFrom(...roles),
  action: fc.constantFrom(...actions),
})
/** What the stage allows, by somebody of a fitting role; withdrawals are left to the attempts, or no story would last. */
const sensible = fc.record({ officerId: attempt.map(({ officerId }) => officerId), pick: fc.nat(20) })
const happening = fc.oneof(
  { weight: 16, arbitrary: sensible.map((value) => ({ kind: 'sensible act' as const, ...value })) },
  { weight: 6, arbitrary: attempt.map((value) => ({ kind: 'act' as const, ...value })) },
  { weight: 2, arbitrary: fc.constant({ kind: 'matched' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'a register says dead' as const }) },
  { weight: 2, arbitrary: fc.constant({ kind: 'notice ends' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'a month passes' as const }) },
)

type Happening = { kind: string; officerId?: string; role?: Role; action?: Action; pick?: number }

/** The household register, of the applicant; an officer finds that it is wrong. */
const saidDead: CaseFact = {
  type: 'MATCHING_ANSWERED',
  data: {
    matchingRequestId: 'm1',
    source: 'TAX',
    answer: 'FOUND',
    answeredAt: instant(0),
    factIds: [],
    statuses: [{ statusId: 's1', personId: 'p1', status: 'DEAD' }],
  },
}

function live(story: readonly Happening[]) {
  const aCase = new ACase().submitted()
  const moves: { from: string; to: string; action: Action; role: Role; officerId: string; open: number }[] = []
  for (const happening of story) {
    const from = aCase.state.stage
    const { kind, officerId = '', role = 'AUDITOR', action = 'ACCEPT' } = sense(happening, aCase)
    const { matching, matchingOwed } = aCase.state
    if (kind === 'matched' && (matchingOwed || (matching === null && from === 'SURVEY'))) aCase.matched()
    if (kind === 'a register says dead' && aCase.state.matching !== null) aCase.file(saidDead)
    if (kind === 'notice ends' && aCase.state.noticeThroughDay !== null && from === 'PUBLIC_NOTICE') {
      aCase.file({ type: 'NOTICE_ENDED', data: { handUpOwed: true } })
    }
    if (kind === 'a month passes')
      aCase.today = `${Number(aCase.today.slice(0, 4)) + 1}${aCase.today.slice(4)}` as never
    const open = openStatuses(aCase.state).length
    if (kind.endsWith('act') && aCase.act({ officerId, role }, action) === 'FILED') {
      moves.push({ from, to: aCase.state.stage, action, role, officerId, open })
    }
  }
  return { aCase, moves }
}

function permissionsAt(stage: string): readonly Permission<Action>[] {
  return (caseCourse as Readonly<Record<string, { acts: readonly Permission<Action>[] }>>)[stage]?.acts ?? []
}

/** Those who watch come in through the attempts: they move nothing, and would crowd out those who do. */
function movesTheCase(capacity: Permission['capacity']): boolean {
  return capacity !== null && capacity !== 'SUPERVISE'
}

function sense(happening: Happening, { state }: ACase): Happening {
  if (happening.kind !== 'sensible act') return happening
  const permissions: readonly Permission<Action>[] = permissionsAt(state.stage)
  const idle: Action[] = openStatuses(state).length === 0 ? ['WITHDRAW', 'SETTLE_STATUS'] : ['WITHDRAW']
  const lasting = permissions.filter(({ action, capacity }) => !idle.includes(action) && movesTheCase(capacity))
  const permission = lasting[(happening.pick ?? 0) % Math.max(1, lasting.length)]
  if (permission === undefined) return happening
  const [owed] = state.owedSignatures
  if (permission.action === 'SIGN_SURVEY' && owed !== undefined) return { ...happening, action: 'SIGN_SURVEY', ...owed }
  // Each role has people of its own, so that most of them keep to one part.
  const role = permission.roles[0] as Role
  return { ...happening, action: permission.action, role, officerId: `${happening.officerId}-${role}` }
}

describe('whatever anybody tries', () => {
  const stories = fc.array(happening, { minLength: 40, maxLength: 160, size: 'max' })

  it('state moves only along the published table', () => {
    fc.assert(
      fc.property(stories, (story) => {
        for (const { from, action, role } of live(story).moves) {
          const allowed = permissionsAt(from).some(
            (permission) => permission.action === action && (permission.roles as readonly Role[]).includes(role),
          )
          expect(allowed).toBe(true)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('nothing is signed, prepared or released past what a register says of a person', () => {
    const signing: Action[] = ['GIVE_OPINION', 'REVIEW_FILE', 'CONFIRM', 'REFUSE', 'PREPARE_PAYMENT', 'RELEASE_PAYMENT']
    let dealtWith = 0
    fc.assert(
      fc.property(stories, (story) => {
        for (const { action, open } of live(story).moves) {
          if (signing.includes(action)) expect(open).toBe(0)
          if (action === 'SETTLE_STATUS') dealtWith += 1
        }
      }),
      { numRuns: 300, seed: 7 },
    )
    expect(dealtWith).toBeGreaterThan(0)
  })

  it('nobody takes two parts in one case', () => {
    fc.assert(
      fc.property(stories, (story) => {
        const { aCase, moves } = live(story)
        for (const [officerId, capacity] of aCase.parts) {
          const mine = moves.filter((move) => move.officerId === officerId)
          const taken = mine.map(
            ({ from, action }) => permissionsAt(from).find((permission) => permission.action === action)?.capacity,
          )
          for (const part of taken) if (part !== null) expect(part).toBe(capacity)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('an open case lies on a desk, a closed one on none and its limits have all ended', () => {
    fc.assert(
      fc.property(stories, (story) => {
        const { state } = live(story).aCase
        expect(desksOf(state).length > 0).toBe(state.stage !== 'CLOSED')
        if (state.stage === 'CLOSED') expect(state.limits.every(({ stoppedOn }) => stoppedOn !== null)).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  it('at most one run of each limit is open, and runs are numbered without a gap', () => {
    fc.assert(
      fc.property(stories, (story) => {
        const { limits } = live(story).aCase.state
        for (const limit of new Set(limits.map((run) => run.limit))) {
          const runs = limits.filter((run) => run.limit === limit)
          expect(runs.map(({ run }) => run)).toEqual(runs.map((_, index) => index + 1))
          expect(runs.filter(({ stoppedOn }) => stoppedOn === null).length).toBeLessThanOrEqual(1)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('the fold of the log is the state', () => {
    fc.assert(
      fc.property(stories, (story) => {
        const { aCase } = live(story)
        expect(foldCase(aCase.events)).toEqual(aCase.state)
      }),
      { numRuns: 100 },
    )
  })

  it('at most one wait that the course of the case brings goes on, and a closed case waits for nobody', () => {
    fc.assert(
      fc.property(stories, (story) => {
        const { state } = live(story).aCase
        const goingOn = state.waits.filter(({ registered, through }) => !registered && through === null)
        expect(goingOn.length).toBeLessThanOrEqual(1)
        for (const { from, through } of state.waits) if (through !== null) expect(through >= from).toBe(true)
        if (state.stage === 'CORRECTION') expect(goingOn[0]?.waitsFor).toBe('HOUSEHOLD')
        if (state.stage === 'CLOSED') expect(goingOn).toEqual([])
      }),
      { numRuns: 300 },
    )
  })

  it('nobody who watches moves a case', () => {
    fc.assert(
      fc.property(stories, (story) => {
        for (const { from, to, action } of live(story).moves) {
          const permission: Permission | undefined = permissionsAt(from).find((one) => one.action === action)
          if (permission !== undefined && !movesTheCase(permission.capacity)) expect(to).toBe(from)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('each act that was not filed left the state as it was', () => {
    fc.assert(
      fc.property(stories, attempt, (story, { officerId, role, action }) => {
        const { aCase } = live(story)
        const before = structuredClone(aCase.state)
        if (aCase.act({ officerId, role }, action) !== 'FILED') expect(aCase.state).toEqual(before)
      }),
      { numRuns: 200 },
    )
  })

  it('stories do get far enough for the laws to mean something', () => {
    const reached = new Set<string>()
    fc.assert(
      fc.property(stories, (story) => {
        for (const { to } of live(story).moves) reached.add(to)
      }),
      { numRuns: 600, seed: 7 },
    )
    expect([...reached].sort()).toEqual(
      expect.arrayContaining(['CLOSED', 'COUNTY_CONFIRMATION', 'FIRST_PAYMENT', 'REFUSAL_NOTICE', 'TOWNSHIP_OPINION']),
    )
  })
})
