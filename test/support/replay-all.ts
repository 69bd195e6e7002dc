import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import type { Config } from '../../platform/config.ts'
import { toEnvironment } from '../../platform/config-environment.ts'

const script = path.resolve(import.meta.dirname, '../../scripts/replay-open.ts')

/**
 * Replays every history that a stack has made, as its operator would before a roll-out: whatever a test did to it, none of
 * its procedures may be one that a restarted worker cannot take up.
 * @throws with the names of those that it cannot.
 */
export async function replayAll(config: Config): Promise<void> {
  const run = promisify(execFile)
  await run(process.execPath, [script, '--all'], { env: { ...process.env, ...toEnvironment(config) } }).catch(
    ({ stderr, message }: { stderr?: string; message: string }) => {
      throw new Error(`Not every history can be replayed:\n${stderr || message}`)
    },
  )
}
