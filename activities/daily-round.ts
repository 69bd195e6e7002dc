import type { Archive } from '../prisma/client.ts'
import { passOnTasksOfDay } from '../prisma/stores/staff/assignments.ts'
import { issueDueBulletins } from '../prisma/stores/oversight/bulletins.ts'
import { finishDailyRound, noteOrphans } from '../prisma/stores/oversight/daily-rounds.ts'
import { recordForecasts } from '../prisma/stores/oversight/forecasts.ts'
import { followPlaces } from '../prisma/stores/matter/desk-moves.ts'
import { checkDesks } from '../prisma/stores/staff/staff-changes.ts'
import type { DailyRoundActivities } from './contract.ts'

/** What is done once on every day, step by step; each may be done twice. */
export function createDailyRoundActivities({ archive }: { archive: Archive }): DailyRoundActivities {
  return {
    passOnTasks: async ({ day }) => passOnTasksOfDay(archive, day),
    async checkDesks({ day }) {
      // First to whom a step belongs by now, then whether anybody is there to take it.
      await followPlaces(archive, day)
      const orphans = await checkDesks(archive, day)
      if (orphans !== null) await noteOrphans(archive.db, day, orphans)
    },
    async recordForecasts({ day }) {
      await recordForecasts(archive, day)
    },
    async issueDueBulletins({ day }) {
      await issueDueBulletins(archive, day)
    },
    finishRound: async ({ day }) => finishDailyRound(archive, day),
  }
}
