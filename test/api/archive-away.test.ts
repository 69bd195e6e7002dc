import { createServer as createHttpServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { MatterClient } from '../../api/matters/matter-client.ts'
import { createProofDesk } from '../../api/audit/proof-desk.ts'
import { createServer } from '../../api/http/server.ts'
import { loadConfig } from '../../platform/config.ts'
import { createFieldCipher } from '../../platform/field-cipher.ts'
import { openArchive } from '../../prisma/client.ts'

const config = loadConfig({})
const archive = openArchive({
  url: 'postgresql://nobody@127.0.0.1:2/nothing',
  process: 'api',
  cipher: createFieldCipher(config.keys),
})
const log = pino({ level: 'silent' })
const server = createHttpServer(
  createServer({
    archive,
    config,
    log,
    desk: {} as MatterClient,
    proof: createProofDesk({ archive, config, log }),
    wallClock: () => new Date(),
  }),
)
let url: string
beforeAll(async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(async () => {
  server.close()
  await archive.close()
})

describe('while the archive is away', () => {
  it('everything is answered with 503 and when to come again', async () => {
    const cookie = `jiuzhu_session=${'a'.repeat(43)}`
    for (const path of ['/healthz', '/api/clock', '/api/worklist', '/api/assistance-cases/some-case']) {
      const response = await fetch(`${url}${path}`, { headers: { cookie } })
      expect([path, response.status, response.headers.get('retry-after')]).toEqual([path, 503, '5'])
      expect(await response.json()).toMatchObject({ code: 'tryAgain' })
    }
  })
})
