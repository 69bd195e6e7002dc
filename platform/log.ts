import { type Logger, pino } from 'pino'
import type { Config } from './config.ts'

/** Field names that must never be readable in a log, at the depths at which our objects carry them. */
const sealedNames = ['identityNumber', 'accountNumber', 'password', 'authorization', 'cookie', 'phone', 'hardships']

const redactPaths = sealedNames.flatMap((name) => [name, `*.${name}`, `*.*.${name}`, `*.*.*.${name}`])

/** A process's log: JSON lines, without anything that belongs to a person. */
export function createLog(name: string, { logLevel }: Pick<Config, 'logLevel'>): Logger {
  return pino({ name, level: logLevel, redact: { paths: redactPaths, censor: '[sealed]' } })
}
