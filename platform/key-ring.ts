/** One symmetric key and the name it is known by in everything it sealed. */
export type Key = Readonly<{ id: string; secret: Uint8Array }>

/** Keys of one purpose: the first seals, every one opens, so that a key can be replaced while old data stays readable. */
export type KeyRing = Readonly<{ current: Key; all: readonly Key[] }>

const keyIdPattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,31}$/
const keyBytes = 32

/** Reads `id:base64,id2:base64`; each key is 32 bytes. */
export function parseKeyRing(text: string): KeyRing {
  const all = text.split(',').map((entry) => parseKey(entry.trim()))
  const [current] = all
  if (!current) throw new Error('expected at least one key')
  if (new Set(all.map((key) => key.id)).size !== all.length) throw new Error('expected each key id once')
  return Object.freeze({ current, all: Object.freeze(all) })
}

/** Something names a key that is not there: taken off too early, or never ours. */
export class KeyNotOnRing extends Error {
  override readonly name = 'KeyNotOnRing'
}

/** The key of that name; a missing one says which name, so that the operator knows what to put back. */
export function getKey(ring: KeyRing, id: string): Key {
  const key = ring.all.find((candidate) => candidate.id === id)
  if (!key) throw new KeyNotOnRing(`Key "${id}" is not on the ring (known: ${ring.all.map((k) => k.id).join(', ')})`)
  return key
}

function parseKey(entry: string): Key {
  const colon = entry.indexOf(':')
  const id = entry.slice(0, Math.max(colon, 0))
  if (!keyIdPattern.test(id))
    throw new Error('expected keyId:base64, keyId of up to 32 letters, digits, dots or dashes')
  const secret = Buffer.from(entry.slice(colon + 1), 'base64')
  if (secret.length !== keyBytes) throw new Error(`key "${id}" has ${secret.length} bytes, expected ${keyBytes}`)
  return Object.freeze({ id, secret: new Uint8Array(secret) })
}
