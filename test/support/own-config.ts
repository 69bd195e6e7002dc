import { type Config, loadConfig } from '../../platform/config.ts'
import { findFreePort } from '../../platform/embedded/processes.ts'

const portNames = [
  'JIUZHU_PORT',
  'MATCHING_CENTRE_PORT',
  'BANK_PORT',
  'POSTGRES_PORT',
  'TEMPORAL_PORT',
  'TEMPORAL_UI_PORT',
  'WORKER_HEALTH_PORT',
  'API_METRICS_PORT',
  'WORKER_METRICS_PORT',
]

/**
 * A training deployment of one's own, on free ports and a data folder of its own. Servers and data that the environment
 * names are somebody's work and stay untouched.
 */
export async function ownConfig(dataDir: string): Promise<Config> {
  const ports: Record<string, string> = {}
  for (const name of portNames) ports[name] = String(await findFreePort())
  const { JIUZHU_CACHE_DIR = '' } = process.env
  return loadConfig({ JIUZHU_CACHE_DIR, DATA_DIR: dataDir, ...ports })
}
