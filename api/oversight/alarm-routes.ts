import { Alarms, AlarmsQuery, Orphans, OrphansQuery, ReplacingResumed } from './alarm-contract.ts'
import { resumeReplacing } from '../../prisma/stores/oversight/engine-alarms.ts'
import { once } from '../http/once.ts'
import { alarmReadingRoles } from '../http/roles.ts'
import { route, type Route, type Services } from '../http/route.ts'
import { alarmsView, orphansView } from './alarms-view.ts'

/** What must not be: posts that nobody fills, steps that nobody may take. */
export function alarmRoutes({ archive }: Services): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/alarms',
      summary: '岗位警报',
      policy: alarmReadingRoles,
      audits: { look: 'READ_STAFF' },
      query: AlarmsQuery,
      answer: { status: 200, schema: Alarms, description: '辖区内的岗位空缺和无人可办的环节' },
      handle: async ({ asker, query }) => ({ body: await alarmsView(archive, asker, query) }),
    }),
    route({
      method: 'post',
      path: '/api/replacing/resumptions',
      summary: '恢复流程自动恢复',
      policy: ['ADMINISTRATOR'],
      audits: { chained: 'staff' },
      answer: { status: 200, schema: ReplacingResumed, description: '已恢复；此前是否处于停止状态' },
      handle: async (ask) => ({
        body: await once(archive, ask, { action: 'CLEAR_ALARM', matterId: null }, async (tx) => ({
          hadStopped: await resumeReplacing(tx, ask.asker),
        })),
      }),
    }),
    route({
      method: 'get',
      path: '/api/orphans',
      summary: '无人可办的环节',
      policy: alarmReadingRoles,
      audits: { look: 'LIST_CASES' },
      query: OrphansQuery,
      answer: { status: 200, schema: Orphans, description: '此刻辖区内无人可办的环节，应当为空' },
      handle: async ({ asker, query }) => ({ body: await orphansView(archive, asker, query) }),
    }),
  ]
}
