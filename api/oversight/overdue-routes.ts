import { Overdue, OverdueQuery } from './overdue-contract.ts'
import { overseeingRoles } from '../http/roles.ts'
import { route, type Route, type Services } from '../http/route.ts'
import { overdueView } from './overdue-view.ts'

/** What is late, for those who watch over limits. */
export function overdueRoutes({ archive }: Services): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/overdue',
      summary: '超期清单',
      policy: overseeingRoles,
      audits: { look: 'LIST_CASES' },
      query: OverdueQuery,
      answer: { status: 200, schema: Overdue, description: '辖区内超期未办的时限' },
      handle: async ({ asker, query }) => ({ body: await overdueView(archive, asker, query) }),
    }),
  ]
}
