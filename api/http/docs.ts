import type { Express, NextFunction, Request, Response } from 'express'
import swaggerUi from 'swagger-ui-express'
import { describeRoutes } from './openapi.ts'
import type { Route } from './route.ts'

/** The page that shows the contract; all its parts come from this machine. */
export const docsPath = '/docs'

export function serveDocs(app: Express, routes: readonly Route[]): void {
  const page = swaggerUi.setup(describeRoutes(routes))
  app.use(docsPath, swaggerUi.serve, (request: Request, response: Response, next: NextFunction) => {
    // The page has one address; what lies below it and is none of its parts is not there.
    if (request.path === '/') page(request, response, next)
    else next()
  })
}
