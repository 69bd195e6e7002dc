import type { Express, Request } from 'express'
import { type Answer, answerQuery, answerSubmission } from '../shared/answer-with-faults.ts'
import { contentDigest } from '../shared/content-digest.ts'
import type { FaultPlan } from '../shared/fault-plan.ts'
import { readBody } from '../shared/read-body.ts'
import { Refusal } from '../shared/refusal.ts'
import type { Answering } from './answering.ts'
import type { BookedRequest, CentreBook } from './book.ts'
import { type CentreFaults, sourceDelayMs } from './centre-faults.ts'
import { MatchingRequest } from './messages.ts'

/** The counter for customers: request a matching, ask how it stands. */
export function customerRoutes(
  app: Express,
  input: { book: CentreBook; plan: FaultPlan<CentreFaults>; answering: Answering },
): void {
  const { book, plan, answering } = input

  const accept = async (key: string, request: MatchingRequest): Promise<Answer> => {
    const { requestId } = request
    const digest = contentDigest(request)
    const known = book.requests.get(book.requestIdByKey.get(key) ?? requestId)
    if (known !== undefined && (known.key !== key || known.digest !== digest)) {
      throw new Refusal({
        status: 409,
        code: 'KEY_REUSED',
        message: 'A request with this key or number and another content is in the book.',
      })
    }
    if (known === undefined) {
      const at = new Date()
      const due = request.sources.map((source, index) => ({
        source,
        dueAt: at.getTime() + sourceDelayMs(plan.current(), source, index),
      }))
      await book.record({ kind: 'requested', at: at.toISOString(), key, digest, request, due })
      const booked = book.requests.get(requestId)
      if (booked !== undefined) await begin(booked)
    }
    await book.written()
    return { status: 202, body: { requestId, state: 'RECEIVED' } }
  }

  const begin = async (booked: BookedRequest): Promise<void> => {
    if (plan.strikes('earlyCallback', booked.request.requestId)) await answering.answerAll(booked)
    else answering.schedule(booked)
  }

  const find = async (requestId: string): Promise<Answer> => {
    const booked = book.requests.get(requestId)
    await book.written()
    if (booked === undefined) {
      return { status: 404, body: { code: 'NOT_KNOWN', message: 'No request with this number is in the book.' } }
    }
    return { status: 200, body: { requestId, state: stateOf(booked), answers: booked.answers } }
  }

  app.post('/v1/requests', async (request, response) => {
    const matchingRequest = readBody(MatchingRequest, request.body)
    const about = matchingRequest.requestId
    const key = requireKey(request)
    await answerSubmission({ plan, about, response, effect: () => accept(key, matchingRequest) })
  })

  app.get('/v1/requests/:requestId', async (request, response) => {
    const about = request.params.requestId
    await answerQuery({ plan, about, response, find: () => find(about) })
  })
}

function requireKey(request: Request): string {
  const key = request.get('idempotency-key') ?? ''
  if (/^[A-Za-z0-9_-]{1,100}$/.test(key)) return key
  throw new Refusal({
    status: 400,
    code: 'KEY_NOT_VALID',
    message: 'Send an Idempotency-Key of letters, digits, _ or -.',
  })
}

function stateOf({ request, answers, due }: BookedRequest): 'RECEIVED' | 'PARTLY_ANSWERED' | 'ANSWERED' {
  if (answers.length === 0) return 'RECEIVED'
  const answered = new Set(answers.map(({ source }) => source))
  return answered.size === request.sources.length && due.size === 0 ? 'ANSWERED' : 'PARTLY_ANSWERED'
}
