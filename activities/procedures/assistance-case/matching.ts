import { pendingSources } from '../../../domain/procedures/assistance-case/state.ts'
import { type CaseDuty, dutiesOf } from '../../../domain/procedures/assistance-case/duties.ts'
import { addMs } from '../../../domain/time/plain-date.ts'
import { matchingSources } from '../../../domain/vocabulary.ts'
import type { Archive } from '../../../prisma/client.ts'
import {
  asCase,
  type LockedCase,
  type LockedMatter,
  withLockedCase,
} from '../../../prisma/stores/matter/locked-matter.ts'
import { askCentreAgainAt, writeMatchingRequest } from '../../../prisma/stores/household/matching.ts'
import { readPersonsForMatching } from '../../../prisma/stores/household/persons.ts'
import type { MatchingActivities, MatterStatus } from '../../contract.ts'
import { boundedDuty, type DutyTowards } from '../../bounded-duty.ts'
import { appendEvents } from '../../filing/append-events.ts'
import { stableId } from '../../../platform/stable-id.ts'
import { bringUpToDate } from '../../filing/look-at-case.ts'
import { statusOf } from '../../filing/status.ts'
import { takeAnswers } from '../../filing/inbox.ts'
import type { MatchingCentre } from '../../gateways/matching-centre.ts'

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
    requestMatching: boundedDuty(archive, towardsCentre('REQUEST_MATCHING'), async ({ caseId: matterId }) => {
      await withLockedCase(archive, matterId, enterRequested)
      return askOrSend(matterId)
    }),
    askMatchingCentre: boundedDuty(archive, towardsCentre('ASK_MATCHING_CENTRE'), async ({ caseId: matterId }) =>
      askOrSend(matterId),
    ),
  }

  /** Asks first: a worker that died after sending left no trace here, and what the centre forgot is sent again. */
  async function askOrSend(matterId: string): Promise<MatterStatus> {
    const requestId = await withLockedCase(
      archive,
      matterId,
      async ({ state }) => state.matching?.matchingRequestId ?? null,
    )
    const found = requestId === null ? null : await centre.find(requestId)
    if (requestId !== null && found === null) await send(matterId, requestId)
    return withLockedCase(archive, matterId, async (matter) =>
      standAfterAsking(asCase(await takeAnswers(matter, piecesOf(found?.answers ?? [])))),
    )
  }

  async function send(matterId: string, requestId: string): Promise<void> {
    const persons = await withLockedCase(archive, matterId, async (matter) =>
      readPersonsForMatching({ db: matter.tx, cipher: matter.cipher }, matter),
    )
    const request = {
      requestId,
      authorisationRef: matterId,
      programme: 'DIBAO',
      persons,
      sources: matchingSources,
    } as const
    await centre.request(request)
  }
}

function towardsCentre(duty: CaseDuty): DutyTowards {
  const aboutOf = (matter: LockedMatter) => asCase(matter).state.matching?.matchingRequestId ?? null
  return { duty, source: 'MATCHING_CENTRE', aboutOf }
}

/** What the centre said when it was asked, as pieces of news. */
function piecesOf(answers: readonly unknown[]) {
  return answers.map((body) => ({ source: 'MATCHING_CENTRE' as const, body }))
}

async function enterRequested(matter: LockedCase): Promise<LockedMatter> {
  const { tx, row, state, events, now, today } = matter
  if (!dutiesOf(state).includes('REQUEST_MATCHING')) return matter
  const requestsBefore = events.filter(({ type }) => type === 'MATCHING_REQUESTED').length
  const id = stableId(row.id, 'MATCHING', requestsBefore + 1)
  await writeMatchingRequest(tx, {
    id,
    matterId: row.id,
    countyId: row.countyId,
    sources: matchingSources,
    writtenAt: now,
  })
  // While this activity sends, nobody else need ask; should it be lost with its engine, the question is taken up soon.
  await askCentreAgainAt(tx, id, addMs(now, takeUpAfterMs))
  return appendEvents(matter, [
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

async function standAfterAsking(matter: LockedCase): Promise<MatterStatus> {
  const { state, tx, now } = matter
  if (state.matching !== null) {
    const waiting = pendingSources(state).length > 0
    await askCentreAgainAt(tx, state.matching.matchingRequestId, waiting ? addMs(now, askAgainAfterMs) : null)
  }
  return statusOf(await bringUpToDate(matter))
}
