import { z } from '../../domain/schemas/zod.ts'
import { stableId } from '../../platform/stable-id.ts'
import { cancelHandOver, openHandOver } from '../../prisma/stores/staff/hand-overs.ts'
import { giveHandOver, takeHandOver } from '../../prisma/stores/staff/hand-over-signatures.ts'
import {
  HandOverCancelled,
  HandOverGiven,
  HandOverOpened,
  HandOvers,
  HandOverSignature,
  HandOversQuery,
  HandOverTaken,
  HandOverView,
  NewHandOver,
} from './hand-over-contract.ts'
import { id } from '../http/nouns.ts'
import { once } from '../http/once.ts'
import { fault } from '../http/problem.ts'
import { route, type Route, type Services } from '../http/route.ts'
import { actorOf, staffRules } from './staff-change.ts'
import { handOversView, handOverView } from './hand-over-view.ts'

/** Handing a post over as a list that both sign. */
export function handOverRoutes({ archive, config }: Services): Route[] {
  const params = z.strictObject({ handOverId: id })
  return [
    route({
      method: 'post',
      path: '/api/hand-overs',
      summary: '发起岗位移交',
      policy: ['TOWNSHIP_LEADER', 'COUNTY_APPROVER', 'COUNTY_SUPERVISOR', 'ADMINISTRATOR'],
      audits: { chained: 'staff' },
      body: NewHandOver,
      answer: { status: 201, schema: HandOverOpened, description: '已发起，待移交人签字' },
      handle: async (ask) => {
        const handOverId = stableId(ask.asker.officerId, ask.requestId, 'HAND_OVER')
        const about = { action: 'OPEN_HAND_OVER', matterId: null }
        return {
          body: await once(archive, ask, about, async (tx) =>
            openHandOver(tx, { ...ask.body, handOverId }, actorOf(ask), staffRules(config)),
          ),
        }
      },
    }),
    route({
      method: 'get',
      path: '/api/hand-overs',
      summary: '岗位移交',
      policy: 'session',
      audits: { look: 'READ_STAFF' },
      query: HandOversQuery,
      answer: { status: 200, schema: HandOvers, description: '本人参与的和本人负责安排的移交' },
      handle: async ({ asker, query }) => ({ body: await handOversView(archive, asker, query) }),
    }),
    route({
      method: 'get',
      path: '/api/hand-overs/{handOverId}',
      summary: '移交清单',
      policy: 'session',
      audits: { look: 'READ_HAND_OVER' },
      params,
      answer: { status: 200, schema: HandOverView, description: '移交清单及封存后的补充' },
      handle: async ({ asker, params: { handOverId } }) => {
        const body = await handOverView(archive, asker, handOverId)
        if (body === null) throw fault('notFound')
        return { body }
      },
    }),
    route({
      method: 'post',
      path: '/api/hand-overs/{handOverId}/gives',
      summary: '移交人签字',
      policy: 'session',
      audits: { chained: 'staff' },
      params,
      body: HandOverSignature,
      answer: { status: 200, schema: HandOverGiven, description: '已签字，清单已封存' },
      handle: async (ask) => ({
        body: await once(archive, ask, { action: 'GIVE_HAND_OVER', matterId: null }, async (tx) =>
          giveHandOver(tx, { ...ask.params, ...ask.body }, actorOf(ask)),
        ),
      }),
    }),
    route({
      method: 'post',
      path: '/api/hand-overs/{handOverId}/takes',
      summary: '接收人签字',
      policy: 'session',
      audits: { chained: 'staff' },
      params,
      body: HandOverSignature,
      answer: { status: 200, schema: HandOverTaken, description: '已接收，岗位已移交' },
      handle: async (ask) => ({
        body: await once(archive, ask, { action: 'TAKE_HAND_OVER', matterId: null }, async (tx) =>
          takeHandOver(tx, { ...ask.params, ...ask.body }, actorOf(ask), staffRules(config)),
        ),
      }),
    }),
    route({
      method: 'post',
      path: '/api/hand-overs/{handOverId}/cancels',
      summary: '撤销移交',
      policy: 'session',
      audits: { chained: 'staff' },
      params,
      answer: { status: 200, schema: HandOverCancelled, description: '已撤销' },
      handle: async (ask) => ({
        body: await once(archive, ask, { action: 'CANCEL_HAND_OVER', matterId: null }, async (tx) =>
          cancelHandOver(tx, ask.params.handOverId, actorOf(ask)),
        ),
      }),
    }),
  ]
}
