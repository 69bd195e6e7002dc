import { actsAt } from '../../domain/procedures/authority.ts'
import type { Refusal } from '../../domain/matter/refusals.ts'
import type { Action } from '../../domain/procedures/words.ts'
import type { Archive } from '../../prisma/client.ts'
import { chainAudit } from '../../prisma/stores/system/audit.ts'
import { isCaseClosed } from '../../prisma/stores/matter/case-status.ts'
import { raiseEngineAlarm } from '../../prisma/stores/oversight/engine-alarms.ts'
import { withLockedMatterAsItIs } from '../../prisma/stores/matter/locked-matter.ts'
import { citePapers } from '../../prisma/stores/matter/papers.ts'
import { answerRequest, getRequest, type RequestKey, type StoredAnswer } from '../../prisma/stores/matter/requests.ts'
import type { ActResult } from '../../workflows/shared/matter-contract.ts'
import { ActFailed, type MatterClient, type CourtesyRefusal } from './matter-client.ts'
import { fault, refusal } from '../http/problem.ts'

type FiledAnswer = Extract<StoredAnswer, { outcome: 'FILED' }>

type HandedOver = RequestKey & { matterId: string; action: Action }

/**
 * Hands a request that is written down to the procedure of its case and gives the stored answer: the same for every
 * time it is sent.
 * @throws the refusal, EngineUnavailable when nothing is known yet; the request stays and may be sent again.
 */
export async function handOver(
  { archive, desk }: { archive: Archive; desk: MatterClient },
  { matterId, action, officerId, requestId }: HandedOver,
): Promise<FiledAnswer> {
  const key = { officerId, requestId }
  const before = await findAnswer(archive, key)
  if (before !== null) return filedOrThrow(before)
  const told = (await isCaseClosed(archive.db, matterId))
    ? closed
    : await askDesk(desk, { matterId, action, officerId, requestId }).catch(async (error: unknown) => {
        // The desk may not know what became of the act while the archive does: what is stored is the true answer.
        if ((await findAnswer(archive, key)) !== null) return null
        // Closed between the look and the asking: its procedure has ended and cannot say so itself.
        if (await isCaseClosed(archive.db, matterId)) return closed
        if (error instanceof ActFailed) await tellOfFailedAct(archive, matterId)
        throw error
      })
  if (told?.outcome === 'COURTESY_REFUSED')
    await refuseBeforeFiling(archive, key, matterId, { code: told.code }, courtesyStands)
  const stored = await findAnswer(archive, key)
  if (stored === null) throw fault('tryAgain', { retryAfterSeconds: 5 })
  return filedOrThrow(stored)
}

/** The answer does not depend on whether anybody could be told. */
async function tellOfFailedAct(archive: Archive, matterId: string): Promise<void> {
  await raiseEngineAlarm(archive, { kind: 'ACT_FAILED', subject: matterId, matterId }).catch(() => false)
}

const closed: CourtesyRefusal = { outcome: 'COURTESY_REFUSED', code: 'caseClosed' }

async function askDesk(desk: MatterClient, { matterId, ...request }: HandedOver): Promise<ActResult | CourtesyRefusal> {
  return request.action === 'SUBMIT' ? desk.submit(matterId, request) : desk.act(matterId, request)
}

async function findAnswer(archive: Archive, key: RequestKey): Promise<StoredAnswer | null> {
  return (await getRequest(archive.db, key)).answer as StoredAnswer | null
}

function filedOrThrow(answer: StoredAnswer): FiledAnswer {
  if (answer.outcome === 'REFUSED') throw refusal(answer.refusal)
  return answer
}

/**
 * A refusal that never came to filing is an answer all the same: stored once, and audited like the others. What `stands`
 * no longer holds when the case is looked at under its lock is no answer, and the same request may be sent again.
 */
export async function refuseBeforeFiling(
  archive: Archive,
  key: RequestKey,
  matterId: string,
  { code, detail = {} }: Refusal,
  stands: (request: { action: string }, at: { kind: string; stage: string }) => boolean = () => true,
): Promise<void> {
  await withLockedMatterAsItIs(archive, matterId, async ({ tx, row, state, now }) => {
    const request = await getRequest(tx, key)
    if (request.answer !== null || !stands(request, row)) return
    const refused = { code, detail: { stage: state.stage, ...detail } }
    const { version } = state
    const { paperIds = [] } = request.content as { paperIds?: string[] }
    await answerRequest(tx, key, { outcome: 'REFUSED', matterId, refusal: refused, version }, now)
    await chainAudit(tx, `case:${matterId}`, [
      {
        at: now,
        officerId: key.officerId,
        postId: request.postId,
        officeId: null,
        role: null,
        placeId: row.placeId,
        action: request.action,
        result: 'REFUSED',
        subject: matterId,
        eventId: null,
        detail: { ...refused, papers: await citePapers(tx, matterId, paperIds) },
      },
    ])
  })
}

/** The courtesy may have been behind the archive. */
function courtesyStands({ action }: { action: string }, { kind, stage }: { kind: string; stage: string }): boolean {
  return !actsAt(kind, stage).includes(action)
}
