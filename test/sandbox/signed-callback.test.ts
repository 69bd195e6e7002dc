import { createHmac, randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { BankCallback, knownReturnReason } from '../../platform/callbacks/bank-callback.ts'
import {
  type ArrivedCallback,
  openSignedCallback,
  verifySignedCallback,
} from '../../platform/callbacks/signed-callback.ts'
import { signCallback } from '../../sandbox/shared/sign-callback.ts'

const secret = 'the-key-in-use-0123456789'
const formerSecret = 'the-key-before-0123456789'
const now = new Date('2026-07-01T02:00:00Z')
const paid = { callbackId: 'bank_1', instructionId: 'i-1', state: 'PAID', settledAt: '2026-07-01T01:59:59Z' }

function letter(change: { body?: string; key?: string; sentAt?: Date; callbackId?: string } = {}): ArrivedCallback {
  const body = change.body ?? JSON.stringify(paid)
  const { key = secret, sentAt = now, callbackId = paid.callbackId } = change
  return {
    headers: signCallback({ callbackId, body, secret: key, sentAt }),
    rawBody: body,
    secrets: [secret],
    now,
  }
}

const refusalOf = (arrived: ArrivedCallback) => {
  const verified = verifySignedCallback(arrived)
  return verified.kind === 'refused' ? verified.refusal : verified.kind
}
const secondsFromNow = (seconds: number) => new Date(now.getTime() + seconds * 1000)

describe('a signed callback', () => {
  it('is let in with its own id', () => {
    expect(verifySignedCallback(letter())).toEqual({ kind: 'verified', callbackId: 'bank_1' })
  })

  it('is let in as bytes as well as text', () => {
    expect(refusalOf({ ...letter(), rawBody: Buffer.from(JSON.stringify(paid)) })).toBe('verified')
  })

  it('follows the published example of Standard Webhooks', () => {
    const rawBody = '{"test": 2432232314}'
    const headers = {
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    }
    const secrets = ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw']
    expect(refusalOf({ headers, rawBody, secrets, now: new Date(1_614_265_330_000) })).toBe('verified')
  })

  it('is let in under either of two keys while keys rotate, and not under a third', () => {
    const secrets = [secret, formerSecret]
    expect(refusalOf({ ...letter({ key: formerSecret }), secrets })).toBe('verified')
    expect(refusalOf({ ...letter({ key: secret }), secrets })).toBe('verified')
    expect(refusalOf({ ...letter({ key: 'a-key-of-somebody-else-01' }), secrets })).toBe('SIGNATURE_WRONG')
  })

  it('may carry several signatures, of which one is ours', () => {
    const arrived = letter()
    const signatures = `v1a,AAAA v1,AAAA ${arrived.headers['webhook-signature'] as string}`
    expect(refusalOf({ ...arrived, headers: { ...arrived.headers, 'webhook-signature': signatures } })).toBe('verified')
  })

  it.each([-300, -1, 0, 1, 300])('is let in when it was signed %i seconds from now', (seconds) => {
    expect(refusalOf(letter({ sentAt: secondsFromNow(seconds) }))).toBe('verified')
  })

  it('is refused when it is older than five minutes, or from more than five minutes ahead', () => {
    expect(refusalOf(letter({ sentAt: secondsFromNow(-301) }))).toBe('TOO_OLD')
    expect(refusalOf(letter({ sentAt: secondsFromNow(301) }))).toBe('FROM_THE_FUTURE')
  })

  it('is refused when its time or id was made fresh without the key', () => {
    const old = letter({ sentAt: secondsFromNow(-400) })
    const timestamp = String(Math.floor(now.getTime() / 1000))
    expect(refusalOf({ ...old, headers: { ...old.headers, 'webhook-timestamp': timestamp } })).toBe('SIGNATURE_WRONG')
    const fresh = letter()
    expect(refusalOf({ ...fresh, headers: { ...fresh.headers, 'webhook-id': 'bank_2' } })).toBe('SIGNATURE_WRONG')
  })

  it('is refused whichever byte of its body was altered', () => {
    const arrived = letter()
    const body = Buffer.from(arrived.rawBody)
    for (let index = 0; index < body.length; index += 1) {
      const altered = Buffer.from(body)
      altered[index] = (altered[index] ?? 0) ^ 1
      expect(refusalOf({ ...arrived, rawBody: altered })).toBe('SIGNATURE_WRONG')
    }
  })

  it('is refused with any of ten thousand guessed signatures', () => {
    const arrived = letter()
    const guesses = Array.from({ length: 10_000 }, () => `v1,${randomBytes(32).toString('base64')}`)
    const letIn = guesses.filter(
      (guess) => refusalOf({ ...arrived, headers: { ...arrived.headers, 'webhook-signature': guess } }) === 'verified',
    )
    expect(letIn).toEqual([])
  })

  it.each(['', 'v1', 'v1,', 'v2,AAAA', 'AAAA', 'v1,='])('is refused with the signature %j', (signature) => {
    const arrived = letter()
    const headers = { ...arrived.headers, 'webhook-signature': signature }
    expect(refusalOf({ ...arrived, headers })).toBe('SIGNATURE_WRONG')
  })

  it('is refused without its headers, with a doubled one, and with a time that is no time', () => {
    const arrived = letter()
    const { 'webhook-signature': _, ...unsigned } = arrived.headers
    expect(refusalOf({ ...arrived, headers: unsigned })).toBe('HEADERS_MISSING')
    const doubled = { ...arrived.headers, 'webhook-id': ['bank_1', 'bank_1'] }
    expect(refusalOf({ ...arrived, headers: doubled })).toBe('HEADERS_NOT_VALID')
    for (const timestamp of ['', 'now', '1e9', '-1', '1782871200.5', ' 1782871200']) {
      const headers = { ...arrived.headers, 'webhook-timestamp': timestamp }
      expect(refusalOf({ ...arrived, headers })).toBe('HEADERS_NOT_VALID')
    }
  })

  it('is refused when nobody agreed on a key, and a key too short to guard anything is an error', () => {
    expect(refusalOf({ ...letter(), secrets: [] })).toBe('SIGNATURE_WRONG')
    expect(() => verifySignedCallback({ ...letter(), secrets: [''] })).toThrow('at least 16 bytes')
  })

  it('is let in again as a copy under the same id, so that the inbox can tell', () => {
    const arrived = letter()
    const copies = [arrived, arrived].map(verifySignedCallback)
    const inbox = new Set(copies.map((copy) => (copy.kind === 'verified' ? copy.callbackId : 'refused')))
    expect([...inbox]).toEqual(['bank_1'])
  })
})

describe('an opened callback', () => {
  const open = (arrived: ArrivedCallback) => openSignedCallback({ ...arrived, schema: BankCallback })

  it('is read by the contract', () => {
    expect(open(letter())).toEqual({ kind: 'opened', callback: paid })
  })

  it('is refused when its body names another id than the one that was signed', () => {
    const body = JSON.stringify({ ...paid, callbackId: 'bank_9' })
    expect(open(letter({ body }))).toEqual({ kind: 'refused', refusal: 'ID_NOT_THE_SIGNED_ONE' })
  })

  it.each(['', 'nonsense', 'null', '{}', JSON.stringify({ ...paid, state: 'MAYBE' })])(
    'is refused when it is signed but says %j',
    (body) => expect(open(letter({ body }))).toEqual({ kind: 'refused', refusal: 'BODY_NOT_UNDERSTOOD' }),
  )

  it('keeps a return whose reason is a new word, for somebody to look at', () => {
    const body = JSON.stringify({ ...paid, state: 'RETURNED', reason: 'BRANCH_FLOODED' })
    expect(open(letter({ body }))).toMatchObject({
      kind: 'opened',
      callback: { state: 'RETURNED', reason: 'BRANCH_FLOODED' },
    })
    expect(knownReturnReason('BRANCH_FLOODED')).toBeNull()
    expect(knownReturnReason('FROZEN')).toBe('FROZEN')
  })

  it('cannot be read in two ways by moving a part of the body into the headers', () => {
    const timestamp = String(Math.floor(now.getTime() / 1000))
    const signed = `a.${timestamp}.${timestamp}.{}`
    const signature = `v1,${createHmac('sha256', secret).update(signed).digest('base64')}`
    const headers = {
      'webhook-id': `a.${timestamp}`,
      'webhook-timestamp': timestamp,
      'webhook-signature': signature,
    }
    expect(refusalOf({ headers, rawBody: '{}', secrets: [secret], now })).toBe('HEADERS_NOT_VALID')
  })
})
