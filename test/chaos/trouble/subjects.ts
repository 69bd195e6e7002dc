import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { expect } from 'vitest'
import type * as procedures from '../../../workflows/index.ts'
import { addDays, plainDate } from '../../../domain/time/plain-date.ts'
import { villages } from '../../../prisma/seed/places.ts'
import type { CaseInHand, How } from '../../support/people/officer.ts'
import { Refused } from '../../support/refused.ts'
import { PatientWorld } from '../support/patient-world.ts'
import type { OwnStack } from '../support/own-stack.ts'

/** A procedure at work, as trouble meets it. */
export type Subject = Readonly<{
  /** Has something new under way. */
  begins(): Promise<void>
  /** The next act on it, sent again until it is answered. */
  acts(): Promise<void>
  /** What has to be true once everything serves again. */
  holds(): Promise<void>
}>

/** Every procedure that workers run has its line here, or it does not compile: none is spared the trouble. */
export function subjectsOf(own: OwnStack): Record<keyof typeof procedures, Subject> {
  const world = new PatientWorld(own.stack.urls, `trouble-${process.pid}`)
  return {
    assistanceCaseWorkflow: aCase(world, own),
    calendarRedatingWorkflow: aRedating(world, own),
    dailyRoundWorkflow: aRound(world, own),
  }
}

/** A household applies; its case is accepted and surveyed. */
function aCase(world: PatientWorld, own: OwnStack): Subject {
  const { clerk, handler, otherHandler } = world.beijie
  let current: CaseInHand
  let acts: ((how: How) => Promise<unknown>)[] = []
  return {
    begins: async () => {
      current = await clerk.applies(world.aHousehold().of(2).earning(500_00))
      acts = [
        async (how) => handler.accepts(current, how),
        async (how) => handler.beginsSurvey(current, [otherHandler], how),
      ]
    },
    acts: async () => {
      const act = acts.shift()
      if (act === undefined) return
      const versionSeen = async () => (await handler.opens(current)).case.version
      await untilMended(act, async () => ({ requestId: randomUUID(), versionSeen: await versionSeen() }))
    },
    holds: async () => {
      await world.untilMatched(current)
      await handler.completesSurvey(current)
      await otherHandler.signsSurvey(current)
      const filed = await own.ask<{ type: string; times: number }>(
        'SELECT type, count(*)::int AS times FROM matter_event WHERE "matterId" = $1 GROUP BY type',
        [current.id],
      )
      for (const type of [
        'APPLICATION_ACCEPTED',
        'MATCHING_REQUESTED',
        'SURVEY_BEGUN',
        'SURVEY_COMPLETED',
        'SURVEY_SIGNED',
      ])
        expect(filed).toContainEqual({ type, times: 1 })
    },
  }
}

/** A place announces one day off after another. */
function aRedating({ administrator }: PatientWorld, own: OwnStack): Subject {
  let announced = 0
  return {
    begins: async () => {},
    acts: async () => {
      announced += 1
      const { today } = await administrator.readsClock()
      const day = addDays(plainDate(today), 200 + announced)
      await administrator.entersNotice({
        place: villages.beimen,
        title: `关于放假的通知（测试${announced}）`,
        number: `测试〔2026〕${announced}号`,
        days: [{ day, kind: 'HOLIDAY', name: '民俗节日' }],
      })
    },
    holds: async () => {
      const rows = await own.ask<{ done: boolean }>('SELECT "finishedAt" IS NOT NULL AS done FROM calendar_redating')
      expect(rows).toEqual(Array.from({ length: announced }, () => ({ done: true })))
    },
  }
}

/** A day passes, and its round is made. */
function aRound(world: PatientWorld, own: OwnStack): Subject {
  return {
    begins: async () => {},
    acts: async () => world.daysPass(1),
    holds: async () => {
      const today = await world.today()
      const rounds = async () =>
        own.ask<{ done: boolean }>('SELECT "finishedAt" IS NOT NULL AS done FROM daily_round WHERE day = $1', [today])
      await expect.poll(rounds, { timeout: 60_000, interval: 500 }).toEqual([{ done: true }])
    },
  }
}

/**
 * Somebody puts right what was missing, and whoever was told so sends the same act again. What news overtook is looked at
 * and done anew.
 */
async function untilMended(act: (how: How) => Promise<unknown>, decide: () => Promise<How>): Promise<void> {
  let how: How | null = null
  for (const giveUpAt = Date.now() + 60_000; ; await pause(200)) {
    try {
      how ??= await decide()
      await act(how)
      return
    } catch (error) {
      if (!(error instanceof Refused) || Date.now() > giveUpAt) throw error
      if (error.code === 'caseChangedSinceSeen') how = null
      else if (!['setUpIncomplete', 'parameterMissing'].includes(error.code)) throw error
    }
  }
}
