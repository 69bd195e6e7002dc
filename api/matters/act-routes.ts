import { z } from '../../domain/schemas/zod.ts'
import { handOver } from './deliver.ts'
import { receiveAct } from './receive-act.ts'
import { ActAnswer, ActIntake } from '../assistance-cases/act-contract.ts'
import { actions } from '../../domain/procedures/words.ts'
import { readCase } from '../../prisma/stores/matter/case-reading.ts'
import { actForm } from '../assistance-cases/act-forms.ts'
import { id } from '../http/nouns.ts'
import { caseNotThere } from '../http/problem.ts'
import { ActForm } from './form-contract.ts'
import { actingRoles } from '../http/roles.ts'
import { route, type Route, type Services } from '../http/route.ts'

/** Acts on a case: written down, handed to its procedure, answered from what was stored. */
export function actRoutes({ archive, desk }: Services): Route[] {
  return [
    route({
      method: 'post',
      path: '/api/matters/{matterId}/acts',
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
    route({
      method: 'get',
      path: '/api/matters/{matterId}/acts/{act}/form',
      summary: '事项表单',
      policy: actingRoles,
      audits: { look: 'READ_CASE' },
      params: z.strictObject({ matterId: id, act: z.enum(actions) }),
      answer: { status: 200, schema: ActForm, description: '该事项现在能否办理、表单各项及可选内容' },
      handle: async ({ asker, params: { matterId, act } }) => {
        const form = await readCase(archive, { matterId, asker }, (reading) => actForm(reading, asker, act))
        if (form === null) throw caseNotThere()
        return { body: form }
      },
    }),
  ]
}
