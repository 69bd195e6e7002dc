import { z } from '../../domain/schemas/zod.ts'
import { dayOf } from '../../domain/time/plain-date.ts'
import { stableId } from '../../platform/stable-id.ts'
import { readClock } from '../../prisma/stores/system/clock.ts'
import { agreeToDeputy, endDeputy, nameDeputy } from '../../prisma/stores/staff/standing-deputies.ts'
import { id } from '../http/nouns.ts'
import {
  Deputies,
  DeputiesQuery,
  DeputyAgreed,
  DeputyEnded,
  DeputyNamed,
  NewDeputy,
} from './standing-deputy-contract.ts'
import { once } from '../http/once.ts'
import { route, type Route, type Services } from '../http/route.ts'
import { actorOf } from './staff-change.ts'
import { deputiesView } from './standing-deputies-view.ts'

/** Who stands in for whom whenever they are away, agreed by two beforehand, so that relief at night waits for nobody. */
export function standingDeputyRoutes({ archive }: Services): Route[] {
  const params = z.strictObject({ standingDeputyId: id })
  return [
    route({
      method: 'post',
      path: '/api/standing-deputies',
      summary: '指定常设代班人员',
      policy: 'session',
      audits: { chained: 'staff' },
      body: NewDeputy,
      answer: { status: 201, schema: DeputyNamed, description: '已指定，待另一人签字同意' },
      handle: async (ask) => {
        const standingDeputyId = stableId(ask.asker.officerId, ask.requestId, 'STANDING_DEPUTY')
        return {
          body: await once(archive, ask, { action: 'NAME_DEPUTY', matterId: null }, async (tx) => {
            const { fromOn = dayOf(await readClock(tx)), throughOn = null, ...who } = ask.body
            return nameDeputy(tx, { ...who, fromOn, throughOn, standingDeputyId }, actorOf(ask))
          }),
        }
      },
    }),
    route({
      method: 'post',
      path: '/api/standing-deputies/{standingDeputyId}/agrees',
      summary: '同意常设代班',
      policy: 'session',
      audits: { chained: 'staff' },
      params,
      answer: { status: 200, schema: DeputyAgreed, description: '已同意，此后登记缺勤即可代班' },
      handle: async (ask) => ({
        body: await once(archive, ask, { action: 'AGREE_DEPUTY', matterId: null }, async (tx) =>
          agreeToDeputy(tx, ask.params.standingDeputyId, actorOf(ask)),
        ),
      }),
    }),
    route({
      method: 'post',
      path: '/api/standing-deputies/{standingDeputyId}/ends',
      summary: '结束常设代班',
      policy: 'session',
      audits: { chained: 'staff' },
      params,
      answer: { status: 200, schema: DeputyEnded, description: '已结束；已登记的缺勤不受影响' },
      handle: async (ask) => ({
        body: await once(archive, ask, { action: 'END_DEPUTY', matterId: null }, async (tx) =>
          endDeputy(tx, ask.params.standingDeputyId, actorOf(ask)),
        ),
      }),
    }),
    route({
      method: 'get',
      path: '/api/standing-deputies',
      summary: '常设代班人员',
      policy: 'session',
      audits: { look: 'READ_STAFF' },
      query: DeputiesQuery,
      answer: { status: 200, schema: Deputies, description: '本单位和辖区的常设代班人员' },
      handle: async ({ asker, query }) => ({ body: await deputiesView(archive, asker, query) }),
    }),
  ]
}
