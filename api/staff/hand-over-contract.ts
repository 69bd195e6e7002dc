import { limitKeys } from '../../domain/matter/limit-keys.ts'
import { digestText, plainDate } from '../../domain/schemas/nouns.ts'
import { z } from '../../domain/schemas/zod.ts'
import { roles, supervisionRungs } from '../../domain/vocabulary.ts'
import { stages } from '../../domain/procedures/words.ts'
import { at, cursor, day, id, pageSize } from '../http/nouns.ts'

/** Who hands which post over to whom; the last day of the one who leaves is today or ahead. */
export const NewHandOver = z
  .strictObject({ postId: id, fromOfficerId: id, toOfficerId: id, lastDay: plainDate })
  .meta({ id: 'NewHandOver' })

export const HandOverOpened = z.object({ handOverId: id }).meta({ id: 'HandOverOpened' })

/** A signature: the list that one was shown, by its digest. */
export const HandOverSignature = z.strictObject({ listDigest: digestText })

export const HandOverGiven = z.object({ handOverId: id, listDigest: z.string(), givenAt: at })
export const HandOverTaken = z.object({ handOverId: id, listDigest: z.string(), takenAt: at })
export const HandOverCancelled = z.object({ handOverId: id, cancelledAt: at })

const HandOverHead = z.object({
  handOverId: id,
  postId: id,
  title: z.string(),
  role: z.enum(roles),
  officeName: z.string(),
  fromOfficerId: id,
  fromName: z.string(),
  toOfficerId: id,
  toName: z.string(),
  lastDay: day,
  openedByName: z.string(),
  openedAt: at,
  givenAt: at.nullable(),
  takenAt: at.nullable(),
  cancelledAt: at.nullable(),
  takerFromOn: day.nullable(),
})

const HandOverListView = z.object({
  tasks: z.array(
    z.object({
      taskId: id,
      matterId: id,
      matterNumber: z.string(),
      stage: z.enum(stages),
      stageLabel: z.string(),
      limit: z.enum(limitKeys).nullable(),
      limitLabel: z.string().nullable(),
      dueOn: day.nullable(),
      overdue: z.boolean(),
      assigneeName: z.string().nullable(),
    }),
  ),
  supervision: z.array(
    z.object({
      supervisionItemId: id,
      matterNumber: z.string(),
      limit: z.enum(limitKeys),
      limitLabel: z.string(),
      rung: z.enum(supervisionRungs),
      rungLabel: z.string(),
      openedAt: at,
    }),
  ),
  orders: z.array(
    z.object({
      orderId: id,
      matterNumber: z.string(),
      number: z.int(),
      limit: z.enum(limitKeys),
      limitLabel: z.string(),
      issuedAt: at,
      answered: z.boolean(),
    }),
  ),
})

export const HandOversQuery = z.strictObject({ cursor: cursor.optional(), pageSize })
export type HandOversQuery = z.output<typeof HandOversQuery>

export const HandOvers = z
  .object({ handOvers: z.array(HandOverHead), nextCursor: cursor.nullable() })
  .meta({ id: 'HandOvers' })
export type HandOvers = z.infer<typeof HandOvers>

/** The list that both sign, and what came onto the post after it was frozen. */
export const HandOverView = HandOverHead.extend({
  list: HandOverListView,
  listDigest: z.string(),
  supplement: HandOverListView.nullable(),
}).meta({ id: 'HandOver' })
export type HandOverView = z.infer<typeof HandOverView>
