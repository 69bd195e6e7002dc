import type { PlainDate } from '../../../domain/time/plain-date.ts'
import type { Level, OfficeKind, Role } from '../../../domain/vocabulary.ts'
import { officeAbove } from '../../../domain/staff/who-arranges.ts'
import type { Db } from '../../client.ts'
import { heldOn } from './post-fillings.ts'
import { placesInScope } from '../matter/scope.ts'

export type OfficeRow = { officeId: string; kind: OfficeKind; level: Level; name: string; placeId: string }

/** A post with its office. */
export type PostRow = { postId: string; title: string; role: Role; office: OfficeRow }

export async function findPost(db: Db, postId: string): Promise<PostRow | null> {
  return (await findPosts(db, [postId])).get(postId) ?? null
}

/** Posts by id with their offices. */
export async function findPosts(db: Db, postIds: readonly string[]): Promise<Map<string, PostRow>> {
  const rows = await db.post.findMany({ where: { id: { in: [...new Set(postIds)] } }, include: { office: true } })
  return new Map(
    rows.map(({ id: postId, title, role, office: { id: officeId, kind, level, name, placeId } }) => [
      postId,
      { postId, title, role, office: { officeId, kind, level, name, placeId } },
    ]),
  )
}

/** The offices that have their seat in the area of an office today, itself included. */
export async function officesInArea(db: Db, officeId: string, today: PlainDate): Promise<OfficeRow[]> {
  const placeIds = await placesInScope(db, officeId, today)
  const rows = await db.office.findMany({
    where: { OR: [{ id: officeId }, { placeId: { in: placeIds } }] },
    orderBy: { id: 'asc' },
  })
  return rows.map(({ id, kind, level, name, placeId }) => ({ officeId: id, kind, level, name, placeId }))
}

/** The offices from which a stand-in may come: the office itself and the one above that answers for its place. */
export async function officesOfStandIns(db: Db, office: OfficeRow, today: PlainDate): Promise<string[]> {
  const above = officeAbove(office)
  if (above === null) return [office.officeId]
  const rows = await db.$queryRaw<{ id: string }[]>`
    WITH RECURSIVE chain AS (
      SELECT p.id, p."parentId" FROM place p WHERE p.id = ${office.placeId}
      UNION ALL
      SELECT p.id, p."parentId" FROM place p JOIN chain ON p.id = chain."parentId"
    )
    SELECT f.id FROM office f WHERE f.kind = ${above.kind}::"OfficeKind" AND f.level = ${above.level}::"Level"
      AND EXISTS (SELECT FROM jurisdiction j JOIN chain ON chain.id = j."placeId" WHERE j."officeId" = f.id AND ${heldOn('j', today)})`
  return [office.officeId, ...rows.map(({ id }) => id)]
}

/** The offices whose people somebody has to choose from: their own and the one above it, and all of their area. */
export async function officesToChooseFrom(db: Db, officeId: string, today: PlainDate): Promise<string[]> {
  const area = await officesInArea(db, officeId, today)
  const own = area.find((office) => office.officeId === officeId)
  const above = own === undefined ? [] : await officesOfStandIns(db, own, today)
  return [...new Set([...area.map((office) => office.officeId), ...above])]
}
