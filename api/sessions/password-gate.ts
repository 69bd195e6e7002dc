import { createHash } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { hash, verify } from '@node-rs/argon2'
import type { Archive } from '../../prisma/client.ts'
import {
  countAttempt,
  findUnlock,
  forgetEndedWindows,
  readAttempts,
  takeBackAttempts,
} from '../../prisma/stores/staff/sign-in-counters.ts'
import { type Account, findAccount } from '../../prisma/stores/staff/staff.ts'
import { createHashSlots } from '../http/hash-slots.ts'
import { isKnownDevice } from './known-device.ts'
import { fault } from '../http/problem.ts'

const windowMs = 15 * 60_000

/** Attempts within a quarter of an hour that did not end well. */
const mostAttempts = {
  /** For one account from one source, or from a device on which its officer has signed in before. */
  accountAndSource: 5,
  device: 10,
  /** From one source for whatever accounts, which none of those attempts is of that a lock of its own kept out. */
  source: 100,
  /** Of the old password in one session. */
  session: 5,
} as const

/** Beyond so many for one account from everywhere together, each further one is checked later by a step. */
const slowFrom = 30
const slowStepMs = 100
const slowestMs = 5_000

export type Credentials = { staffNumber: string; password: string }

/** Where an attempt comes from: an address, and what the browser shows of an earlier sign-in. */
export type Whence = { source: string; device: string | undefined }

/** Who a staff number and a password belong to. */
export type PasswordGate = {
  /** @throws `signInRefused`, which never says what was wrong, and `tooManyAttempts`. */
  check(credentials: Credentials, whence: Whence): Promise<{ officerId: string; name: string; staffNumber: string }>
  /**
   * Whether whoever is signed in knows the password; returns its hash as it was checked.
   * @throws `oldPasswordWrong`, `tooManyAttempts`
   */
  confirm(asker: { staffNumber: string; tokenHash: Uint8Array }, password: string): Promise<string>
}

type Lane = { key: string; most: number }

/**
 * Checks passwords. Every attempt is counted before its password is looked at, in the archive: of however many at once and
 * in however many processes only so many are checked. Failures lock a pair of account and source, a source, or a device,
 * and none of these is an account: its officer still comes in from elsewhere, on a device of theirs, or after an
 * administrator let them (`sign_in_unlock`).
 */
export function createPasswordGate({ archive, now }: { archive: Archive; now: () => Date }): PasswordGate {
  const { db } = archive
  const inSlot = createHashSlots()
  let decoy: Promise<string> | undefined
  let sweptAt = 0

  return {
    async check({ staffNumber, password }, { source, device }) {
      const account = await findAccount(db, staffNumber)
      const { lanes, everywhere } = await lanesOf({ staffNumber, account, source, device })
      const kept = await reserve(lanes)
      if (everywhere !== null) {
        const { attempts } = await countAttempt(db, everywhere, { now: now(), windowMs })
        kept.push(everywhere)
        if (attempts > slowFrom) await pause(Math.min(slowestMs, (attempts - slowFrom) * slowStepMs))
      }

      // An unknown account costs the same time as a known one, or the time would tell which accounts there are.
      decoy ??= hash('nobody has this password')
      decoy.catch(() => undefined)
      const matches = await isRight(account?.passwordHash ?? (await decoy), password)
      if (account === null || account.disabled || !matches) throw fault('signInRefused')
      await takeBackAttempts(db, kept)
      return { officerId: account.officerId, name: account.name, staffNumber: account.staffNumber }
    },

    async confirm({ staffNumber, tokenHash }, password) {
      const session = { key: keyOf('session', Buffer.from(tokenHash).toString('hex')), most: mostAttempts.session }
      const kept = await reserve([session])
      const account = await findAccount(db, staffNumber)
      if (account === null || !(await isRight(account.passwordHash, password))) throw fault('oldPasswordWrong')
      await takeBackAttempts(db, kept)
      return account.passwordHash
    },
  }

  /**
   * Which counts an attempt is held against, and the one of the account that slows it down. A device on which the officer
   * has signed in, and an officer who was let in again, have counts of their own and are slowed down by nobody.
   */
  async function lanesOf(attempt: {
    staffNumber: string
    account: Account | null
    source: string
    device: string | undefined
  }): Promise<{ lanes: Lane[]; everywhere: string | null }> {
    const { staffNumber, account, source, device } = attempt
    const at = now()
    if (account !== null && device !== undefined && isKnownDevice(archive, device, { ...account, now: at })) {
      const lane = { key: keyOf('device', device), most: mostAttempts.device }
      if (((await readAttempts(db, lane.key, at))?.attempts ?? 0) < lane.most)
        return { lanes: [lane], everywhere: null }
    }
    const unlock = account && (await findUnlock(db, account.officerId, new Date(at.getTime() - windowMs)))
    const pair = (...more: string[]) => ({
      key: keyOf('pair', staffNumber, source, ...more),
      most: mostAttempts.accountAndSource,
    })
    if (unlock) return { lanes: [pair(unlock.id)], everywhere: null }
    const fromSource = { key: keyOf('source', source), most: mostAttempts.source }
    return { lanes: [pair(), fromSource], everywhere: keyOf('account', staffNumber) }
  }

  /** Counts an attempt in every lane, or in none beyond the one that is full. Returns the keys that were counted. */
  async function reserve(lanes: readonly Lane[]): Promise<string[]> {
    await sweep()
    const kept: string[] = []
    for (const { key, most } of lanes) {
      const { attempts, endsAt } = await countAttempt(db, key, { now: now(), windowMs })
      if (attempts > most) {
        // One account's failures must not fill what its source has for others.
        await takeBackAttempts(db, [...kept, key])
        const retryAfterSeconds = Math.max(1, Math.ceil((endsAt.getTime() - now().getTime()) / 1000))
        throw fault('tooManyAttempts', { retryAfterSeconds })
      }
      kept.push(key)
    }
    return kept
  }

  async function isRight(passwordHash: string, password: string): Promise<boolean> {
    return inSlot(async () => verify(passwordHash, password).catch(() => false))
  }

  async function sweep(): Promise<void> {
    const at = now()
    if (at.getTime() - sweptAt < windowMs) return
    sweptAt = at.getTime()
    await forgetEndedWindows(db, at)
  }
}

// A digest, so that the table holds neither staff numbers nor addresses and every key is equally long.
function keyOf(...parts: string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url')
}
