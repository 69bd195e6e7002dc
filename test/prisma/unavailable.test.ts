import { DriverAdapterError } from '@prisma/driver-adapter-utils'
import { describe, expect, it } from 'vitest'
import { isArchiveUnavailable } from '../../prisma/unavailable.ts'

/** A failure as the driver hands it on, by itself or within what the client makes of it. */
const failures = (payload: ConstructorParameters<typeof DriverAdapterError>[0]) => {
  const error = new DriverAdapterError(payload)
  return [error, new Error('Invalid invocation', { cause: error })]
}

describe('a database that hung up, in whatever words the driver tells it', () => {
  it.each([
    [{ kind: 'ConnectionClosed' }],
    [{ kind: 'SocketTimeout' }],
    [{ kind: 'TooManyConnections', cause: 'too many clients' }],
    [{ kind: 'TlsConnectionError', reason: 'hung up' }],
    [{ kind: 'DatabaseNotReachable', host: '127.0.0.1', port: 5432 }],
    [{ kind: 'TransactionWriteConflict' }],
    [
      {
        kind: 'postgres',
        code: '57P01',
        severity: 'FATAL',
        message: 'terminating',
        detail: undefined,
        column: undefined,
        hint: undefined,
      },
    ],
  ] as const)('is away: %o', (payload) => {
    for (const error of failures(payload as never)) expect(isArchiveUnavailable(error)).toBe(true)
  })

  it.each([
    [{ kind: 'TableDoesNotExist', table: 'nothing' }],
    [{ kind: 'LengthMismatch', column: 'name' }],
    [
      {
        kind: 'postgres',
        code: '22003',
        severity: 'ERROR',
        message: 'out of range',
        detail: undefined,
        column: undefined,
        hint: undefined,
      },
    ],
  ] as const)('is there and refuses: %o', (payload) => {
    for (const error of failures(payload as never)) expect(isArchiveUnavailable(error)).toBe(false)
  })
})
