import { readFile } from 'node:fs/promises'
import os from 'node:os'
import type { Client } from '@temporalio/client'
import { temporalCliVersion } from '../../platform/embedded/temporal-binary.ts'
import { createDatabaseClient } from '../../platform/database-session.ts'

/** On what the figures were measured: they mean little without it. */
export async function describeComputer(ownerUrl: string, client: Client): Promise<string[]> {
  const [cpu] = os.cpus()
  const [postgres, server, sdk, prisma] = await Promise.all([
    postgresVersion(ownerUrl),
    client.workflowService.getSystemInfo({}).then(({ serverVersion }) => serverVersion),
    packageVersion('@temporalio/worker'),
    packageVersion('@prisma/client'),
  ])
  return [
    `${os.availableParallelism()} × ${cpu?.model.trim() ?? 'unknown processor'}, ${Math.round(os.totalmem() / 2 ** 30)} GiB`,
    `${os.type()} ${os.release()} ${os.arch()}; load when it began ${os
      .loadavg()
      .map((load) => load.toFixed(1))
      .join(' ')}`,
    `Node ${process.versions.node}, PostgreSQL ${postgres}, Temporal CLI ${temporalCliVersion} (server ${server}), SDK ${sdk}, Prisma ${prisma}`,
  ]
}

async function postgresVersion(ownerUrl: string): Promise<string> {
  const client = createDatabaseClient(ownerUrl)
  await client.connect()
  try {
    const { rows } = await client.query<{ server_version: string }>('SHOW server_version')
    return rows[0]?.server_version ?? 'unknown'
  } finally {
    await client.end()
  }
}

async function packageVersion(name: string): Promise<string> {
  const file = new URL(`../../node_modules/${name}/package.json`, import.meta.url)
  return (JSON.parse(await readFile(file, 'utf8')) as { version: string }).version
}
