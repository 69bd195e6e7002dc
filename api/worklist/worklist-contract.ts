import { limitKeys } from '../../domain/matter/limit-keys.ts'
import { searchTerm } from '../../domain/schemas/nouns.ts'
import { z } from '../../domain/schemas/zod.ts'
import { waitedForParties } from '../../domain/vocabulary.ts'
import { stages } from '../../domain/procedures/words.ts'
import { at, cursor, day, id, pageSize } from '../http/nouns.ts'

export const WorklistQuery = z.strictObject({
  status: z.enum(['open', 'done']).default('open'),
  stage: z.enum(stages).optional(),
  limit: z.enum(limitKeys).optional(),
  placeId: id.optional(),
  /** Part of the applicant's name or of the case number. */
  q: searchTerm.optional(),
  /** Only what the asker was named for, or only what nobody was. */
  assigned: z.enum(['mine', 'nobody']).optional(),
  dueWithinWorkingDays: z.coerce.number().int().min(0).max(60).optional(),
  cursor: cursor.optional(),
  pageSize,
})
export type WorklistQuery = z.output<typeof WorklistQuery>

const WorklistItem = z.object({
  matterId: id,
  matterNumber: z.string(),
  title: z.string(),
  memberCount: z.int(),
  placeName: z.string(),
  stage: z.enum(stages),
  stageLabel: z.string(),
  arrivedAt: at,
  closedAt: at.nullable(),
  /** The limit that ends first; null when none runs. */
  limit: z.enum(limitKeys).nullable(),
  limitLabel: z.string().nullable(),
  dueOn: day.nullable(),
  dueAt: at.nullable(),
  remainingWorkingDays: z.int().nullable(),
  provisional: z.boolean(),
  overdue: z.boolean(),
  /** For whom that limit waits now. */
  waitsFor: z.enum(waitedForParties).nullable(),
  waitsForLabel: z.string().nullable(),
  /** The one of the post's holders whom a leader named; the others may act all the same. */
  assigneeId: id.nullable(),
  assigneeName: z.string().nullable(),
  breachedLimits: z.array(z.enum(limitKeys)),
})

/** The desk of a post: what lies there, soonest due first, or what this officer has done, latest first. */
export const Worklist = z
  .object({
    items: z.array(WorklistItem),
    counts: z.object({ open: z.int(), dueSoon: z.int(), overdue: z.int() }),
    nextCursor: cursor.nullable(),
  })
  .meta({ id: 'Worklist' })
export type Worklist = z.infer<typeof Worklist>
