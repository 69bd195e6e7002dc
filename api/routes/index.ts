import type { Route, Services } from '../route.ts'
import { actRoutes } from './acts.ts'
import { assessmentRoutes } from './assessments.ts'
import { calendarRoutes } from './calendar.ts'
import { callbackRoutes } from './callbacks.ts'
import { caseRoutes } from './cases.ts'
import { clockRoutes } from './clock.ts'
import { contractRoutes } from './contract.ts'
import { healthRoutes } from './health.ts'
import { overdueRoutes } from './overdue.ts'
import { paperRoutes } from './papers.ts'
import { placeRoutes } from './places.ts'
import { ruleRoutes } from './rules.ts'
import { sessionRoutes } from './sessions.ts'
import { worklistRoutes } from './worklist.ts'

/** Every route of the counter, each with its policy. */
export function allRoutes(services: Services): Route[] {
  const routes = [
    healthRoutes,
    sessionRoutes,
    caseRoutes,
    actRoutes,
    assessmentRoutes,
    paperRoutes,
    worklistRoutes,
    overdueRoutes,
    ruleRoutes,
    calendarRoutes,
    placeRoutes,
    clockRoutes,
    callbackRoutes,
  ].flatMap((declare) => declare(services))
  return [...routes, ...contractRoutes(routes)]
}
