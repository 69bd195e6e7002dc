import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import type { KeyRing } from './key-ring.ts'

/** Signs seals; the key never goes near the database. */
export type Sealer = Readonly<{ keyId: string; sign(text: string): string }>

/** The public halves of seal keys by key id: all that a verifier needs. */
export type SealPublicKeys = ReadonlyMap<string, KeyObject>

// What stands before the 32 bytes of an Ed25519 key in DER (RFC 8410).
const privatePrefix = Buffer.from('302e020100300506032b657004220420', 'hex')
const publicPrefix = Buffer.from('302a300506032b6570032100', 'hex')

/** Signs with the first key of a ring of Ed25519 private keys. */
export function createSealer({ current }: KeyRing): Sealer {
  const key = privateKeyOf(current.secret)
  return { keyId: current.id, sign: (text) => sign(null, Buffer.from(text), key).toString('base64') }
}

/** The public halves of a ring of private keys, and the keys of a ring that is public already. */
export function sealPublicKeys({
  privateKeys,
  publicKeys,
}: {
  privateKeys?: KeyRing | undefined
  publicKeys?: KeyRing | undefined
}): SealPublicKeys {
  return new Map([
    ...(privateKeys?.all ?? []).map(({ id, secret }) => [id, createPublicKey(privateKeyOf(secret))] as const),
    ...(publicKeys?.all ?? []).map(({ id, secret }) => [id, publicKeyOf(secret)] as const),
  ])
}

/** Public keys as SEAL_PUBLIC_KEYS takes them: `id:base64`, with commas. */
export function writeSealPublicKeys(keys: SealPublicKeys): string {
  return [...keys]
    .map(([id, key]) => {
      const der = key.export({ format: 'der', type: 'spki' })
      return `${id}:${der.subarray(publicPrefix.length).toString('base64')}`
    })
    .join(',')
}

/** Whether a text bears the signature of the key of that id; null when that key is not known. */
export function isSignedBy(
  keys: SealPublicKeys,
  { keyId, text, signature }: { keyId: string; text: string; signature: string },
): boolean | null {
  const key = keys.get(keyId)
  if (key === undefined) return null
  return verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64'))
}

function privateKeyOf(seed: Uint8Array): KeyObject {
  return createPrivateKey({ key: Buffer.concat([privatePrefix, seed]), format: 'der', type: 'pkcs8' })
}

function publicKeyOf(bytes: Uint8Array): KeyObject {
  return createPublicKey({ key: Buffer.concat([publicPrefix, bytes]), format: 'der', type: 'spki' })
}
