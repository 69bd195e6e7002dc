import path from 'node:path'
import type { Config } from '../../platform/config.ts'
import { toEnvironment } from '../../platform/config-environment.ts'
import { nodeProcess } from '../../platform/node-process.ts'
import { createSupervisor } from '../../platform/supervisor.ts'

const root = path.resolve(import.meta.dirname, '..', '..')

/** A build's worker as a process of its own, as in production; with a profile when asked. */
export async function startWorkerProcess(options: {
  config: Config
  script: string
  profileDir: string | null
}): Promise<{ pid: number; stop: () => Promise<void> }> {
  const { config, script, profileDir } = options
  const supervisor = createSupervisor({ say: (line) => console.error(line) })
  const worker = await supervisor.run(
    nodeProcess({
      name: path.basename(script, '.ts') === 'main' ? 'worker' : path.basename(script, '.ts'),
      script: path.join(root, script),
      env: {
        ...toEnvironment(config),
        ...(profileDir === null ? {} : { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${profileDir}` }),
      },
      healthUrl: `http://127.0.0.1:${config.ports.workerHealth}/healthz`,
      logsDir: path.join(config.dataDir, 'logs'),
      // Writing a profile takes a while.
      graceMs: 30_000,
    }),
  )
  return { pid: worker.pid as number, stop: () => supervisor.stop() }
}
