import { pendingSources } from '../domain/case/case-state.ts'
import { dutiesOf } from '../domain/case/work-at-hand.ts'
import { addMs } from '../domain/time/plain-date.ts'
import { matchingSources } from '../domain/vocabulary.ts'
import type { Archive } from '../prisma/client.ts'
import { type Dossier, withDossier } from '../prisma/stores/dossier.ts'
import { askCentreAgainAt, writeMatchingRequest } from '../prisma/stores/matching.ts'
import { readPersonsForMatching } from '../prisma/stores/persons.ts'
import type { MatchingActivities, Standing } from './contract.ts'
import { boundedDuty } from './bounded-duty.ts'
import { enterEvents } from './filing/enter-events.ts'
import { stableId } from '../platform/stable-id.ts'
import { bringUpToDate } from './filing/look-at-case.ts'
import { standingOf } from './filing/standing.ts'
import { enterMatchingAnswers } from './filing/what-arrived.ts'
import type { MatchingCentre } from './gateways/matching-centre.ts'

/** How long a callback may be missing before the centre is asked. */
const askAgainAfterMs = 60 * 60 * 1000
const takeUpAfterMs = 30_000

/**
 * Written, sent, asked for: the request is in the case's log before the centre hears of it, so that no answer comes to a
 * case that does not know of its question, and a centre that is away is waited for under the limit of its report.
 */
export function createMatchingActivities(deps: { archive: Archive; centre: MatchingCentre }): MatchingActivities {
  const { archive, centre } = deps
  return {
    requestMatching: boundedDuty(archive, 'REQUEST_MATCHING', async ({ caseId }) => {
      await withDossier(archive, caseId, enterRequested)
      return askOrSend(caseId)
    }),
    askMatchingCentre: boundedDuty(archive, 'ASK_MATCHING_CENTRE', async ({ caseId }) => askOrSend(caseId)),
  }

  /** Asks first: a worker that died after sending left no trace here, and what the centre forgot is sent again. */
  async function askOrSend(caseId: string): Promise<Standing> {
    const requestId = await withDossier(archive, caseId, async ({ state }) => state.matching?.matchingRequestId ?? null)
    const found = requestId === null ? null : await centre.find(requestId)
    if (requestId !== null && found === null) await send(caseId, requestId)
    return withDossier(archive, caseId, async (dossier) =>
      standAfterAsking(await enterMatchingAnswers(dossier, found?.answers ?? [])),
    )
  }

  async function send(caseId: string, requestId: string): Promise<void> {
    const persons = await withDossier(archive, caseId, async (dossier) =>
      readPersonsForMatching({ db: dossier.tx, cipher: dossier.cipher }, dossier),
    )
    const request = {
      requestId,
      authorisationRef: caseId,
      programme: 'DIBAO',
      persons,
      sources: matchingSources,
    } as const
    await centre.request(request)
  }
}

async function enterRequested(dossier: Dossier): Promise<Dossier> {
  const { tx, row, state, events, now, today } = dossier
  if (!dutiesOf(state).includes('REQUEST_MATCHING')) return dossier
  const requestsBefore = events.filter(({ type }) => type === 'MATCHING_REQUESTED').length
  const id = stableId(row.id, 'MATCHING', requestsBefore + 1)
  await writeMatchingRequest(tx, {
    id,
    caseId: row.id,
    countyId: row.countyId,
    sources: matchingSources,
    writtenAt: now,
  })
  // While this activity sends, nobody else need ask; should it be lost with its engine, the question is taken up soon.
  await askCentreAgainAt(tx, id, addMs(now, takeUpAfterMs))
  return enterEvents(dossier, [
    {
      eventId: stableId(id, 'REQUESTED'),
      fact: { type: 'MATCHING_REQUESTED', data: { matchingRequestId: id, sources: [...matchingSources] } },
      occurredOn: today,
      actor: null,
      action: null,
      cause: { kind: 'PROCEDURE', id },
      papers: [],
    },
  ])
}

async function standAfterAsking(dossier: Dossier): Promise<Standing> {
  const { state, tx, now } = dossier
  if (state.matching !== null) {
    const waiting = pendingSources(state).length > 0
    await askCentreAgainAt(tx, state.matching.matchingRequestId, waiting ? addMs(now, askAgainAfterMs) : null)
  }
  return standingOf(await bringUpToDate(dossier))
}
