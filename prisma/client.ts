import { PrismaPg } from '@prisma/adapter-pg'
import { databaseSession } from '../platform/database-session.ts'
import type { FieldCipher } from '../platform/field-cipher.ts'
import { type Prisma, PrismaClient } from './generated/client.ts'
import { CuttableClient } from './cuttable-client.ts'
import { createStatementNames } from './statement-names.ts'

/** The open archive: its tables, and the cipher for the fields that are kept sealed. */
export type Archive = { db: PrismaClient; cipher: FieldCipher; close(): Promise<void> }

/** The archive outside or inside a transaction. */
export type Db = PrismaClient | Prisma.TransactionClient

/** What each kind of process works as: roles that own no table; test/prisma/rights.test.ts lists what they may do. */
export const processRoles = { api: 'jiuzhu_api', worker: 'jiuzhu_worker' } as const
export type ProcessKind = keyof typeof processRoles

/**
 * What the server itself gives up: waiting for a lock, a statement, and whatever a caller that has gone left behind. A
 * filing holds its case's lock for milliseconds, so that a lock held for seconds is trouble; `CuttableClient` covers the
 * server that does not even do this.
 */
const serverLimits = { lock_timeout: '2500', statement_timeout: '30000', client_connection_check_interval: '1000' }

/**
 * Opens the archive at a PostgreSQL address.
 * @param process which of our processes asks; its connections have its rights, whoever the address names.
 * @param maxConnections connections this process may hold.
 */
export function openArchive(options: {
  url: string
  process: ProcessKind
  cipher: FieldCipher
  maxConnections?: number
}): Archive {
  const pool = {
    ...databaseSession(options.url, { role: processRoles[options.process], ...serverLimits }),
    Client: CuttableClient,
    max: options.maxConnections ?? 10,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
  }
  const adapter = new PrismaPg(pool, { statementNameGenerator: createStatementNames() })
  const db = new PrismaClient({ adapter })
  return { db, cipher: options.cipher, close: () => db.$disconnect() }
}

/** Opens the archive as its owner, for commands that change what none of our processes may. */
export function openAsOwner({ url, cipher }: { url: string; cipher: FieldCipher }): Archive {
  const pool = { ...databaseSession(url), max: 4, connectionTimeoutMillis: 5_000 }
  const adapter = new PrismaPg(pool)
  const db = new PrismaClient({ adapter })
  return { db, cipher, close: () => db.$disconnect() }
}

/** Opens the archive for somebody who only reads and who holds no key: nothing that is sealed can be opened. */
export function openForReading(url: string): Pick<Archive, 'db' | 'close'> {
  const pool = {
    ...databaseSession(url, { role: processRoles.api, default_transaction_read_only: 'on' }),
    max: 2,
    connectionTimeoutMillis: 5_000,
  }
  const adapter = new PrismaPg(pool)
  const db = new PrismaClient({ adapter })
  return { db, close: () => db.$disconnect() }
}
