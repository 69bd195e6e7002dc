import type { Config } from './config.ts'
import type { KeyRing } from './key-ring.ts'

/** The environment that makes `loadConfig` in a child process come to the same answer. No owner's address: children have no use for it. */
export function toEnvironment(config: Config): Record<string, string> {
  return {
    JIUZHU_ENV: config.environment,
    JIUZHU_CLOCK: config.movableClock ? 'movable' : 'real',
    DATA_DIR: config.dataDir,
    JIUZHU_CACHE_DIR: config.cacheDir,
    JIUZHU_HOST: config.host,
    JIUZHU_TRUSTED_PROXIES: config.trustedProxies.join(','),
    JIUZHU_PORT: String(config.ports.api),
    MATCHING_CENTRE_PORT: String(config.ports.matchingCentre),
    BANK_PORT: String(config.ports.bank),
    POSTGRES_PORT: String(config.ports.postgres),
    TEMPORAL_PORT: String(config.ports.temporal),
    TEMPORAL_UI_PORT: String(config.ports.temporalUi),
    WORKER_HEALTH_PORT: String(config.ports.workerHealth),
    API_METRICS_PORT: String(config.ports.apiMetrics),
    WORKER_METRICS_PORT: String(config.ports.workerMetrics),
    METRICS_HOST: config.metricsHost,
    DATABASE_APP_URL: config.database.appUrl ?? '',
    TEMPORAL_ADDRESS: config.temporal.address ?? '',
    TEMPORAL_NAMESPACE: config.temporal.namespace,
    MATCHING_CENTRE_URL: config.matchingCentre.url,
    MATCHING_API_TOKEN: config.matchingCentre.apiToken,
    MATCHING_CALLBACK_SECRET: config.matchingCentre.callbackSecret,
    BANK_URL: config.bank.url,
    BANK_API_TOKEN: config.bank.apiToken,
    BANK_CALLBACK_SECRET: config.bank.callbackSecret,
    JIUZHU_PUBLIC_URL: config.publicUrl,
    FIELD_KEYS: formatKeyRing(config.keys.field),
    PAYLOAD_KEYS: formatKeyRing(config.keys.payload),
    BLIND_INDEX_KEY: formatKeyRing(config.keys.blindIndex),
    SEAL_PUBLIC_KEYS: config.sealPublicKeys === undefined ? '' : formatKeyRing(config.sealPublicKeys),
    SEAL_DIR: config.sealDir,
    WORKER_ROLES: config.workerRoles.join(','),
    LOG_LEVEL: config.logLevel,
  }
}

/** What the counter's process is given besides: it alone signs seals. */
export function toCounterEnvironment(config: Config): Record<string, string> {
  const { seal } = config.keys
  return { ...toEnvironment(config), ...(seal && { SEAL_KEY: formatKeyRing(seal) }) }
}

function formatKeyRing(ring: KeyRing): string {
  return ring.all.map((key) => `${key.id}:${Buffer.from(key.secret).toString('base64')}`).join(',')
}
