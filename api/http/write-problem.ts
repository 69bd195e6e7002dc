import type { NextFunction, Request, Response } from 'express'
import type { Logger } from 'pino'
import { fault, type ProblemError, problemOf } from './problem.ts'

/** Where nothing was found to answer. */
export function answerNotFound(): never {
  throw fault('notFound')
}

/** The one place where what was thrown becomes an answer (RFC 9457). */
export function writeProblem(log: Logger) {
  return (error: unknown, request: Request, response: Response, next: NextFunction): void => {
    const problemError = problemOf(error)
    const { problem, cause } = problemError
    if (problem.status >= 500)
      log.error({ err: cause ?? error, method: request.method, path: request.path }, problem.code)
    // The last guard may have answered already; a half-written answer is cut off.
    if (response.writableEnded) return
    if (response.headersSent) return next(error)
    sendProblem(response, problemError)
  }
}

export function sendProblem(response: Response, { problem, retryAfterSeconds }: ProblemError): void {
  if (retryAfterSeconds !== undefined) response.set('Retry-After', String(retryAfterSeconds))
  // What is left of a body that came too slowly or was too large is not read.
  if (problem.status === 408 || problem.status === 413) response.set('Connection', 'close')
  response.status(problem.status).set('Cache-Control', 'no-store')
  response.type('application/problem+json').send(JSON.stringify(problem))
}
