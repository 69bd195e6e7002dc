import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import { bundleWorkflowCode, DefaultLogger, Runtime, Worker } from '@temporalio/worker'
import { createBank } from '../../../activities/gateways/bank.ts'
import { createMatchingCentre } from '../../../activities/gateways/matching-centre.ts'
import { fileAct } from '../../../activities/filing/file-act.ts'
import { lookAtCase } from '../../../activities/filing/look-at-case.ts'
import { createActivities } from '../../../activities/index.ts'
import { loadConfig } from '../../../platform/config.ts'
import { createFieldCipher } from '../../../platform/field-cipher.ts'
import { connectWorker } from '../../../platform/temporal.ts'
import { openArchive } from '../../../prisma/client.ts'
import type { UsualActivities } from './activities.ts'
import { usualTaskQueue } from './contract.ts'

const timeoutMs = 10_000

/** Entry of the usual build's worker: the settings of ours, its own workflow, every effect a regular activity. */
async function main(): Promise<void> {
  const config = loadConfig()
  Runtime.install({ logger: new DefaultLogger('WARN') })
  const { appUrl } = config.database
  const { address, namespace } = config.temporal
  if (!appUrl || !address) throw new Error('The usual worker needs DATABASE_APP_URL and TEMPORAL_ADDRESS')
  const archive = openArchive({
    url: appUrl,
    process: 'worker',
    cipher: createFieldCipher(config.keys),
    maxConnections: 10,
  })
  const { matchingCentre, bank } = config
  const hands = createActivities({
    archive,
    centre: createMatchingCentre({ url: matchingCentre.url, token: matchingCentre.apiToken, timeoutMs }),
    bank: createBank({ url: bank.url, token: bank.apiToken, timeoutMs }),
  })
  // An empty message costs the usual build nothing but its place in the history.
  const activities: UsualActivities = {
    fileAct: ({ caseId: matterId, ...act }) => fileAct(archive, { matterId, ...act }),
    lookAtCase: ({ caseId: matterId }) => lookAtCase(archive, { matterId }),
    requestMatching: (input) => hands.requestMatching(input),
    notify: async () => {},
  }
  const engine = await connectWorker({ address, namespace, payloadKeys: config.keys.payload })
  const worker = await Worker.create({
    ...engine,
    taskQueue: usualTaskQueue,
    activities,
    workflowBundle: await bundleWorkflowCode({
      workflowsPath: fileURLToPath(new URL('./workflow.ts', import.meta.url)),
    }),
    maxCachedWorkflows: 1_000,
    maxConcurrentWorkflowTaskExecutions: 40,
  })
  const health = createServer((_request, response) => {
    response.writeHead(worker.getState() === 'RUNNING' ? 200 : 503).end()
  })
  health.listen(config.ports.workerHealth, '127.0.0.1')
  try {
    await worker.run()
  } finally {
    health.close()
    await engine.connection.close()
    await archive.close()
  }
}

await main()
