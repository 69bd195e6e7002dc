import { hash, verify } from '@node-rs/argon2'
import type { Archive } from '../prisma/client.ts'
import { findAccount } from '../prisma/stores/staff.ts'
import { createLimiter } from './limiter.ts'
import { fault } from './problem.ts'

const windowMs = 15 * 60_000

/** Wrong passwords within a quarter of an hour: from one source for one account, for one account, from one source. */
const mostFailures = { accountAndSource: 5, account: 30, source: 100 }

/** Who a staff number and a password belong to. */
export type PasswordGate = {
  /** @throws `signInRefused`, which never says what was wrong, and `tooManyAttempts`. */
  check(
    credentials: { staffNumber: string; password: string },
    source: string,
  ): Promise<{ officerId: string; name: string; staffNumber: string }>
}

/**
 * Checks passwords and counts wrong ones. An account is not locked for a stranger's guesses from elsewhere before there
 * are many, and never for longer than the window.
 */
export function createPasswordGate({ archive, now }: { archive: Archive; now: () => Date }): PasswordGate {
  const limiterFor = (limit: number) => createLimiter({ limit, windowMs, now })
  const limiters = {
    accountAndSource: limiterFor(mostFailures.accountAndSource),
    account: limiterFor(mostFailures.account),
    source: limiterFor(mostFailures.source),
  }
  let decoy: Promise<string> | undefined

  return {
    async check({ staffNumber, password }, source) {
      const counted = [
        [limiters.accountAndSource, JSON.stringify([staffNumber, source])],
        [limiters.account, staffNumber],
        [limiters.source, source],
      ] as const
      if (counted.some(([limiter, key]) => !limiter.allows(key)))
        throw fault('tooManyAttempts', { retryAfterSeconds: 900 })

      const account = await findAccount(archive.db, staffNumber)
      // An unknown account costs the same time as a known one, or the time would tell which accounts there are.
      decoy ??= hash('nobody has this password')
      const matches = await verify(account?.passwordHash ?? (await decoy), password).catch(() => false)
      if (account === null || account.disabled || !matches) {
        for (const [limiter, key] of counted) limiter.take(key)
        throw fault('signInRefused')
      }
      return { officerId: account.officerId, name: account.name, staffNumber: account.staffNumber }
    },
  }
}
