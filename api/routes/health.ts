import { z } from '../../domain/schemas/zod.ts'
import { readClock } from '../../prisma/stores/clock.ts'
import { route, type Route, type Services } from '../route.ts'

/** Whether the counter can do its work: it can as long as the archive answers. */
export function healthRoutes({ archive }: Services): Route[] {
  return [
    route({
      method: 'get',
      path: '/healthz',
      summary: '运行状况',
      policy: 'anonymous',
      outsideLimits: true,
      answer: { status: 200, schema: z.object({ status: z.literal('ok') }), description: '正常' },
      handle: async () => {
        await readClock(archive.db)
        return { body: { status: 'ok' } }
      },
    }),
  ]
}
