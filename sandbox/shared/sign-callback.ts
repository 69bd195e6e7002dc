import { createHmac } from 'node:crypto'

/** Headers that prove who sent a callback and when, in the manner of Standard Webhooks. */
export function signCallback(input: { callbackId: string; body: string; secret: string; sentAt: Date }) {
  const timestamp = String(Math.floor(input.sentAt.getTime() / 1000))
  const signed = `${input.callbackId}.${timestamp}.${input.body}`
  const signature = createHmac('sha256', keyOf(input.secret)).update(signed).digest('base64')
  return {
    'webhook-id': input.callbackId,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${signature}`,
  }
}

function keyOf(secret: string): Buffer {
  return secret.startsWith('whsec_') ? Buffer.from(secret.slice(6), 'base64') : Buffer.from(secret, 'utf8')
}
