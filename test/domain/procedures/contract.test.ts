import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { commonSteps } from '../../../domain/matter/common-steps.ts'
import { commonLimits } from '../../../domain/matter/due-runs.ts'
import { fold } from '../../../domain/matter/fold.ts'
import { permissionFor } from '../../../domain/matter/judge.ts'
import { limitHolders } from '../../../domain/matter/limit-holders.ts'
import { limitKeys } from '../../../domain/matter/limit-keys.ts'
import { allProcedures } from '../../../domain/procedures/index.ts'
import { possibleActs } from '../../../domain/procedures/possible-acts.ts'
import { permissionsIn } from '../../../domain/procedures/authority.ts'
import { actionLabels, factLabels, outcomeLabels, stageLabels } from '../../../domain/procedures/words.ts'
import { matterKindLabels } from '../../../domain/labels.ts'
import type { Fact } from '../../../domain/matter/facts.ts'
import type { Permission } from '../../../domain/matter/permission.ts'
import { createDice, type Dice } from '../../support/dice.ts'
import { AMatter, personOf } from './a-matter.ts'
import { walks } from './walks.ts'

type See = (matter: AMatter, from: string, by: string) => void
type Choice = { fact: Fact } | { permission: Permission }

/** A story is told by dice, and long enough that most of them come to an end. */
const stories = fc.nat(2 ** 31 - 1).map((seed) => createDice(seed))
const length = 150
const asOften = { numRuns: 200, seed: 10 }

describe.each(Object.entries(walks))('%s, as every procedure,', (kind, walk) => {
  const { procedure } = walk
  const stages = Object.keys(procedure.course)

  /** Somebody who may do what the stage allows does it, or something arrives from outside. */
  function live(dice: Dice, see: See = () => {}, wanted: (from: string, by: string) => boolean = () => false): AMatter {
    const matter = new AMatter(walk)
    for (let step = 0; step < length; step += 1) {
      const from = matter.state.stage
      matter.luck = dice.between(0, 999)
      const by = happen(matter, dice, wanted)
      if (by !== null) see(matter, from, by)
      matter.daysPass(dice.pick([0, 0, 0, 1, 1, 2, 30]))
    }
    return matter
  }

  function happen(matter: AMatter, dice: Dice, wanted: (from: string, by: string) => boolean): string | null {
    const { version, stage } = matter.state
    const { acts = [], goesTo = {} } = version === 0 ? { acts: [procedure.opening] } : (procedure.course[stage] ?? {})
    const weightOf = (action: string) => {
      if (wanted(stage, action)) return 30
      // Whoever gives up, or begins again, makes the story short.
      if (action === 'WITHDRAW') return dice.chance(0.02) ? 50 : 0
      if (action === 'RETURN') return dice.chance(0.1) ? 30 : 0
      if (action in goesTo) return 12
      return action in procedure.rules ? 6 : Number(dice.chance(0.3))
    }
    const choices = [
      ...walk.news(matter.state).flatMap((fact) => Array<Choice>(4).fill({ fact })),
      ...acts.flatMap((permission) => Array<Choice>(weightOf(permission.action)).fill({ permission })),
    ]
    if (choices.length === 0) return null
    const choice = dice.pick(choices)
    if ('fact' in choice) {
      matter.file(choice.fact)
      return choice.fact.type
    }
    const { action, roles, capacity } = choice.permission
    const role = dice.pick(roles)
    return matter.act({ officerId: personOf(role, capacity), role }, action) === 'FILED' ? action : null
  }

  it('keeps every matter on a desk where somebody may act, until it is closed', () => {
    const seen = new Set<string>()
    fc.assert(
      fc.property(stories, (story) => {
        live(story, ({ state }) => {
          const desks = procedure.desksOf(state)
          expect(desks.length > 0).toBe(state.stage !== 'CLOSED')
          const acts = procedure.course[state.stage]?.acts ?? []
          for (const { role } of desks) expect(acts.some(({ roles }) => roles.includes(role))).toBe(true)
          seen.add(state.stage)
        })
      }),
      asOften,
    )
    expect([...seen].toSorted()).toEqual([...stages, 'CLOSED'].toSorted())
  })

  it('moves only as its course says, and everything that its course says happens', () => {
    const said = new Set(
      stages.flatMap((from) =>
        Object.entries(procedure.course[from]?.goesTo ?? {}).flatMap(([by, targets = []]) =>
          targets.map((to) => `${from} ${by} ${to}`),
        ),
      ),
    )
    const happened = new Set<string>()
    const isWanted = (from: string, by: string) =>
      [...said].some((move) => move.startsWith(`${from} ${by} `) && !happened.has(move))
    const see: See = ({ state }, from, by) => {
      // Opened; and money that comes back opens a closed matter again.
      if (from === state.stage || state.version === 1 || from === 'CLOSED') return
      const targets: readonly string[] = procedure.course[from]?.goesTo[by] ?? []
      expect(targets, `${from} ${by} ${state.stage}`).toContain(state.stage)
      happened.add(`${from} ${by} ${state.stage}`)
    }
    // As many stories as it takes until everything has happened, and no fewer than fifty.
    for (let seed = 1; seed <= 50 || (happened.size < said.size && seed <= 5_000); seed += 1) {
      const dice = createDice(seed)
      live(dice, see, dice.chance(0.7) ? isWanted : undefined)
    }
    expect([...happened].toSorted()).toEqual([...said].toSorted())
  })

  it('runs a limit only where its course names it, and none when it is closed', () => {
    fc.assert(
      fc.property(stories, (story) => {
        live(story, ({ state: { stage, limits } }) => {
          const named: readonly string[] = [...(procedure.course[stage]?.limits ?? []), ...Object.keys(commonLimits)]
          const running = limits.filter(({ stoppedOn }) => stoppedOn === null).map(({ limit }) => limit)
          if (stage === 'CLOSED') expect(running).toEqual([])
          else expect(named, `at ${stage}`).toEqual(expect.arrayContaining(running))
        })
      }),
      asOften,
    )
  })

  it('knows the length and the holder of every limit that it names, and names every one that it knows', () => {
    const named = new Set(Object.values(procedure.course).flatMap(({ limits }) => limits))
    expect([...named].toSorted()).toEqual(Object.keys(procedure.limits).toSorted())
    for (const limit of named) expect(limitHolders[limit]).toBeDefined()
  })

  it('replays to the same state, and nothing that only watches moves it', () => {
    fc.assert(
      fc.property(stories, (story) => {
        const matter = live(story, ({ state }, from, by) => {
          if (by in commonSteps) expect(state.stage).toBe(from)
        })
        expect(fold(procedure, matter.events)).toEqual(matter.state)
      }),
      asOften,
    )
  })

  it('says why not only where the judge refuses as well', () => {
    const told = new Set<string>()
    fc.assert(
      fc.property(stories, (dice) => {
        live(dice, (matter) => {
          const { state, today } = matter
          if (state.stage === 'CLOSED') return
          const { action, roles, capacity } = dice.pick(procedure.course[state.stage]?.acts ?? [])
          const role = dice.pick(roles)
          const actor = { officerId: personOf(role, capacity), officeId: 'office', role }
          const capacityHeld = matter.parts.get(actor.officerId) ?? null
          const parameters = walk.parametersOf(matter)
          const possible = possibleActs(procedure, state, { ...actor, capacityHeld, today, parameters })
          const refusal = possible.find(({ act }) => act === action)?.refusal
          if (!refusal) return
          expect(matter.wouldAnswer(actor, action), `${action}: ${refusal.code}`).not.toBe('FILED')
          told.add(refusal.code)
        })
      }),
      asOften,
    )
    expect(told.size).toBeGreaterThan(5)
  })

  it('has a rule for every act that it allows, and allows every act that it has a rule for', () => {
    const allowed = new Set(permissionsIn(procedure).map(({ action }) => action))
    for (const act of Object.keys(procedure.rules)) expect(allowed).toContain(act)
    const blank = procedure.blank
    for (const stage of stages)
      for (const { action } of procedure.course[stage]?.acts ?? [])
        expect(permissionFor(procedure, action, { ...blank, version: 1, stage })?.action).toBe(action)
  })

  it('calls every word by a name that people read', () => {
    const labelled = (labels: object, words: readonly string[]) =>
      expect(words.filter((word) => !(word in labels))).toEqual([])
    labelled(matterKindLabels, [kind])
    labelled(stageLabels, stages)
    labelled(actionLabels, Object.keys(procedure.rules))
    labelled(factLabels, Object.keys(procedure.steps))
    const outcomes = new Set<string>()
    fc.assert(
      fc.property(stories, (story) => {
        const { outcome } = live(story).state
        if (outcome !== null) outcomes.add(outcome)
      }),
      asOften,
    )
    labelled(outcomeLabels, [...outcomes])
  })
})

describe('all procedures together', () => {
  it('take the name of a fact once', () => {
    const names = [...Object.keys(commonSteps), ...allProcedures.flatMap(({ steps }) => Object.keys(steps))]
    expect(names).toHaveLength(new Set(names).size)
  })

  it('take the name of a limit once, and leave none without a procedure', () => {
    const names = [...Object.keys(commonLimits), ...allProcedures.flatMap(({ limits }) => Object.keys(limits))]
    expect(names.toSorted()).toEqual([...limitKeys].toSorted())
  })
})
