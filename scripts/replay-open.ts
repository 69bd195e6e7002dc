import './plain-failure.ts'
import { DefaultLogger, Runtime } from '@temporalio/worker'
import { loadConfig } from '../platform/config.ts'
import { connectClient, createDataConverter } from '../platform/temporal.ts'
import { type BrokenReplay, replayHistories } from '../worker/replay-histories.ts'
import { bundleWorkflows } from '../worker/workers.ts'

// Replays the histories of a deployment on the procedures of this checkout, before it is rolled out there: the open ones,
// or with --all whatever the engine still keeps. Changes nothing. Exits with 1 if one of them cannot be replayed.

const query = process.argv.includes('--all') ? '' : `ExecutionStatus = 'Running'`
const config = loadConfig()
const address = config.temporal.address ?? `127.0.0.1:${config.ports.temporal}`
const { namespace } = config.temporal

Runtime.install({ logger: new DefaultLogger('ERROR') })
const client = await connectClient({ address, namespace, payloadKeys: config.keys.payload }).catch(() => null)
if (client === null) {
  console.error(`流程引擎没有应答 No engine answers at ${address}: set TEMPORAL_ADDRESS, or run npm start first`)
  process.exit(1)
}
try {
  const { replayed, broken } = await replayHistories(
    client.workflow.list({ query }).intoHistories({ concurrency: 4 }),
    {
      workflowBundle: await bundleWorkflows({ logger: new DefaultLogger('ERROR') }),
      dataConverter: createDataConverter(config.keys.payload),
      onReplayed: (count) => {
        if (count % 500 === 0) console.error(`  ${count} …`)
      },
    },
  )
  tell(replayed, broken)
  process.exitCode = broken.length === 0 ? 0 : 1
} finally {
  await client.connection.close()
}

function tell(replayed: number, broken: readonly BrokenReplay[]): void {
  console.log(`已重放 Replayed: ${replayed}（${namespace} @ ${address}）`)
  for (const { workflowId, runId, reason } of broken)
    console.error(`不能重放 Not replayable: ${workflowId} (${runId})\n  ${reason}`)
  if (broken.length > 0)
    console.error('升级前须先处理 Mend this before rolling out: docs/tasks/change-a-workflow-safely.md')
}
