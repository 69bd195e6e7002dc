import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { Payload, PayloadCodec } from '@temporalio/common'
import proto from '@temporalio/proto'
import { getKey, type KeyRing } from './key-ring.ts'

const encoding = 'binary/jiuzhu-aes256gcm'
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
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', secret, nonce).setAAD(Buffer.from(id))
  const plain = PayloadMessage.encode(payload).finish()
  const body = Buffer.concat([cipher.update(plain), cipher.final()])
  return {
    metadata: { encoding: text.encode(encoding), 'key-id': text.encode(id) },
    data: Uint8Array.from(Buffer.concat([nonce, cipher.getAuthTag(), body])),
  }
}

function decrypt(keys: KeyRing, payload: Payload): Payload {
  const id = metadataText(payload, 'key-id')
  const data = Buffer.from(payload.data ?? [])
  const decipher = createDecipheriv('aes-256-gcm', getKey(keys, id).secret, data.subarray(0, nonceBytes), {
    authTagLength: tagBytes,
  })
  decipher.setAAD(Buffer.from(id)).setAuthTag(data.subarray(nonceBytes, nonceBytes + tagBytes))
  const plain = Buffer.concat([decipher.update(data.subarray(nonceBytes + tagBytes)), decipher.final()])
  return PayloadMessage.decode(plain)
}

function isEncrypted(payload: Payload): boolean {
  return metadataText(payload, 'encoding') === encoding
}

function metadataText(payload: Payload, name: string): string {
  return Buffer.from(payload.metadata?.[name] ?? []).toString('utf8')
}
