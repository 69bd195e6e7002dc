import { createServer as createHttpServer } from 'node:http'
import { once } from 'node:events'
import { loadConfigFor } from '../platform/config.ts'
import { createFieldCipher } from '../platform/field-cipher.ts'
import { guardProcess } from '../platform/last-guard.ts'
import { serveMetrics } from '../platform/metrics-server.ts'
import { connectClient } from '../platform/temporal.ts'
import { checkDatabaseOnceItAnswers } from '../prisma/check-database.ts'
import { openArchive } from '../prisma/client.ts'
import { createMatterClient } from './matters/matter-client.ts'
import { startOwedDailyRound } from './clock/daily-round-desk.ts'
import { guardProcedures } from './matters/fence.ts'
import { createInstitutionClocks } from './clock/institution-clocks.ts'
import { createLog } from './http/log.ts'
import { createCounterMetrics } from './http/metrics.ts'
import { createProofDesk } from './audit/proof-desk.ts'
import { startOwedRedating } from './rules/redating-desk.ts'
import { answerRequestUnderWay, requestUnderWay } from './http/request-under-way.ts'
import { createServer } from './http/server.ts'
import { startSweep } from './matters/sweep.ts'
import { createTrainingClock } from './clock/training-clock.ts'

const config = loadConfigFor('counter')
const { database, temporal, keys, host, metricsHost, ports, logLevel, movableClock } = config
if (!database.appUrl) throw new Error('DATABASE_APP_URL is missing: the counter cannot open without its archive')
if (!temporal.address) throw new Error('TEMPORAL_ADDRESS is missing: the counter cannot open without the engine')

const log = createLog(logLevel)
const archive = openArchive({ url: database.appUrl, process: 'api', cipher: createFieldCipher(keys) })
await checkDatabaseOnceItAnswers(archive, {
  production: config.environment === 'production',
  say: (line) => log.warn(line),
})
const client = await connectClient({
  address: temporal.address,
  namespace: temporal.namespace,
  payloadKeys: keys.payload,
})
const metrics = createCounterMetrics(archive)
const desk = metrics.measured(createMatterClient({ client, archive }))
const trainingClock = movableClock
  ? createTrainingClock({
      archive,
      client,
      institutions: createInstitutionClocks({ urls: [config.matchingCentre.url, config.bank.url], log }),
      engineId: () => desk.engineId(),
      look: (matterId) => desk.look(matterId),
    })
  : undefined
// One for routes and sweep: who writes the file of the seals stands in one queue.
const proof = createProofDesk({ archive, config, log })

// The last resort against a body that trickles in where nobody reads it; the routes' own deadlines are shorter.
const server = createHttpServer(
  { requestTimeout: 150_000, headersTimeout: 30_000, connectionsCheckingInterval: 5_000 },
  createServer({ archive, desk, proof, config, log, wallClock: () => new Date(), trainingClock }),
)
server.listen(ports.api, host)
await once(server, 'listening')
const figures = await serveMetrics(metrics.registry, { host: metricsHost, port: ports.apiMetrics })
const owed = {
  startOwedRedating: () => startOwedRedating({ archive, client }),
  startOwedDailyRound: () => startOwedDailyRound({ archive, client }),
}
const sweep = startSweep({
  archive,
  desk,
  log,
  ...owed,
  guardProcedures: () => guardProcedures({ archive, client, desk, log, ...owed }),
  keepProof: () => proof.keep(),
})
trainingClock?.finishInterrupted().catch((error: unknown) => log.error({ err: error }, 'a clock move stays unfinished'))
log.info({ url: `http://${host}:${ports.api}` }, 'the counter is open')

const closeWithinMs = 10_000
let closing = false

guardProcess({ log, about: requestUnderWay, answer: answerRequestUnderWay, drain: closeOnce })
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, closeOnce)

function closeOnce(): void {
  if (closing) return
  closing = true
  close().catch((error: unknown) => {
    log.error({ err: error }, 'the counter did not close in order')
    process.exit(1)
  })
}

/** Lets requests under way finish, then lets go of everything. */
async function close(): Promise<void> {
  log.info('the counter closes')
  setTimeout(() => process.exit(1), closeWithinMs).unref()
  figures.close()
  await new Promise<void>((resolve) => {
    server.close(() => resolve())
    server.closeIdleConnections()
  })
  await sweep.stop()
  await archive.close()
  await client.connection.close()
}
