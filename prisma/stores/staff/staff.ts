import type { PlainDate } from '../../../domain/time/plain-date.ts'
import type { Role } from '../../../domain/vocabulary.ts'
import type { Db } from '../../client.ts'
import { heldOn, seatedOn } from './post-fillings.ts'

/** An officer's account, for checking a password. */
export type Account = { officerId: string; name: string; staffNumber: string; passwordHash: string; disabled: boolean }

/** A post that somebody may sit on; `standsInFor` names the holder for whom they do. */
export type PostHeldRow = {
  postId: string
  title: string
  role: Role
  officeId: string
  officeName: string
  standsInFor: { officerId: string; name: string } | null
}

export async function findAccount(db: Db, staffNumber: string): Promise<Account | null> {
  const row = await db.officer.findUnique({ where: { staffNumber } })
  if (row === null) return null
  const { id: officerId, name, passwordHash, disabledAt } = row
  return { officerId, name, staffNumber, passwordHash, disabled: disabledAt !== null }
}

/** The posts on which an officer may sit on a day: those they hold, then those on which they stand in. */
export async function postsHeldBy(db: Db, officerId: string, today: PlainDate): Promise<PostHeldRow[]> {
  const rows = await db.$queryRaw<
    (Omit<PostHeldRow, 'standsInFor'> & { standsInFor: string | null; standsInForName: string | null })[]
  >`
    SELECT DISTINCT ON (s."standsInFor" IS NOT NULL, s."postId") s."postId", p.title, p.role::text AS role, p."officeId",
      f.name AS "officeName", s."standsInFor", a.name AS "standsInForName"
    FROM ${seatedOn(today)} s JOIN post p ON p.id = s."postId" JOIN office f ON f.id = p."officeId"
    LEFT JOIN officer a ON a.id = s."standsInFor"
    WHERE s."officerId" = ${officerId} ORDER BY s."standsInFor" IS NOT NULL, s."postId", s."standsInFor"`
  const posts = rows.map(({ standsInFor, standsInForName, ...post }) => ({
    ...post,
    standsInFor: standsInFor === null ? null : { officerId: standsInFor, name: standsInForName ?? '' },
  }))
  const own = new Set(posts.filter((post) => post.standsInFor === null).map(({ postId }) => postId))
  return posts.filter((post) => post.standsInFor === null || !own.has(post.postId))
}

/** Officers who sit on a post today in a village or township office that answers for a place. */
export async function officersOfTownship(db: Db, placeChain: readonly string[], today: PlainDate) {
  const rows = await db.$queryRaw<{ officerId: string; name: string; title: string; role: Role; officeName: string }[]>`
    SELECT DISTINCT o."staffNumber", s."postId", s."officerId", o.name, p.title, p.role::text AS role, f.name AS "officeName"
    FROM ${seatedOn(today)} s JOIN officer o ON o.id = s."officerId" JOIN post p ON p.id = s."postId"
    JOIN office f ON f.id = p."officeId"
    WHERE o."disabledAt" IS NULL AND f.kind IN ('VILLAGE_COMMITTEE', 'TOWNSHIP_GOVERNMENT')
      AND EXISTS (SELECT FROM jurisdiction j WHERE j."officeId" = f.id AND j."placeId" = ANY(${[...placeChain]})
        AND ${heldOn('j', today)})
    ORDER BY o."staffNumber", s."postId"`
  return [...Map.groupBy(rows, ({ officerId }) => officerId)].map(([officerId, held]) => ({
    officerId,
    name: held[0]?.name ?? '',
    posts: held.map(({ title, role, officeName }) => ({ title, role, officeName })),
  }))
}

/** Names by id, for what people read. */
export async function namesOfOfficers(db: Db, officerIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await db.officer.findMany({
    where: { id: { in: [...new Set(officerIds)] } },
    select: { id: true, name: true },
  })
  return new Map(rows.map(({ id, name }) => [id, name]))
}

export async function namesOfOffices(db: Db, officeIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await db.office.findMany({
    where: { id: { in: [...new Set(officeIds)] } },
    select: { id: true, name: true },
  })
  return new Map(rows.map(({ id, name }) => [id, name]))
}
