import { dayOf, type Instant } from '../../domain/time/plain-date.ts'
import type { Archive } from '../../prisma/client.ts'
import { chainAudit } from '../../prisma/stores/system/audit.ts'
import { readClock } from '../../prisma/stores/system/clock.ts'
import { lockCase } from '../../prisma/stores/matter/lock-matter.ts'
import { refuseRecused } from '../../prisma/stores/matter/recusals.ts'
import { areaOf } from '../../prisma/stores/matter/scope.ts'
import { bodyOfSetAside, closeSetAside, findSetAside, placeOfSetAside } from '../../prisma/stores/matter/set-aside.ts'
import type { SetAsideItemView } from './set-aside-contract.ts'
import type { Asker } from '../http/identity.ts'
import { once } from '../http/once.ts'
import { fault } from '../http/problem.ts'
import type { Ask } from '../http/route.ts'

/** What was said, as it came: for whoever has to find out what it is about. */
export async function readSetAsideItem(
  archive: Archive,
  { asker, params }: Pick<Ask<{ itemId: string }>, 'asker' | 'params'>,
): Promise<SetAsideItemView> {
  const { item } = await getItem(archive, asker, params.itemId)
  return { itemId: item.id, raw: JSON.stringify(bodyOfSetAside(archive, item)) }
}

/** Marks an item as seen to. What it said stays kept. */
export async function closeSetAsideItem(
  archive: Archive,
  ask: Pick<Ask<{ itemId: string }>, 'asker' | 'params' | 'requestId' | 'contentDigest'>,
): Promise<{ itemId: string; closedAt: Instant }> {
  const { asker } = ask
  const { item, placeId } = await getItem(archive, asker, ask.params.itemId)
  const { id: itemId, matterId, reason, source } = item
  return once(archive, ask, { action: 'CLOSE_SET_ASIDE', matterId }, async (db) => {
    if (matterId !== null) await lockCase(db, matterId)
    const now = await readClock(db)
    await closeSetAside(db, item, { by: asker.officerId, now, placeId })
    const { officerId, postId, officeId, role } = asker
    const by = { officerId, postId, officeId, role, placeId, result: 'DONE' as const, eventId: null }
    if (matterId !== null)
      await chainAudit(db, `case:${matterId}`, [
        { ...by, at: now, action: 'CLOSE_SET_ASIDE', subject: matterId, detail: { itemId, reason, source } },
      ])
    return { itemId, closedAt: now }
  })
}

/** An item of the asker's area; what belongs to no case is the administrators'. @throws Recused */
async function getItem({ db }: Archive, asker: Asker, itemId: string) {
  const item = await findSetAside(db, itemId)
  if (item === null) throw fault('notFound')
  if (item.matterId === null) {
    if (asker.role !== 'ADMINISTRATOR') throw fault('notFound')
    return { item, placeId: null }
  }
  const { matterId } = item
  const today = dayOf(await readClock(db))
  const placeId = await placeOfSetAside(db, matterId, await areaOf(db, asker, today))
  if (placeId === null) throw fault('notFound')
  await refuseRecused(db, { officerId: asker.officerId, matterId, today })
  return { item, placeId }
}
