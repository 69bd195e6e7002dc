import { CalendarRefused, enterCalendar } from '../../prisma/stores/rules/calendar-imports.ts'
import { readNoticeWarnings } from '../../prisma/stores/oversight/notice-warnings.ts'
import { readLastRedatings } from '../../prisma/stores/rules/redatings.ts'
import { CalendarEntered, CalendarNotice, Redatings, Warnings } from './calendar-contract.ts'
import { once } from '../http/once.ts'
import { inputFault } from '../http/problem.ts'
import { route, type Route, type Services } from '../http/route.ts'

const administrators = ['ADMINISTRATOR'] as const
const redatingsShown = 20

/** What administrators do about the calendar: enter notices, see what that moved, be told which one is missing. */
export function calendarRoutes({ archive }: Services): Route[] {
  return [
    route({
      method: 'post',
      path: '/api/calendar-years',
      summary: '录入放假安排通知',
      policy: administrators,
      audits: { chained: 'calendar' },
      body: CalendarNotice,
      answer: { status: 201, schema: CalendarEntered, description: '已录入，正在调整到期日' },
      handle: async (ask) => {
        const { officerId, postId, officeId, role } = ask.asker
        const by = { officerId, postId, officeId, role }
        const entered = once(archive, ask, { action: 'ENTER_CALENDAR', matterId: null }, async (tx) =>
          enterCalendar(tx, ask.body, by),
        )
        return {
          body: await entered.catch((error: unknown) => {
            throw error instanceof CalendarRefused ? inputFault(error.faults) : error
          }),
        }
      },
    }),
    route({
      method: 'get',
      path: '/api/calendar-redatings',
      summary: '日历变更调整情况',
      policy: administrators,
      audits: { nothing: 'figures of places' },
      answer: { status: 200, schema: Redatings, description: '最近的日历变更及其调整的到期日数量' },
      handle: async () => ({ body: { redatings: await readLastRedatings(archive.db, redatingsShown) } }),
    }),
    route({
      method: 'get',
      path: '/api/warnings',
      summary: '系统提醒',
      policy: administrators,
      audits: { nothing: 'published rules' },
      answer: { status: 200, schema: Warnings, description: '需要系统管理员处理的事项' },
      handle: async () => {
        const warnings = await readNoticeWarnings(archive.db)
        return { body: { warnings: warnings.map((warning) => ({ code: 'NOTICE_MISSING', ...warning })) } }
      },
    }),
  ]
}
