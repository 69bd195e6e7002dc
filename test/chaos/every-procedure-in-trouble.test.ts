import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { connectClient } from '../../platform/temporal.ts'
import { keepHistoryOf } from '../support/kept-histories.ts'
import { violationsIn } from './support/lawful.ts'
import { type OwnStack, startOwnStack } from './support/own-stack.ts'
import { patientFetch } from './support/patient-fetch.ts'
import { untilQuiet } from './support/until-quiet.ts'
import { type Subject, subjectsOf } from './trouble/subjects.ts'
import { troubles } from './trouble/troubles.ts'

/** Low, so that a procedure starts afresh in the middle of all this; the engine's own is 4,096 events. */
const eventsBeforeAFreshStart = 40

describe('every procedure, with acts under way while', () => {
  let own: OwnStack
  let subjects: Subject[]

  beforeAll(async () => {
    own = await startOwnStack('trouble', { 'limit.historyCount.suggestContinueAsNew': eventsBeforeAFreshStart })
    vi.stubGlobal('fetch', patientFetch(own.stack.urls.api))
    subjects = Object.values(subjectsOf(own))
  })

  afterAll(async () => {
    vi.unstubAllGlobals()
    // Stopping replays every history that was made here.
    await own?.close()
  })

  const forEach = async (what: (subject: Subject) => Promise<void>) => Promise.all(subjects.map(what))

  it.each(Object.entries(troubles))(
    '%s: is taken up after a restart, and the next act is filed',
    async (_, happens) => {
      for (const subject of subjects) await subject.begins()
      const acting = forEach((subject) => subject.acts())
      await pause(50)
      await Promise.all([acting, happens(own)])
      await own.stack.restart('worker')
      await forEach((subject) => subject.acts())
      await untilQuiet(own)
      for (const subject of subjects) await subject.holds()
    },
  )

  it('ends with no procedure failed, some begun afresh, and every law kept', async () => {
    const { config, urls } = own.stack
    const { namespace } = config.temporal
    const client = await connectClient({ address: urls.temporalAddress, namespace, payloadKeys: config.keys.payload })
    try {
      expect((await client.workflow.count(`ExecutionStatus = 'Failed'`)).count).toBe(0)
      const begunAfresh = client.workflow.list({ query: `ExecutionStatus = 'ContinuedAsNew'` })[Symbol.asyncIterator]()
      const { value: first } = await begunAfresh.next()
      expect(first).toBeDefined()
      await keepHistoryOf(client, first.workflowId, 'begun-afresh', first.runId)
    } finally {
      await client.connection.close()
    }
    expect(await violationsIn(own, 0)).toEqual([])
  })
})
