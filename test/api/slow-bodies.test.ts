import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { people } from '../../prisma/seed/people.ts'
import { type CounterRoom, openCounterRoom } from './support/counter-room.ts'

let room: CounterRoom
beforeAll(async () => {
  room = await openCounterRoom('slow', {}, { bodyDeadlines: { formMs: 1_000, fileMs: 1_500 } })
})
afterAll(() => room.close())

/** Sends the head of a request and then a byte of its body now and then; what came back until the line was cut. */
async function trickles(path: string, headers: Record<string, string>): Promise<{ answer: string; ms: number }> {
  const { hostname, port } = new URL(room.url)
  const socket = connect(Number(port), hostname)
  let answer = ''
  let open = true
  socket.setEncoding('utf8').on('data', (text: string) => void (answer += text))
  socket.on('error', () => undefined).on('close', () => void (open = false))
  const head = Object.entries({ host: hostname, 'content-length': '10000', ...headers })
  socket.write(`POST ${path} HTTP/1.1\r\n${head.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n{`)
  const began = Date.now()
  while (open && Date.now() - began < 20_000) {
    await sleep(50)
    if (open) socket.write(' ')
  }
  socket.destroy()
  return { answer, ms: Date.now() - began }
}

describe('a body that trickles in', () => {
  it.each([
    ['at sign-in', '/api/sessions', { 'content-type': 'application/json' }],
    ['from an institution', '/callbacks/bank', { 'content-type': 'application/json' }],
  ])('%s is cut off with an answer that says why', async (_about, path, headers) => {
    const { answer, ms } = await trickles(path, headers)
    expect(answer).toMatch(/^HTTP\/1\.1 408 /)
    expect(answer).toContain('"code":"bodyTooSlow"')
    expect(ms).toBeLessThan(10_000)
  })

  it('is not read at all from somebody without a session', async () => {
    const { answer } = await trickles('/api/assistance-cases', { 'content-type': 'application/json' })
    expect(answer).toMatch(/^HTTP\/1\.1 401 /)
  })

  it('leaves others their time', async () => {
    const slow = trickles('/api/sessions', { 'content-type': 'application/json' })
    expect((await room.signIn(people.xifeng.approvers[0]!)).status).toBe(201)
    expect((await slow).answer).toContain('408')
  })
})
