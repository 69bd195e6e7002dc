import type { Client } from '@temporalio/client'
import type { Config } from '../../platform/config.ts'
import type { Archive } from '../../prisma/client.ts'

/** What every build finds when it is opened: the two servers, an archive and a client of this process. */
export type Site = Readonly<{
  config: Config
  /** With the rights of the counter. */
  archive: Archive
  /** With the rights of a worker. */
  hands: Archive
  client: Client
  databaseUrl: string
  /** Where profiles of our worker go; null without them. */
  profileDir: string | null
}>
