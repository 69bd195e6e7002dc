import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { Payload, PayloadCodec } from '@temporalio/common'
import proto from '@temporalio/proto'
import { getKey, type KeyRing } from './key-ring.ts'

/** Stands in every payload of every history, so it is short: what was sealed is JSON itself, or a whole payload. */
const encodings = { json: 'jz/j', payload: 'jz/p' } as const
const keyIdName = 'k'
const plainJson = 'json/plain'
const nonceBytes = 12
const tagBytes = 16
const text = new TextEncoder()
const PayloadMessage = proto.temporal.api.common.v1.Payload

/** Encrypts what Temporal stores, except names and ids. The key's id travels in the metadata, so that keys can rotate. */
export function createPayloadCodec(keys: KeyRing): PayloadCodec {
  return {
    encode: async (payloads) => payloads.map((payload) => encrypt(keys, payload)),
    decode: async (payloads) => payloads.map((payload) => (isEncrypted(payload) ? decrypt(keys, payload) : payload)),
  }
}

function encrypt(keys: KeyRing, payload: Payload): Payload {
  const { id, secret } = keys.current
  const json = isPlainJson(payload)
  const encoding = json ? encodings.json : encodings.payload
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', secret, nonce).setAAD(associated(encoding, id))
  const plain = json ? (payload.data ?? new Uint8Array()) : PayloadMessage.encode(payload).finish()
  const body = Buffer.concat([cipher.update(plain), cipher.final()])
  return {
    metadata: { encoding: text.encode(encoding), [keyIdName]: text.encode(id) },
    data: Uint8Array.from(Buffer.concat([nonce, cipher.getAuthTag(), body])),
  }
}

function decrypt(keys: KeyRing, payload: Payload): Payload {
  const id = metadataText(payload, keyIdName)
  const encoding = metadataText(payload, 'encoding')
  const data = Buffer.from(payload.data ?? [])
  const decipher = createDecipheriv('aes-256-gcm', getKey(keys, id).secret, data.subarray(0, nonceBytes), {
    authTagLength: tagBytes,
  })
  decipher.setAAD(associated(encoding, id)).setAuthTag(data.subarray(nonceBytes, nonceBytes + tagBytes))
  const plain = Buffer.concat([decipher.update(data.subarray(nonceBytes + tagBytes)), decipher.final()])
  if (encoding === encodings.payload) return PayloadMessage.decode(plain)
  return { metadata: { encoding: text.encode(plainJson) }, data: Uint8Array.from(plain) }
}

// The way of sealing is sealed in, so that one cannot be passed off as the other.
function associated(encoding: string, keyId: string): Buffer {
  return Buffer.from(`${encoding} ${keyId}`)
}

function isPlainJson({ metadata }: Payload): boolean {
  const names = Object.keys(metadata ?? {})
  return names.length === 1 && metadataText({ metadata: metadata ?? {} }, 'encoding') === plainJson
}

function isEncrypted(payload: Payload): boolean {
  const encoding = metadataText(payload, 'encoding')
  return encoding === encodings.json || encoding === encodings.payload
}

function metadataText(payload: Payload, name: string): string {
  return Buffer.from(payload.metadata?.[name] ?? []).toString('utf8')
}
