import { createServer as createHttpServer } from 'node:http'
import { once } from 'node:events'
import { loadConfig } from '../platform/config.ts'
import { createFieldCipher } from '../platform/field-cipher.ts'
import { serveMetrics } from '../platform/metrics-server.ts'
import { connectClient } from '../platform/temporal.ts'
import { checkDatabaseOnceItAnswers } from '../prisma/check-database.ts'
import { openArchive } from '../prisma/client.ts'
import { createCaseDesk } from './case-desk.ts'
import { startOwedDailyRound } from './daily-round-desk.ts'
import { guardProcedures } from './fence.ts'
import { createLog } from './log.ts'
import { createCounterMetrics } from './metrics.ts'
import { startOwedRedating } from './redating-desk.ts'
import { createServer } from './server.ts'
import { startSweep } from './sweep.ts'
import { createTrainingClock } from './training-clock.ts'

const config = loadConfig()
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
const desk = metrics.measured(createCaseDesk({ client, archive }))
const trainingClock = movableClock
  ? createTrainingClock({ archive, client, engineId: () => desk.engineId(), look: (caseId) => desk.look(caseId) })
  : undefined

const server = createHttpServer(
  createServer({ archive, desk, config, log, wallClock: () => new Date(), trainingClock }),
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
})
trainingClock?.finishInterrupted().catch((error: unknown) => log.error({ err: error }, 'a clock move stays unfinished'))
log.info({ url: `http://${host}:${ports.api}` }, 'the counter is open')

for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void close())

const closeWithinMs = 10_000

/** Lets requests under way finish, then lets go of everything. */
async function close(): Promise<void> {
  log.info('the counter closes')
  setTimeout(() => process.exit(1), closeWithinMs).unref()
  figures.close()
  const closed = once(server, 'close')
  server.close()
  server.closeIdleConnections()
  await closed
  await sweep.stop()
  await archive.close()
  await client.connection.close()
}
