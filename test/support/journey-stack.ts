import path from 'node:path'
import type { TestProject } from 'vitest/node'
import { startGuardian } from '../../platform/guardian.ts'
import { startStack } from '../../scripts/stack.ts'
import { ownConfig } from './own-config.ts'
import { replayAll } from './replay-all.ts'
import type { WorldUrls } from './world.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the run's stack answers. */
    journeyUrls: WorldUrls
    /** Where its processes show their figures. */
    journeyMetrics: { api: string; worker: string }
  }
}

/** One whole stack per run: archive, engine, institutions, worker and counter. Its clock is everybody's. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = path.resolve(import.meta.dirname, '../../.data', `journeys-${process.pid}`)
  const guardian = startGuardian()
  guardian.removeAfterwards(dataDir)
  try {
    const stack = await startStack({
      config: await ownConfig(dataDir),
      // Registers and bank answer at once; how long they take is not what a journey is about.
      extraEnv: { 'matching-centre': { SOURCE_DELAY_MS: '20' }, bank: { SETTLE_DELAY_MS: '50' } },
    })
    const { api, matchingCentre, bank } = stack.urls
    project.provide('journeyUrls', { api, matchingCentre, bank })
    const { apiMetrics, workerMetrics } = stack.config.ports
    project.provide('journeyMetrics', {
      api: `http://127.0.0.1:${apiMetrics}/metrics`,
      worker: `http://127.0.0.1:${workerMetrics}/metrics`,
    })
    return async () => {
      try {
        await replayAll(stack.config)
      } finally {
        await stack.stop()
        await guardian.close()
      }
    }
  } catch (error) {
    await guardian.close()
    throw error
  }
}
