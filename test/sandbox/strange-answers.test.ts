import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { createBank } from '../../activities/gateways/bank.ts'
import { createMatchingCentre } from '../../activities/gateways/matching-centre.ts'

const instruction = {
  instructionId: 'i-1',
  account: '6222020000000000017',
  holderName: '王秀兰',
  amountFen: 61_200,
  currency: 'CNY',
  purpose: '低保金',
  reference: 'line-17',
} as const

let close: (() => Promise<void>) | undefined
afterEach(() => close?.())

/** Something on the way to the institution that answers in its place. */
async function somethingBetween(answer: RequestListener) {
  const server = createServer(answer).listen(0, '127.0.0.1')
  await once(server, 'listening')
  close = async () => {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  }
  const connection = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    token: 'token-of-the-assistance-office',
    timeoutMs: 300,
  }
  return { bank: createBank(connection), centre: createMatchingCentre(connection) }
}

const answering =
  (status: number, body: string, headers: Record<string, string> = {}): RequestListener =>
  (_request, response) =>
    response.writeHead(status, headers).end(body)

describe('something between us and the bank', () => {
  it.each([
    ['a web page of a proxy that says 404', answering(404, '<html>Not found</html>')],
    ['a 404 of somebody else', answering(404, '{"code":"NO_SUCH_PAGE"}')],
    ['an empty answer', answering(200, '')],
    ['an answer about another instruction', answering(200, '{"instructionId":"i-2","state":"ACCEPTED"}')],
    ['a payment without its time', answering(200, '{"instructionId":"i-1","state":"PAID"}')],
    ['too many calls', answering(429, '{"code":"SLOW_DOWN"}')],
    ['an outage', answering(503, '{"code":"NOT_KNOWN"}')],
    ['a redirect', answering(307, '', { location: 'http://127.0.0.1:9/elsewhere' })],
    ['an endless answer', (_request, response) => void response.writeHead(200).write('{')],
    ['an answer without measure', answering(200, `"${'a'.repeat(5 * 1024 * 1024)}"`)],
  ] satisfies [string, RequestListener][])(
    'with %s proves nothing: unknown, and no leave to resend',
    async (_, answer) => {
      const { bank, centre } = await somethingBetween(answer)
      expect(await bank.send(instruction)).toMatchObject({ kind: 'unknown' })
      await expect(bank.ask('i-1')).rejects.toMatchObject({ name: /^Gateway(Unanswered|NotUnderstood)$/ })
      await expect(centre.find('r-1')).rejects.toMatchObject({ name: /^Gateway(Unanswered|NotUnderstood)$/ })
    },
  )

  it('with an acceptance of another number is unknown', async () => {
    const { bank } = await somethingBetween(answering(202, '{"instructionId":"i-2","state":"ACCEPTED"}'))
    expect(await bank.send(instruction)).toEqual({ kind: 'unknown', because: 'answer not understood' })
  })

  it('with the plain refusal of the bank is a refusal', async () => {
    const { bank } = await somethingBetween(answering(422, '{"code":"NOT_VALID","message":"amountFen"}'))
    expect(await bank.send(instruction)).toEqual({ kind: 'refused', code: 'NOT_VALID' })
  })
})
