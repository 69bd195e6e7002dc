import { randomBytes } from 'node:crypto'
import { hash } from '@node-rs/argon2'
import type { Archive } from '../../prisma/client.ts'
import { isPasswordHashOf } from '../../prisma/stores/staff/new-accounts.ts'

// Nothing that is easily taken for something else; 32 of them, so that each byte gives one evenly.
const characters = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'

/** A password that the system makes, for one request: hashed when it is needed, told at most once and kept nowhere. */
export type FirstPassword = {
  hashed: () => Promise<string>
  /** The password itself, for whoever sits at the terminal of the owner. */
  shown: () => string
  /** The password, if it is the one that the account has now: a request that is repeated, or of two at once, is told none. */
  toldFor: (archive: Archive, officerId: string) => Promise<string | null>
}

/** Makes a first password of a hundred bits. */
export function makeFirstPassword(): FirstPassword {
  const password = Array.from(randomBytes(20), (byte) => characters.charAt(byte % characters.length))
    .join('')
    .replaceAll(/(.{5})(?=.)/g, '$1-')
  let passwordHash: string | null = null
  return {
    shown: () => password,
    hashed: async () => (passwordHash ??= await hash(password)),
    toldFor: async ({ db }, officerId) =>
      passwordHash !== null && (await isPasswordHashOf(db, officerId, passwordHash)) ? password : null,
  }
}
