import { rm } from 'node:fs/promises'
import path from 'node:path'
import { type Config, loadConfig } from '../../platform/config.ts'
import { lockDataDir } from '../../platform/data-dir-lock.ts'
import { type Stack, startStack } from '../stack.ts'

/** What a benchmark calls itself, and from where its ports count unless the environment says otherwise. */
export type BenchPlace = { name: string; ports: string }

/** Runs a benchmark on a PostgreSQL and an engine of its own, in a fresh folder under `.data`; the servers stop with it. */
export async function onOwnStack(
  { name, ports }: BenchPlace,
  work: (stack: Stack, config: Config) => Promise<void>,
): Promise<void> {
  const config = loadConfig({
    DATA_DIR: path.resolve('.data', name),
    JIUZHU_PORT_BASE: process.env.JIUZHU_PORT_BASE ?? ports,
    JIUZHU_CLOCK: 'real',
    LOG_LEVEL: 'warn',
  })
  await removeEarlierRun(config.dataDir, name)
  const leave = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => leave.abort())
  const stack = await startStack({ config, roles: ['postgres', 'temporal'], say: console.error, signal: leave.signal })
  leave.signal.addEventListener('abort', () => {
    stack
      .stop()
      .finally(() => process.exit(130))
      .catch(() => undefined)
  })
  try {
    await work(stack, config)
  } finally {
    await stack.stop()
  }
}

/** Claimed before it is removed: another benchmark may be running on it. */
async function removeEarlierRun(dataDir: string, name: string): Promise<void> {
  const lock = await lockDataDir(dataDir, { guardianPid: process.pid, url: `scripts/${name}.ts` })
  await lock.release()
  await rm(dataDir, { recursive: true, force: true })
}
