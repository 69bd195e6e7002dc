import { createHash } from 'node:crypto'
import type { Express, Request, Response } from 'express'
import { requestIdPattern } from '../../domain/schemas/nouns.ts'
import type { Role } from '../../domain/vocabulary.ts'
import { handleAudited, noteTurnedAway } from './audit-request.ts'
import { clientSource, comesThroughStranger, type TrustedProxies, trustedProxiesOf } from './client-source.ts'
import { type Asker, deviceCookieName, readCookie, recognise } from './identity.ts'
import { refuse } from '../../domain/matter/refusals.ts'
import { inputOf } from './input.ts'
import { createLimiter, type Limiter } from './limiter.ts'
import { fault, refusal } from './problem.ts'
import { readBody, usualBodyDeadlines } from './read-body.ts'
import type { Ask, Reply, Route, Services } from './route.ts'
import { refuseCrossSite } from './same-site.ts'

const minute = 60_000

/**
 * Requests a minute, of one process. They keep one sender from taking all of it, so each process counts by itself and anew
 * after a restart; what must hold over all of them, attempts to sign in, is counted in the archive.
 * A training copy is also what load is tried on.
 */
const limitsOf = {
  production: { perSession: 600, perSource: 3_000 },
  training: { perSession: 60_000, perSource: 120_000 },
} as const

type Gate = {
  services: Services
  perSession: Limiter
  perSource: Limiter
  trusted: TrustedProxies
  tellStranger: (request: Request) => void
}

/** Puts every declared route on the application. There is no other way onto it, so that none is without a policy. */
export function mountRoutes(app: Express, routes: readonly Route[], services: Services): void {
  const trusted = trustedProxiesOf(services.config.trustedProxies)
  const limits = limitsOf[services.config.environment]
  const windowMs = minute
  const gate: Gate = {
    services,
    trusted,
    tellStranger: tellStrangerOnce(services, trusted),
    perSession: createLimiter({ limit: limits.perSession, windowMs, now: services.wallClock }),
    perSource: createLimiter({ limit: limits.perSource, windowMs, now: services.wallClock }),
  }
  for (const route of routes) {
    app[route.method](expressPath(route.path), async (request, response) => {
      await answer(route, gate, request, response)
    })
  }
}

/** Left undeclared, a proxy makes all who come through it one source, and one's failures everybody's. */
function tellStrangerOnce({ log }: Services, trusted: TrustedProxies): (request: Request) => void {
  let told = false
  return (request) => {
    if (told || !comesThroughStranger(request, trusted)) return
    told = true
    const address = request.socket.remoteAddress
    log.warn({ address }, 'a request was forwarded by an address that is not in JIUZHU_TRUSTED_PROXIES')
  }
}

/** `/api/assistance-cases/{matterId}` as Express writes it. */
export function expressPath(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ':$1')
}

async function answer(route: Route, gate: Gate, request: Request, response: Response): Promise<void> {
  const source = clientSource(request, gate.trusted)
  gate.tellStranger(request)
  if (route.outsideLimits !== true && !gate.perSource.take(source))
    throw fault('tooManyRequests', { retryAfterSeconds: 60 })
  if (route.policy !== 'signed') refuseCrossSite(request, gate.services.config)
  const asker = await admit(route, gate, request)
  const requestId = readRequestId(route, request)
  await readBody(route, request, response, gate.services.bodyDeadlines ?? usualBodyDeadlines)
  const ask = {
    ...asker,
    requestId,
    contentDigest: digestOf(request),
    headers: request.headers,
    source,
    device: readCookie(request.headers.cookie, deviceCookieName(gate.services.config)),
  }
  const reply = await handleAudited(gate.services.archive, route, await inputOf(route, request, ask as Ask))
  write(route, reply, response, gate)
}

/** Known before the body is read: nobody without a session gets to send ten megabytes. */
async function admit(
  route: Route,
  { services, perSession, trusted }: Gate,
  request: Request,
): Promise<{ asker?: Asker }> {
  const { policy } = route
  if (policy === 'anonymous' || policy === 'signed') return {}
  const now = services.wallClock()
  const asker = await recognise({ archive: services.archive, config: services.config, now }, request.headers.cookie)
  if (!perSession.take(Buffer.from(asker.tokenHash).toString('hex'))) {
    throw fault('tooManyRequests', { retryAfterSeconds: 60 })
  }
  if (asker.mustChangePassword && route.withFirstPassword !== true) throw fault('passwordChangeDue')
  if (policy !== 'session' && !(policy as readonly Role[]).includes(asker.role)) {
    await noteTurnedAway(services.archive, route, { asker, source: clientSource(request, trusted) })
    throw refusal(refuse('notYourRole'))
  }
  return { asker }
}

function readRequestId(route: Route, request: Request): string {
  if (!route.needsRequestId) return ''
  const requestId = request.headers['request-id']
  if (typeof requestId !== 'string' || !requestIdPattern.test(requestId)) throw fault('requestIdMissing')
  return requestId
}

function digestOf(request: Request): string {
  if (request.method === 'GET') return ''
  const hash = createHash('sha256').update(
    JSON.stringify([request.method, request.path, canonical(request.query), request.headers['file-name'] ?? null]),
  )
  return hash
    .update(Buffer.isBuffer(request.body) ? request.body : JSON.stringify(canonical(request.body ?? null)))
    .digest('hex')
}

/** The same content in another order of keys is the same content. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical)
  if (value === null || typeof value !== 'object') return value
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return entries.map(([key, inner]) => [key, canonical(inner)])
}

function write(route: Route, reply: Reply, response: Response, { services }: Gate): void {
  // The last guard may have answered for something that failed beside the way.
  if (response.headersSent) return
  response.status(reply.status ?? route.answer.status)
  if (route.path.startsWith('/api')) response.set('Cache-Control', 'no-store')
  for (const [name, value] of Object.entries(reply.headers ?? {})) response.set(name, value)
  for (const cookie of reply.cookies ?? []) writeCookie(response, cookie, services)
  if (reply.bytes) return writeBytes(response, reply.bytes)
  if (reply.body === undefined) return void response.end()
  // Parsed on the way out as well: a field that the schema does not name never leaves.
  const body = route.answer.schema === undefined ? reply.body : route.answer.schema.parse(reply.body)
  response.type('application/json').send(JSON.stringify(body))
}

function writeCookie(
  response: Response,
  { name, value, maxAgeMs }: NonNullable<Reply['cookies']>[number],
  { config }: Services,
): void {
  const secure = config.environment === 'production'
  response.cookie(name, value, {
    httpOnly: true,
    sameSite: 'strict',
    path: '/',
    secure,
    maxAge: maxAgeMs,
  })
}

function writeBytes(response: Response, { content, contentType, fileName }: NonNullable<Reply['bytes']>): void {
  response.type(contentType)
  response.set('X-Content-Type-Options', 'nosniff')
  // Opened in a browser all the same, it may run nothing and load nothing.
  response.set('Content-Security-Policy', "default-src 'none'; sandbox")
  if (fileName !== null) response.attachment(fileName).type(contentType)
  response.send(content)
}
