import { Worklist, WorklistQuery } from '../contract/worklist.ts'
import { caseReadingRoles } from '../roles.ts'
import { route, type Route, type Services } from '../route.ts'
import { worklistView } from '../views/worklist-view.ts'

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
