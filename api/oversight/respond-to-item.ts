import type { CitedPaper } from '../../domain/matter/facts.ts'
import { dayOf, type Instant } from '../../domain/time/plain-date.ts'
import { stableId } from '../../platform/stable-id.ts'
import type { Archive } from '../../prisma/client.ts'
import { chainAudit } from '../../prisma/stores/system/audit.ts'
import { readClock } from '../../prisma/stores/system/clock.ts'
import { lockCase } from '../../prisma/stores/matter/lock-matter.ts'
import { keepPaper } from '../../prisma/stores/matter/papers.ts'
import { refuseRecused } from '../../prisma/stores/matter/recusals.ts'
import { areaOf } from '../../prisma/stores/matter/scope.ts'
import { findAddressedItem, keepAnswer, noteReceipt } from '../../prisma/stores/oversight/supervision-items.ts'
import { once } from '../http/once.ts'
import { fault } from '../http/problem.ts'
import type { Ask } from '../http/route.ts'
import { auditRecusal } from '../matters/audit-recusal.ts'

type ItemAsk = Pick<Ask, 'asker' | 'requestId' | 'contentDigest'> & { params: { supervisionItemId: string } }

/** Notes that whoever asks saw what their post was shown. The task stays where it is. */
export async function noteSeen(archive: Archive, ask: ItemAsk) {
  return respond(archive, ask, 'SEE_SUPERVISION', async ({ db, itemId, at }) => {
    const { officerId, postId } = ask.asker
    const seenAt = await noteReceipt(db, { itemId, officerId, postId, seenAt: at })
    return { answer: { supervisionItemId: itemId, seenAt }, papers: [] }
  })
}

/** Keeps what is answered to an item, as a paper of its case. To answer is to have seen. */
export async function answerItem(archive: Archive, ask: ItemAsk & { body: { text: string } }) {
  return respond(archive, ask, 'ANSWER_SUPERVISION', async ({ db, itemId, matterId, countyId, at }) => {
    const { officerId, postId } = ask.asker
    const paperId = stableId(officerId, ask.requestId, 'SUPERVISION_ANSWER')
    const paper = await keepPaper(
      { db, cipher: archive.cipher },
      {
        paperId,
        matterId,
        countyId,
        kind: 'SUPERVISION_ANSWER',
        body: JSON.stringify({ text: ask.body.text }),
        contentType: 'application/json',
        writtenBy: officerId,
        writtenAt: at,
      },
    )
    await noteReceipt(db, { itemId, officerId, postId, seenAt: at })
    const answerId = stableId(officerId, ask.requestId, itemId)
    await keepAnswer(db, { id: answerId, itemId, officerId, postId, paperId, answeredAt: at })
    return { answer: { supervisionItemId: itemId, answerId, answeredAt: at }, papers: [paper] }
  })
}

type Tx = Parameters<Parameters<typeof once>[3]>[0]
type Responding = { db: Tx; itemId: string; matterId: string; countyId: string; at: Instant }

async function respond<T extends object>(
  archive: Archive,
  ask: ItemAsk,
  action: 'SEE_SUPERVISION' | 'ANSWER_SUPERVISION',
  work: (responding: Responding) => Promise<{ answer: T; papers: CitedPaper[] }>,
): Promise<T> {
  const { asker, params } = ask
  const { supervisionItemId: itemId } = params
  const today = dayOf(await readClock(archive.db))
  const area = await areaOf(archive.db, asker, today)
  const item = await findAddressedItem(archive.db, itemId, { area, post: asker })
  if (item === null) throw fault('notFound')
  const { matterId, countyId, placeId } = item
  await auditRecusal(archive, { asker, matterId, action }, async () =>
    refuseRecused(archive.db, { officerId: asker.officerId, matterId, today }),
  )
  return once<T>(archive, ask, { action, matterId }, async (db) => {
    await lockCase(db, matterId)
    const at = await readClock(db)
    const { answer, papers } = await work({ db, itemId, matterId, countyId, at })
    const { officerId, postId, officeId, role } = asker
    await chainAudit(db, `case:${matterId}`, [
      {
        at,
        officerId,
        postId,
        officeId,
        role,
        placeId,
        action,
        result: 'DONE',
        subject: matterId,
        eventId: null,
        detail: { supervisionItemId: itemId, papers },
      },
    ])
    return answer
  })
}
