import { once } from 'node:events'
import { createServer as createHttpServer } from 'node:http'
import type { MatterClient } from '../../../api/matters/matter-client.ts'
import { createLog } from '../../../api/http/log.ts'
import { createProofDesk } from '../../../api/audit/proof-desk.ts'
import { createServer } from '../../../api/http/server.ts'
import { loadConfig } from '../../../platform/config.ts'
import { createFieldCipher } from '../../../platform/field-cipher.ts'
import { openArchive } from '../../../prisma/client.ts'

// The counter as api/main.ts opens it, but for the sweep and the engine: planted cases have no procedure to be started.
const config = loadConfig()
const { database, keys, host, ports, logLevel } = config
if (!database.appUrl) throw new Error('DATABASE_APP_URL is missing')

const archive = openArchive({ url: database.appUrl, process: 'api', cipher: createFieldCipher(keys) })
const nobody = async (): Promise<never> => {
  throw new Error('Only lists are read here')
}
const desk: MatterClient = { submit: nobody, act: nobody, look: nobody, engineId: nobody, carriedCases: nobody }
const log = createLog(logLevel)
const proof = createProofDesk({ archive, config, log })
const server = createHttpServer(createServer({ archive, desk, proof, config, log, wallClock: () => new Date() }))
server.listen(ports.api, host)
await once(server, 'listening')

process.once('SIGTERM', () => {
  server.closeAllConnections()
  server.close(() => {
    archive
      .close()
      .finally(() => process.exit(0))
      .catch(() => undefined)
  })
})
