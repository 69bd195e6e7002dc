import { ApplicationFailure } from '@temporalio/common'
import { pendingSources } from '../domain/case/case-state.ts'
import { dutiesOf } from '../domain/case/work-at-hand.ts'
import { addMs } from '../domain/time/plain-date.ts'
import { matchingSources } from '../domain/vocabulary.ts'
import type { Archive } from '../prisma/client.ts'
import { type Dossier, withDossier } from '../prisma/stores/dossier.ts'
import { askCentreAgainAt, writeMatchingRequest } from '../prisma/stores/matching.ts'
import { readPersonsForMatching } from '../prisma/stores/persons.ts'
import type { MatchingActivities, Standing } from './contract.ts'
import { enterEvents } from './filing/enter-events.ts'
import { stableId } from '../platform/stable-id.ts'
import { bringUpToDate } from './filing/look-at-case.ts'
import { standingOf } from './filing/standing.ts'
import { enterMatchingAnswers } from './filing/what-arrived.ts'
import { GatewayRefused } from './gateways/gateway-errors.ts'
import type { MatchingCentre } from './gateways/matching-centre.ts'

/** How long a callback may be missing before the centre is asked. */
const askAgainAfterMs = 60 * 60 * 1000

/** Written, sent, asked for: the request is in the archive before the centre hears of it. */
export function createMatchingActivities(deps: { archive: Archive; centre: MatchingCentre }): MatchingActivities {
  const { archive, centre } = deps
  return {
    async requestMatching({ caseId }) {
      const request = await withDossier(archive, caseId, writeDown)
      if (request !== null) await centre.request(request).catch(failForGoodIfRefused)
      return withDossier(archive, caseId, async (dossier) => fileRequested(dossier, request?.requestId ?? null))
    },

    async askMatchingCentre({ caseId }) {
      const requestId = await withDossier(
        archive,
        caseId,
        async ({ state }) => state.matching?.matchingRequestId ?? null,
      )
      const found = requestId === null ? null : await centre.find(requestId)
      return withDossier(archive, caseId, async (dossier) => {
        return standAfterAsking(await enterMatchingAnswers(dossier, found?.answers ?? []))
      })
    },
  }
}

async function writeDown(dossier: Dossier) {
  const { tx, row, state, events, now } = dossier
  if (!dutiesOf(state).includes('REQUEST_MATCHING')) return null
  const { id: caseId, countyId, programme } = row
  const requestsBefore = events.filter(({ type }) => type === 'MATCHING_REQUESTED').length
  const requestId = stableId(caseId, 'MATCHING', requestsBefore + 1)
  await writeMatchingRequest(tx, { id: requestId, caseId, countyId, sources: matchingSources, writtenAt: now })
  const persons = await readPersonsForMatching({ db: tx, cipher: dossier.cipher }, dossier)
  return { requestId, authorisationRef: caseId, programme, persons, sources: matchingSources }
}

async function fileRequested(dossier: Dossier, requestId: string | null): Promise<Standing> {
  const { tx, state, now, today } = dossier
  if (requestId === null || !dutiesOf(state).includes('REQUEST_MATCHING')) {
    return standingOf(await bringUpToDate(dossier))
  }
  await askCentreAgainAt(tx, requestId, addMs(now, askAgainAfterMs))
  const after = await enterEvents(dossier, [
    {
      eventId: stableId(requestId, 'REQUESTED'),
      fact: { type: 'MATCHING_REQUESTED', data: { matchingRequestId: requestId, sources: [...matchingSources] } },
      occurredOn: today,
      actor: null,
      action: null,
      cause: { kind: 'PROCEDURE', id: requestId },
      papers: [],
    },
  ])
  return standingOf(await bringUpToDate(after))
}

async function standAfterAsking(dossier: Dossier): Promise<Standing> {
  const { state, tx, now } = dossier
  if (state.matching !== null) {
    const waiting = pendingSources(state).length > 0
    await askCentreAgainAt(tx, state.matching.matchingRequestId, waiting ? addMs(now, askAgainAfterMs) : null)
  }
  return standingOf(await bringUpToDate(dossier))
}

/** A time-out is tried again under the same number; a refusal by the centre needs a person. */
function failForGoodIfRefused(error: unknown): never {
  if (error instanceof GatewayRefused) throw ApplicationFailure.nonRetryable(error.message, 'MATCHING_REFUSED')
  throw error
}
