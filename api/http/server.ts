import express, { type Express } from 'express'
import helmet from 'helmet'
import { serveDocs } from './docs.ts'
import { requestLog } from './log.ts'
import { mountRoutes } from './mount-routes.ts'
import { rememberRequest } from './request-under-way.ts'
import type { Services } from './route.ts'
import { allRoutes } from './index.ts'
import { answerNotFound, writeProblem } from './write-problem.ts'

/** The counter as an Express application; whoever listens owns the port. */
export function createServer(services: Services): Express {
  const app = express()
  const production = services.config.environment === 'production'
  app.disable('x-powered-by')
  app.set('etag', false)
  app.set('query parser', 'simple')
  app.use(rememberRequest)
  app.use(requestLog(services.log))
  app.use(
    helmet({
      // A training copy is served over plain HTTP; told to upgrade, a browser would find nothing.
      strictTransportSecurity: production,
      contentSecurityPolicy: { directives: { upgradeInsecureRequests: production ? [] : null } },
    }),
  )
  const routes = allRoutes(services)
  serveDocs(app, routes)
  mountRoutes(app, routes, services)
  app.use(answerNotFound)
  app.use(writeProblem(services.log))
  return app
}
