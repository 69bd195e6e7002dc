import { ApplicationFailure } from '@temporalio/common'
import { z } from 'zod'
import type { CitedPaper } from '../../domain/matter/facts.ts'
import type { Command } from '../../domain/matter/acts.ts'
import { judge } from '../../domain/matter/judge.ts'
import { type Refusal, refuse } from '../../domain/matter/refusals.ts'
import type { PlainDate } from '../../domain/time/plain-date.ts'
import type { Role } from '../../domain/vocabulary.ts'
import { type Action, actions } from '../../domain/procedures/words.ts'
import { faultsOf } from '../../platform/callbacks/faults-of.ts'
import type { Archive } from '../../prisma/client.ts'
import { findActingOfficer } from '../../prisma/stores/matter/acting-officer.ts'
import { chainAudit } from '../../prisma/stores/system/audit.ts'
import { type LockedMatter, withLockedMatter } from '../../prisma/stores/matter/locked-matter.ts'
import { joinCase } from '../../prisma/stores/matter/participation.ts'
import { answerRequest, type ReceivedRequest, type StoredAnswer } from '../../prisma/stores/matter/requests.ts'
import { mayBeRace, type Poison, poisonOf } from '../../prisma/stores/system/savepoint.ts'
import { type SetAside, setAside } from '../../prisma/stores/matter/set-aside.ts'
import type { FilingAnswer } from '../contract.ts'
import { appendEvents } from './append-events.ts'
import { loadCircumstances } from './circumstances.ts'
import { stableId } from '../../platform/stable-id.ts'
import { bringUpToDate } from './look-at-case.ts'
import { statusOf } from './status.ts'
import { recordElapsedDeadlines } from './elapsed-deadlines.ts'

export type FileActInput = { matterId: string; officerId: string; requestId: string; knownVersion: number }

/** What the counter wrote down of an act: the command, and the papers that go with it. */
export type ActContent = {
  action: Action
  details: Command['details']
  versionSeen: number
  occurredOn: PlainDate
  paperIds: string[]
  inBulk?: true
}

/** The form that every stored act has, whatever its details are. */
const StoredContent = z.object({
  action: z.enum(actions),
  details: z.record(z.string(), z.unknown()),
  versionSeen: z.int(),
  occurredOn: z.string(),
  paperIds: z.array(z.string()),
})

/**
 * Files an act: under the case's lock, in one transaction, judged against what the archive holds at this moment. Sent
 * twice it is filed once. A refusal leaves no event; it is stored as the answer and audited.
 */
export async function fileAct(archive: Archive, input: FileActInput, limitMs?: number): Promise<FilingAnswer> {
  let tried = await tryToFile(archive, input, limitMs)
  // Whoever wrote the same key has committed by now, so that the second time it is seen and judged.
  if ('poison' in tried && mayBeRace(tried.poison)) tried = await tryToFile(archive, input, limitMs)
  if ('done' in tried) return tried.done
  const { poison, isOfTheAct } = tried
  if (!isOfTheAct || !isOfValues(poison)) throw ApplicationFailure.nonRetryable(poison.code, filingFailed)
  // Nothing of it was written. What can never be filed is answered in a transaction of its own.
  const why = { reason: poison.kind, faults: [poison.code] }
  return withLockedMatter(archive, input.matterId, (matter) => refuseUnlessAnswered(matter, why), {
    limitMs,
    request: input,
  })
}

type Tried = { done: FilingAnswer } | { poison: Poison; isOfTheAct: boolean }

/** Files in one transaction. What it cannot get over is told with whether the act brought it or what the case held before. */
async function tryToFile(archive: Archive, input: FileActInput, limitMs?: number): Promise<Tried> {
  let isOfTheAct = false
  const begin = () => {
    isOfTheAct = true
  }
  try {
    return {
      done: await withLockedMatter(archive, input.matterId, (matter) => fileIn(matter, input, begin), {
        limitMs,
        request: input,
      }),
    }
  } catch (error) {
    const poison = poisonOf(error)
    if (poison === null) throw error
    return { poison, isOfTheAct }
  }
}

async function fileIn(matter: LockedMatter, input: FileActInput, begin: () => void): Promise<FilingAnswer> {
  const request = requestIn(matter)
  if (request.answer !== null) return answerAgain(matter, request.answer as StoredAnswer)
  if (input.knownVersion < matter.state.version) return sayWhatIsMissing(matter, input.knownVersion)
  const current = await bringUpToDate(matter)
  begin()
  const form = StoredContent.safeParse(request.content)
  if (!form.success) return refuseForGood(current, request, { reason: 'NOT_UNDERSTOOD', faults: faultsOf(form.error) })
  return judgeAndFile(current, request)
}

async function refuseUnlessAnswered(
  matter: LockedMatter,
  why: Pick<SetAside, 'reason' | 'faults'>,
): Promise<FilingAnswer> {
  const request = requestIn(matter)
  if (request.answer !== null) return answerAgain(matter, request.answer as StoredAnswer)
  return refuseForGood(matter, request, why)
}

/** @throws when nobody wrote the request down: every act begins with its row. */
function requestIn({ request }: LockedMatter): ReceivedRequest {
  if (request === null) throw new Error('An act is filed from the request that was written down')
  return request
}

/** Nobody foresaw it, and it is not for the officer to mend: the act has no answer and may be sent again. */
export const filingFailed = 'FilingFailed'

/** Of class 22: no database holds such a value. Anything else, a constraint as well, says that our own code is at fault. */
function isOfValues({ code }: Poison): boolean {
  return /^22[0-9A-Z]{3}$/.test(code)
}

async function judgeAndFile(matter: LockedMatter, request: ReceivedRequest): Promise<FilingAnswer> {
  const content = request.content as unknown as ActContent
  const command = { ...content, requestId: request.requestId } as Command
  const officer = await findActingOfficer(matter, request)
  if (officer === null) return refuseAct(matter, request, { officeId: null, role: null }, refuse('postNotHeld'))

  const circumstances = await loadCircumstances(matter, officer, command, content.paperIds)
  const judgement = judge(matter.procedure, command, matter.state, circumstances)
  if ('refusal' in judgement) return refuseAct(matter, request, officer, judgement.refusal, circumstances.papers)

  const { officerId, role, officeId, standsInFor } = officer
  const { fact, capacity } = judgement
  const eventId = stableId(officerId, request.requestId)
  const after = await appendEvents(matter, [
    {
      eventId,
      fact,
      occurredOn: command.occurredOn,
      actor: { officerId, postId: request.postId, officeId, role, capacity, standsInFor },
      action: command.action,
      cause: { kind: 'REQUEST', id: request.requestId },
      papers: circumstances.papers,
    },
  ])
  if (officer.capacityHeld === null && capacity !== null)
    await joinCase(matter.tx, { matterId: matter.row.id, countyId: matter.row.countyId, officerId, capacity, eventId })
  const answer: StoredAnswer = {
    outcome: 'FILED',
    matterId: matter.row.id,
    eventId,
    version: after.state.version,
    ...(standsInFor === null ? {} : { standsInFor }),
  }
  await answerRequest(matter.tx, request, answer, matter.now)
  return { outcome: 'FILED', standing: await statusOf(await recordElapsedDeadlines(after)) }
}

/** Content that can never be filed is told so at once; a person sees what it was, for the counter should not have let it in. */
async function refuseForGood(
  matter: LockedMatter,
  request: ReceivedRequest,
  why: Pick<SetAside, 'reason' | 'faults'>,
): Promise<FilingAnswer> {
  const { requestId, action, content } = request
  const body = { action, content }
  await setAside(matter, [{ source: 'COUNTER', ...why, about: requestId, body }])
  return refuseAct(matter, request, { officeId: null, role: null }, refuse('contentNotStorable'))
}

async function refuseAct(
  matter: LockedMatter,
  request: ReceivedRequest,
  { officeId, role }: { officeId: string | null; role: Role | null },
  refusal: Refusal,
  papers: readonly CitedPaper[] = [],
): Promise<FilingAnswer> {
  const { tx, row, now, state } = matter
  const { officerId, postId } = request
  await answerRequest(tx, request, { outcome: 'REFUSED', matterId: row.id, refusal, version: state.version }, now)
  await chainAudit(tx, `case:${row.id}`, [
    {
      at: now,
      officerId,
      postId,
      officeId,
      role,
      placeId: row.placeId,
      action: request.action,
      result: 'REFUSED',
      subject: row.id,
      eventId: null,
      // What was handed in with it lies in the case all the same.
      detail: { ...refusal, papers },
    },
  ])
  return { outcome: 'REFUSED', code: refusal.code, standing: await statusOf(matter) }
}

async function answerAgain(matter: LockedMatter, stored: StoredAnswer): Promise<FilingAnswer> {
  const standing = await statusOf(matter)
  return stored.outcome === 'FILED'
    ? { outcome: 'ALREADY_FILED', standing }
    : { outcome: 'REFUSED', code: stored.refusal.code, standing }
}

async function sayWhatIsMissing(matter: LockedMatter, knownVersion: number): Promise<FilingAnswer> {
  const missing = matter.events.filter((event) => event.seq > knownVersion)
  const standing = await statusOf(matter)
  return { outcome: 'BEHIND', missing: missing.map(({ seq, type }) => ({ seq, type })), standing }
}
