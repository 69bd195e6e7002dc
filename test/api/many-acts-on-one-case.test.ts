import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { postId, type SeedPerson, trainingPassword } from '../../prisma/seed/people.ts'
import { readCookie } from './support/counter-room.ts'
import { type CaseRoom, openCaseRoom, staff } from '../support/case-room.ts'
import { type CounterOnEngine, openCounterOnEngine } from '../support/counter-on-engine.ts'

let room: CaseRoom
const counters: CounterOnEngine[] = []

beforeAll(async () => {
  room = await openCaseRoom()
  await room.startWorkers()
  for (let number = 1; number <= 4; number += 1) counters.push(await openCounterOnEngine(room))
})
afterAll(async () => {
  await Promise.all(counters.map((counter) => counter.close()))
  await room.close()
})

describe('many acts at once on one case', () => {
  it.each([1, 2, 4])('forty are each answered truthfully by %i counters beside each other', async (howMany) => {
    const matterId = await acceptedCase()
    const before = (await room.events(matterId)).length
    const sent = await urgings(matterId, counters.slice(0, howMany), 40)

    const answers = await Promise.all(sent.map(({ first }) => first))
    // Filed, or told to send it again; nobody is told that something has to be set up.
    for (const { status } of answers) expect([200, 503]).toContain(status)
    for (const { status, retryAfter } of answers) expect(retryAfter).toBe(status === 503 ? '5' : null)

    const final = await Promise.all(sent.map(({ again }) => again()))
    expect(final.map(({ status }) => status)).toEqual(final.map(() => 200))
    const filed = (await room.events(matterId)).slice(before).filter(({ type }) => type === 'URGED')
    expect(filed).toHaveLength(40)
    // Each answer names the event that it filed, and what was told first was not taken back.
    const eventIds = final.map(({ body }) => body.eventId)
    expect(new Set(eventIds)).toEqual(new Set(filed.map(({ eventId }) => eventId)))
    answers.forEach(({ status, body }, number) => {
      if (status === 200) expect(body).toEqual(final[number]?.body)
    })
  })

  it('twenty are all filed at the first sending by two counters', async () => {
    const matterId = await acceptedCase()
    const sent = await urgings(matterId, counters.slice(0, 2), 20)
    const answers = await Promise.all(sent.map(({ first }) => first))
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200))
  })
})

async function acceptedCase(): Promise<string> {
  const { matterId } = await room.apply()
  expect(await room.act(staff.handler, matterId, { action: 'ACCEPT' })).toMatchObject({ outcome: 'FILED' })
  return matterId
}

type Answer = { status: number; retryAfter: string | null; body: { eventId?: string; code?: string } }

/** Sends that many urgings of the county's approver together, dealt out to the counters; each may be sent again. */
async function urgings(matterId: string, at: readonly CounterOnEngine[], count: number) {
  // One session for a post, good at every counter.
  const cookie = await signIn(counters[0]?.url ?? '', staff.approver)
  return Array.from({ length: count }, (_, number) => {
    const desk = number % at.length
    const requestId = randomUUID()
    const send = () => post(`${at[desk]?.url}/api/matters/${matterId}/acts`, cookie, requestId)
    const again = async () => {
      for (let sending = 1; ; sending += 1) {
        const answer = await send()
        if (answer.status !== 503 || sending === 5) return answer
      }
    }
    return { first: send(), again }
  })
}

async function post(url: string, cookie: string, requestId: string): Promise<Answer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/json', 'request-id': requestId },
    body: JSON.stringify({ action: 'URGE', versionSeen: 2, limit: 'TOTAL', run: 1 }),
  })
  const body = (await response.json()) as Answer['body']
  return { status: response.status, retryAfter: response.headers.get('retry-after'), body }
}

async function signIn(url: string, { staffNumber, office, role }: SeedPerson): Promise<string> {
  const response = await fetch(`${url}/api/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ staffNumber, password: trainingPassword, postId: postId({ office, role }) }),
  })
  return readCookie(response)
}
