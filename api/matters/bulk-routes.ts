import { rolesAllowed } from '../../domain/procedures/authority.ts'
import { decisionsInBulk } from '../../domain/procedures/acts-in-bulk.ts'
import { actInBulk } from './bulk-acts.ts'
import { BulkActs, BulkPreview, BulkPreviewIntake, BulkResult } from './bulk-contract.ts'
import { actingRoles } from '../http/roles.ts'
import { route, type Route, type Services } from '../http/route.ts'
import { bulkPreviewView } from './bulk-preview-view.ts'

const decidingRoles = [...new Set(decisionsInBulk.flatMap(rolesAllowed))]

/** Many ticked rows at once: what they have in common, and an act on each of them. */
export function bulkRoutes({ archive, desk, log }: Services): Route[] {
  return [
    route({
      method: 'post',
      path: '/api/bulk-previews',
      summary: '批量办理预览',
      policy: decidingRoles,
      audits: { look: 'LIST_CASES' },
      body: BulkPreviewIntake,
      answer: { status: 200, schema: BulkPreview, description: '可一并办理的同类案件、差异，以及须逐件办理的案件' },
      handle: async ({ asker, body }) => ({ body: await bulkPreviewView(archive, asker, body) }),
    }),
    route({
      method: 'post',
      path: '/api/bulk-acts',
      summary: '批量办理',
      policy: actingRoles,
      audits: { chained: 'case' },
      body: BulkActs,
      answer: { status: 200, schema: BulkResult, description: '逐件办理结果' },
      handle: async (ask) => ({ body: await actInBulk({ archive, desk, log }, ask) }),
    }),
  ]
}
