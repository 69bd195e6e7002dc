import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto'
import { getKey, type Key, type KeyRing } from './key-ring.ts'

/** Where a sealed value lives; it opens nowhere else, so a ciphertext copied to another row or column is refused. */
export type FieldPlace = Readonly<{ table: string; column: string; rowId: string }>

/** Seals single fields of the archive and makes them findable without opening them. */
export type FieldCipher = Readonly<{
  seal(text: string, place: FieldPlace): Uint8Array<ArrayBuffer>
  open(sealed: Uint8Array, place: FieldPlace): string
  /** The key a value was sealed with, which has to stay on the ring for as long as the value does. */
  keyIdOf(sealed: Uint8Array): string
  /** What a look-up column holds: key id and digest of the normalised text, under the current key. */
  blindIndex(purpose: string, text: string): Uint8Array<ArrayBuffer>
  /** The key that a look-up value was made with; a change of that key makes every value anew. */
  keyIdOfIndex(index: Uint8Array): string
  /** One per key on the ring: what to look for while a change of the index key is under way. */
  blindIndexCandidates(purpose: string, text: string): Uint8Array<ArrayBuffer>[]
}>

/** Told apart from a programming error: the bytes, their place or their key are wrong. */
export class SealedFieldError extends Error {
  override readonly name = 'SealedFieldError'
}

const version = 1
const nonceBytes = 12
const tagBytes = 16

/** Envelope: version, key id length, key id, nonce, tag, ciphertext (AES-256-GCM). */
export function createFieldCipher(keys: { field: KeyRing; blindIndex: KeyRing }): FieldCipher {
  return {
    seal: (text, place) => seal(keys.field.current, text, place),
    open: (sealed, place) => open(keys.field, sealed, place),
    keyIdOf: (sealed) => readHeader(sealed).keyId,
    blindIndex: (purpose, text) => digest(keys.blindIndex.current, purpose, text),
    keyIdOfIndex: (index) => Buffer.from(index.subarray(1, 1 + (index[0] ?? 0))).toString('utf8'),
    blindIndexCandidates: (purpose, text) => keys.blindIndex.all.map((key) => digest(key, purpose, text)),
  }
}

function seal(key: Key, text: string, place: FieldPlace): Uint8Array<ArrayBuffer> {
  const header = Buffer.concat([Buffer.from([version, key.id.length]), Buffer.from(key.id)])
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', key.secret, nonce).setAAD(associatedData(header, place))
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Uint8Array.from(Buffer.concat([header, nonce, cipher.getAuthTag(), body]))
}

function open(ring: KeyRing, sealed: Uint8Array, place: FieldPlace): string {
  const { keyId, headerBytes } = readHeader(sealed)
  const key = getKey(ring, keyId)
  const bytes = Buffer.from(sealed)
  const tagAt = headerBytes + nonceBytes
  const bodyAt = tagAt + tagBytes
  const decipher = createDecipheriv('aes-256-gcm', key.secret, bytes.subarray(headerBytes, tagAt), {
    authTagLength: tagBytes,
  })
  decipher.setAAD(associatedData(bytes.subarray(0, headerBytes), place))
  decipher.setAuthTag(bytes.subarray(tagAt, bodyAt))
  try {
    return Buffer.concat([decipher.update(bytes.subarray(bodyAt)), decipher.final()]).toString('utf8')
  } catch {
    throw new SealedFieldError(`${place.table}.${place.column} does not open: altered, or moved from another row`)
  }
}

function readHeader(sealed: Uint8Array): { keyId: string; headerBytes: number } {
  const headerBytes = 2 + (sealed[1] ?? 0)
  if (sealed[0] !== version || sealed.length < headerBytes + nonceBytes + tagBytes) {
    throw new SealedFieldError('Not a sealed field of version 1')
  }
  return { keyId: Buffer.from(sealed.subarray(2, headerBytes)).toString('utf8'), headerBytes }
}

function associatedData(header: Uint8Array, place: FieldPlace): Buffer {
  return Buffer.concat([header, Buffer.from(JSON.stringify([place.table, place.column, place.rowId]))])
}

// Purpose and text are encoded together as JSON, so that no pair of them can be cut differently into another pair.
function digest(key: Key, purpose: string, text: string): Uint8Array<ArrayBuffer> {
  const mac = createHmac('sha256', key.secret)
    .update(JSON.stringify([purpose, text]))
    .digest()
  return Uint8Array.from(Buffer.concat([Buffer.from([key.id.length]), Buffer.from(key.id), mac]))
}
