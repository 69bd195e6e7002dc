import { createHash, timingSafeEqual } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import express, { type Express, type NextFunction, type Request, type Response } from 'express'
import type { Logger } from 'pino'
import { guardProcess } from './last-guard.ts'
import { Refusal } from './refusal.ts'

/** Starts the HTTP counter of an institution: `/v1` for its customers, `/sandbox` for whoever directs the play. */
export async function openCounter(input: {
  name: string
  log: Logger
  host: string
  port: number
  apiToken: string
  routes: (app: Express) => void
  onClose: () => Promise<void>
}): Promise<void> {
  const { log } = input
  const app = express().disable('x-powered-by')
  app.get('/health', (_request, response) => void response.json({ name: input.name }))
  app.use('/v1', requireToken(input.apiToken))
  app.use(express.json({ limit: '1mb' }))
  input.routes(app)
  app.use((request: Request) => {
    throw new Refusal({ status: 404, code: 'NO_SUCH_PAGE', message: `There is no ${request.method} on this path.` })
  })
  app.use((error: unknown, _request: Request, response: Response, _next: NextFunction) => {
    const refusal = asRefusal(error)
    if (refusal.status >= 500) log.error({ err: error }, 'failed')
    response.status(refusal.status).json({ code: refusal.code, message: refusal.message })
  })

  const server = app.listen(input.port, input.host)
  await new Promise<void>((resolve, reject) => server.once('listening', resolve).once('error', reject))
  const { port } = server.address() as AddressInfo
  log.info({ url: `http://${input.host}:${port}` }, 'listening')

  const close = () => {
    server.close()
    server.closeAllConnections()
    input
      .onClose()
      .catch((error: unknown) => log.error({ err: error }, 'did not close in order'))
      .finally(() => process.exit())
  }
  guardProcess({ log, close })
  process.once('SIGTERM', close)
  process.once('SIGINT', close)
}

function requireToken(apiToken: string) {
  const expected = digest(`Bearer ${apiToken}`)
  return (request: Request, _response: Response, next: NextFunction) => {
    if (!timingSafeEqual(digest(request.headers.authorization ?? ''), expected)) {
      throw new Refusal({ status: 401, code: 'NOT_AUTHENTICATED', message: 'Send a valid bearer token.' })
    }
    next()
  }
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

function asRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error
  if (error instanceof Error && 'type' in error && error.type === 'entity.too.large') {
    return new Refusal({ status: 413, code: 'TOO_LARGE', message: 'A message has at most one megabyte.' })
  }
  if (error instanceof SyntaxError) {
    return new Refusal({ status: 400, code: 'NOT_JSON', message: 'The body is not JSON.' })
  }
  return new Refusal({ status: 500, code: 'OUT_OF_ORDER', message: 'The service is out of order. Ask again later.' })
}
