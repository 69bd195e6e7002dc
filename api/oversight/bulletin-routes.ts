import {
  BulletinOfPeriod,
  BulletinQuery,
  Bulletins,
  BulletinsQuery,
  FigureCases,
  FigureQuery,
  PeriodParams,
} from './bulletin-contract.ts'
import { overseeingRoles } from '../http/roles.ts'
import { route, type Route, type Services } from '../http/route.ts'
import { bulletinView } from './bulletin-view.ts'
import { bulletinsView } from './bulletins-view.ts'
import { figureCasesView } from './figure-cases-view.ts'

const readers = [...overseeingRoles, 'AUDITOR'] as const

/** How well limits were kept, by period and place, and the cases behind each figure. */
export function bulletinRoutes({ archive }: Services): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/bulletins',
      summary: '通报目录',
      policy: readers,
      audits: { nothing: 'figures of places' },
      query: BulletinsQuery,
      answer: { status: 200, schema: Bulletins, description: '已印发的通报' },
      handle: async ({ asker, query }) => ({ body: await bulletinsView(archive, asker, query) }),
    }),
    route({
      method: 'get',
      path: '/api/bulletins/{period}',
      summary: '按时办结情况通报',
      policy: readers,
      audits: { look: 'LIST_CASES' },
      params: PeriodParams,
      query: BulletinQuery,
      answer: { status: 200, schema: BulletinOfPeriod, description: '该期间的通报；未印发的为当前情况' },
      handle: async ({ asker, params, query }) => ({ body: await bulletinView(archive, asker, params.period, query) }),
    }),
    route({
      method: 'get',
      path: '/api/bulletins/{period}/cases',
      summary: '统计数字所含案件',
      policy: readers,
      audits: { look: 'LIST_CASES' },
      params: PeriodParams,
      query: FigureQuery,
      answer: { status: 200, schema: FigureCases, description: '该统计数字所含的案件编号' },
      handle: async ({ asker, params, query }) => ({
        body: await figureCasesView(archive, asker, params.period, query),
      }),
    }),
  ]
}
