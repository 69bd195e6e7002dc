import { z } from '../../domain/schemas/zod.ts'
import { readCase } from '../../prisma/stores/matter/case-reading.ts'
import { id } from '../http/nouns.ts'
import { PayeeView } from './payee-contract.ts'
import { caseNotThere } from '../http/problem.ts'
import { payeeReadingRoles } from '../http/roles.ts'
import { route, type Route, type Services } from '../http/route.ts'
import { payeeView } from './payee-view.ts'

/** The account that money goes to, in full, for the two who answer for it. */
export function payeeRoutes({ archive }: Services): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/assistance-cases/{matterId}/payee',
      summary: '查看完整收款账户',
      policy: payeeReadingRoles,
      audits: { look: 'SEE_FULL_NUMBER' },
      params: z.strictObject({ matterId: id }),
      answer: { status: 200, schema: PayeeView, description: '完整户名和账号；查看即留痕' },
      handle: async ({ asker, params }) => {
        if ((await readCase(archive, { ...params, asker }, async () => true)) === null) throw caseNotThere()
        return { body: await payeeView(archive, params.matterId, asker) }
      },
    }),
  ]
}
