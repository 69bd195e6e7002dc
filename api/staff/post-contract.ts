import { plainDate } from '../../domain/schemas/nouns.ts'
import { z } from '../../domain/schemas/zod.ts'
import { roles } from '../../domain/vocabulary.ts'
import { RaisedAlarm } from '../oversight/alarm-contract.ts'
import { cursor, day, id, pageSize } from '../http/nouns.ts'

export const PostsQuery = z.strictObject({ officeId: id.optional(), cursor: cursor.optional(), pageSize })
export type PostsQuery = z.output<typeof PostsQuery>

/** The posts of one's office, of the one above and of one's area, with who sits there today. */
export const Posts = z
  .object({
    posts: z.array(
      z.object({
        postId: id,
        title: z.string(),
        role: z.enum(roles),
        officeId: id,
        officeName: z.string(),
        openTasks: z.int(),
        /** Nobody fills it today. */
        vacant: z.boolean(),
        people: z.array(
          z.object({
            officerId: id,
            name: z.string(),
            /** Whom a stand-in stands in for. */
            standsInFor: id.nullable(),
            away: z.boolean(),
            disabled: z.boolean(),
          }),
        ),
      }),
    ),
    nextCursor: cursor.nullable(),
  })
  .meta({ id: 'Posts' })
export type Posts = z.infer<typeof Posts>

/** Who is to have the post, from a day on; from today when left out. */
export const NewHolder = z.strictObject({ officerId: id, fromOn: plainDate.optional() })
export const HolderGiven = z
  .object({ postId: id, officerId: id, fromOn: day, alarms: z.array(RaisedAlarm) })
  .meta({ id: 'HolderGiven' })

/** The last day on the post; when left out, it ends at once. */
export const HolderEnd = z.strictObject({ lastDay: plainDate.optional() })
export const HolderEnded = z
  .object({ postId: id, officerId: id, lastDay: day, alarms: z.array(RaisedAlarm) })
  .meta({ id: 'HolderEnded' })

export const OfficerSwitched = z.object({ officerId: id, alarms: z.array(RaisedAlarm) }).meta({ id: 'OfficerSwitched' })
