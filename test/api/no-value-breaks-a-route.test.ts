import { createHmac } from 'node:crypto'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { describeRoutes } from '../../api/http/openapi.ts'
import type { Route, Services } from '../../api/http/route.ts'
import { allRoutes } from '../../api/http/index.ts'
import type { Role } from '../../domain/vocabulary.ts'
import { loadConfig } from '../../platform/config.ts'
import { people, type SeedPerson } from '../../prisma/seed/people.ts'
import { placesIn, samplesOf, withAt } from './support/contract-samples.ts'
import { callbackSecret, type CounterRoom, openCounterRoom } from './support/counter-room.ts'
import { poisonBodies, poisonTexts, poisonValues } from './support/poison.ts'

// Every route as it is declared: a new one is in here by itself.
const services = {
  config: loadConfig({}),
  log: pino({ level: 'silent' }),
  wallClock: () => new Date(),
  archive: {},
  desk: {},
}
const routes = allRoutes(services as unknown as Services)
const document = describeRoutes(routes)

const { xifeng, qingyang } = people
const oneOf: Record<Role, SeedPerson> = {
  VILLAGE_CLERK: xifeng.beijie.clerks[0]!,
  TOWNSHIP_HANDLER: xifeng.beijie.handlers[0]!,
  TOWNSHIP_LEADER: xifeng.beijie.leaders[0]!,
  COUNTY_HANDLER: xifeng.handlers[0]!,
  COUNTY_APPROVER: xifeng.approvers[0]!,
  COUNTY_SUPERVISOR: xifeng.supervisors[0]!,
  FINANCE_OFFICER: xifeng.financeOfficers[0]!,
  CITY_SUPERVISOR: qingyang.supervisors[0]!,
  AUDITOR: qingyang.auditors[0]!,
  ADMINISTRATOR: qingyang.administrators[0]!,
}

/** An answer about something wrong is read by a person, however much was sent. */
const mostBytesOfAProblem = 32 * 1024
const longest = process.env.FUZZ === 'long' ? 1_800_000 : 120_000
const broken: string[] = []

/**
 * A few of the values at each place, others at the next, so that each meets many places within the time that a run of all
 * tests may take; with `FUZZ=long` every one at every place.
 */
const atOnePlace = 6
let taken = 0
function some<T>(values: readonly T[], count: number = atOnePlace): T[] {
  if (process.env.FUZZ === 'long') return [...values]
  return Array.from({ length: count }, () => values[taken++ % values.length] as T)
}

/** What a form leaves out because the example of its noun would not agree with the rest. */
const leftOut = {
  occurredOn: undefined,
  birthDate: undefined,
  sex: undefined,
  exclusion: undefined,
  // Files that nobody handed in would be all that is looked at.
  evidencePaperIds: undefined,
}

let room: CounterRoom
let known: Record<string, unknown>

beforeAll(async () => {
  room = await openCounterRoom('poison')
  for (const person of Object.values(oneOf)) await room.cookieOf(person)
  const { id: matterId } = await room.world.beijie.clerk.applies(room.world.aHousehold())
  const answer = await room.send('GET', '/api/places', { as: oneOf.VILLAGE_CLERK })
  const { places } = (await answer.json()) as { places: { placeId: string; level: string }[] }
  const village = places.find(({ level }) => level === 'VILLAGE')
  known = { matterId, placeId: village?.placeId, versionSeen: 1, ...leftOut, limit: 'ACCEPTANCE', run: '1' }
})
afterEach(() => expect(broken.splice(0)).toEqual([]))
afterAll(() => room.close())

describe.each(routes.map((route) => ({ route, name: `${route.method.toUpperCase()} ${route.path}` })))(
  '$name breaks by no value',
  ({ route }) => {
    it('in its path', async () => {
      for (const name of namesIn(route.path)) {
        for (const text of some(poisonTexts)) await send(route, { params: { [name]: text } }, `path ${name}`)
        for (const raw of ['%00', '%ff', '%', '%2e%2e%2f', '%ed%a0%80'])
          await send(route, { rawParams: { [name]: raw } }, raw)
      }
    })

    it('in its search', async () => {
      const names = Object.keys(route.query?.shape ?? {})
      // With a form that is in order, so that the value gets as far as it can.
      const [form] = formsOf(route)
      const sent = form === undefined ? {} : { raw: JSON.stringify(form) }
      for (const name of [...names, 'unknown']) {
        for (const text of some(poisonTexts)) await send(route, { query: [[name, text]], ...sent }, `search ${name}`)
        await send(
          route,
          {
            query: [
              [name, 'a'],
              [name, 'b'],
            ],
          },
          `search ${name} twice`,
        )
      }
    })

    it('in its body', { timeout: longest }, async () => {
      if (route.method === 'get') return
      for (const { raw, headers = {}, about } of poisonBodies) await send(route, { raw, headers }, about)
      if (route.body === undefined) return
      const forms = formsOf(route)
      // What is asked in many forms has the same nouns in all of them.
      const each = forms.length > 5 ? 2 : atOnePlace
      for (const sample of forms) {
        for (const place of placesIn(sample)) {
          for (const value of some(poisonValues, each)) {
            await send(route, { raw: JSON.stringify(withAt(sample, place, value)) }, `body ${place.join('.')}`)
          }
        }
      }
    })

    it('in its headers', async () => {
      for (const [name, value] of [
        ['request-id', 'x'],
        ['request-id', 'x'.repeat(5_000)],
        ['cookie', 'jiuzhu_session=%00'],
        ['file-name', '%00%ff'],
        ['file-name', encodeURIComponent('\u0000..\\..\\a.exe')],
        ['origin', 'null'],
        ['webhook-id', '.'],
      ] as const)
        await send(
          route,
          { headers: { [name]: value }, ...(route.method === 'get' ? {} : { raw: '{}' }) },
          `header ${name}`,
        )
    })
  },
)

describe('the form of an application that values are tried in', () => {
  it('is in order, so that they get as far as they can', async () => {
    const route = routes.find(({ method, path }) => method === 'post' && path === '/api/assistance-cases') as Route
    const raw = JSON.stringify(formsOf(route)[0])
    const response = await room.send('POST', '/api/assistance-cases', { as: askerOf(route), raw })
    const { code } = (await response.json()) as { code?: string }
    // Handed in before, with another value beside it.
    expect([undefined, 'memberInAnotherOpenCase']).toContain(code)
  })
})

describe('what institutions sign', () => {
  it.each(['matching-centre', 'bank'])('breaks nothing at the counter of %s', async (from) => {
    const sample =
      from === 'bank'
        ? {
            callbackId: 'c1',
            instructionId: 'i1',
            state: 'RETURNED',
            reason: 'OTHER',
            settledAt: '2026-11-01T09:00:00+08:00',
          }
        : {
            callbackId: 'c1',
            requestId: 'r1',
            source: 'TAX',
            answer: 'FOUND',
            items: [
              {
                kind: 'INCOME',
                incomeKind: 'WAGE',
                personRef: 'p1',
                description: 'x',
                observedOn: '2026-11-01',
                monthlyFen: 1,
              },
            ],
            answeredAt: '2026-11-01T09:00:00+08:00',
            validUntil: '2026-12-01',
          }
    const route = routes.find(({ path }) => path === `/callbacks/${from}`) as Route
    for (const { raw, about } of poisonBodies) await send(route, { raw, headers: signed('c1', raw) }, about)
    for (const place of placesIn(sample))
      for (const value of some(poisonValues)) {
        const raw = JSON.stringify(withAt(sample, place, value))
        await send(route, { raw, headers: signed('c1', raw) }, place.join('.'))
      }
  })
})

/** A form in order for each thing that can be asked of a route. */
function formsOf(route: Route): unknown[] {
  if (route.body === undefined) return []
  const operation = document.paths?.[route.path]?.[route.method] as Operation
  return samplesOf(document, operation.requestBody.content['application/json'].schema, known)
}

type Operation = { requestBody: { content: { 'application/json': { schema: unknown } } } }
type Sent = {
  params?: Record<string, string>
  rawParams?: Record<string, string>
  query?: [string, string][]
  raw?: string | Buffer
  headers?: Record<string, string>
}

/** Sends it as somebody who may use the route, and expects an answer that is small and nobody's breakdown. */
async function send(route: Route, { params = {}, rawParams = {}, query = [], raw, headers = {} }: Sent, about: string) {
  // Signing out would end the session that everything else is sent in.
  if (route.path === '/api/sessions/current' && route.method === 'delete') headers['request-id'] ??= 'x'
  const path = route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    return rawParams[name] ?? encodePart(params[name] ?? (known[name] as string | undefined) ?? 'unknown')
  })
  const search = query.map(([name, value]) => `${encodePart(name)}=${encodePart(value)}`).join('&')
  const response = await room.send(route.method.toUpperCase(), search === '' ? path : `${path}?${search}`, {
    ...(typeof route.policy === 'string' && route.policy !== 'session' ? {} : { as: askerOf(route) }),
    ...(raw === undefined ? {} : { raw }),
    headers,
  })
  const text = await response.text()
  const told = `${route.method} ${path}?${search} (${about}) ${String(raw).slice(0, 400)}: ${text.slice(0, 300)}`
  if (response.status >= 500 || (response.status >= 400 && text.length > mostBytesOfAProblem)) broken.push(told)
}

function askerOf({ policy }: Route): SeedPerson {
  return oneOf[policy === 'session' ? 'ADMINISTRATOR' : (policy[0] as Role)]
}

/** Half a surrogate pair has no encoding; what a careless client would send for it is three bytes that are no UTF-8. */
function encodePart(text: string): string {
  return Array.from(text, (character) => (character.isWellFormed() ? encodeURIComponent(character) : '%ed%a0%bd')).join(
    '',
  )
}

function namesIn(path: string): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as string)
}

function signed(id: string, body: string | Buffer): Record<string, string> {
  const timestamp = Math.floor(room.wall.now.getTime() / 1000)
  const signature = createHmac('sha256', callbackSecret).update(`${id}.${timestamp}.`).update(body).digest('base64')
  return { 'webhook-id': id, 'webhook-timestamp': String(timestamp), 'webhook-signature': `v1,${signature}` }
}
