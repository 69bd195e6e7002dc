import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ActForm } from '../../api/matters/form-contract.ts'
import type { CaseView } from '../../api/assistance-cases/case-contract.ts'
import type { Problem } from '../../api/http/nouns.ts'
import type { SeedPerson } from '../../prisma/seed/people.ts'
import { people } from '../../prisma/seed/people.ts'
import { type CounterRoom, openCounterRoom } from './support/counter-room.ts'

let room: CounterRoom
const { handlers, leaders, clerks } = people.xifeng.beijie

beforeAll(async () => {
  room = await openCounterRoom('form-of-an-act')
})

afterAll(() => room.close())

async function formOf(as: SeedPerson, matterId: string, act: string): Promise<ActForm> {
  const answer = await room.send('GET', `/api/matters/${matterId}/acts/${act}/form`, { as })
  expect(answer.status).toBe(200)
  return (await answer.json()) as ActForm
}

const field = (form: ActForm, name: string) => form.fields.find((one) => one.name === name)

/** What whoever sends the form fills in without asking anybody. */
function filledBySystem({ fields }: ActForm): object {
  return Object.fromEntries(
    fields
      .filter(({ kind, value }) => kind === 'SYSTEM' && value !== undefined)
      .map(({ name, value }) => [name, value]),
  )
}

describe('the form of an act', () => {
  it('says that it may be done, and what is filled with what the form gives is filed', async () => {
    const aCase = await room.world.beijie.clerk.applies(room.world.aHousehold())
    const form = await formOf(handlers[0]!, aCase.id, 'ACCEPT')
    expect(form).toMatchObject({ act: 'ACCEPT', label: '受理', may: true, why: null })
    expect(field(form, 'versionSeen')).toMatchObject({ kind: 'SYSTEM', value: 1 })
    const body = { action: 'ACCEPT', ...filledBySystem(form) }
    expect((await room.send('POST', `/api/matters/${aCase.id}/acts`, { as: handlers[0]!, body })).status).toBe(200)

    const survey = await formOf(handlers[0]!, aCase.id, 'BEGIN_SURVEY')
    const investigators = field(survey, 'investigatorIds')
    expect(investigators).toMatchObject({ kind: 'PEOPLE', fewestItems: 2 })
    const named = investigators?.choices?.slice(0, 2).map(({ value }) => value)
    const begins = { action: 'BEGIN_SURVEY', ...filledBySystem(survey), investigatorIds: named }
    expect((await room.send('POST', `/api/matters/${aCase.id}/acts`, { as: handlers[0]!, body: begins })).status).toBe(
      200,
    )
  })

  it('says why it may not be done, in the words with which it would be refused', async () => {
    const aCase = await room.world.beijie.clerk.applies(room.world.aHousehold())
    await room.world.beijie.handler.accepts(aCase)
    const form = await formOf(handlers[0]!, aCase.id, 'COMPLETE_SURVEY')
    expect(form).toMatchObject({
      may: false,
      code: 'surveyNotBegun',
      why: expect.stringContaining('尚未登记开始入户调查'),
    })
    const byClerk = await formOf(clerks[0]!, aCase.id, 'BEGIN_SURVEY')
    expect(byClerk).toMatchObject({ may: false, code: 'notYourRole' })
  })

  it('offers only what this matter has: where it may be sent back, which limits run, who sits on its desk', async () => {
    const aCase = await room.world.beijie.clerk.applies(room.world.aHousehold())
    expect(field(await formOf(handlers[0]!, aCase.id, 'RETURN'), 'to')?.choices).toEqual([
      { value: 'CORRECTION', label: '补正材料' },
    ])
    const urging = field(await formOf(leaders[0]!, aCase.id, 'URGE'), 'limit')
    expect(urging?.choices).toEqual([{ value: 'ACCEPTANCE', label: '受理时限', sets: { run: 1 } }])
    const naming = field(await formOf(leaders[0]!, aCase.id, 'ASSIGN'), 'officerId')
    expect(naming?.choices).toEqual(
      handlers.map(({ id }) => expect.objectContaining({ value: id, sets: { role: 'TOWNSHIP_HANDLER' } })),
    )
  })

  it('says of an act that the stage does not know what sending it would say; a matter of others is not there', async () => {
    const aCase = await room.world.beijie.clerk.applies(room.world.aHousehold())
    const unknown = await room.send('GET', `/api/matters/${aCase.id}/acts/CONFIRM/form`, { as: handlers[0]! })
    expect([unknown.status, ((await unknown.json()) as Problem).code]).toEqual([409, 'notPermittedAtThisStage'])
    const elsewhere = people.xifeng.dongzhi.handlers[0]!
    expect((await room.send('GET', `/api/matters/${aCase.id}/acts/ACCEPT/form`, { as: elsewhere })).status).toBe(404)
  })

  it('stands beside the case: what may be done now, and why not', async () => {
    const aCase = await room.world.beijie.clerk.applies(room.world.aHousehold())
    const answer = await room.send('GET', `/api/assistance-cases/${aCase.id}`, { as: leaders[0]! })
    const { possibleActs } = (await answer.json()) as CaseView
    expect(possibleActs).toEqual(
      expect.arrayContaining([
        { act: 'ACCEPT', label: '受理', may: false, code: 'notYourRole', why: expect.any(String) },
        { act: 'URGE', label: '催办', may: true, code: null, why: null },
        { act: 'CLOSE_ORDER', label: '办结督办单', may: false, code: 'notYourRole', why: expect.any(String) },
      ]),
    )
  })
})
