import type { NextFunction, Request, Response } from 'express'
import type { Logger } from 'pino'
import { fault, problemOf } from './problem.ts'

/** Where nothing was found to answer. */
export function answerNotFound(): never {
  throw fault('notFound')
}

/** The one place where what was thrown becomes an answer (RFC 9457). */
export function writeProblem(log: Logger) {
  return (error: unknown, request: Request, response: Response, next: NextFunction): void => {
    const { problem, retryAfterSeconds, cause } = problemOf(error)
    if (problem.status >= 500)
      log.error({ err: cause ?? error, method: request.method, path: request.path }, problem.code)
    if (response.headersSent) return next(error)
    if (retryAfterSeconds !== undefined) response.set('Retry-After', String(retryAfterSeconds))
    response.status(problem.status).set('Cache-Control', 'no-store')
    response.type('application/problem+json').send(JSON.stringify(problem))
  }
}
