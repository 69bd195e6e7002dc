import { createServer as createHttpServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { Client } from '@temporalio/client'
import { pino } from 'pino'
import { createMatterClient } from '../../api/matters/matter-client.ts'
import { createProofDesk } from '../../api/audit/proof-desk.ts'
import { createServer } from '../../api/http/server.ts'
import { loadConfig } from '../../platform/config.ts'
import { createFieldCipher } from '../../platform/field-cipher.ts'
import { openArchive } from '../../prisma/client.ts'
import type { TestDatabase } from './database.ts'

/** A counter on a running engine and archive, as one of several API processes would be: desk and connections of its own. */
export type CounterOnEngine = { url: string; close(): Promise<void> }

export async function openCounterOnEngine({
  database,
  client,
}: {
  database: TestDatabase
  client: Client
}): Promise<CounterOnEngine> {
  const config = loadConfig({})
  const archive = openArchive({ process: 'api', url: database.appUrl, cipher: createFieldCipher(config.keys) })
  const log = pino({ level: 'silent' })
  const desk = createMatterClient({ client, archive })
  const proof = createProofDesk({ archive, config, log })
  const server = createHttpServer(createServer({ archive, desk, proof, config, log, wallClock: () => new Date() }))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections()
      server.close()
      await archive.close()
    },
  }
}
