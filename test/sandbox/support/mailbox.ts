import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import type { z } from 'zod'
import { openSignedCallback } from '../../../platform/callbacks/signed-callback.ts'
import { callbackSecret } from './institution.ts'

/** A callback as it arrived, before anyone judged it. */
export interface Letter {
  headers: IncomingHttpHeaders
  rawBody: Buffer
}

/** The office's mailbox: takes callbacks that prove themselves, and remembers everything that arrived. */
export interface Mailbox<Body> {
  readonly url: string
  readonly letters: readonly Letter[]
  readonly taken: readonly Body[]
  /** Turned away with 503 until it is set to true again. */
  open: boolean
  /** Resolves when this many callbacks were taken since it was last emptied. */
  holds(count: number): Promise<readonly Body[]>
  empty(): void
  close(): Promise<void>
}

/** Opens a mailbox for the callbacks of one institution. */
export async function openMailbox<Schema extends z.ZodType<{ callbackId: string }>>(
  schema: Schema,
): Promise<Mailbox<z.infer<Schema>>> {
  const letters: Letter[] = []
  const taken: z.infer<Schema>[] = []
  let emptied = 0
  let waiting: { count: number; done: () => void }[] = []

  const server = createServer((request, response) => void receive(request, response))
  const receive = async (request: IncomingMessage, response: ServerResponse) => {
    const before = emptied
    const letter = { headers: request.headers, rawBody: await buffer(request) }
    // What was still on its way when the mailbox was emptied belongs to the test before.
    if (before !== emptied) return response.writeHead(503).end()
    letters.push(letter)
    const opened = openSignedCallback({ ...letter, secrets: [callbackSecret], now: new Date(), schema })
    if (opened.kind === 'refused') return response.writeHead(401).end(opened.refusal)
    if (!mailbox.open) return response.writeHead(503).end()
    taken.push(opened.callback)
    response.writeHead(204).end()
    for (const { done } of waiting.filter(({ count }) => taken.length >= count)) done()
    waiting = waiting.filter(({ count }) => taken.length < count)
  }
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')

  const mailbox: Mailbox<z.infer<Schema>> = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/callbacks`,
    letters,
    taken,
    open: true,
    async holds(count) {
      if (taken.length < count) await new Promise<void>((done) => waiting.push({ count, done }))
      return taken
    },
    empty() {
      emptied += 1
      letters.length = 0
      taken.length = 0
      mailbox.open = true
    },
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
  return mailbox
}
