import { passwordText, staffNumber } from '../../domain/schemas/nouns.ts'
import { z } from '../../domain/schemas/zod.ts'
import { roles } from '../../domain/vocabulary.ts'
import { at, id } from '../http/nouns.ts'

export const NewSession = z.strictObject({
  staffNumber,
  password: passwordText,
  postId: id.optional(),
})

export const PostHeld = z.object({
  postId: id,
  title: z.string(),
  role: z.enum(roles),
  officeId: id,
  officeName: z.string(),
  /** Whom one stands in for on it today; null on a post of one's own. */
  standsInFor: z.object({ officerId: id, name: z.string() }).nullable(),
})

/** Who is at the counter, on which post. An officer with several posts takes one per session. */
export const SessionView = z
  .object({
    officer: z.object({ officerId: id, name: z.string(), staffNumber: z.string() }),
    post: PostHeld,
    posts: z.array(PostHeld),
    expiresAt: at,
  })
  .meta({ id: 'Session' })
export type SessionView = z.infer<typeof SessionView>
