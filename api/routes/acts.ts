import { z } from '../../domain/schemas/zod.ts'
import { handOver } from '../acts/hand-over.ts'
import { receiveAct } from '../acts/receive-act.ts'
import { ActAnswer, ActIntake } from '../contract/acts.ts'
import { id } from '../contract/nouns.ts'
import { actingRoles } from '../roles.ts'
import { route, type Route, type Services } from '../route.ts'

/** Acts on a case: written down, handed to its procedure, answered from what was stored. */
export function actRoutes({ archive, desk }: Services): Route[] {
  return [
    route({
      method: 'post',
      path: '/api/cases/{matterId}/acts',
      summary: '办理事项',
      policy: actingRoles,
      audits: { chained: 'case' },
      params: z.strictObject({ matterId: id }),
      body: ActIntake,
      answer: { status: 200, schema: ActAnswer, description: '已办理' },
      handle: async (ask) => {
        const { officerId } = ask.asker
        const { matterId, action } = await receiveAct(archive, ask)
        const { requestId } = ask
        return { body: await handOver({ archive, desk }, { matterId, action, officerId, requestId }) }
      },
    }),
  ]
}
