import { refuse } from '../../domain/case/refusals.ts'
import { dayOf } from '../../domain/time/plain-date.ts'
import type { Archive } from '../../prisma/client.ts'
import { chainAudit } from '../../prisma/stores/audit.ts'
import { readClock } from '../../prisma/stores/clock.ts'
import { lockCase } from '../../prisma/stores/lock-case.ts'
import { findSupervisionItem, markSeen } from '../../prisma/stores/overdue.ts'
import { caseScopeOf } from '../../prisma/stores/scope.ts'
import { once } from '../once.ts'
import { fault, refusal } from '../problem.ts'
import type { Ask } from '../route.ts'

type SeenAsk = Pick<Ask, 'asker' | 'requestId' | 'contentDigest'> & { params: { supervisionItemId: string } }

/** Notes that the level to which a breach was shown has looked. The task stays where it is. */
export async function noteSeen(archive: Archive, ask: SeenAsk) {
  const { asker, params } = ask
  const { supervisionItemId } = params
  const { officerId, postId, officeId, role } = asker
  const scope = await caseScopeOf(archive.db, asker, dayOf(await readClock(archive.db)))
  const item = await findSupervisionItem(archive.db, supervisionItemId, scope)
  if (item === null) throw fault('notFound')
  if (item.shownTo !== asker.officeLevel) throw refusal(refuse('notYourRole', { shownTo: item.shownTo }))
  const { caseId, placeId } = item
  return once(archive, ask, { action: 'SEE_BREACH', caseId }, async (db) => {
    await lockCase(db, caseId)
    const at = await readClock(db)
    const { seenBy, seenAt } = await markSeen(db, supervisionItemId, officerId, at)
    const actor = { officerId, postId, officeId, role, placeId }
    await chainAudit(db, `case:${caseId}`, [
      {
        at,
        ...actor,
        action: 'SEE_BREACH',
        result: 'DONE',
        subject: caseId,
        eventId: null,
        detail: { supervisionItemId },
      },
    ])
    return { supervisionItemId, seenBy, seenAt }
  })
}
