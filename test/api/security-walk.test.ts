import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Services } from '../../api/http/route.ts'
import { allRoutes } from '../../api/http/index.ts'
import type { Role } from '../../domain/vocabulary.ts'
import { loadConfig } from '../../platform/config.ts'
import type { SeedPerson } from '../../prisma/seed/people.ts'
import { type CounterRoom, openCounterRoom } from './support/counter-room.ts'
import {
  plantWalkedWorld,
  type Relation,
  relations,
  strangers,
  walkers,
  type WalkedCase,
  type WalkedWorld,
} from './support/walked-world.ts'

/**
 * Every route of the table, asked by every role and by those who are nobody, about cases in every relation to them. What
 * must come of it stands in `oracle`, written by hand and apart from the code: a route that is not in it fails here.
 */

type Sent = { path: string; body?: unknown; raw?: string; headers?: Record<string, string> }
type Asking = { role: Role; world: WalkedWorld }

/** Each role that may use a route, with the answer that it gets; every other is refused by the name `notYourRole`. */
type Admitted = Partial<Record<Role, number>>

type Expected =
  /** Anybody, with or without a session. */
  | { open: number; ask: (asking: Asking) => Sent }
  /** Institutions that sign; none of these does. */
  | { signed: true; ask: (asking: Asking) => Sent }
  /** Something that has to do with no case. `strange` names what lies in another county, `missing` what is nowhere. */
  | { admits: Admitted; ask?: (asking: Asking) => Sent; strange?: (asking: Asking) => Sent; missing?: () => Sent }
  /** Something in one case: what is not theirs is not there, and what they keep away from they are told to. */
  | { inCase: Admitted; askIn: (aCase: WalkedCase) => Sent }
  /** A list over cases: no name of a family that is not theirs or that they keep away from, no number of the former. */
  | { lists: Admitted; ask?: (asking: Asking) => Sent }
  /** Several cases in one request: each judged as if it were asked for alone. */
  | {
      inBulk: Admitted
      askOf: (cases: readonly WalkedCase[]) => Sent
      judged: (answer: unknown, matterId: string) => unknown
    }

const clerk = 'VILLAGE_CLERK'
const [handler, leader] = ['TOWNSHIP_HANDLER', 'TOWNSHIP_LEADER'] as const
const [countyHandler, approver, finance] = ['COUNTY_HANDLER', 'COUNTY_APPROVER', 'FINANCE_OFFICER'] as const
const [countySupervisor, citySupervisor] = ['COUNTY_SUPERVISOR', 'CITY_SUPERVISOR'] as const
const [auditor, administrator] = ['AUDITOR', 'ADMINISTRATOR'] as const

const handling = [clerk, handler, leader, countyHandler, approver] as const
const assessing = [handler, leader, countyHandler, approver] as const
const overseeing = [leader, approver, countySupervisor, citySupervisor] as const
const acting = [...handling, finance, countySupervisor, citySupervisor] as const
const reading = [...acting, auditor] as const
const everybody = [...reading, administrator] as const

const get = (roles: readonly Role[], status: number): Admitted =>
  Object.fromEntries(roles.map((role) => [role, status]))

const nowhere = 'f'.repeat(32)
const digest = 'f'.repeat(64)
const absence = (postId: string, officerId: string) => ({
  postId,
  officerId,
  cause: 'LEAVE',
  fromOn: '2030-01-01',
  throughOn: '2030-01-02',
})

/** One line for each route, by method and path as the contract writes them. */
const oracle: Record<string, Expected> = {
  'GET /healthz': { open: 200, ask: () => ({ path: '/healthz' }) },
  'GET /openapi.json': { open: 200, ask: () => ({ path: '/openapi.json' }) },
  'POST /api/sessions': {
    open: 401,
    ask: () => ({ path: '/api/sessions', body: { staffNumber: randomUUID(), password: 'a guess' } }),
  },
  'POST /callbacks/matching-centre': { signed: true, ask: () => ({ path: '/callbacks/matching-centre', body: {} }) },
  'POST /callbacks/bank': { signed: true, ask: () => ({ path: '/callbacks/bank', body: {} }) },

  'GET /api/sessions/current': { admits: get(everybody, 200) },
  'DELETE /api/sessions/current': { admits: get(everybody, 204) },
  'DELETE /api/sessions': { admits: get(everybody, 204) },
  'POST /api/password-changes': {
    admits: get(everybody, 403),
    ask: () => ({ path: '/api/password-changes', body: { oldPassword: 'a guess', newPassword: 'Yangguang-2026-x' } }),
  },
  'GET /api/places': { admits: get(everybody, 200) },
  'GET /api/clock': { admits: get(everybody, 200) },
  'GET /api/calendar/{year}': { admits: get(everybody, 200), ask: () => ({ path: '/api/calendar/2026' }) },
  'GET /api/parameters': {
    admits: get(everybody, 200),
    strange: ({ world }) => ({ path: `/api/parameters?placeId=${world.foreign.placeId}` }),
    missing: () => ({ path: `/api/parameters?placeId=${nowhere}` }),
  },
  'GET /api/officers': {
    admits: get(everybody, 200),
    ask: () => ({ path: '/api/officers?placeId=qingyang-xifeng-beijie-beijie' }),
    strange: ({ world }) => ({ path: `/api/officers?placeId=${world.foreign.placeId}` }),
    missing: () => ({ path: `/api/officers?placeId=${nowhere}` }),
  },

  'POST /api/assistance-cases': {
    admits: get([clerk, handler], 201),
    ask: ({ world }) => ({ path: '/api/assistance-cases', body: world.applicationAt('qingyang-xifeng-beijie-beijie') }),
  },
  'GET /api/assistance-cases/{matterId}': {
    inCase: get(reading, 200),
    askIn: ({ matterId }) => ({ path: `/api/assistance-cases/${matterId}` }),
  },
  'GET /api/matters/{matterId}/deadlines/{limit}/{run}': {
    inCase: get(reading, 200),
    askIn: ({ matterId }) => ({ path: `/api/matters/${matterId}/deadlines/ACCEPTANCE/1` }),
  },
  'GET /api/matters/{matterId}/acts/{act}/form': {
    inCase: get(acting, 200),
    askIn: ({ matterId }) => ({ path: `/api/matters/${matterId}/acts/URGE/form` }),
  },
  'POST /api/matters/{matterId}/acts': {
    // Nobody waits at this stage: what is judged last is reached by whoever may act at all.
    inCase: get(acting, 409),
    askIn: ({ matterId }) => ({
      path: `/api/matters/${matterId}/acts`,
      body: { action: 'END_WAITING', versionSeen: 1 },
    }),
  },
  'GET /api/assistance-cases/{matterId}/assessment': {
    inCase: get(assessing, 200),
    askIn: ({ matterId }) => ({ path: `/api/assistance-cases/${matterId}/assessment` }),
  },
  'POST /api/assistance-cases/{matterId}/assessments': {
    inCase: get(assessing, 201),
    askIn: ({ matterId }) => ({ path: `/api/assistance-cases/${matterId}/assessments`, body: {} }),
  },
  'POST /api/matters/{matterId}/papers': {
    inCase: get(handling, 201),
    askIn: ({ matterId }) => ({
      path: `/api/matters/${matterId}/papers`,
      raw: '%PDF-1.7\n%%EOF',
      headers: { 'content-type': 'application/pdf' },
    }),
  },
  'GET /api/matters/{matterId}/papers/{paperId}': {
    inCase: { ...get(reading, 403), ...get([...handling, auditor], 200) },
    askIn: ({ matterId, paperId }) => ({ path: `/api/matters/${matterId}/papers/${paperId}` }),
  },
  // Nothing is prepared and no account is to be agreed to: what is judged last is reached by the two who may look at all.
  'GET /api/assistance-cases/{matterId}/payee': {
    inCase: get([finance, leader], 409),
    askIn: ({ matterId }) => ({ path: `/api/assistance-cases/${matterId}/payee` }),
  },
  'POST /api/supervision-items/{supervisionItemId}/seen': {
    inCase: get(reading, 200),
    askIn: ({ itemId }) => ({ path: `/api/supervision-items/${itemId}/seen`, body: {} }),
  },
  'POST /api/supervision-items/{supervisionItemId}/answers': {
    inCase: get(reading, 201),
    askIn: ({ itemId }) => ({ path: `/api/supervision-items/${itemId}/answers`, body: { text: '正在办理。' } }),
  },
  // An administrator reads what belongs to no case, and has none of an area.
  'GET /api/set-aside-items/{itemId}': {
    inCase: { ...get([approver, countySupervisor], 200), ADMINISTRATOR: 404 },
    askIn: ({ setAsideId }) => ({ path: `/api/set-aside-items/${setAsideId}` }),
  },
  'POST /api/set-aside-items/{itemId}/closing': {
    inCase: { ...get([approver, countySupervisor], 200), ADMINISTRATOR: 404 },
    askIn: ({ setAsideId }) => ({ path: `/api/set-aside-items/${setAsideId}/closing`, body: {} }),
  },
  'POST /api/bulk-acts': {
    inBulk: get(acting, 200),
    askOf: (cases) => ({
      path: '/api/bulk-acts',
      body: {
        action: 'ASSIGN',
        role: handler,
        officerId: walkers.TOWNSHIP_HANDLER.id,
        rows: cases.map(({ matterId }) => ({ matterId, versionSeen: 0 })),
      },
    }),
    judged: (answer, matterId) => {
      const { rows } = answer as { rows: { matterId: string; code: string | null }[] }
      const code = rows.find((row) => row.matterId === matterId)?.code
      return code === 'caseUnknown'
        ? 'not there'
        : code === 'relativeOfHousehold' || code === 'ownCase'
          ? 'recused'
          : 'seen'
    },
  },
  'POST /api/bulk-previews': {
    inBulk: get([handler, finance], 200),
    askOf: (cases) => ({
      path: '/api/bulk-previews',
      body: { action: 'ACCEPT', matterIds: cases.map(({ matterId }) => matterId) },
    }),
    judged: (answer, matterId) => {
      const { notThere, singly } = answer as { notThere: string[]; singly: { matterId: string; reasons: string[] }[] }
      if (notThere.includes(matterId)) return 'not there'
      return singly.some((row) => row.matterId === matterId && row.reasons.join().includes('回避')) ? 'recused' : 'seen'
    },
  },

  'GET /api/matters/{matterId}/verification': {
    inCase: get([auditor], 200),
    askIn: ({ matterId }) => ({ path: `/api/matters/${matterId}/verification` }),
  },
  'GET /api/audit/records': { lists: get([auditor], 200), ask: () => ({ path: '/api/audit/records?pageSize=100' }) },
  'GET /api/audit/verification': { admits: get([auditor], 200) },
  'GET /api/audit/seals': { admits: get([auditor], 200) },
  'POST /api/audit/seals': { admits: get([auditor], 201) },

  'GET /api/worklist': { lists: get(reading, 200) },
  'POST /api/application-files': {
    admits: get([clerk, handler], 201),
    ask: () => ({
      path: '/api/application-files',
      raw: '%PDF-1.7\n%%EOF',
      headers: { 'content-type': 'application/pdf', 'application-request-id': 'an-application' },
    }),
  },
  'POST /api/matter-searches': {
    lists: get(reading, 200),
    ask: ({ role, world }) => ({
      path: '/api/matter-searches',
      body: { matterNumber: world.caseOf(role, 'kin').matterNumber },
    }),
  },
  'GET /api/late-filings': { lists: get(['COUNTY_SUPERVISOR', 'CITY_SUPERVISOR', 'AUDITOR'], 200) },
  'GET /api/overdue': { lists: get(overseeing, 200) },
  'GET /api/board': { lists: get(overseeing, 200) },
  'GET /api/board/cases': { lists: get(overseeing, 200), ask: () => ({ path: '/api/board/cases?pageSize=100' }) },
  'GET /api/board/export': { lists: get(overseeing, 200), ask: () => ({ path: '/api/board/export?purpose=test' }) },
  'GET /api/deadline-forecast': { lists: get(overseeing, 200) },
  'GET /api/deadline-forecast/{madeOn}': {
    lists: get(overseeing, 404),
    ask: () => ({ path: '/api/deadline-forecast/2026-01-05' }),
  },
  'GET /api/bulletins': { lists: get([...overseeing, auditor], 200) },
  'GET /api/bulletins/{period}': {
    lists: get([...overseeing, auditor], 200),
    ask: () => ({ path: '/api/bulletins/2026' }),
  },
  'GET /api/bulletins/{period}/cases': {
    lists: get([...overseeing, auditor], 200),
    ask: () => ({ path: '/api/bulletins/2026/cases?figure=URGING' }),
  },
  'GET /api/supervision-items': { lists: get(reading, 200) },
  'GET /api/supervision-orders': { lists: get(reading, 200) },
  'GET /api/alarms': { lists: get([...overseeing, administrator], 200) },
  'POST /api/replacing/resumptions': { admits: get([administrator], 200) },
  'GET /api/set-aside-items': { lists: get([...overseeing, administrator], 200) },
  'GET /api/orphans': { lists: get([...overseeing, administrator], 200) },
  'GET /api/absences': { lists: get(everybody, 200) },
  'GET /api/posts': { lists: get(everybody, 200) },
  'GET /api/hand-overs': { lists: get(everybody, 200) },

  'POST /api/absences': {
    admits: get(everybody, 404),
    ask: () => ({ path: '/api/absences', body: absence(nowhere, nowhere) }),
    strange: ({ world: { foreign } }) => ({ path: '/api/absences', body: absence(foreign.postId, foreign.officerId) }),
    missing: () => ({ path: '/api/absences', body: absence(nowhere, nowhere) }),
  },
  'POST /api/absences/{absenceId}/ends': {
    admits: get(everybody, 404),
    ask: () => ({ path: `/api/absences/${nowhere}/ends`, body: {} }),
    strange: ({ world }) => ({ path: `/api/absences/${world.foreign.absenceId}/ends`, body: {} }),
    missing: () => ({ path: `/api/absences/${nowhere}/ends`, body: {} }),
  },
  'POST /api/absences/{absenceId}/agrees': {
    admits: get(everybody, 404),
    ask: () => ({ path: `/api/absences/${nowhere}/agrees`, body: {} }),
    strange: ({ world }) => ({ path: `/api/absences/${world.foreign.absenceId}/agrees`, body: {} }),
    missing: () => ({ path: `/api/absences/${nowhere}/agrees`, body: {} }),
  },
  'GET /api/standing-deputies': { lists: get(everybody, 200) },
  'POST /api/standing-deputies': {
    admits: get(everybody, 404),
    ask: () => ({ path: '/api/standing-deputies', body: deputyOf(nowhere, nowhere) }),
    strange: ({ world: { foreign } }) => ({
      path: '/api/standing-deputies',
      body: deputyOf(foreign.postId, foreign.officerId),
    }),
    missing: () => ({ path: '/api/standing-deputies', body: deputyOf(nowhere, nowhere) }),
  },
  'POST /api/standing-deputies/{standingDeputyId}/agrees': deputyRoute('agrees'),
  'POST /api/standing-deputies/{standingDeputyId}/ends': deputyRoute('ends'),

  'GET /api/staff-proposals': { admits: get([administrator], 200) },
  'POST /api/staff-proposals': {
    admits: get([administrator], 404),
    ask: () => ({ path: '/api/staff-proposals', body: proposalOf(nowhere) }),
    strange: ({ world }) => ({ path: '/api/staff-proposals', body: proposalOf(world.foreign.postId) }),
    missing: () => ({ path: '/api/staff-proposals', body: proposalOf(nowhere) }),
  },
  'POST /api/staff-proposals/{proposalId}/agrees': proposalRoute('agrees'),
  'POST /api/staff-proposals/{proposalId}/withdraws': proposalRoute('withdraws'),

  'POST /api/hand-overs': {
    admits: get([leader, approver, countySupervisor, administrator], 404),
    ask: () => ({ path: '/api/hand-overs', body: handOverOf(nowhere, nowhere) }),
    strange: ({ world: { foreign } }) => ({
      path: '/api/hand-overs',
      body: handOverOf(foreign.postId, foreign.officerId),
    }),
    missing: () => ({ path: '/api/hand-overs', body: handOverOf(nowhere, nowhere) }),
  },
  'GET /api/hand-overs/{handOverId}': handOverRoute(''),
  'POST /api/hand-overs/{handOverId}/gives': handOverRoute('/gives', { listDigest: digest }),
  'POST /api/hand-overs/{handOverId}/takes': handOverRoute('/takes', { listDigest: digest }),
  'POST /api/hand-overs/{handOverId}/cancels': handOverRoute('/cancels', {}),

  'POST /api/posts/{postId}/holders': {
    admits: get([administrator], 404),
    ask: () => ({ path: `/api/posts/${nowhere}/holders`, body: { officerId: walkers.AUDITOR.id } }),
    strange: ({ world }) => ({
      path: `/api/posts/${world.foreign.postId}/holders`,
      body: { officerId: walkers.AUDITOR.id },
    }),
    missing: () => ({ path: `/api/posts/${nowhere}/holders`, body: { officerId: walkers.AUDITOR.id } }),
  },
  'POST /api/posts/{postId}/holders/{officerId}/ends': {
    admits: get([administrator], 404),
    ask: () => ({ path: `/api/posts/${nowhere}/holders/${nowhere}/ends`, body: {} }),
    strange: ({ world: { foreign } }) => ({
      path: `/api/posts/${foreign.postId}/holders/${foreign.officerId}/ends`,
      body: {},
    }),
    missing: () => ({ path: `/api/posts/${nowhere}/holders/${nowhere}/ends`, body: {} }),
  },
  'POST /api/officers/{officerId}/disables': officerRoute('disables'),
  'POST /api/officers/{officerId}/enables': officerRoute('enables'),
  'POST /api/officers/{officerId}/sign-in-unlocks': officerRoute('sign-in-unlocks'),

  'POST /api/calendar-years': {
    admits: get([administrator], 400),
    ask: () => ({ path: '/api/calendar-years', body: {} }),
  },
  'GET /api/calendar-redatings': { admits: get([administrator], 200) },
  'GET /api/warnings': { admits: get([administrator], 200) },
  'POST /api/training/clock-moves': {
    // The walk's counter has no clock to move.
    admits: get([administrator], 409),
    ask: () => ({ path: '/api/training/clock-moves', body: { days: 1 } }),
  },
}

function handOverOf(postId: string, officerId: string) {
  return { postId, fromOfficerId: officerId, toOfficerId: nowhere, lastDay: '2030-01-01' }
}

function deputyOf(postId: string, officerId: string) {
  return { postId, officerId, deputyId: nowhere }
}

function deputyRoute(act: string): Expected {
  const sent = (standingDeputyId: string): Sent => ({
    path: `/api/standing-deputies/${standingDeputyId}/${act}`,
    body: {},
  })
  return {
    admits: get(everybody, 404),
    ask: () => sent(nowhere),
    strange: ({ world }) => sent(world.foreign.standingDeputyId),
    missing: () => sent(nowhere),
  }
}

function proposalOf(postId: string) {
  return { kind: 'GIVE_POST', postId, officerId: walkers.AUDITOR.id }
}

function proposalRoute(act: string): Expected {
  const sent = (proposalId: string): Sent => ({ path: `/api/staff-proposals/${proposalId}/${act}`, body: {} })
  return {
    admits: get([administrator], 404),
    ask: () => sent(nowhere),
    strange: ({ world }) => sent(world.foreign.proposalId),
    missing: () => sent(nowhere),
  }
}

function handOverRoute(act: string, body?: object): Expected {
  const sent = (handOverId: string): Sent => ({
    path: `/api/hand-overs/${handOverId}${act}`,
    ...(body === undefined ? {} : { body }),
  })
  return {
    admits: get(everybody, 404),
    ask: () => sent(nowhere),
    strange: ({ world }) => sent(world.foreign.handOverId),
    missing: () => sent(nowhere),
  }
}

function officerRoute(act: string): Expected {
  const sent = (officerId: string): Sent => ({ path: `/api/officers/${officerId}/${act}`, body: {} })
  return {
    admits: get([administrator], 404),
    ask: () => sent(nowhere),
    strange: ({ world }) => sent(world.foreign.officerId),
    missing: () => sent(nowhere),
  }
}

const services = { config: loadConfig({}), archive: {}, desk: {}, log: {}, wallClock: () => new Date() }
const table = allRoutes(services as unknown as Services).map(({ method, path }) => ({
  key: `${method.toUpperCase()} ${path}`,
  method: method.toUpperCase(),
  path,
}))
const allRoles = Object.keys(walkers) as Role[]

let room: CounterRoom
let world: WalkedWorld
beforeAll(async () => {
  room = await openCounterRoom('walk')
  world = await plantWalkedWorld(room)
})
afterAll(() => room.close())

type Answer = { status: number; text: string; code: unknown; body: unknown }

async function ask(method: string, sent: Sent, as: { person?: SeedPerson; cookie?: string } = {}): Promise<Answer> {
  const { path, body, raw, headers = {} } = sent
  const response = await room.send(method, path, {
    ...(as.person === undefined ? {} : { as: as.person }),
    headers: { ...headers, ...(as.cookie === undefined ? {} : { cookie: as.cookie }) },
    ...(raw === undefined ? {} : { raw }),
    ...(body === undefined ? {} : { body }),
  })
  const text = await response.text()
  const json = (response.headers.get('content-type') ?? '').includes('json') ? (JSON.parse(text) as unknown) : null
  return { status: response.status, text, body: json, code: (json as { code?: unknown } | null)?.code }
}

/** What a route is asked where it does not matter by whom. */
function anyAsk(expected: Expected, path: string): Sent {
  const asking = { role: clerk, world } as const
  const own = world.caseOf(clerk, 'own')
  if ('inCase' in expected) return expected.askIn(own)
  if ('inBulk' in expected) return expected.askOf([own])
  return expected.ask?.(asking) ?? { path }
}

const refusedByRole = { status: 403, code: 'notYourRole' }
const hidden: Partial<Record<Relation, object>> = {
  kin: { status: 403, code: 'relativeOfHousehold' },
  self: { status: 403, code: 'ownCase' },
}

describe('the walk', () => {
  it('knows every route of the table, and none besides', () => {
    const missing = table.filter(({ key }) => oracle[key] === undefined)
    const told = missing.map(
      ({ key }) =>
        `${key} is not walked: say in \`oracle\` of test/api/security-walk.test.ts who may use it and what is asked`,
    )
    expect(told).toEqual([])
    expect(Object.keys(oracle).filter((key) => !table.some((route) => route.key === key))).toEqual([])
  })
})

const walked = table.flatMap((route) => {
  const expected = oracle[route.key]
  return expected === undefined ? [] : [{ ...route, expected }]
})
const closed = walked.flatMap(({ expected, ...route }) =>
  'open' in expected || 'signed' in expected ? [] : [{ ...route, expected }],
)
const toAnybody = walked.flatMap(({ expected, ...route }) =>
  'open' in expected || 'signed' in expected ? [{ ...route, expected }] : [],
)
const inCases = walked.flatMap(({ expected, ...route }) => ('inCase' in expected ? [{ ...route, expected }] : []))

describe('a route', () => {
  it.each(toAnybody)('$key asks nobody for a session, and institutions for a signature', async (route) => {
    const { method, path, expected } = route
    for (const as of [{}, { person: walkers.VILLAGE_CLERK }])
      expect((await ask(method, anyAsk(expected, path), as)).status).toBe('open' in expected ? expected.open : 401)
  })

  it.each(closed)('$key is for whom the oracle says; what is not theirs is not there', async (route) => {
    await Promise.all(allRoles.map(async (role) => walk(role, route)))
  })

  it.each(closed)('$key is closed to whoever is not signed in, or no longer', async ({ method, path, expected }) => {
    const sent = anyAsk(expected, path)
    const nobody = await ask(method, sent)
    expect([nobody.status, nobody.code]).toEqual([401, 'notSignedIn'])
    for (const { name, cookie } of world.gone) {
      const { status, text } = await ask(method, sent, { cookie })
      expect([name, status, text]).toEqual([name, 401, nobody.text])
    }
  })

  it.each(inCases)('$key has nothing for another county or township', async ({ method, expected }) => {
    await Promise.all(
      strangers.map(async (person) => {
        const theirs = await ask(method, expected.askIn(world.caseOf(clerk, 'own')), { person })
        const none = await ask(method, expected.askIn(world.caseOf(clerk, 'none')), { person })
        const status = expected.inCase[person.role] === undefined ? 403 : 404
        expect([person.id, theirs.status, theirs.text]).toEqual([person.id, status, none.text])
      }),
    )
  })
})

/** All that whoever still has the password of the system's making may do: change it, and leave. */
const withFirstPassword = new Set([
  'GET /api/sessions/current',
  'DELETE /api/sessions/current',
  'DELETE /api/sessions',
  'POST /api/password-changes',
])

describe('whoever still has a first password', () => {
  const person = walkers.TOWNSHIP_HANDLER
  const marks = async (mustChangePassword: boolean) =>
    room.owner.db.officer.update({ where: { id: person.id }, data: { mustChangePassword } })
  beforeAll(() => marks(true))
  afterAll(() => marks(false))

  it('does nothing but change it, and leave', async () => {
    for (const { key, method, path, expected } of closed) {
      if (withFirstPassword.has(key)) continue
      const { status, code } = await ask(method, anyAsk(expected, path), { person })
      expect([key, status, code]).toEqual([key, 403, 'passwordChangeDue'])
    }
    for (const { key, method, path, expected } of closed) {
      if (!withFirstPassword.has(key)) continue
      const { status, code } = await ask(method, anyAsk(expected, path), { person })
      const admitted = 'admits' in expected ? expected.admits.TOWNSHIP_HANDLER : null
      expect([key, status, code === 'passwordChangeDue']).toEqual([key, admitted, false])
    }
  })
})

async function walk(role: Role, { method, path, expected }: (typeof closed)[number]): Promise<void> {
  const person = walkers[role]
  const asking = { role, world }
  if ('admits' in expected) {
    const status = expected.admits[role]
    const answer = await ask(method, expected.ask?.(asking) ?? { path }, { person })
    if (status === undefined) return expect({ role, ...answer }).toMatchObject({ role, ...refusedByRole })
    expect([role, answer.status, answer.code === 'notYourRole']).toEqual([role, status, false])
    if (!expected.strange || !expected.missing) return
    const [strange, missing] = await Promise.all([
      ask(method, expected.strange(asking), { person }),
      ask(method, expected.missing(), { person }),
    ])
    expect([role, strange.status, strange.text]).toEqual([role, 404, missing.text])
    return
  }
  if ('lists' in expected) {
    const status = expected.lists[role]
    const answer = await ask(method, expected.ask?.(asking) ?? { path }, { person })
    if (status === undefined) return expect({ role, ...answer }).toMatchObject({ role, ...refusedByRole })
    expect([role, answer.status]).toEqual([role, status])
    for (const relation of ['other', 'former', 'kin', 'self'] as const)
      expect(answer.text).not.toContain(world.caseOf(role, relation).name)
    for (const relation of ['other', 'former'] as const) {
      expect(answer.text).not.toContain(world.caseOf(role, relation).matterNumber)
      expect(answer.text).not.toContain(world.caseOf(role, relation).matterId)
    }
    return
  }
  if ('inBulk' in expected) {
    const cases = relations.map((relation) => world.caseOf(role, relation))
    const answer = await ask(method, expected.askOf(cases), { person })
    if (expected.inBulk[role] === undefined) return expect(answer).toMatchObject(refusedByRole)
    expect([role, answer.status]).toEqual([role, expected.inBulk[role]])
    const judged = relations.map((relation, index) => [relation, expected.judged(answer.body, cases[index]!.matterId)])
    expect(Object.fromEntries(judged)).toEqual({
      own: 'seen',
      other: 'not there',
      former: 'not there',
      none: 'not there',
      kin: 'recused',
      self: 'recused',
    })
    return
  }
  await walkCase(role, method, expected)
}

async function walkCase(
  role: Role,
  method: string,
  { inCase, askIn }: Extract<Expected, { inCase: Admitted }>,
): Promise<void> {
  const person = walkers[role]
  const admitted = inCase[role]
  const askAbout = async (aCase: WalkedCase) => ask(method, askIn(aCase), { person })
  const none = await askAbout(world.caseOf(role, 'none'))
  for (const relation of relations) {
    const answer = await askAbout(world.caseOf(role, relation))
    const where = [role, relation, answer.status]
    if (admitted === undefined) expect({ where, ...answer }).toMatchObject(refusedByRole)
    else if (relation === 'own') expect(where).toEqual([role, relation, admitted])
    else if (hidden[relation] && admitted !== 404) {
      expect({ where, ...answer }).toMatchObject(hidden[relation])
      expect(answer.text).not.toContain(world.caseOf(role, relation).name)
    } else expect([...where, answer.text]).toEqual([role, relation, 404, none.text])
  }
  if (role !== finance || admitted === undefined) return
  const unpaid = await askAbout(world.unpaid)
  expect([unpaid.status, unpaid.text]).toEqual([404, none.text])
}
