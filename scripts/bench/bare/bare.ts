import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { createMatchingCentre } from '../../../activities/gateways/matching-centre.ts'
import { matchingSources } from '../../../domain/vocabulary.ts'
import type { Stage } from '../../../domain/procedures/words.ts'
import { stableId } from '../../../platform/stable-id.ts'
import { readClock } from '../../../prisma/stores/system/clock.ts'
import type { BenchCase } from '../bench-case.ts'
import type { Build } from '../build.ts'
import { answersOf, matchingRequestIdOf } from '../centre.ts'
import { readPosts } from '../counter.ts'
import { countyId, paperBody, placeId } from '../household.ts'
import type { Step } from '../path.ts'
import type { Site } from '../site.ts'
import { type BareDatabase, openBareDatabase, type Run } from './database.ts'
import { enter } from './enter.ts'
import { deskOf, type Transition, transitions } from './transitions.ts'

const clients = 20
/** About as long as what our rules write about a household of one. */
const assessmentBody = JSON.stringify({ assessment: 'x'.repeat(3_000) })
const placeChain = [placeId, 'qingyang-xifeng-beijie', countyId, 'qingyang', 'gansu', 'CN']

/** The same rows by hand-written SQL: a state column, a table of transitions, and nothing that survives a crash half-way. */
export async function openBare({ archive, config, databaseUrl }: Site): Promise<Build> {
  const database = openBareDatabase(databaseUrl, clients)
  const posts = await readPosts(archive)
  const { url, apiToken: token } = config.matchingCentre
  const centre = createMatchingCentre({ url, token, timeoutMs: 10_000 })

  async function keepPaper({ matterId }: BenchCase, officerId: string, kind: string, body: string): Promise<string> {
    const paperId = randomUUID()
    const salt = randomBytes(16)
    const digest = createHash('sha256').update(salt).update(body).digest('hex')
    const sealed = archive.cipher.seal(body, { table: 'paper', column: 'bodyCipher', rowId: paperId })
    await database.run('keepPaper', paperId, matterId, countyId, kind, digest, salt, sealed, body.length, officerId)
    return paperId
  }

  return {
    async prepare(theCase, { officerId, papers, assesses }) {
      const now = await readClock(archive.db)
      if (assesses) theCase.assessmentId = await keepPaper(theCase, officerId, 'ASSESSMENT', assessmentBody)
      theCase.paperIds = []
      for (const kind of papers) {
        theCase.paperIds.push(await keepPaper(theCase, officerId, kind, paperBody(kind, theCase, now)))
      }
    },
    async act(theCase, step) {
      const requestId = randomUUID()
      const postId = posts.get(step.officerId) as string
      const content = JSON.stringify({ details: step.details(theCase), paperIds: theCase.paperIds })
      const { action, officerId } = step
      const received = [officerId, requestId, action, stableId(content), content, theCase.matterId, postId]
      await database.run('receive', ...received)
      theCase.version = await file(database, theCase, step, { requestId, postId })
    },
    async match(theCase) {
      const { matterId } = theCase
      const requestId = matchingRequestIdOf(matterId)
      await database.run('requestMatching', requestId, matterId, countyId, [...matchingSources])
      const persons = [{ personRef: theCase.personId, name: '某某', identityNumber: '62100219800101000X' }]
      const common = { authorisationRef: matterId, programme: 'DIBAO', sources: matchingSources } as const
      await centre.request({ ...common, requestId, persons })
      await enterAsSystem(database, theCase, [{ type: 'MATCHING_REQUESTED', id: requestId }], ['MATCHING_REPORT'], [])
      const answers = await answersOf(archive, matterId)
      for (const answer of answers) {
        const rowId = `MATCHING_CENTRE ${answer.callbackId}`
        const place = { table: 'callback', column: 'bodyCipher', rowId }
        const sealed = archive.cipher.seal(JSON.stringify(answer), place)
        await database.run('keepCallback', answer.callbackId, matterId, countyId, sealed)
      }
      const news = answers.map(({ callbackId }) => ({ type: 'MATCHING_ANSWERED', id: callbackId }))
      await enterAsSystem(database, theCase, news, [], ['MATCHING_REPORT'])
    },
    pids: {},
    close: database.close,
  }
}

async function file(
  database: BareDatabase,
  { matterId }: BenchCase,
  { action, officerId }: Step,
  { requestId, postId }: { requestId: string; postId: string },
): Promise<number> {
  const transition = transitions[action] as Transition
  return database.transaction(async (run) => {
    const [row] = await run<{ stage: Stage; version: number }>('lockCase', matterId)
    const [request] = await run<{ content: { details: object; paperIds: string[] } }>(
      'readRequest',
      officerId,
      requestId,
    )
    const [officer] = await run<{ role: string; officeId: string; capacityHeld: string | null }>(
      'officer',
      postId,
      officerId,
      matterId,
    )
    if (!row || !request || row.stage !== transition.from || officer?.role !== transition.role) {
      throw new Error(`${action} is not allowed at ${row?.stage}`)
    }
    if (officer.capacityHeld !== null && officer.capacityHeld !== transition.capacity) throw new Error('other capacity')
    const { details, paperIds } = request.content
    const papers = paperIds.length === 0 ? [] : await run('papers', matterId, paperIds)
    const { type, to, role, capacity } = transition
    const eventId = stableId(officerId, requestId)
    const version = row.version + 1
    const actor = { officerId, postId, officeId: officer.officeId, role, capacity }
    const cause = { kind: 'REQUEST', id: requestId }
    await enter(run, [{ eventId, matterId, seq: version, type, data: details, ...actor, cause, papers, action }])
    await run('moveCase', matterId, version, to, row.version)
    if (row.version === 0 || to === 'CLOSED') await run('showPersons', matterId, to !== 'CLOSED')
    if (row.version === 0 || to !== row.stage) await moveTask(run, { matterId, officerId, action, eventId, to })
    if (transition.starts.length > 0) await run('startLimits', matterId, countyId, placeId, transition.starts)
    if (transition.stops.length > 0) await run('stopLimits', matterId, transition.stops)
    await run('join', matterId, officerId, capacity, countyId, eventId)
    await run('answer', officerId, requestId, JSON.stringify({ outcome: 'FILED', matterId, eventId, version }))
    return version
  })
}

async function moveTask(
  run: Run,
  at: { matterId: string; officerId: string; action: string; eventId: string; to: Stage },
): Promise<void> {
  const { matterId, officerId, action, eventId, to } = at
  await run('closeTasks', matterId, officerId, action, to)
  const desk = deskOf[to]
  if (!desk) return
  await run('openTask', `${eventId}.0`, matterId, countyId, placeId, to, desk.kind, desk.role, placeChain)
}

async function enterAsSystem(
  database: BareDatabase,
  theCase: BenchCase,
  news: readonly { type: string; id: string }[],
  starts: readonly string[],
  stops: readonly string[],
): Promise<void> {
  const { matterId } = theCase
  await database.transaction(async (run) => {
    const [row] = await run<{ stage: Stage; version: number }>('lockCase', matterId)
    if (!row) throw new Error(`No case ${matterId}`)
    if (stops.length > 0) await run('takeCallbacks', matterId)
    const nobody = { officerId: null, postId: null, officeId: null, role: null, capacity: null }
    const events = news.map(({ type, id }, index) => {
      const seq = row.version + index + 1
      const cause = { kind: 'CALLBACK', id }
      return {
        eventId: stableId(id, type),
        matterId,
        seq,
        type,
        data: { id },
        ...nobody,
        cause,
        papers: [],
        action: type,
      }
    })
    await enter(run, events)
    theCase.version = row.version + news.length
    await run('moveCase', matterId, theCase.version, row.stage, row.version)
    if (starts.length > 0) await run('startLimits', matterId, countyId, placeId, starts)
    if (stops.length > 0) await run('stopLimits', matterId, stops)
  })
}
