import { exportBoard, workbookType } from './export-board.ts'
import { Board, BoardCases, BoardCasesQuery, BoardExportQuery, BoardQuery } from './board-contract.ts'
import { overseeingRoles } from '../http/roles.ts'
import { route, type Route, type Services } from '../http/route.ts'
import { boardCasesView } from './board-cases-view.ts'
import { boardView } from './board-view.ts'

/** What is late and what will be, for those who watch over limits: counted, listed, and to take along. */
export function boardRoutes({ archive }: Services): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/board',
      summary: '超期预警',
      policy: overseeingRoles,
      audits: { nothing: 'figures of places' },
      query: BoardQuery,
      answer: { status: 200, schema: Board, description: '辖区内未办结案件，按地区和环节' },
      handle: async ({ asker, query }) => ({ body: await boardView(archive, asker, query) }),
    }),
    route({
      method: 'get',
      path: '/api/board/cases',
      summary: '超期预警案件清单',
      policy: overseeingRoles,
      audits: { look: 'LIST_CASES' },
      query: BoardCasesQuery,
      answer: { status: 200, schema: BoardCases, description: '符合条件的案件，最先到期的在前' },
      handle: async ({ asker, query }) => ({ body: await boardCasesView(archive, asker, query) }),
    }),
    route({
      method: 'get',
      path: '/api/board/export',
      summary: '导出超期预警案件清单',
      policy: overseeingRoles,
      audits: { look: 'EXPORT' },
      query: BoardExportQuery,
      answer: { status: 200, files: [workbookType], description: 'Excel文件；导出人、用途和条件记入审计' },
      handle: async ({ asker, query }) => ({ bytes: await exportBoard(archive, { asker, query }) }),
    }),
  ]
}
