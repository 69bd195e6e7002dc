import { createServer } from 'node:http'
import express from 'express'
import { pino } from 'pino'
import { guardProcess } from '../../../platform/last-guard.ts'
import { answerRequestUnderWay, rememberRequest, requestUnderWay } from '../../../api/http/request-under-way.ts'

// A counter with the faults planted in it that ours must not have, under the guard that ours stands under.
/** What the linter keeps out everywhere else: a promise that nobody waits for. */
function leave(message: string): void {
  // oxlint-disable-next-line typescript/no-floating-promises -- the fault that the guard is there for
  Promise.reject(new Error(message))
}

const app = express().use(rememberRequest)
app.get('/fine', (_request, response) => void response.json({ fine: true }))
app.get('/left-alone', () => {
  setTimeout(() => leave('left alone'), 5)
})
app.get('/answered-meanwhile', (_request, response) => {
  leave('beside the way')
  response.json({ fine: true })
})
app.get('/thrown', () => {
  setTimeout(() => {
    throw new Error('thrown')
  }, 5)
})
app.get('/slow', (_request, response) => void setTimeout(() => response.json({ slow: true }), 500))

const server = createServer(app)
guardProcess({
  log: pino(),
  about: requestUnderWay,
  answer: answerRequestUnderWay,
  drain: () => {
    server.close()
    server.closeIdleConnections()
  },
})
server.listen(0, '127.0.0.1', () => console.log(JSON.stringify(server.address())))
