import { recordId } from '../../domain/schemas/nouns.ts'
import { z } from '../../domain/schemas/zod.ts'
import { dayOf } from '../../domain/time/plain-date.ts'
import type { Archive } from '../../prisma/client.ts'
import { readClock } from '../../prisma/stores/system/clock.ts'
import { officesToChooseFrom } from '../../prisma/stores/staff/offices.ts'
import { readPosts } from '../../prisma/stores/staff/posts.ts'
import type { Posts, PostsQuery } from './post-contract.ts'
import type { Asker } from '../http/identity.ts'
import { readCursor, writeCursor } from '../http/cursor.ts'

const Mark = z.strictObject({ officeId: recordId, postId: recordId })

/** One page of the posts whose people somebody may have to choose from, office by office. */
export async function postsView({ db }: Archive, asker: Asker, query: PostsQuery): Promise<Posts> {
  const day = dayOf(await readClock(db))
  const offices = await officesToChooseFrom(db, asker.officeId, day)
  const { officeId } = query
  const rows = await readPosts(db, {
    officeIds: officeId === undefined ? offices : offices.filter((one) => one === officeId),
    day,
    after: readCursor(Mark, query.cursor),
    take: query.pageSize + 1,
  })
  const page = rows.slice(0, query.pageSize)
  const last = page.at(-1)
  const nextCursor =
    rows.length > page.length && last ? writeCursor({ officeId: last.officeId, postId: last.postId }) : null
  return { posts: page, nextCursor }
}
