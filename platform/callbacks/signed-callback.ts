import { createHmac, timingSafeEqual } from 'node:crypto'
import type { z } from 'zod'

const windowSeconds = 300
const mostSignatures = 8
const shortestKeyBytes = 16

/** Why a callback was not let in. The sender is told no more than 401; the name is for the log. */
export const callbackRefusals = [
  'HEADERS_MISSING',
  'HEADERS_NOT_VALID',
  'TOO_OLD',
  'FROM_THE_FUTURE',
  'SIGNATURE_WRONG',
  'BODY_NOT_UNDERSTOOD',
  'ID_NOT_THE_SIGNED_ONE',
] as const
export type CallbackRefusal = (typeof callbackRefusals)[number]

/** What arrived: headers as Node gives them, and the body byte for byte as it was sent. */
export interface ArrivedCallback {
  headers: Readonly<Record<string, string | string[] | undefined>>
  rawBody: string | Uint8Array
  /** The key in use, and while keys rotate the one before it. Plain text, or `whsec_` and base64. */
  secrets: readonly string[]
  /** Real wall time also where a training deployment has moved its clock: the sender signs in real time. */
  now: Date
}

export type VerifiedCallback = { kind: 'verified'; callbackId: string }
export type OpenedCallback<Body> = { kind: 'opened'; callback: Body }
export type RefusedCallback = { kind: 'refused'; refusal: CallbackRefusal }

/**
 * Proves that a callback was signed by the institution within five minutes of now (Standard Webhooks). A copy sent
 * again within the window proves itself as well: the caller keeps every `callbackId` for good and takes each once.
 */
export function verifySignedCallback(arrived: ArrivedCallback): VerifiedCallback | RefusedCallback {
  const callbackId = arrived.headers['webhook-id']
  const timestamp = arrived.headers['webhook-timestamp']
  const signatures = arrived.headers['webhook-signature']
  if (callbackId === undefined || timestamp === undefined || signatures === undefined) return refused('HEADERS_MISSING')
  if (typeof callbackId !== 'string' || typeof timestamp !== 'string' || typeof signatures !== 'string') {
    return refused('HEADERS_NOT_VALID')
  }
  // No dot in the id: dots part the signed text, and one text must not be readable in two ways.
  if (!/^[A-Za-z0-9_-]{1,128}$/.test(callbackId) || !/^\d{1,12}$/.test(timestamp)) return refused('HEADERS_NOT_VALID')

  const ageSeconds = Math.floor(arrived.now.getTime() / 1000) - Number(timestamp)
  if (ageSeconds > windowSeconds) return refused('TOO_OLD')
  if (ageSeconds < -windowSeconds) return refused('FROM_THE_FUTURE')

  const offered = signatures.split(' ').slice(0, mostSignatures).map(readSignature)
  let matches = false
  for (const secret of arrived.secrets) {
    const hmac = createHmac('sha256', keyOf(secret)).update(`${callbackId}.${timestamp}.`)
    const expected = hmac.update(arrived.rawBody).digest()
    // Every pair is compared, so that the time taken tells nothing about which one was nearly right.
    for (const signature of offered) matches = sameBytes(signature, expected) || matches
  }
  return matches ? { kind: 'verified', callbackId } : refused('SIGNATURE_WRONG')
}

/** Verifies a callback and reads its body by the contract of the institution that sent it. */
export function openSignedCallback<Schema extends z.ZodType<{ callbackId: string }>>(
  arrived: ArrivedCallback & { schema: Schema },
): OpenedCallback<z.infer<Schema>> | RefusedCallback {
  const verified = verifySignedCallback(arrived)
  if (verified.kind === 'refused') return verified
  const read = arrived.schema.safeParse(parseJson(arrived.rawBody))
  if (!read.success) return refused('BODY_NOT_UNDERSTOOD')
  if (read.data.callbackId !== verified.callbackId) return refused('ID_NOT_THE_SIGNED_ONE')
  return { kind: 'opened', callback: read.data }
}

function refused(refusal: CallbackRefusal): RefusedCallback {
  return { kind: 'refused', refusal }
}

function readSignature(text: string): Buffer {
  const [version, value] = text.split(',', 2)
  return version === 'v1' && value !== undefined ? Buffer.from(value, 'base64') : Buffer.alloc(0)
}

function sameBytes(offered: Buffer, expected: Buffer): boolean {
  return offered.length === expected.length && timingSafeEqual(offered, expected)
}

function keyOf(secret: string): Buffer {
  const key = secret.startsWith('whsec_') ? Buffer.from(secret.slice(6), 'base64') : Buffer.from(secret, 'utf8')
  if (key.length >= shortestKeyBytes) return key
  throw new Error(`A callback secret has at least ${shortestKeyBytes} bytes, this one has ${key.length}.`)
}

function parseJson(rawBody: string | Uint8Array): unknown {
  try {
    return JSON.parse(typeof rawBody === 'string' ? rawBody : new TextDecoder('utf-8', { fatal: true }).decode(rawBody))
  } catch {
    return undefined
  }
}
