import { round } from '../shared/activities.ts'
import type { DailyRoundInput } from './contract.ts'

/**
 * What is done once on every day. Each step may be done twice, so a round that an engine lost begins anew. None waits for
 * anything, so there is no timer to be moved when a training clock moves: it may jump over days, and then the round of
 * the day on which it stops is made, and what the days between would have found is found by that one.
 */
export async function dailyRoundWorkflow({ day }: DailyRoundInput): Promise<void> {
  await round.passOnTasks({ day })
  await round.checkDesks({ day })
  await round.recordForecasts({ day })
  await round.issueDueBulletins({ day })
  await round.finishRound({ day })
}
