import { z } from '../../domain/schemas/zod.ts'
import { readClock } from '../../prisma/stores/system/clock.ts'
import { countEngineAlarms } from '../../prisma/stores/oversight/engine-alarms.ts'
import { route, type Route, type Services } from './route.ts'

const Health = z
  .object({
    /** `degraded`: everything is served, and something needs a person. */
    status: z.enum(['ok', 'degraded']),
    stuckProcedures: z.int(),
    replacingStopped: z.boolean(),
    /** Cases in which an act failed in a way that nobody foresaw. */
    failedActs: z.int(),
  })
  .meta({ id: 'Health' })

/**
 * Whether the counter can do its work: it can as long as the archive answers, and the status is for whoever sends it
 * requests. What somebody has to look at is told in the body: no other counter would do better.
 */
export function healthRoutes({ archive }: Services): Route[] {
  return [
    route({
      method: 'get',
      path: '/healthz',
      summary: '运行状况',
      policy: 'anonymous',
      outsideLimits: true,
      audits: { nothing: 'whether it runs' },
      answer: { status: 200, schema: Health, description: '正常' },
      handle: async () => {
        await readClock(archive.db)
        const { PROCEDURE_STUCK, REPLACING_STOPPED, ACT_FAILED } = await countEngineAlarms(archive.db)
        const status = PROCEDURE_STUCK + REPLACING_STOPPED + ACT_FAILED === 0 ? 'ok' : 'degraded'
        const replacingStopped = REPLACING_STOPPED > 0
        return { body: { status, stuckProcedures: PROCEDURE_STUCK, replacingStopped, failedActs: ACT_FAILED } }
      },
    }),
  ]
}
