import { createPasswordGate } from '../sessions/password-gate.ts'
import type { Route, Services } from './route.ts'
import { absenceRoutes } from '../staff/absence-routes.ts'
import { accountRoutes } from '../staff/account-routes.ts'
import { actRoutes } from '../matters/act-routes.ts'
import { alarmRoutes } from '../oversight/alarm-routes.ts'
import { assessmentRoutes } from '../assistance-cases/assessment-routes.ts'
import { auditRoutes } from '../audit/audit-routes.ts'
import { boardRoutes } from '../oversight/board-routes.ts'
import { bulletinRoutes } from '../oversight/bulletin-routes.ts'
import { bulkRoutes } from '../matters/bulk-routes.ts'
import { calendarRoutes } from '../rules/calendar-routes.ts'
import { callbackRoutes } from '../callbacks/callback-routes.ts'
import { caseRoutes } from '../assistance-cases/case-routes.ts'
import { caseSearchRoutes } from '../matters/search-routes.ts'
import { clockRoutes } from '../clock/clock-routes.ts'
import { contractRoutes } from './contract.ts'
import { handOverRoutes } from '../staff/hand-over-routes.ts'
import { healthRoutes } from './health.ts'
import { lateFilingRoutes } from '../oversight/late-filing-routes.ts'
import { overdueRoutes } from '../oversight/overdue-routes.ts'
import { paperRoutes } from '../matters/paper-routes.ts'
import { payeeRoutes } from '../assistance-cases/payee-routes.ts'
import { placeRoutes } from '../staff/place-routes.ts'
import { postRoutes } from '../staff/post-routes.ts'
import { ruleRoutes } from '../rules/rule-routes.ts'
import { sessionRoutes } from '../sessions/session-routes.ts'
import { setAsideRoutes } from '../oversight/set-aside-routes.ts'
import { staffProposalRoutes } from '../staff/staff-proposal-routes.ts'
import { standingDeputyRoutes } from '../staff/standing-deputy-routes.ts'
import { supervisionRoutes } from '../oversight/supervision-routes.ts'
import { weatherRoutes } from '../oversight/forecast-routes.ts'
import { worklistRoutes } from '../worklist/worklist-routes.ts'

/** Every route of the counter, each with its policy. */
export function allRoutes(services: Services): Route[] {
  const gate = createPasswordGate({ archive: services.archive, now: services.wallClock })
  const routes = [
    healthRoutes,
    (common: Services) => sessionRoutes(common, gate),
    (common: Services) => accountRoutes(common, gate),
    caseRoutes,
    caseSearchRoutes,
    actRoutes,
    bulkRoutes,
    assessmentRoutes,
    paperRoutes,
    payeeRoutes,
    worklistRoutes,
    overdueRoutes,
    lateFilingRoutes,
    boardRoutes,
    weatherRoutes,
    bulletinRoutes,
    supervisionRoutes,
    absenceRoutes,
    standingDeputyRoutes,
    handOverRoutes,
    alarmRoutes,
    setAsideRoutes,
    auditRoutes,
    postRoutes,
    staffProposalRoutes,
    ruleRoutes,
    calendarRoutes,
    placeRoutes,
    clockRoutes,
    callbackRoutes,
  ].flatMap((declare) => declare(services))
  return [...routes, ...contractRoutes(routes)]
}
