import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { EngineUnavailable } from '../../api/matters/matter-client.ts'
import type { CaseInHand } from '../support/people/officer.ts'
import { people } from '../../prisma/seed/people.ts'
import { type CounterRoom, openCounterRoom } from './support/counter-room.ts'

const { beijie } = people.xifeng
const clerk = beijie.clerks[0]!
const handler = beijie.handlers[0]!
const placeId = 'qingyang-xifeng-beijie-beijie'

let room: CounterRoom
beforeAll(async () => {
  room = await openCounterRoom('acts')
})
afterAll(() => room.close())

const applied = (): Promise<CaseInHand> => room.world.beijie.clerk.applies(room.world.aHousehold())
const acts = (aCase: CaseInHand, as: typeof clerk, body: object, requestId: string = randomUUID()) =>
  room.send('POST', `/api/matters/${aCase.id}/acts`, { as, body, headers: { 'request-id': requestId } })
const accept = { action: 'ACCEPT', versionSeen: 1 }

describe('an act', () => {
  it('is filed for the role that may, and refused to those that may not', async () => {
    const aCase = await applied()
    for (const as of [clerk, beijie.leaders[0]!, people.xifeng.supervisors[0]!, people.qingyang.auditors[0]!]) {
      const refused = await acts(aCase, as, accept)
      expect([refused.status, (await refused.json()) as object]).toMatchObject([403, { code: 'notYourRole' }])
    }
    const filed = await acts(aCase, handler, accept)
    expect(filed.status).toBe(200)
    expect(await filed.json()).toMatchObject({ outcome: 'FILED', matterId: aCase.id, version: 2 })
  })

  it('sent twice is answered byte for byte the same, and filed once', async () => {
    const aCase = await applied()
    const requestId = randomUUID()
    const [once, twice] = await Promise.all([
      acts(aCase, handler, accept, requestId),
      acts(aCase, handler, accept, requestId),
    ])
    const later = await acts(aCase, handler, { versionSeen: 1, action: 'ACCEPT' }, requestId)
    const bodies = [await once.text(), await twice.text(), await later.text()]
    expect([once.status, twice.status, later.status]).toEqual([200, 200, 200])
    expect(new Set(bodies).size).toBe(1)
    expect(await room.archive.db.matterEventRow.count({ where: { matterId: aCase.id } })).toBe(2)
  })

  it('refused is refused again in the same words, also when it would be allowed by now', async () => {
    const aCase = await applied()
    const requestId = randomUUID()
    const begin = { action: 'BEGIN_SURVEY', versionSeen: 1, investigatorIds: [handler.id, beijie.handlers[1]!.id] }
    const first = await acts(aCase, handler, begin, requestId)
    await acts(aCase, handler, accept)
    const again = await acts(aCase, handler, begin, requestId)
    expect([first.status, again.status]).toEqual([409, 409])
    expect(await again.text()).toBe(await first.text())
  })

  it('with other content under the same id is refused', async () => {
    const aCase = await applied()
    const requestId = randomUUID()
    await acts(aCase, handler, accept, requestId)
    const other = await acts(aCase, handler, { ...accept, versionSeen: 2 }, requestId)
    expect([other.status, (await other.json()) as object]).toMatchObject([409, { code: 'requestIdReused' }])
  })

  it('without a request id, or from another site, is not even read', async () => {
    const aCase = await applied()
    const send = (headers: Record<string, string>) =>
      room.send('POST', `/api/matters/${aCase.id}/acts`, { as: handler, body: accept, headers })
    expect(await (await send({ 'request-id': 'short' })).json()).toMatchObject({ code: 'requestIdMissing' })
    for (const headers of [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { origin: 'https://elsewhere.example' },
      { origin: 'null' },
    ] as Record<string, string>[]) {
      expect(await (await send(headers)).json()).toMatchObject({ code: 'crossSite' })
    }
  })

  it('is not lost when the engine is away: 503, and the same id again files it', async () => {
    const aCase = await applied()
    const requestId = randomUUID()
    const working = room.engine.act
    room.engine.act = async () => {
      throw new EngineUnavailable('away')
    }
    const away = await acts(aCase, handler, accept, requestId)
    expect([away.status, away.headers.get('retry-after')]).toEqual([503, '5'])
    room.engine.act = working
    expect((await acts(aCase, handler, accept, requestId)).status).toBe(200)
  })

  it('refused by courtesy is stored and audited like any refusal', async () => {
    const aCase = await applied()
    const requestId = randomUUID()
    const serving = { action: 'PREPARE_PAYMENT', versionSeen: 1 }
    const working = room.engine.act
    room.engine.act = async () => ({ outcome: 'COURTESY_REFUSED', code: 'notPermittedAtThisStage' })
    const first = await acts(aCase, handler, serving, requestId)
    room.engine.act = working
    const again = await acts(aCase, handler, serving, requestId)
    expect([first.status, again.status]).toEqual([409, 409])
    expect(await again.text()).toBe(await first.text())
    const audited = await room.archive.db.auditRecord.findMany({ where: { subject: aCase.id, result: 'REFUSED' } })
    expect(audited).toHaveLength(1)
  })

  it('refused by courtesy while a new calendar is on its way leaves the dates to whoever files', async () => {
    const aCase = await applied()
    const underway = { id: `underway-${randomUUID()}`, reason: '试', requestedAt: new Date() }
    await room.owner.db.calendarRedating.create({ data: underway })
    const working = room.engine.act
    room.engine.act = async () => ({ outcome: 'COURTESY_REFUSED', code: 'notPermittedAtThisStage' })
    const serving = { action: 'PREPARE_PAYMENT', versionSeen: 1 }
    const refused = await acts(aCase, handler, serving)
    room.engine.act = working
    await room.owner.db.calendarRedating.update({ where: { id: underway.id }, data: { finishedAt: new Date() } })
    expect(refused.status).toBe(409)
  })

  it('that a courtesy behind the archive refused gets no answer yet, and is filed when it is sent again', async () => {
    const aCase = await applied()
    const requestId = randomUUID()
    const working = room.engine.act
    room.engine.act = async () => ({ outcome: 'COURTESY_REFUSED', code: 'notPermittedAtThisStage' })
    const first = await acts(aCase, handler, accept, requestId)
    room.engine.act = working
    const again = await acts(aCase, handler, accept, requestId)
    expect([first.status, again.status]).toEqual([503, 200])
  })

  it('on a closed case is refused by name without troubling the engine', async () => {
    const aCase = await applied()
    await acts(aCase, clerk, { action: 'WITHDRAW', versionSeen: 1, reason: '自愿撤回。' })
    const working = room.engine.act
    room.engine.act = async () => {
      throw new Error('nobody should have asked')
    }
    const refused = await acts(aCase, handler, accept)
    room.engine.act = working
    expect([refused.status, (await refused.json()) as object]).toMatchObject([409, { code: 'caseClosed' }])
  })

  it('tells everything that is wrong with it at once, in Chinese', async () => {
    const aCase = await applied()
    const response = await acts(aCase, handler, { action: 'RETURN', to: 'NOWHERE', mendingList: [], extra: 1 })
    expect(response.status).toBe(400)
    expect(response.headers.get('content-type')).toContain('application/problem+json')
    const { code, faults } = (await response.json()) as { code: string; faults: { path: string[]; message: string }[] }
    expect(code).toBe('inputNotValid')
    expect(faults.map(({ path }) => path.join('.')).toSorted()).toEqual(['extra', 'mendingList', 'to', 'versionSeen'])
    for (const { message } of faults) expect(message).toMatch(/\p{Script=Han}/u)
  })
})

describe('an application', () => {
  it('tells all faults at once, and a village of others like one that is not there', async () => {
    const household = room.world.aHousehold()
    const form = household.applicationAt({ placeId, divisionCode: '621002', signedOn: '2026-11-01' })
    const spoilt = (place: string) => ({
      ...form,
      placeId: place,
      members: [{ ...form.members[0], identityNumber: '123', workCapable: 'yes' }],
      bankAccount: { ...form.bankAccount, accountNumber: '1' },
    })
    const send = async (place: string) => {
      const response = await room.send('POST', '/api/assistance-cases', { as: clerk, body: spoilt(place) })
      expect(response.status).toBe(400)
      return ((await response.json()) as { faults: { path: unknown[]; message: string }[] }).faults
    }
    const foreign = await send('qingyang-xifeng-dongzhi-cuigou')
    expect(foreign.map(({ path }) => path.join('.'))).toEqual(
      expect.arrayContaining([
        'placeId',
        'members.0.identityNumber',
        'members.0.workCapable',
        'bankAccount.accountNumber',
      ]),
    )
    expect(await send('no-such-village')).toEqual(foreign)
    expect((await send(placeId)).map(({ path }) => path.join('.'))).not.toContain('placeId')
  })

  it('opens one case however often it is sent', async () => {
    const form = room.world.aHousehold().applicationAt({ placeId, divisionCode: '621002', signedOn: '2026-11-01' })
    const headers = { 'request-id': randomUUID() }
    const sent = await Promise.all(
      [1, 2, 3].map(() => room.send('POST', '/api/assistance-cases', { as: clerk, body: form, headers })),
    )
    const answers = await Promise.all(sent.map((response) => response.text()))
    expect(sent.map(({ status }) => status)).toEqual([201, 201, 201])
    expect(new Set(answers).size).toBe(1)
    const { matterId } = JSON.parse(answers[0] as string) as { matterId: string }
    expect(await room.archive.db.matterEventRow.count({ where: { matterId } })).toBe(1)
  })
})

describe('an application of before', () => {
  const submits = (appliedOn: string) => {
    const body = room.world.aHousehold().applicationAt({ placeId, divisionCode: '621002001001', signedOn: appliedOn })
    return room.send('POST', `/api/assistance-cases?appliedOn=${appliedOn}`, { as: clerk, body })
  }

  it('is refused where the archive has no rules of its day, and taken from the first day that it has', async () => {
    const refused = await submits('2021-06-30')
    expect([refused.status, await refused.json()]).toMatchObject([
      400,
      { faults: [{ path: ['appliedOn'], message: expect.stringContaining('自2021年7月1日起施行') }] },
    ])
    expect((await submits('2021-07-01')).status).toBe(201)
  })

  it('may be accepted, extended and reckoned by the rules of its day', async () => {
    const answer = await submits('2022-03-01')
    const { matterId } = (await answer.json()) as { matterId: string }
    const accepted = await room.send('POST', `/api/matters/${matterId}/acts`, {
      as: handler,
      body: { ...accept, occurredOn: '2022-03-02' },
    })
    const { version: versionSeen } = (await accepted.json()) as { version: number }
    const extend = (cause: string) =>
      room.send('POST', `/api/matters/${matterId}/acts`, {
        as: beijie.leaders[0]!,
        body: { action: 'EXTEND', versionSeen, cause, reason: '情况特殊。', occurredOn: '2022-03-03' },
      })
    expect(await (await extend('HARD_SURVEY')).json()).toMatchObject({ code: 'extensionCauseMissing' })
    expect((await extend('SPECIAL_CIRCUMSTANCES')).status).toBe(200)
    const live = await room.send('GET', `/api/assistance-cases/${matterId}/assessment?occurredOn=2022-03-10`, {
      as: beijie.leaders[0]!,
    })
    expect(await live.json()).toMatchObject({
      assessment: { assessedOn: '2022-03-10', calculation: { standardMonthlyFen: 680_00 } },
    })
    for (const [occurredOn, code] of [
      ['2022-03-02', 'occurredBeforeLastStep'],
      ['2199-01-01', 'occurredInTheFuture'],
    ]) {
      const impossible = await room.send(
        'GET',
        `/api/assistance-cases/${matterId}/assessment?occurredOn=${occurredOn}`,
        {
          as: beijie.leaders[0]!,
        },
      )
      expect(await impossible.json()).toMatchObject({ code })
    }
  })
})

describe('an application in which something is seldom so', () => {
  it('is taken, and the clerk is told while the family is there; so is the township', async () => {
    const household = room.world.aHousehold().of(2)
    const intake = household.applicationAt({ placeId, divisionCode: '621002001001', signedOn: '2026-11-01' })
    const [applicant, spouse] = intake.members
    const body = {
      ...intake,
      members: [applicant, { ...spouse, relation: 'CHILD', residesInHousehold: true }],
      bankAccount: { ...intake.bankAccount, accountNumber: '6222020000000000001' },
    }
    const answer = await room.send('POST', '/api/assistance-cases', { as: clerk, body })
    expect(answer.status).toBe(201)
    const { matterId, warnings } = (await answer.json()) as { matterId: string; warnings: object[] }
    expect(warnings).toMatchObject([
      { path: ['members', 1], message: expect.stringContaining('不足14岁') },
      { path: ['bankAccount', 'accountNumber'], message: expect.stringContaining('校验位') },
    ])
    const seen = await room.send('GET', `/api/assistance-cases/${matterId}`, { as: handler })
    expect(await seen.json()).toMatchObject({
      household: {
        warnings: [{ path: ['members', 1] }],
        account: { warning: expect.stringContaining('校验位'), kindLabel: '银行卡' },
      },
    })
  })
})
