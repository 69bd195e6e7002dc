import { createServer } from 'node:http'
import express from 'express'
import { pino } from 'pino'
import { guardProcess } from '../../../platform/last-guard.ts'
import { answerRequestUnderWay, rememberRequest, requestUnderWay } from '../../../api/request-under-way.ts'

// A counter with the faults planted in it that ours must not have, under the guard that ours stands under.
const app = express().use(rememberRequest)
app.get('/fine', (_request, response) => void response.json({ fine: true }))
app.get('/left-alone', () => {
  setTimeout(() => {
    Promise.reject(new Error('left alone'))
  }, 5)
})
app.get('/answered-meanwhile', (_request, response) => {
  Promise.reject(new Error('beside the way'))
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
