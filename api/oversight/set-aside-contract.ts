import { z } from '../../domain/schemas/zod.ts'
import { matchingSources, setAsideReasons, setAsideSources } from '../../domain/vocabulary.ts'
import { at, cursor, id, pageSize } from '../http/nouns.ts'

export const SetAsideQuery = z.strictObject({
  status: z.enum(['open', 'closed']).default('open'),
  cursor: cursor.optional(),
  pageSize,
})
export type SetAsideQuery = z.output<typeof SetAsideQuery>

/** Something that could not be taken as it is; `faults` are codes and names of fields. */
const SetAsideHead = z.object({
  itemId: id,
  source: z.enum(setAsideSources),
  sourceLabel: z.string(),
  reason: z.enum(setAsideReasons),
  reasonLabel: z.string(),
  matterId: id.nullable(),
  matterNumber: z.string().nullable(),
  register: z.enum(matchingSources).nullable(),
  registerLabel: z.string().nullable(),
  faults: z.array(z.string()),
  setAsideAt: at,
  closedAt: at.nullable(),
})

/** Of one's area, the latest first, without what was said. */
export const SetAsideItems = z
  .object({ items: z.array(SetAsideHead), nextCursor: cursor.nullable() })
  .meta({ id: 'SetAsideItems' })
export type SetAsideItems = z.infer<typeof SetAsideItems>

/** One of them with what was said, as it came. */
export const SetAsideItemView = z.object({ itemId: id, raw: z.string() }).meta({ id: 'SetAsideItem' })
export type SetAsideItemView = z.infer<typeof SetAsideItemView>

export const SetAsideClosed = z.object({ itemId: id, closedAt: at }).meta({ id: 'SetAsideClosed' })
