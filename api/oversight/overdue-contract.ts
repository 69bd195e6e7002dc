import { limitKeys } from '../../domain/matter/limit-keys.ts'
import { z } from '../../domain/schemas/zod.ts'
import { levels, supervisionRungs } from '../../domain/vocabulary.ts'
import { stages } from '../../domain/procedures/words.ts'
import { ChargedDays, Holder } from '../assistance-cases/case-contract.ts'
import { at, cursor, day, id, pageSize } from '../http/nouns.ts'

export const OverdueQuery = z.strictObject({ placeId: id.optional(), cursor: cursor.optional(), pageSize })
export type OverdueQuery = z.output<typeof OverdueQuery>

export const SupervisionView = z.object({
  supervisionItemId: id,
  rung: z.enum(supervisionRungs),
  rungLabel: z.string(),
  shownTo: z.enum(levels),
  openedAt: at,
  seenByName: z.string().nullable(),
  seenAt: at.nullable(),
})

const OverdueItem = z.object({
  matterId: id,
  matterNumber: z.string(),
  /** As it is shown; bulk acts send it back. */
  version: z.int(),
  title: z.string(),
  placeName: z.string(),
  stage: z.enum(stages),
  stageLabel: z.string(),
  limit: z.enum(limitKeys),
  limitLabel: z.string(),
  run: z.int(),
  dueOn: day,
  dueAt: at,
  overdueWorkingDays: z.int(),
  /** Overdue in law, but by days that another is charged with. */
  waitingForAnother: z.boolean(),
  chargedDays: ChargedDays,
  provisional: z.boolean(),
  holders: z.array(Holder),
  supervision: z.array(SupervisionView),
})

/** Limits that passed and whose work is still not done, longest overdue first. */
export const Overdue = z.object({ items: z.array(OverdueItem), nextCursor: cursor.nullable() }).meta({ id: 'Overdue' })
export type Overdue = z.infer<typeof Overdue>
