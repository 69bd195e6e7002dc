import type { z } from 'zod'
import { BankEnvelope, MatchingEnvelope } from '../../platform/callbacks/envelope.ts'
import { openSignedCallback } from '../../platform/callbacks/signed-callback.ts'
import { type CallbackSource, keepCallback } from '../../prisma/stores/matter/callbacks.ts'
import { wakeIfDormant } from '../../prisma/stores/matter/opened-matters.ts'
import { readClock } from '../../prisma/stores/system/clock.ts'
import { findMatchingRequest } from '../../prisma/stores/household/matching.ts'
import { findInstruction } from '../../prisma/stores/money/payments.ts'
import { setAsideWithoutCase } from '../../prisma/stores/matter/set-aside.ts'
import { createLookSoon } from '../matters/look-soon.ts'
import { fault } from '../http/problem.ts'
import { type Ask, type Reply, route, type Route, type Services } from '../http/route.ts'

const mostBytes = 1024 * 1024

/** Where a callback belongs: a case and its county, or nothing that we asked. */
type About = { matterId: string; countyId: string } | null

/**
 * What institutions send: kept as it came, once for each id, before it is acknowledged; read and taken afterwards. Only what
 * does not prove itself is refused. What proves itself and cannot be read is kept for a person to see.
 */
export function callbackRoutes(services: Services): Route[] {
  const { archive, config } = services
  const lookSoon = createLookSoon(services)
  const common = {
    method: 'post',
    policy: 'signed',
    audits: { chained: 'case' },
    accepts: { types: [], mostBytes },
    answer: { status: 204, description: '已收到；编号不明或无法读取的记录备查并答复202' },
  } as const
  return [
    route({
      ...common,
      path: '/callbacks/matching-centre',
      summary: '核对中心回调',
      handle: async (ask) => {
        const { callbackSecret } = config.matchingCentre
        return receive('MATCHING_CENTRE', MatchingEnvelope, callbackSecret, ask, ({ requestId }) => ({
          number: requestId,
          find: async () => findMatchingRequest(archive.db, requestId),
        }))
      },
    }),
    route({
      ...common,
      path: '/callbacks/bank',
      summary: '银行回调',
      handle: async (ask) =>
        receive('BANK', BankEnvelope, config.bank.callbackSecret, ask, ({ instructionId }) => ({
          number: instructionId,
          find: async () => findInstruction(archive.db, instructionId),
        })),
    }),
  ]

  async function receive<S extends z.ZodType<{ callbackId: string }>>(
    source: CallbackSource,
    schema: S,
    secret: string,
    ask: Ask,
    of: (envelope: z.infer<S>) => { number: string; find: () => Promise<About> },
  ): Promise<Reply> {
    const rawBody = Buffer.isBuffer(ask.body) ? ask.body : Buffer.alloc(0)
    const arrived = { headers: ask.headers, rawBody, secrets: [secret], now: services.wallClock() }
    const opened = openSignedCallback({ ...arrived, schema })
    if (opened.kind === 'opened') {
      const { callbackId: sourceId } = opened.callback
      const { number, find } = of(opened.callback)
      return keep({ source, sourceId, text: rawBody.toString() }, number, await find())
    }
    if (opened.refusal === 'BODY_NOT_UNDERSTOOD') return keepUnread(source, rawBody)
    services.log.warn({ refusal: opened.refusal, source: ask.source }, 'callback refused')
    throw fault('callbackRefused')
  }

  async function keep(
    callback: { source: CallbackSource; sourceId: string; text: string },
    number: string,
    about: About,
  ): Promise<Reply> {
    if (about === null) return keepUnplaced(callback, number)
    const { matterId, countyId } = about
    const receivedAt = await readClock(archive.db)
    await keepCallback(archive, { ...callback, matterId, countyId, receivedAt })
    if (!(await wakeIfDormant(archive.db, matterId, new Date(receivedAt)))) lookSoon(matterId)
    return { status: 204 }
  }

  /** Not nothing: an archive that was put back to an earlier moment does not know what was asked for since. */
  async function keepUnplaced(
    { source, sourceId, text }: { source: CallbackSource; sourceId: string; text: string },
    number: string,
  ): Promise<Reply> {
    const said = { source, reason: 'NUMBER_UNKNOWN', about: number, faults: [], body: text, sameAs: sourceId } as const
    await setAsideWithoutCase(archive, said, await readClock(archive.db))
    services.log.warn({ source, sourceId }, 'callback about nothing that we asked: set aside')
    return { status: 202 }
  }

  /** Sent again it would be no better: it is taken, and a person sees it. */
  async function keepUnread(source: CallbackSource, rawBody: Buffer): Promise<Reply> {
    const item = {
      source,
      reason: 'NOT_UNDERSTOOD',
      about: null,
      faults: ['envelope'],
      body: rawBody.toString(),
    } as const
    await setAsideWithoutCase(archive, item, await readClock(archive.db))
    services.log.error({ source }, 'callback proves itself and cannot be read: set aside')
    return { status: 202 }
  }
}
