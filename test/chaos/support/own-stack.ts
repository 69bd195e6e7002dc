import path from 'node:path'
import type pg from 'pg'
import { type Guardian, startGuardian } from '../../../platform/guardian.ts'
import { type Stack, startStack } from '../../../scripts/stack.ts'
import { ownConfig } from '../../support/own-config.ts'
import { replayAll } from '../../support/replay-all.ts'
import { createDatabaseClient } from '../../../platform/database-session.ts'

/** A stack that one test may ill-treat; its folder goes with it, even if the run is killed. */
export type OwnStack = Readonly<{
  stack: Stack
  dataDir: string
  guardian: Guardian
  /** Asks the archive as its owner. */
  ask<Row extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>
  /** Replays every history that the stack has made, and stops it; its folder stays until it is closed. */
  stop(): Promise<void>
  close(): Promise<void>
}>

/** Registers and bank that answer at once: how long they take is not what these tests are about. */
const briskInstitutions = { 'matching-centre': { SOURCE_DELAY_MS: '20' }, bank: { SETTLE_DELAY_MS: '50' } }

/** @param engineSettings dynamic configuration of the engine, where a test needs another than the usual one. */
export async function startOwnStack(
  name: string,
  engineSettings: Record<string, string | number> = {},
): Promise<OwnStack> {
  const dataDir = path.resolve(import.meta.dirname, '../../../.data', `chaos-${name}-${process.pid}`)
  const guardian = startGuardian()
  guardian.removeAfterwards(dataDir)
  try {
    const stack = await startStack({ config: await ownConfig(dataDir), extraEnv: briskInstitutions, engineSettings })
    let stopping: Promise<void> | undefined
    const replayAndStop = async () => {
      try {
        await replayAll(stack.config)
      } finally {
        await stack.stop()
      }
    }
    const stop = () => (stopping ??= replayAndStop())
    const close = async () => {
      try {
        await stop()
      } finally {
        await guardian.close()
      }
    }
    return { stack, dataDir, guardian, ask: (text, values) => ask(ownerUrl(stack), text, values), stop, close }
  } catch (error) {
    await guardian.close()
    throw error
  }
}

export function ownerUrl({ urls }: Stack): string {
  if (urls.databaseOwner === undefined) throw new Error('This stack has no archive of its own')
  return urls.databaseOwner
}

/** One question, on a connection of its own: the server may have been killed since the last one. */
async function ask<Row extends pg.QueryResultRow>(url: string, text: string, values: unknown[] = []): Promise<Row[]> {
  const client = createDatabaseClient(url)
  // Killed under us, the connection fails the question; without a listener it would end the process as well.
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query<Row>(text, values)).rows
  } finally {
    await client.end().catch(() => undefined)
  }
}
