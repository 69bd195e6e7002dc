import { AsyncLocalStorage } from 'node:async_hooks'
import type { NextFunction, Request, Response } from 'express'
import { requestIdPattern } from '../../domain/schemas/nouns.ts'
import { fault } from './problem.ts'
import { sendProblem } from './write-problem.ts'

type UnderWay = { request: Request; response: Response }

const underWay = new AsyncLocalStorage<UnderWay>()

/** Remembers the request for everything that is begun on its behalf, awaited or not. */
export function rememberRequest(request: Request, response: Response, next: NextFunction): void {
  underWay.run({ request, response }, next)
}

/** The request that this is done for, as a log may name it. */
export function requestUnderWay(): { method?: string; path?: string; requestId?: string } {
  const request = underWay.getStore()?.request
  if (request === undefined) return {}
  const requestId = request.headers['request-id']
  const named = typeof requestId === 'string' && requestIdPattern.test(requestId)
  return { method: request.method, path: request.path, ...(named ? { requestId } : {}) }
}

/** Answers it with "unexpected", unless it has been answered. Sent again under its id it has no second effect. */
export function answerRequestUnderWay(): void {
  const response = underWay.getStore()?.response
  if (response !== undefined && !response.headersSent) sendProblem(response, fault('unexpected'))
}
