import { z } from '../../domain/schemas/zod.ts'
import { answerItem, noteSeen } from './respond-to-item.ts'
import { id } from '../http/nouns.ts'
import {
  OrdersQuery,
  SupervisionAnswered,
  SupervisionAnswerIntake,
  SupervisionItems,
  SupervisionOrders,
  SupervisionQuery,
  SupervisionSeen,
} from './supervision-contract.ts'
import { caseReadingRoles } from '../http/roles.ts'
import { route, type Route, type Services } from '../http/route.ts'
import { ordersView, supervisionView } from './supervision-view.ts'

const Item = z.strictObject({ supervisionItemId: id })

/** What a post was reminded of, urged to and ordered: read, seen and answered by whoever fills it. */
export function supervisionRoutes({ archive }: Services): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/supervision-items',
      summary: '提醒、催办、督办、通报事项',
      policy: caseReadingRoles,
      audits: { look: 'LIST_CASES' },
      query: SupervisionQuery,
      answer: { status: 200, schema: SupervisionItems, description: '发给本岗位的督办事项' },
      handle: async ({ asker, query }) => ({ body: await supervisionView(archive, asker, query) }),
    }),
    route({
      method: 'post',
      path: '/api/supervision-items/{supervisionItemId}/seen',
      summary: '督办事项已阅',
      policy: caseReadingRoles,
      audits: { chained: 'case' },
      params: Item,
      answer: { status: 200, schema: SupervisionSeen, description: '已阅' },
      handle: async (ask) => ({ body: await noteSeen(archive, ask) }),
    }),
    route({
      method: 'post',
      path: '/api/supervision-items/{supervisionItemId}/answers',
      summary: '答复督办事项',
      policy: caseReadingRoles,
      audits: { chained: 'case' },
      params: Item,
      body: SupervisionAnswerIntake,
      answer: { status: 201, schema: SupervisionAnswered, description: '已答复' },
      handle: async (ask) => ({ body: await answerItem(archive, ask) }),
    }),
    route({
      method: 'get',
      path: '/api/supervision-orders',
      summary: '督办单',
      policy: caseReadingRoles,
      audits: { look: 'LIST_CASES' },
      query: OrdersQuery,
      answer: { status: 200, schema: SupervisionOrders, description: '辖区内或发给本单位的督办单' },
      handle: async ({ asker, query }) => ({ body: await ordersView(archive, asker, query) }),
    }),
  ]
}
