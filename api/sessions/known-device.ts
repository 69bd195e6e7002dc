import { randomBytes, timingSafeEqual } from 'node:crypto'
import type { Archive } from '../../prisma/client.ts'

const day = 86_400_000
const validMs = 90 * day
const purpose = 'known device'

type Sealing = Pick<Archive, 'cipher'>

/**
 * What a browser keeps of an officer's sign-in: it opens nothing, but attempts from it are counted apart, so that nobody
 * else's failures keep the officer out. Signed with the look-up key and stored nowhere, it outlives restarts and holds in
 * every process.
 */
export function deviceToken({ cipher }: Sealing, officerId: string, now: Date): { value: string; maxAgeMs: number } {
  const said = [
    Buffer.from(officerId).toString('base64url'),
    String(now.getTime()),
    randomBytes(9).toString('base64url'),
  ]
  const signature = Buffer.from(cipher.blindIndex(purpose, said.join('.'))).toString('base64url')
  return { value: [...said, signature].join('.'), maxAgeMs: validMs }
}

/** True of what this officer was given at a sign-in of the last ninety days. */
export function isKnownDevice(
  { cipher }: Sealing,
  token: string,
  { officerId, now }: { officerId: string; now: Date },
): boolean {
  const [owner, since, nonce, signature, ...more] = token.split('.')
  if (owner === undefined || since === undefined || nonce === undefined || signature === undefined) return false
  if (more.length > 0 || Buffer.from(owner, 'base64url').toString() !== officerId) return false
  const ageMs = now.getTime() - Number(since)
  if (!(ageMs >= 0 && ageMs < validMs)) return false
  const given = Buffer.from(signature, 'base64url')
  return cipher
    .blindIndexCandidates(purpose, [owner, since, nonce].join('.'))
    .some((expected) => expected.length === given.length && timingSafeEqual(expected, given))
}
