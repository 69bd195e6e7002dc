import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createMatchingCentre, type MatchingRequestInput } from '../../activities/gateways/matching-centre.ts'
import { MatchingCallback } from '../../platform/callbacks/matching-callback.ts'
import { eventually } from './support/eventually.ts'
import { apiToken, type Institution, startInstitution } from './support/institution.ts'
import { type Mailbox, openMailbox } from './support/mailbox.ts'

const wangXiulan = '110101195003070021'
const liJianguo = '110101197811230037'

let house: Institution
let mailbox: Mailbox<MatchingCallback>

beforeAll(async () => {
  mailbox = await openMailbox(MatchingCallback)
  house = await startInstitution('matching-centre', mailbox.url, { SOURCE_DELAY_MS: '0' })
})
beforeEach(async () => {
  await house.direct('POST', '/reset')
  mailbox.empty()
})
afterAll(async () => {
  await house.remove()
  await mailbox.close()
})

const centre = (change: { timeoutMs?: number; token?: string } = {}) =>
  createMatchingCentre({ url: house.url, token: apiToken, timeoutMs: 30_000, ...change })
const hastyCentre = () => centre({ timeoutMs: 150 })
const faults = (faultPlan: object) => house.direct('PUT', '/faults', faultPlan)
const totals = async () => (await house.direct<{ totals: Record<string, number> }>('GET', '/book')).totals

const household = (requestId: string, change: Partial<MatchingRequestInput> = {}): MatchingRequestInput => ({
  requestId,
  authorisationRef: 'letter-2026-0017',
  programme: 'DIBAO',
  persons: [
    { personRef: 'p-1', name: '王秀兰', identityNumber: wangXiulan },
    { personRef: 'p-2', name: '李建国', identityNumber: liJianguo },
  ],
  sources: ['TAX', 'VEHICLES'],
  ...change,
})

describe('the matching centre', () => {
  it('finds nothing about persons who are in no register, and says so source by source', async () => {
    expect(await centre().request(household('r-1'))).toBe('accepted')
    const answers = await mailbox.holds(2)
    expect(answers).toHaveLength(2)
    for (const answer of answers) expect(answer).toMatchObject({ requestId: 'r-1', answer: 'NONE_FOUND', items: [] })
    expect(new Set(answers.map(({ source }) => source))).toEqual(new Set(['TAX', 'VEHICLES']))
  })

  it('passes on what each register holds about each person', async () => {
    await house.direct('PUT', `/register/${wangXiulan}`, {
      TAX: [{ kind: 'INCOME', incomeKind: 'WAGE', monthlyFen: 180_000, description: '工资', observedOn: '2026-05-31' }],
      VEHICLES: [{ kind: 'PROPERTY', propertyKind: 'VEHICLE', valueFen: 4_500_000, description: '小型轿车' }],
    })
    await house.direct('PUT', `/register/${liJianguo}`, {
      VEHICLES: [{ kind: 'CIVIL_STATUS', description: '驾驶证注销' }],
    })
    await centre().request(household('r-1'))
    const answers = await mailbox.holds(2)
    const bySource = Object.fromEntries(answers.map((answer) => [answer.source, answer]))
    expect(bySource.TAX).toMatchObject({
      answer: 'FOUND',
      items: [
        {
          index: 0,
          item: { personRef: 'p-1', kind: 'INCOME', incomeKind: 'WAGE', monthlyFen: 180_000, observedOn: '2026-05-31' },
        },
      ],
    })
    expect(bySource.VEHICLES?.items.map(({ item }) => [item.personRef, item.kind])).toEqual([
      ['p-1', 'PROPERTY'],
      ['p-2', 'CIVIL_STATUS'],
    ])
  })

  it('knows for how long an answer holds: ninety days of its own calendar', async () => {
    const ahead = 30 * 86_400_000
    await house.direct('PUT', '/clock', { offsetMs: ahead })
    await centre().request(household('r-1', { sources: ['TAX'] }))
    const [answer] = await mailbox.holds(1)
    expect(Math.abs(Date.parse(answer?.answeredAt ?? '') - Date.now() - ahead)).toBeLessThan(60_000)
    const days = (Date.parse(answer?.validUntil ?? '') - Date.parse(answer?.answeredAt ?? '')) / 86_400_000
    expect(days).toBeGreaterThan(88)
    expect(days).toBeLessThan(91)
  })

  it('does not know a request that never reached it', async () => {
    expect(await centre().find('r-never')).toBeNull()
  })

  it('answers the same request with the same key alike, and asks its sources once', async () => {
    await Promise.all(Array.from({ length: 30 }, () => centre().request(household('r-1'))))
    await mailbox.holds(2)
    expect(await totals()).toMatchObject({ requested: 1, answered: 2 })
  })

  it('refuses a known key or number with another content', async () => {
    await centre().request(household('r-1'))
    const other = household('r-1', { sources: ['TAX'] })
    await expect(centre().request(other)).rejects.toMatchObject({ name: 'GatewayRefused', code: 'KEY_REUSED' })
    const give = (key: string, body: MatchingRequestInput) =>
      fetch(`${house.url}/v1/requests`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${apiToken}`,
          'idempotency-key': key,
        },
        body: JSON.stringify(body),
      })
    expect((await give('r-1', household('r-2'))).status).toBe(409)
    expect((await give('another-key', household('r-1'))).status).toBe(409)
    expect(await totals()).toMatchObject({ requested: 1 })
  })

  it('refuses what is not by its contract, without repeating an identity number', async () => {
    const persons = [{ personRef: 'p-1', name: '王秀兰', identityNumber: '11010119500307' }]
    const refusal = await centre()
      .request(household('r-1', { persons }))
      .catch((error: unknown) => error)
    expect(refusal).toMatchObject({ name: 'GatewayRefused', code: 'NOT_VALID' })
    expect(String(refusal)).not.toContain('11010119500307')
  })

  it('serves nobody without the token', async () => {
    const stranger = centre({ token: 'token-of-somebody-else' })
    await expect(stranger.request(household('r-1'))).rejects.toMatchObject({ name: 'GatewayNotUnderstood' })
    await expect(stranger.find('r-1')).rejects.toMatchObject({ name: 'GatewayNotUnderstood' })
    expect(await totals()).toMatchObject({ requested: 0 })
  })
})

describe('sources', () => {
  it('answer one after the other, and what has come so far can be asked for', async () => {
    await faults({ perSourceDelayMs: { TAX: 0, VEHICLES: 60_000 } })
    await centre().request(household('r-1'))
    await mailbox.holds(1)
    const state = await centre().find('r-1')
    expect(state).toMatchObject({ state: 'PARTLY_ANSWERED', answers: [{ source: 'TAX' }] })
    expect(state?.answers.map((answer) => MatchingCallback.parse(answer))).toEqual(mailbox.taken)
  })

  it('may say that they have no answer, which is not the same as nothing found', async () => {
    await faults({ faults: { noAnswerFrom: ['TAX'] } })
    await centre().request(household('r-1'))
    await mailbox.holds(2)
    const answers = Object.fromEntries(mailbox.taken.map(({ source, answer }) => [source, answer]))
    expect(answers).toEqual({ TAX: 'NO_ANSWER', VEHICLES: 'NONE_FOUND' })
    expect(await centre().find('r-1')).toMatchObject({ state: 'ANSWERED' })
  })

  it('may have no answer about one person, and then have none about the household', async () => {
    await house.direct('PUT', `/register/${liJianguo}`, { TAX: 'NO_ANSWER' })
    await centre().request(household('r-1', { sources: ['TAX'] }))
    expect(await mailbox.holds(1)).toMatchObject([{ answer: 'NO_ANSWER', items: [] }])
  })

  it('may answer after all: the later answer replaces the earlier one', async () => {
    await house.direct('PUT', `/register/${wangXiulan}`, {
      TAX: [{ kind: 'INCOME', incomeKind: 'WAGE', monthlyFen: 180_000, description: '工资' }],
    })
    await faults({ perSourceDelayMs: 20, faults: { noAnswerFirstFrom: ['TAX'] } })
    await centre().request(household('r-1', { sources: ['TAX'] }))
    await mailbox.holds(2)
    const inOrder = mailbox.taken.toSorted((a, b) => (a.answeredAt < b.answeredAt ? -1 : 1))
    expect(inOrder.map(({ answer }) => answer)).toEqual(['NO_ANSWER', 'FOUND'])
    expect(await centre().find('r-1')).toMatchObject({ state: 'ANSWERED' })
  })

  it('may stay silent until they are well again', async () => {
    await faults({ faults: { silentFrom: ['VEHICLES'] } })
    await centre().request(household('r-1'))
    await mailbox.holds(1)
    expect(await centre().find('r-1')).toMatchObject({ state: 'PARTLY_ANSWERED' })
    await faults({})
    await mailbox.holds(2)
    expect(await centre().find('r-1')).toMatchObject({ state: 'ANSWERED' })
  })
})

describe('a call to the centre whose answer is lost', () => {
  it.each(['timeoutBeforeEffect', 'timeoutAfterEffect', 'cutBeforeEffect', 'cutAfterEffect', 'error500'])(
    'is unanswered (%s), and sent again it is one request',
    async (fault) => {
      await faults({ faults: { [fault]: 1 } })
      await expect(hastyCentre().request(household('r-1'))).rejects.toMatchObject({ name: 'GatewayUnanswered' })
      expect((await centre().find('r-1')) !== null).toBe(fault.endsWith('AfterEffect'))
      expect(await centre().request(household('r-1'))).toBe('accepted')
      await mailbox.holds(2)
      expect(await totals()).toMatchObject({ requested: 1, answered: 2 })
    },
  )

  it('leaves a question open, to be asked again', async () => {
    await faults({ faults: { queryTimeout: 1 } })
    await expect(hastyCentre().find('r-1')).rejects.toMatchObject({ name: 'GatewayUnanswered' })
    expect(await centre().find('r-1')).toBeNull()
  })
})

describe('a callback of the centre', () => {
  it('may come twice under one id, and before the answer to the request', async () => {
    await faults({ perSourceDelayMs: 60_000, faults: { doubleCallback: 1, earlyCallback: true } })
    await centre().request(household('r-1'))
    expect(mailbox.taken).toHaveLength(3)
    expect(new Set(mailbox.taken.map(({ callbackId }) => callbackId)).size).toBe(2)
  })

  it('may be late or lost, and can be asked for', async () => {
    await faults({ faults: { lostCallback: 1, lateCallbackMs: 60_000 } })
    await centre().request(household('r-1'))
    await eventually(async () => (await centre().find('r-1'))?.state === 'ANSWERED')
    expect(mailbox.letters).toEqual([])
    expect(await totals()).toMatchObject({ answered: 2, callbacksWaiting: 1 })
  })
})

describe('the power going off at the centre (kill -9)', () => {
  it('loses neither the registers, nor what is still to be answered, nor what was not taken', async () => {
    await house.direct('PUT', `/register/${wangXiulan}`, {
      VEHICLES: [{ kind: 'PROPERTY', propertyKind: 'VEHICLE', valueFen: 4_500_000, description: '小型轿车' }],
    })
    await faults({ perSourceDelayMs: { TAX: 0, VEHICLES: 400 } })
    mailbox.open = false
    await centre().request(household('r-1'))
    await eventually(() => mailbox.letters.length >= 1)
    const taxCallbackId = mailbox.letters[0]?.headers['webhook-id']
    await house.kill()
    mailbox.open = true
    await house.start()
    const answers = await mailbox.holds(2)
    const bySource = Object.fromEntries(answers.map((answer) => [answer.source, answer]))
    expect(bySource.TAX?.callbackId).toBe(taxCallbackId)
    expect(bySource.VEHICLES).toMatchObject({ answer: 'FOUND', items: [{ item: { valueFen: 4_500_000 } }] })
    expect(await centre().request(household('r-1'))).toBe('accepted')
    await eventually(async () => (await totals()).callbacksWaiting === 0)
    expect(await totals()).toMatchObject({ requested: 1, answered: 2 })
  })
})
