import type { z } from 'zod'
import { BankCallback } from '../../platform/callbacks/bank-callback.ts'
import { MatchingCallback } from '../../platform/callbacks/matching-callback.ts'
import { openSignedCallback } from '../../platform/callbacks/signed-callback.ts'
import { type CallbackSource, keepCallback } from '../../prisma/stores/callbacks.ts'
import { readClock } from '../../prisma/stores/clock.ts'
import { findMatchingRequest } from '../../prisma/stores/matching.ts'
import { findInstruction } from '../../prisma/stores/payments.ts'
import { createLookSoon } from '../look-soon.ts'
import { fault } from '../problem.ts'
import { type Ask, type Reply, route, type Route, type Services } from '../route.ts'

const mostBytes = 1024 * 1024

/** What institutions send: kept once for each id before it is acknowledged, delivered afterwards. */
export function callbackRoutes(services: Services): Route[] {
  const { archive, config } = services
  const lookSoon = createLookSoon(services)
  const common = {
    method: 'post',
    policy: 'signed',
    accepts: { types: [], mostBytes },
    answer: { status: 204, description: '已收到；编号不明的记入日志并答复202' },
  } as const
  return [
    route({
      ...common,
      path: '/callbacks/matching-centre',
      summary: '核对中心回调',
      handle: async (ask) => {
        const callback = open(MatchingCallback, config.matchingCentre.callbackSecret, ask)
        return keep('MATCHING_CENTRE', callback, await findMatchingRequest(archive.db, callback.requestId))
      },
    }),
    route({
      ...common,
      path: '/callbacks/bank',
      summary: '银行回调',
      handle: async (ask) => {
        const callback = open(BankCallback, config.bank.callbackSecret, ask)
        return keep('BANK', callback, await findInstruction(archive.db, callback.instructionId))
      },
    }),
  ]

  function open<S extends z.ZodType<{ callbackId: string }>>(schema: S, secret: string, ask: Ask): z.infer<S> {
    const rawBody = Buffer.isBuffer(ask.body) ? ask.body : Buffer.alloc(0)
    const arrived = { headers: ask.headers, rawBody, secrets: [secret], now: services.wallClock() }
    const opened = openSignedCallback({ ...arrived, schema })
    if (opened.kind === 'opened') return opened.callback
    services.log.warn({ refusal: opened.refusal, source: ask.source }, 'callback refused')
    throw fault('callbackRefused')
  }

  async function keep(
    source: CallbackSource,
    callback: { callbackId: string },
    about: { caseId: string; countyId: string } | null,
  ): Promise<Reply> {
    const { callbackId: sourceId } = callback
    if (about === null) {
      services.log.warn({ source, sourceId }, 'callback about nothing that we asked')
      return { status: 202 }
    }
    const { caseId, countyId } = about
    await keepCallback(archive, {
      source,
      sourceId,
      body: callback,
      caseId,
      countyId,
      receivedAt: await readClock(archive.db),
    })
    lookSoon(caseId)
    return { status: 204 }
  }
}
