import { rm } from 'node:fs/promises'
import path from 'node:path'
import type { Config } from '../../platform/config.ts'
import { lockDataDir } from '../../platform/data-dir-lock.ts'
import { ownConfig } from '../../test/support/own-config.ts'

const dataDir = path.resolve(import.meta.dirname, '../../.data/demo')

/** The demonstration begins with an empty archive; what the last one left is looked at no more. */
export async function configForDemo(): Promise<Config> {
  const config = await ownConfig(dataDir)
  const lock = await lockDataDir(dataDir, { guardianPid: process.pid, url: config.publicUrl })
  await rm(dataDir, { recursive: true, force: true })
  await lock.release()
  return config
}
