import { randomUUID } from 'node:crypto'
import path from 'node:path'
import type { Client } from '@temporalio/client'
import { type ActivityInterceptorsFactory, DefaultLogger, Runtime, type Worker } from '@temporalio/worker'
import type pg from 'pg'
import { pino } from 'pino'
import { inject } from 'vitest'
import { type MatterClient, createMatterClient } from '../../api/matters/matter-client.ts'
import { createInstitutionClocks } from '../../api/clock/institution-clocks.ts'
import { createTrainingClock, type TrainingClock } from '../../api/clock/training-clock.ts'
import type { CaseEvent } from '../../domain/procedures/assistance-case/facts.ts'
import { pendingSources } from '../../domain/procedures/assistance-case/state.ts'
import { foldCase } from '../../domain/procedures/assistance-case/case.ts'
import { addMs, dayOf, type Instant, type PlainDate } from '../../domain/time/plain-date.ts'
import type { PaperKind } from '../../domain/vocabulary.ts'
import type { Action } from '../../domain/procedures/words.ts'
import { type Config, loadConfig } from '../../platform/config.ts'
import { createDatabaseClient } from '../../platform/database-session.ts'
import { createFieldCipher } from '../../platform/field-cipher.ts'
import { stableId } from '../../platform/stable-id.ts'
import { connectClient, connectWorker, createDataConverter } from '../../platform/temporal.ts'
import { type Archive, openArchive } from '../../prisma/client.ts'
import { seed } from '../../prisma/seed/seed.ts'
import { people } from '../../prisma/seed/people.ts'
import { assessBasis, basisDigest, readAssessmentBasis } from '../../prisma/stores/household/assessments.ts'
import { readCaseEvents } from '../../prisma/stores/matter/matter-events.ts'
import { readClock } from '../../prisma/stores/system/clock.ts'
import { asCase, withLockedMatterAsItIs } from '../../prisma/stores/matter/locked-matter.ts'
import { keepPaper } from '../../prisma/stores/matter/papers.ts'
import { getPayeeAccount, keepPayeeAccount, type OpenAccount } from '../../prisma/stores/money/payee-accounts.ts'
import { personIdFor } from '../../prisma/stores/household/persons.ts'
import { getRequest, receiveRequest, type StoredAnswer } from '../../prisma/stores/matter/requests.ts'
import type { ActResult } from '../../workflows/shared/matter-contract.ts'
import { replayHistories } from '../../worker/replay-histories.ts'
import { bundleWorkflows, createWorkers } from '../../worker/workers.ts'
import { createTestDatabase, type TestDatabase } from './database.ts'
import {
  apiToken,
  callbackSecret,
  type Institution,
  nobodyThere,
  startInstitution,
} from '../sandbox/support/institution.ts'
import { createTestNamespace } from './namespace.ts'
import { openOwnerArchive } from './owner-archive.ts'
import { anAccountNumber, anIdentityNumber } from './numbers.ts'

/** Who acts, from the seeded offices of one township and its county. */
export const staff = {
  clerk: people.xifeng.beijie.clerks[0]!,
  handler: people.xifeng.beijie.handlers[0]!,
  otherHandler: people.xifeng.beijie.handlers[1]!,
  leader: people.xifeng.beijie.leaders[0]!,
  otherLeader: people.xifeng.beijie.leaders[1]!,
  countyHandler: people.xifeng.handlers[0]!,
  approver: people.xifeng.approvers[0]!,
  otherApprover: people.xifeng.approvers[1]!,
  financeOfficer: people.xifeng.financeOfficers[0]!,
  otherFinanceOfficer: people.xifeng.financeOfficers[1]!,
} as const
export type Staff = { id: string }

const placeId = 'qingyang-xifeng-beijie-beijie'
const countyId = 'qingyang-xifeng'

export type ActAsked = {
  action: Action
  details?: object
  papers?: [PaperKind, string][]
  requestId?: string
  occurredOn?: PlainDate
}
export type ActAnswered = ActResult | { outcome: 'COURTESY_REFUSED'; code: string }

/**
 * An archive, an engine, institutions and people, without the counter: what happens to a case between the desk and its
 * log. Everything is real; only HTTP to the staff is left out.
 */
export type CaseRoom = {
  database: TestDatabase
  archive: Archive
  /** With the rights of a worker. */
  hands: Archive
  /** With every right, to plant. */
  owner: Archive
  /** The database's owner and its application, for statements of one's own. */
  ownerUrl: string
  appUrl: string
  client: Client
  desk: MatterClient
  clock: TrainingClock
  centre: Institution
  bank: Institution
  /** On today's procedure, unless told to run another one. */
  startWorkers(
    procedure?: Bundle,
    activityInterceptors?: readonly ActivityInterceptorsFactory[],
  ): Promise<{ stop(): Promise<void> }>
  /** A household's application, handed in by the village clerk; resolves once it is filed. */
  apply(options?: { wageFen?: number; requestId?: string }): Promise<{ matterId: string; answer: ActAnswered }>
  act(officer: Staff, matterId: string, act: ActAsked): Promise<ActAnswered>
  /** Writes the request and its papers down as the counter does, without handing the act to the desk. */
  writeDown(officer: Staff, matterId: string, act: ActAsked): Promise<string>
  /** Made for an act of today unless told for which day. */
  assessment(officer: Staff, matterId: string, on?: PlainDate): Promise<string>
  answerOf(officer: Staff, requestId: string): Promise<StoredAnswer | null>
  events(matterId: string): Promise<CaseEvent[]>
  until(matterId: string, holds: (state: ReturnType<typeof foldCase>) => boolean): Promise<void>
  /** The account into which a case is paid, in clear. */
  accountOf(matterId: string): Promise<OpenAccount>
  timePasses(ms: number): Promise<Instant>
  /** Asks the archive as its owner. */
  ask(text: string, values?: unknown[]): Promise<unknown[]>
  /** Somebody else holds the row of a case for as long as this takes. */
  whileHeld<T>(matterId: string, work: () => Promise<T>): Promise<T>
  close(): Promise<void>
}

const askedAgainAfterMs = 3_700_000
/** What workers say in a warning or an error; errors are shown as well. */
export const workerLog: { message: string; meta?: Record<string, unknown> }[] = []
const shown = new DefaultLogger('ERROR')
Runtime.install({
  logger: new DefaultLogger('WARN', ({ level, message, meta }) => {
    workerLog.push({ message, ...(meta === undefined ? {} : { meta }) })
    if (level === 'ERROR') shown.error(message, meta)
  }),
})
const bundle = bundleWorkflows({ logger: new DefaultLogger('WARN') })

/** The procedure as workers load it. */
export type Bundle = Awaited<ReturnType<typeof bundleWorkflows>>

/** The procedure as it would be with something put in the place of something else, as by a bad release. */
export async function alteredBundle(...changes: readonly [from: RegExp, to: string][]): Promise<Bundle> {
  const { code, ...rest } = await bundle
  const altered = changes.reduce((text, [from, to]) => {
    if (!from.test(text)) throw new Error(`Nothing in the procedure reads ${from}`)
    return text.replace(from, to)
  }, code)
  return { ...rest, code: altered }
}

let householdsMade = 0

/** @param centreUrl something that answers in the matching centre's place. */
export async function openCaseRoom({ centreUrl }: { centreUrl?: string } = {}): Promise<CaseRoom> {
  const database = await createTestDatabase()
  const [centre, bank, namespace] = await Promise.all([
    // Nobody takes callbacks here: a case hears its answers when time passes and the institutions are asked.
    startInstitution('matching-centre', nobodyThere, { SOURCE_DELAY_MS: '0' }),
    startInstitution('bank', nobodyThere, { SETTLE_DELAY_MS: '0' }),
    createTestNamespace(),
  ])
  const config = roomConfig(database, { ...centre, url: centreUrl ?? centre.url }, bank)
  await seed(database.url, config)
  const archive = openArchive({ url: database.appUrl, process: 'api', cipher: createFieldCipher(config.keys) })
  const hands = openArchive({ url: database.appUrl, process: 'worker', cipher: createFieldCipher(config.keys) })
  const owner = openOwnerArchive(database.url, config)
  const target = { address: inject('temporalAddress'), namespace, payloadKeys: config.keys.payload }
  const client = await connectClient(target)
  const desk = createMatterClient({ client, archive })
  const clock = createTrainingClock({
    archive,
    client,
    institutions: createInstitutionClocks({ urls: [centre.url, bank.url], log: pino({ level: 'silent' }) }),
    engineId: () => desk.engineId(),
    look: (matterId) => desk.look(matterId),
  })
  const running: { stop(): Promise<void> }[] = []

  async function startWorkers(procedure?: Bundle, activityInterceptors: readonly ActivityInterceptorsFactory[] = []) {
    const engine = await connectWorker(target)
    const workers = await createWorkers({
      config,
      archive: hands,
      ...engine,
      workflowBundle: procedure ?? (await bundle),
      roles: config.workerRoles,
      activityInterceptors,
    })
    const runs = workers.map((worker) => worker.run())
    let stopping: Promise<void> | undefined
    const stop = () => (stopping ??= stopWorkers(workers, runs).then(() => engine.connection.close()))
    const handle = { stop }
    running.push(handle)
    return handle
  }

  async function writeDown(
    officer: Staff,
    matterId: string,
    { action, details = {}, papers = [], requestId = randomUUID(), occurredOn }: ActAsked,
  ) {
    const receivedAt = await readClock(archive.db)
    const { version } = await archive.db.matter.findUniqueOrThrow({ where: { id: matterId } })
    const paperIds: string[] = []
    for (const [kind, body] of papers) {
      const paperId = stableId(officer.id, requestId, kind)
      const written = { writtenBy: officer.id, writtenAt: receivedAt, contentType: 'application/json' }
      await keepPaper(archive, { paperId, matterId, countyId, kind, body, ...written })
      paperIds.push(paperId)
    }
    const holding = await archive.db.postHolding.findFirstOrThrow({ where: { officerId: officer.id } })
    const content = { action, details, versionSeen: version, occurredOn: occurredOn ?? dayOf(receivedAt), paperIds }
    const key = { officerId: officer.id, requestId, postId: holding.postId }
    await receiveRequest(archive.db, {
      ...key,
      action,
      matterId,
      contentDigest: stableId(JSON.stringify(content)),
      content,
      receivedAt,
    })
    return requestId
  }

  const room: CaseRoom = {
    database,
    archive,
    hands,
    owner,
    ownerUrl: database.url,
    appUrl: database.appUrl,
    client,
    desk,
    clock,
    centre,
    bank,
    startWorkers,
    writeDown,
    async act(officer, matterId, asked) {
      const requestId = await writeDown(officer, matterId, asked)
      const request = { officerId: officer.id, requestId, action: asked.action }
      return asked.action === 'SUBMIT' ? desk.submit(matterId, request) : desk.act(matterId, request)
    },
    async apply({ wageFen = 0, requestId } = {}) {
      const matterId = stableId('room', randomUUID())
      const { personId, identityNumber } = await draftCase(archive, matterId)
      const application = applicationPaper({ personId, identityNumber }, wageFen, dayOf(await readClock(archive.db)))
      const answer = await room.act(staff.clerk, matterId, {
        action: 'SUBMIT',
        details: { memberPersonIds: [personId], applicantPersonId: personId, accountId: accountOf(matterId) },
        papers: [['APPLICATION', application]],
        ...(requestId === undefined ? {} : { requestId }),
      })
      return { matterId, answer }
    },
    async assessment(officer, matterId, on) {
      const paperId = stableId(matterId, 'ASSESSMENT', randomUUID())
      const { basis, now } = await withLockedMatterAsItIs(archive, matterId, async (matter) => ({
        basis: await readAssessmentBasis({ db: matter.tx, cipher: matter.cipher }, asCase(matter), {
          category: null,
          on,
        }),
        now: matter.now,
      }))
      const paper = { assessment: assessBasis(basis), category: null, basisDigest: basisDigest(basis) }
      const written = { writtenBy: officer.id, writtenAt: now, contentType: 'application/json' }
      await keepPaper(archive, {
        paperId,
        matterId,
        countyId,
        kind: 'ASSESSMENT',
        body: JSON.stringify(paper),
        ...written,
      })
      return paperId
    },
    async answerOf(officer, requestId) {
      return (await getRequest(archive.db, { officerId: officer.id, requestId })).answer as StoredAnswer | null
    },
    events: async (matterId) => (await readCaseEvents(archive.db, matterId)) as CaseEvent[],
    async until(matterId, holds) {
      const patience = Date.now() + 30_000
      while (!holds(foldCase(await readCaseEvents(archive.db, matterId)))) {
        if (Date.now() > patience)
          throw new Error(
            `Waited in vain; the case stands at ${JSON.stringify(foldCase(await readCaseEvents(archive.db, matterId)))}`,
          )
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
    },
    accountOf: (matterId) => getPayeeAccount(archive, accountOf(matterId)),
    async timePasses(ms) {
      const targetAt = addMs(await readClock(archive.db), ms)
      return (await clock.moveTo({ id: randomUUID(), targetAt, requestedBy: 'test' })).now
    },
    async ask(text, values = []) {
      return asOwner(database.url, async (owner) => (await owner.query(text, values)).rows)
    },
    async whileHeld(matterId, work) {
      return asOwner(database.url, async (owner) => {
        await owner.query('BEGIN')
        await owner.query('SELECT 1 FROM matter WHERE id = $1 FOR UPDATE', [matterId])
        try {
          return await work()
        } finally {
          await owner.query('COMMIT')
        }
      })
    },
    async close() {
      await Promise.all(running.map((workers) => workers.stop()))
      const histories = client.workflow.list({ query: '' }).intoHistories({ concurrency: 4 })
      const dataConverter = createDataConverter(target.payloadKeys)
      const { broken } = await replayHistories(histories, { workflowBundle: await bundle, dataConverter })
      // What the second fence put aside could not be replayed: that is why it did.
      const kept = await archive.db.keptHistory.findMany({ select: { runId: true } })
      const unheardOf = broken.filter(({ runId }) => !kept.some((one) => one.runId === runId))
      await Promise.all([centre.remove(), bank.remove(), client.connection.close(), archive.close()])
      await Promise.all([hands.close(), owner.close()])
      await database.drop()
      if (unheardOf.length > 0) throw new Error(`Not every history can be replayed: ${JSON.stringify(unheardOf)}`)
    },
  }
  return room
}

/** The path of a case up to the county's desk, agreed at each step. Returns the case. */
export async function caseAtCounty(room: CaseRoom): Promise<string> {
  const { matterId } = await room.apply()
  await surveyed(room, matterId)
  const assessmentId = await room.assessment(staff.leader, matterId)
  const finding = { agrees: true, assessmentId, category: null, unknownSources: [] }
  await room.act(staff.leader, matterId, { action: 'GIVE_OPINION', details: finding, papers: [['OPINION', '同意']] })
  await room.act(staff.handler, matterId, { action: 'POST_NOTICE', papers: [['NOTICE_SHEET', '{}']] })
  await room.timePasses(8 * 86_400_000)
  await room.until(matterId, ({ stage }) => stage === 'HANDING_UP')
  await room.act(staff.handler, matterId, { action: 'HAND_UP' })
  return matterId
}

/** Accepted, visited by two, and every register has answered. */
export async function surveyed(
  room: CaseRoom,
  matterId: string,
  investigators: readonly Staff[] = [staff.handler, staff.otherHandler],
): Promise<void> {
  await room.act(staff.handler, matterId, { action: 'ACCEPT' })
  const investigatorIds = investigators.map(({ id }) => id)
  await room.act(staff.handler, matterId, { action: 'BEGIN_SURVEY', details: { investigatorIds } })
  await room.until(matterId, ({ matching }) => matching !== null)
  await room.timePasses(askedAgainAfterMs)
  await room.until(matterId, (state) => pendingSources(state).length === 0)
  const sheet = JSON.stringify({ surveyed: [] })
  await room.act(staff.otherHandler, matterId, {
    action: 'COMPLETE_SURVEY',
    details: { stableIncome: true },
    papers: [['SURVEY_SHEET', sheet]],
  })
  for (const one of investigators) {
    if (one.id !== staff.otherHandler.id)
      await room.act(one, matterId, { action: 'SIGN_SURVEY', details: { agrees: true } })
  }
}

async function asOwner<T>(url: string, work: (owner: pg.Client) => Promise<T>): Promise<T> {
  const owner = createDatabaseClient(url)
  await owner.connect()
  try {
    return await work(owner)
  } finally {
    await owner.end()
  }
}

async function stopWorkers(workers: readonly Worker[], runs: readonly Promise<void>[]): Promise<void> {
  for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown()
  await Promise.all(runs)
}

function roomConfig(database: { url: string; appUrl: string }, centre: { url: string }, bank: Institution): Config {
  return loadConfig({
    DATA_DIR: path.join('.data', 'unused'),
    DATABASE_URL: database.url,
    DATABASE_APP_URL: database.appUrl,
    TEMPORAL_ADDRESS: inject('temporalAddress'),
    MATCHING_CENTRE_URL: centre.url,
    MATCHING_API_TOKEN: apiToken,
    MATCHING_CALLBACK_SECRET: callbackSecret,
    BANK_URL: bank.url,
    BANK_API_TOKEN: apiToken,
    BANK_CALLBACK_SECRET: callbackSecret,
  })
}

const accountOf = (matterId: string) => stableId(matterId, 'ACCOUNT')

type Applicant = { personId: string; identityNumber: string }

async function draftCase(archive: Archive, matterId: string): Promise<Applicant> {
  const { db } = archive
  const now = await readClock(db)
  householdsMade += 1
  const seedOfPerson = `room/${process.pid}/${householdsMade}`
  const identityNumber = anIdentityNumber({ seed: seedOfPerson, bornFrom: 1960, bornUntil: 2000, sex: 'FEMALE' })
  const personId = await personIdFor(archive, { countyId, identityNumber, now })
  const account = { accountId: accountOf(matterId), matterId, countyId, holderName: '甲', bankName: '农商行' }
  await keepPayeeAccount(archive, { ...account, accountNumber: anAccountNumber(matterId), now })
  await db.matter.create({
    data: {
      id: matterId,
      kind: 'ASSISTANCE_CASE',
      number: matterId,
      programme: 'DIBAO',
      procedureVersion: 'DIBAO-2021',
      placeId,
      countyId,
      residenceKind: 'URBAN',
      stage: 'APPLIED',
      version: 0,
      title: '甲',
      memberCount: 1,
      stageSince: new Date(now),
      createdAt: new Date(now),
    },
  })
  await db.matterPerson.create({
    data: {
      matterId,
      personId,
      programme: 'DIBAO',
      exclusive: 'APPLICATION:DIBAO',
      relation: 'APPLICANT',
      countyId,
      open: false,
    },
  })
  return { personId, identityNumber }
}

function applicationPaper({ personId, identityNumber }: Applicant, wageFen: number, handedInOn: string): string {
  const member = {
    name: '甲',
    identityNumber,
    relation: 'APPLICANT',
    birthDate: '1980-01-01',
    hukouPlaceCode: '621002',
    residesInHousehold: true,
    workCapable: false,
    property: [],
    hardships: [],
    income:
      wageFen > 0
        ? [
            {
              kind: 'WAGE',
              monthlyFen: wageFen,
            },
          ]
        : [],
  }
  return JSON.stringify({ intake: { members: [member] }, personIds: [personId], handedInOn })
}
