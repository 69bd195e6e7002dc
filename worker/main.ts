import { createServer } from 'node:http'
import { DefaultLogger, Runtime } from '@temporalio/worker'
import { loadConfig } from '../platform/config.ts'
import { createFieldCipher } from '../platform/field-cipher.ts'
import { guardProcess } from '../platform/last-guard.ts'
import { createLog } from '../platform/log.ts'
import { connectWorker } from '../platform/temporal.ts'
import { serveMetrics } from '../platform/metrics-server.ts'
import { checkDatabaseOnceItAnswers } from '../prisma/check-database.ts'
import { openArchive } from '../prisma/client.ts'
import { createWorkerMetrics } from './metrics.ts'
import { bundleWorkflows, createWorkers } from './workers.ts'

/** Entry of a worker process: configuration, archive and gateways, then the roles it was given. */
async function main(): Promise<void> {
  const config = loadConfig()
  const log = createLog('worker', config)
  // Rules and calendars are counted in plain days; a zone of the host must never show through.
  if (new Date().getTimezoneOffset() !== 0) throw new Error('Start workers with TZ=UTC')

  const { appUrl } = config.database
  if (!appUrl || !config.temporal.address) throw new Error('A worker needs DATABASE_APP_URL and TEMPORAL_ADDRESS')
  const archive = openArchive({
    url: appUrl,
    process: 'worker',
    cipher: createFieldCipher(config.keys),
    maxConnections: 10,
  })
  const production = config.environment === 'production'
  await checkDatabaseOnceItAnswers(archive, { production, say: (line) => log.warn(line) })

  // Of what the engine's tools add to a line only what is known to be ids and codes.
  const logger = new DefaultLogger('WARN', ({ message, level, meta }) =>
    log.warn({ level, ...tellable(meta) }, message),
  )
  Runtime.install({ logger })
  const target = {
    address: config.temporal.address,
    namespace: config.temporal.namespace,
    payloadKeys: config.keys.payload,
  }
  const [engine, workflowBundle] = await Promise.all([connectWorker(target), bundleWorkflows()])
  const metrics = createWorkerMetrics()
  const workers = await createWorkers({
    config,
    archive,
    ...engine,
    workflowBundle,
    roles: config.workerRoles,
    activityInterceptors: [metrics.interceptor],
  })

  const health = createServer((_request, response) => {
    const well = workers.every((worker) => worker.getState() === 'RUNNING')
    response.writeHead(well ? 200 : 503, { 'content-type': 'application/json' }).end(JSON.stringify({ well }))
  })
  health.listen(config.ports.workerHealth, '127.0.0.1')
  const figures = await serveMetrics(metrics.registry, { host: config.metricsHost, port: config.ports.workerMetrics })
  log.info({ roles: config.workerRoles }, 'worker ready')

  // A worker that ends takes the others along, each after what it has in hand: half a process is restarted by nobody.
  const drain = () => {
    for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown()
  }
  guardProcess({ log, drain })

  try {
    await Promise.all(workers.map((worker) => worker.run().finally(drain)))
  } finally {
    health.close()
    figures.close()
    await engine.connection.close()
    await archive.close()
  }
}

const tellableNames = [
  'matterId',
  'activity',
  'attempt',
  'cause',
  'workflow',
  'workflowId',
  'workflowType',
  'activityType',
  'duty',
]

function tellable(meta: Record<string, unknown> = {}): Record<string, unknown> {
  return Object.fromEntries(tellableNames.flatMap((name) => (meta[name] === undefined ? [] : [[name, meta[name]]])))
}

await main()
