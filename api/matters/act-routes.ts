import { z } from '../../domain/schemas/zod.ts'
import { handOver } from './deliver.ts'
import { receiveAct } from './receive-act.ts'
import { ActAnswer, ActIntake } from '../assistance-cases/act-contract.ts'
import { id } from '../http/nouns.ts'
import { actingRoles } from '../http/roles.ts'
import { route, type Route, type Services } from '../http/route.ts'

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
