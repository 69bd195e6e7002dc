import type { Express } from 'express'
import swaggerUi from 'swagger-ui-express'
import { describeRoutes } from './openapi.ts'
import type { Route } from './route.ts'

/** The page that shows the contract; all its parts come from this machine. */
export const docsPath = '/docs'

export function serveDocs(app: Express, routes: readonly Route[]): void {
  app.use(docsPath, swaggerUi.serve, swaggerUi.setup(describeRoutes(routes)))
}
