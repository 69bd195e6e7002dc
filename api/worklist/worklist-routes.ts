import { Worklist, WorklistQuery } from './worklist-contract.ts'
import { caseReadingRoles } from '../http/roles.ts'
import { route, type Route, type Services } from '../http/route.ts'
import { worklistView } from './worklist-view.ts'

/** The desk of a post. */
export function worklistRoutes({ archive }: Services): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/worklist',
      summary: '办理清单',
      policy: caseReadingRoles,
      audits: { look: 'LIST_CASES' },
      query: WorklistQuery,
      answer: { status: 200, schema: Worklist, description: '待办或已办' },
      handle: async ({ asker, query }) => ({ body: await worklistView(archive, asker, query) }),
    }),
  ]
}
