import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Logger, pino } from 'pino'
import { pinoHttp } from 'pino-http'

/** Should a field of this name ever be logged, its value is not. One entry per depth: paths do not descend. */
const secrets = ['password', 'identityNumber', 'accountNumber', 'mobile', 'authorization', 'cookie'].flatMap((name) => [
  name,
  `*.${name}`,
  `*.*.${name}`,
  `*.*.*.${name}`,
])

export function createLog(level: string): Logger {
  return pino({ level, redact: { paths: secrets, censor: '[removed]' } })
}

/** One line for each request: method, path, status and time. Neither bodies nor headers nor what was searched for. */
export function requestLog(log: Logger) {
  return pinoHttp({
    logger: log,
    quietReqLogger: true,
    autoLogging: { ignore: (request) => request.url === '/healthz' },
    serializers: {
      req: (request: { method: string; url: string }) => ({ method: request.method, url: withoutSearch(request.url) }),
      res: ({ statusCode }: { statusCode: number }) => ({ statusCode }),
      err: (error: Error) => ({ name: error.name, message: error.message }),
    },
    customLogLevel: (_request: IncomingMessage, response: ServerResponse) =>
      response.statusCode >= 500 ? 'error' : response.statusCode >= 400 ? 'warn' : 'info',
  })
}

/** What people search for are names of families, and what they write about a purpose may hold some. */
export function withoutSearch(url: string): string {
  return url.replace(/([?&](?:q|purpose)=)[^&]*/g, '$1…')
}
