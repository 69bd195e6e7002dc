import path from 'node:path'
import type { Config } from '../../../platform/config.ts'
import { toEnvironment } from '../../../platform/config-environment.ts'
import { nodeProcess } from '../../../platform/node-process.ts'
import { createSupervisor } from '../../../platform/supervisor.ts'

/** The counter as a process of its own, as in production, without the sweep that planted cases would set off. */
export async function startCounter(config: Config): Promise<{ stop: () => Promise<void> }> {
  const supervisor = createSupervisor({ say: (line) => console.error(line) })
  await supervisor.run(
    nodeProcess({
      name: 'counter',
      script: path.join(import.meta.dirname, 'counter-process.ts'),
      env: toEnvironment(config),
      healthUrl: `http://127.0.0.1:${config.ports.api}/healthz`,
      logsDir: path.join(config.dataDir, 'logs'),
    }),
  )
  return { stop: () => supervisor.stop() }
}
