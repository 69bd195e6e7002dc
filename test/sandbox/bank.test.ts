import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type BankInstruction, createBank } from '../../activities/gateways/bank.ts'
import { BankCallback } from '../../platform/callbacks/bank-callback.ts'
import { eventually } from './support/eventually.ts'
import { apiToken, type Institution, nobodyThere, startInstitution } from './support/institution.ts'
import { type Mailbox, openMailbox } from './support/mailbox.ts'

interface Book {
  totals: Record<string, number>
  lines: { kind: string; instructionId?: string; name?: string; about?: string }[]
}

let bankHouse: Institution
let mailbox: Mailbox<BankCallback>

beforeAll(async () => {
  mailbox = await openMailbox(BankCallback)
  bankHouse = await startInstitution('bank', mailbox.url, { SETTLE_DELAY_MS: '0' })
})
beforeEach(async () => {
  await bankHouse.direct('POST', '/reset')
  mailbox.empty()
})
afterAll(async () => {
  await bankHouse.remove()
  await mailbox.close()
})

const bank = (change: { timeoutMs?: number; token?: string } = {}) =>
  createBank({ url: bankHouse.url, token: apiToken, timeoutMs: 30_000, ...change })
const hastyBank = () => bank({ timeoutMs: 150 })
const faults = (faultPlan: object) => bankHouse.direct('PUT', '/faults', faultPlan)
const book = () => bankHouse.direct<Book>('GET', '/book')
const creditsOf = async (instructionId: string) =>
  (await book()).lines.filter((line) => line.kind === 'credited' && line.instructionId === instructionId).length

const payment = (instructionId: string, change: Partial<BankInstruction> = {}): BankInstruction => ({
  instructionId,
  account: '6222020000000000017',
  holderName: '王秀兰',
  amountFen: 61_200,
  currency: 'CNY',
  purpose: '低保金 2026-07',
  reference: 'line-17',
  ...change,
})

const giveRaw = (instruction: unknown, headers: Record<string, string>) =>
  fetch(`${bankHouse.url}/v1/instructions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(instruction),
  })

describe('the bank', () => {
  it('accepts an instruction, credits the account once and says so in a signed callback', async () => {
    expect(await bank().send(payment('i-1'))).toEqual({ kind: 'accepted' })
    const [callback] = await mailbox.holds(1)
    expect(callback).toMatchObject({ instructionId: 'i-1', state: 'PAID' })
    expect(await bank().ask('i-1')).toEqual({ kind: 'paid', settledAt: callback?.settledAt })
    expect((await book()).totals).toMatchObject({ accepted: 1, credited: 1, creditedFen: 61_200 })
  })

  it('says of a number it never saw that it does not know it', async () => {
    expect(await bank().ask('i-never')).toEqual({ kind: 'notKnown' })
  })

  it('says whether a name and a number belong together, and moves nothing', async () => {
    const holderName = '王秀兰'
    const accounts = {
      '6222020000000000017': [{ outcome: 'PAID', holderName }, 'MATCHES'],
      '6222020000000000025': [{ outcome: 'PAID', holderName: '李四' }, 'NAME_MISMATCH'],
      '6222020000000000033': [{ outcome: 'RETURNED', reason: 'ACCOUNT_CLOSED' }, 'NO_SUCH_ACCOUNT'],
      '6222020000000000041': [{ outcome: 'RETURNED', reason: 'FROZEN' }, 'NOT_USABLE'],
      '6222020000000000058': [null, 'MATCHES'],
    } as const
    for (const [account, [behaviour, result]] of Object.entries(accounts)) {
      if (behaviour !== null) await bankHouse.direct('PUT', `/accounts/${account}`, behaviour)
      expect(await bank().checkAccount({ account, holderName })).toBe(result)
    }
    expect((await book()).totals).toMatchObject({ accepted: 0, credited: 0 })
  })

  it('that does not answer whether a name and a number belong together is asked again', async () => {
    const asked = { account: '6222020000000000017', holderName: '王秀兰' }
    await faults({ faults: { queryError500: 1 } })
    await expect(bank().checkAccount(asked)).rejects.toThrow('gave no answer')
    expect(await bank().checkAccount(asked)).toBe('MATCHES')
    await expect(bank({ token: 'another' }).checkAccount(asked)).rejects.toThrow('not by its contract')
  })

  it('is still working on an instruction until it settles', async () => {
    await faults({ settleDelayMs: 60_000 })
    await bank().send(payment('i-1'))
    expect(await bank().ask('i-1')).toEqual({ kind: 'accepted' })
  })

  it('answers fifty simultaneous sends of one instruction alike and credits once', async () => {
    const instruction = payment('i-1')
    const headers = { authorization: `Bearer ${apiToken}`, 'idempotency-key': 'i-1' }
    const answers = await Promise.all(
      Array.from({ length: 50 }, async () => {
        const response = await giveRaw(instruction, headers)
        return `${response.status} ${await response.text()}`
      }),
    )
    expect(new Set(answers)).toEqual(new Set(['202 {"instructionId":"i-1","state":"ACCEPTED"}']))
    await mailbox.holds(1)
    expect(await creditsOf('i-1')).toBe(1)
  })

  it('takes the same content in another order of fields as the same', async () => {
    await bank().send(payment('i-1'))
    const reversed = Object.fromEntries(Object.entries(payment('i-1')).toReversed())
    const headers = { authorization: `Bearer ${apiToken}`, 'idempotency-key': 'i-1' }
    expect((await giveRaw(reversed, headers)).status).toBe(202)
  })

  it('refuses a known number with another content, which is no proof that nothing was paid', async () => {
    await bank().send(payment('i-1'))
    expect(await bank().send(payment('i-1', { amountFen: 99_900 }))).toEqual({ kind: 'unknown', because: 'KEY_REUSED' })
    await mailbox.holds(1)
    expect((await book()).totals).toMatchObject({ accepted: 1, creditedFen: 61_200 })
  })

  it('refuses an amount that is not a whole positive number of fen', async () => {
    for (const amountFen of [0, -1, 0.5]) {
      expect(await bank().send(payment('i-1', { amountFen }))).toEqual({ kind: 'refused', code: 'NOT_VALID' })
    }
    expect((await book()).totals).toMatchObject({ accepted: 0 })
  })

  it('refuses a number that differs from its key, and a body that is no JSON', async () => {
    const authorization = `Bearer ${apiToken}`
    expect((await giveRaw(payment('i-1'), { authorization, 'idempotency-key': 'i-2' })).status).toBe(400)
    expect((await giveRaw(payment('i-1'), { authorization })).status).toBe(400)
    const url = `${bankHouse.url}/v1/instructions`
    const headers = { authorization, 'content-type': 'application/json', 'idempotency-key': 'i-1' }
    expect((await fetch(url, { method: 'POST', headers, body: '{"instruction' })).status).toBe(400)
  })

  it('serves nobody without the token, and a wrong token of ours is no refusal of money', async () => {
    expect((await giveRaw(payment('i-1'), { 'idempotency-key': 'i-1' })).status).toBe(401)
    const stranger = bank({ token: 'token-of-somebody-else' })
    expect(await stranger.send(payment('i-1'))).toMatchObject({ kind: 'unknown' })
    await expect(stranger.ask('i-1')).rejects.toThrow('status 401')
    expect((await book()).totals).toMatchObject({ accepted: 0 })
  })
})

describe('accounts', () => {
  const reasons = [
    'NAME_MISMATCH',
    'ACCOUNT_CLOSED',
    'FROZEN',
    'INVALID_NUMBER',
    'DORMANT',
    'DECEASED',
    'OTHER',
  ] as const

  it.each(reasons)('that return the money say why: %s', async (reason) => {
    await bankHouse.direct('PUT', '/accounts/6222', { outcome: 'RETURNED', reason })
    await bank().send(payment('i-1', { account: '6222' }))
    const [callback] = await mailbox.holds(1)
    expect(callback).toMatchObject({ state: 'RETURNED', reason })
    expect(await bank().ask('i-1')).toMatchObject({ kind: 'returned', reason })
    expect((await book()).totals).toMatchObject({ credited: 0, returned: 1 })
  })

  it('return the money when they belong to somebody else', async () => {
    await bankHouse.direct('PUT', '/accounts/6222', { holderName: '李建国' })
    await bank().send(payment('i-1', { account: '6222' }))
    expect(await mailbox.holds(1)).toMatchObject([{ state: 'RETURNED', reason: 'NAME_MISMATCH' }])
  })

  it('may send the money back after it was credited: two callbacks, the later one holds', async () => {
    await bankHouse.direct('PUT', '/accounts/6222', { outcome: 'PAID_THEN_RETURNED', reason: 'DORMANT' })
    await bank().send(payment('i-1', { account: '6222' }))
    const callbacks = await mailbox.holds(2)
    expect(new Set(callbacks.map(({ state }) => state))).toEqual(new Set(['PAID', 'RETURNED']))
    expect(new Set(callbacks.map(({ callbackId }) => callbackId)).size).toBe(2)
    expect(await bank().ask('i-1')).toMatchObject({ kind: 'returned', reason: 'DORMANT' })
    expect((await book()).totals).toMatchObject({ credited: 1, reversed: 1, creditedFen: 61_200, reversedFen: 61_200 })
  })

  it('may hold the money until somebody looks at them', async () => {
    await bankHouse.direct('PUT', '/accounts/6222', { outcome: 'HELD' })
    await bank().send(payment('i-1', { account: '6222' }))
    expect(await bank().ask('i-1')).toEqual({ kind: 'accepted' })
    await bankHouse.direct('PUT', '/accounts/6222', { outcome: 'PAID' })
    expect(await mailbox.holds(1)).toMatchObject([{ state: 'PAID' }])
  })
})

describe('a call whose answer is lost', () => {
  it.each(['timeoutBeforeEffect', 'cutBeforeEffect', 'error500'])(
    'before the effect (%s) is unknown, then not known, and sent again under its number it is paid once',
    async (fault) => {
      await faults({ faults: { [fault]: 1 } })
      expect(await hastyBank().send(payment('i-1'))).toMatchObject({ kind: 'unknown' })
      expect(await bank().ask('i-1')).toEqual({ kind: 'notKnown' })
      expect(await bank().send(payment('i-1'))).toEqual({ kind: 'accepted' })
      await mailbox.holds(1)
      expect(await creditsOf('i-1')).toBe(1)
    },
  )

  it.each(['timeoutAfterEffect', 'cutAfterEffect', 'error500AfterEffect'])(
    'after the effect (%s) is unknown as well, and the bank, when asked, has it',
    async (fault) => {
      await faults({ faults: { [fault]: 1 } })
      expect(await hastyBank().send(payment('i-1'))).toMatchObject({ kind: 'unknown' })
      await mailbox.holds(1)
      expect(await bank().ask('i-1')).toMatchObject({ kind: 'paid' })
      expect(await creditsOf('i-1')).toBe(1)
    },
  )

  it.each(['queryTimeout', 'queryError500'])('leaves a question open (%s): it must be asked again', async (fault) => {
    await bank().send(payment('i-1'))
    await mailbox.holds(1)
    await faults({ faults: { [fault]: 1 } })
    await expect(hastyBank().ask('i-1')).rejects.toMatchObject({ name: 'GatewayUnanswered' })
    expect(await bank().ask('i-1')).toMatchObject({ kind: 'paid' })
  })

  it('is unknown when the bank is slower than our patience, and when it is not there at all', async () => {
    await faults({ delayMs: 1_000 })
    // The bank takes it up after the test is over, so its number is nobody else's.
    expect(await hastyBank().send(payment('i-slow'))).toEqual({ kind: 'unknown', because: 'TimeoutError' })
    const nobody = createBank({ url: nobodyThere, token: apiToken, timeoutMs: 1_000 })
    expect(await nobody.send(payment('i-2'))).toMatchObject({ kind: 'unknown' })
    await expect(nobody.ask('i-2')).rejects.toMatchObject({ name: 'GatewayUnanswered' })
  })

  it('strikes a share of the calls, the same ones under the same seed, and the book says which', async () => {
    const struck = async () => {
      await bankHouse.direct('POST', '/reset')
      // Settled at once, sixty callbacks would still be on their way when the next test opens its mailbox.
      await faults({ settleDelayMs: 60_000, rates: { error500AfterEffect: 0.3 }, seed: 'seventeen' })
      const numbers = Array.from({ length: 60 }, (_, index) => `i-${index}`)
      const results = await Promise.all(numbers.map((number) => bank().send(payment(number))))
      const unknown = numbers.filter((_, index) => results[index]?.kind === 'unknown')
      const struckLines = (await book()).lines.filter(({ kind }) => kind === 'faultStruck')
      const written = struckLines.flatMap(({ about = '' }) => (numbers.includes(about) ? [about] : []))
      expect(new Set(written)).toEqual(new Set(unknown))
      return unknown
    }
    const first = await struck()
    expect(first.length).toBeGreaterThan(5)
    expect(first.length).toBeLessThan(35)
    expect(await struck()).toEqual(first)
  })
})

describe('a callback', () => {
  it('may come twice, under one id', async () => {
    await faults({ faults: { doubleCallback: true } })
    await bank().send(payment('i-1'))
    const [first, second] = await mailbox.holds(2)
    expect(second).toEqual(first)
  })

  it('may come before the answer to the instruction', async () => {
    await faults({ settleDelayMs: 60_000, faults: { earlyCallback: true } })
    await bank().send(payment('i-1'))
    expect(mailbox.taken).toMatchObject([{ instructionId: 'i-1', state: 'PAID' }])
  })

  it('may come late, when the bank has long known', async () => {
    await faults({ faults: { lateCallbackMs: 60_000 } })
    await bank().send(payment('i-1'))
    await eventually(async () => (await bank().ask('i-1')).kind === 'paid')
    expect(mailbox.taken).toEqual([])
    expect((await book()).totals).toMatchObject({ credited: 1, callbacksWaiting: 1 })
  })

  it('may be lost for good, and can be asked for', async () => {
    await faults({ faults: { lostCallback: true } })
    await bank().send(payment('i-1'))
    await eventually(async () => (await book()).lines.some(({ kind }) => kind === 'callbackLost'))
    expect(await bank().ask('i-1')).toMatchObject({ kind: 'paid' })
    expect(mailbox.letters).toEqual([])
  })

  it('may come out of order: the return before the payment it undoes', async () => {
    await faults({ settleDelayMs: 10, faults: { outOfOrderCallback: true } })
    await bankHouse.direct('PUT', '/accounts/6222', { outcome: 'PAID_THEN_RETURNED', reason: 'FROZEN' })
    await bank().send(payment('i-1', { account: '6222' }))
    const [first, second] = await mailbox.holds(2)
    expect([first?.state, second?.state]).toEqual(['RETURNED', 'PAID'])
    expect(Date.parse(second?.settledAt ?? '')).toBeLessThan(Date.parse(first?.settledAt ?? ''))
  })

  it('comes again until it is taken, signed anew each time', async () => {
    mailbox.open = false
    await bank().send(payment('i-1'))
    const sentAs = (id: unknown) => mailbox.letters.filter(({ headers }) => headers['webhook-id'] === id)
    const sentAgain = () => mailbox.letters.find(({ headers }) => sentAs(headers['webhook-id']).length >= 3)
    await eventually(() => sentAgain() !== undefined)
    const again = sentAs(sentAgain()?.headers['webhook-id'])
    mailbox.open = true
    await eventually(() => mailbox.taken.some(({ callbackId }) => callbackId === again[0]?.headers['webhook-id']))
    await eventually(async () => (await book()).totals.callbacksWaiting === 0)
  })
})

describe('the power going off (kill -9)', () => {
  it('loses no instruction: it settles afterwards, once, and the callback comes', async () => {
    await faults({ settleDelayMs: 300 })
    await bank().send(payment('i-1'))
    await bankHouse.kill()
    expect(await bank().send(payment('i-2'))).toMatchObject({ kind: 'unknown' })
    await bankHouse.start()
    // Once before the power went off and once after it, if it was quick; it is one callback all the same.
    const taken = await mailbox.holds(1)
    expect(taken[0]).toMatchObject({ instructionId: 'i-1', state: 'PAID' })
    expect(new Set(taken.map(({ callbackId }) => callbackId)).size).toBe(1)
    expect(await bank().send(payment('i-1'))).toEqual({ kind: 'accepted' })
    expect(await creditsOf('i-1')).toBe(1)
  })

  it('loses no callback: one that was never taken is posted after the restart under the same id', async () => {
    mailbox.open = false
    await bank().send(payment('i-1'))
    await eventually(() => mailbox.letters.length >= 1)
    const idBefore = mailbox.letters[0]?.headers['webhook-id']
    await bankHouse.kill()
    mailbox.open = true
    await bankHouse.start()
    expect(await mailbox.holds(1)).toMatchObject([{ callbackId: idBefore, state: 'PAID' }])
    expect(await creditsOf('i-1')).toBe(1)
  })

  it('keeps the accounts, the faults that are left and the clock', async () => {
    await bankHouse.direct('PUT', '/clock', { offsetMs: 40 * 86_400_000 })
    await bankHouse.direct('PUT', '/accounts/6222', { outcome: 'RETURNED', reason: 'DECEASED' })
    await faults({ faults: { error500: 2 } })
    expect(await bank().send(payment('i-1', { account: '6222' }))).toMatchObject({ kind: 'unknown' })
    await eventually(async () => (await book()).lines.some(({ kind }) => kind === 'faultStruck'))
    await bankHouse.kill()
    await bankHouse.start()
    expect(await bank().send(payment('i-1', { account: '6222' }))).toMatchObject({ kind: 'unknown' })
    expect(await bank().send(payment('i-1', { account: '6222' }))).toEqual({ kind: 'accepted' })
    const [callback] = await mailbox.holds(1)
    expect(callback).toMatchObject({ state: 'RETURNED', reason: 'DECEASED' })
    expect(Date.parse(callback?.settledAt ?? '')).toBeGreaterThan(Date.now() + 39 * 86_400_000)
  })

  it('again and again under load pays everything once, when what is unknown is asked for before it is resent', async () => {
    await faults({ rates: { timeoutAfterEffect: 0.1, timeoutBeforeEffect: 0.1, doubleCallback: 0.1 } })
    const numbers = Array.from({ length: 80 }, (_, index) => `load-${index}`)
    // Slow is not silent: on a busy machine an answer may take longer than a hasty customer waits.
    const patientBank = () => bank({ timeoutMs: 2_000 })
    const payOut = async (number: string) => {
      let send = true
      for (;;) {
        if (send) await patientBank().send(payment(number))
        const answer = await patientBank()
          .ask(number)
          .catch(() => undefined)
        if (answer?.kind === 'paid') return
        send = answer?.kind === 'notKnown'
        // Eighty who ask without a pause would be the load themselves.
        await delay(250)
      }
    }
    const paying = Promise.all(numbers.map(payOut))
    for (const paidBefore of [5, 25, 45]) {
      await mailbox.holds(paidBefore)
      await bankHouse.kill()
      await bankHouse.start()
    }
    await paying
    const { lines, totals } = await book()
    const credited = lines.flatMap(({ kind, instructionId = '' }) => (kind === 'credited' ? [instructionId] : []))
    expect(credited.toSorted()).toEqual(numbers.toSorted())
    expect(totals.creditedFen).toBe(80 * 61_200)
    await eventually(() => new Set(mailbox.taken.map(({ instructionId }) => instructionId)).size === numbers.length)
  })
})
