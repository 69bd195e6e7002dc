import { nodeProcess } from '../../../platform/node-process.ts'
import { createSupervisor } from '../../../platform/supervisor.ts'

// A parent of its own, so that the test can kill it: prints the numbers of what it started.
const [logsDir = '', port = ''] = process.argv.slice(2)
const supervisor = createSupervisor({ say: () => {} })
const started = await supervisor.run(
  nodeProcess({
    name: 'small',
    script: new URL('./small-server.ts', import.meta.url).pathname,
    env: { PORT: port },
    healthUrl: `http://127.0.0.1:${port}/healthz`,
    logsDir,
  }),
)
console.log(JSON.stringify({ child: started.pid, guardian: supervisor.guardianPid }))
