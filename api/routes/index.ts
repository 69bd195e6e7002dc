import { createPasswordGate } from '../password-gate.ts'
import type { Route, Services } from '../route.ts'
import { absenceRoutes } from './absences.ts'
import { accountRoutes } from './accounts.ts'
import { actRoutes } from './acts.ts'
import { alarmRoutes } from './alarms.ts'
import { assessmentRoutes } from './assessments.ts'
import { auditRoutes } from './audit.ts'
import { boardRoutes } from './board.ts'
import { bulletinRoutes } from './bulletins.ts'
import { bulkRoutes } from './bulk.ts'
import { calendarRoutes } from './calendar.ts'
import { callbackRoutes } from './callbacks.ts'
import { caseRoutes } from './cases.ts'
import { caseSearchRoutes } from './case-searches.ts'
import { clockRoutes } from './clock.ts'
import { contractRoutes } from './contract.ts'
import { handOverRoutes } from './hand-overs.ts'
import { healthRoutes } from './health.ts'
import { lateFilingRoutes } from './late-filings.ts'
import { overdueRoutes } from './overdue.ts'
import { paperRoutes } from './papers.ts'
import { payeeRoutes } from './payee.ts'
import { placeRoutes } from './places.ts'
import { postRoutes } from './posts.ts'
import { ruleRoutes } from './rules.ts'
import { sessionRoutes } from './sessions.ts'
import { setAsideRoutes } from './set-aside.ts'
import { staffProposalRoutes } from './staff-proposals.ts'
import { standingDeputyRoutes } from './standing-deputies.ts'
import { supervisionRoutes } from './supervision.ts'
import { weatherRoutes } from './weather.ts'
import { worklistRoutes } from './worklist.ts'

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
