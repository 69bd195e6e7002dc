import type { PlainDate } from '../../../domain/time/plain-date.ts'
import type { Role } from '../../../domain/vocabulary.ts'
import type { Db } from '../../client.ts'
import { Prisma } from '../../generated/client.ts'
import { awayOn, presentOn, seatedOn } from './post-fillings.ts'

/** Somebody on a post; `away` who is absent from it today, `standsInFor` the holder whom a stand-in fills it for. */
export type PersonOnPost = {
  officerId: string
  name: string
  standsInFor: string | null
  away: boolean
  disabled: boolean
}

/** A post with who sits on it today and how much lies on it. */
export type PostInView = {
  postId: string
  title: string
  role: Role
  officeId: string
  officeName: string
  openTasks: number
  /** Nobody fills it today. */
  vacant: boolean
  people: PersonOnPost[]
}

export type PostMark = { officeId: string; postId: string }

/** The posts of these offices, with their people of a day. */
export async function readPosts(
  db: Db,
  page: { officeIds: readonly string[]; day: PlainDate; after?: PostMark | undefined; take: number },
): Promise<PostInView[]> {
  const { officeIds, day, after, take } = page
  const beyond = after ? Prisma.sql`AND (f.id, p.id) > (${after.officeId}, ${after.postId})` : Prisma.empty
  const posts = await db.$queryRaw<Omit<PostInView, 'people'>[]>`
    SELECT p.id AS "postId", p.title, p.role::text AS role, f.id AS "officeId", f.name AS "officeName",
      (SELECT count(*)::int FROM task t WHERE t."closedAt" IS NULL AND t."officeId" = f.id AND t.role = p.role) AS "openTasks",
      NOT EXISTS (SELECT FROM ${presentOn(day)} s WHERE s."postId" = p.id) AS vacant
    FROM post p JOIN office f ON f.id = p."officeId" WHERE f.id = ANY(${[...officeIds]}) ${beyond}
    ORDER BY f.id, p.id LIMIT ${take}`
  const people = await db.$queryRaw<(PersonOnPost & { postId: string })[]>`
    SELECT s."postId", s."officerId", o.name, s."standsInFor", o."disabledAt" IS NOT NULL AS disabled,
      EXISTS (SELECT FROM absence a WHERE a."officerId" = s."officerId"
        AND (s."standsInFor" IS NOT NULL OR a."postId" = s."postId") AND ${awayOn('a', day)}) AS away
    FROM ${seatedOn(day)} s JOIN officer o ON o.id = s."officerId" JOIN post p ON p.id = s."postId"
    WHERE p.id = ANY(${posts.map(({ postId }) => postId)}) ORDER BY s."standsInFor" IS NOT NULL, o."staffNumber"`
  const ofPost = Map.groupBy(people, ({ postId }) => postId)
  return posts.map((post) => ({ ...post, people: ofPost.get(post.postId) ?? [] }))
}
