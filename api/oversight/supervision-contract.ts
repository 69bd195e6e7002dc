import { limitKeys } from '../../domain/matter/limit-keys.ts'
import { remarkText } from '../../domain/schemas/nouns.ts'
import { z } from '../../domain/schemas/zod.ts'
import { levels, supervisionRungs } from '../../domain/vocabulary.ts'
import { at, cursor, day, id, pageSize } from '../http/nouns.ts'

/** Whether only what is still open is asked for. */
const open = z.enum(['true', 'false']).default('true')

export const SupervisionQuery = z.strictObject({ open, matterId: id.optional(), cursor: cursor.optional(), pageSize })
export type SupervisionQuery = z.output<typeof SupervisionQuery>

export const OrdersQuery = z.strictObject({ open, cursor: cursor.optional(), pageSize })
export type OrdersQuery = z.output<typeof OrdersQuery>

const aboutCase = {
  matterId: id,
  matterNumber: z.string(),
  title: z.string(),
  placeName: z.string(),
  limit: z.enum(limitKeys),
  limitLabel: z.string(),
  run: z.int(),
}

const SupervisionItem = z.object({
  supervisionItemId: id,
  ...aboutCase,
  rung: z.enum(supervisionRungs),
  rungLabel: z.string(),
  /** Which urging by hand it is; 0 for a rung that time climbed. */
  number: z.int(),
  shownTo: z.enum(levels),
  dueAt: at,
  openedAt: at,
  closedAt: at.nullable(),
  raisedByName: z.string().nullable(),
  text: z.string().nullable(),
  seenByMe: z.boolean(),
  receipts: z.array(z.object({ name: z.string(), seenAt: at })),
  answers: z.array(z.object({ name: z.string(), answeredAt: at, text: z.string().nullable() })),
})

/** What the asker's post was shown, newest first, with who saw it and what was answered. */
export const SupervisionItems = z
  .object({ unseen: z.int(), items: z.array(SupervisionItem), nextCursor: cursor.nullable() })
  .meta({ id: 'SupervisionItems' })
export type SupervisionItems = z.infer<typeof SupervisionItems>

export const SupervisionSeen = z.object({ supervisionItemId: id, seenAt: at })

export const SupervisionAnswerIntake = z.strictObject({ text: remarkText })
export const SupervisionAnswered = z.object({ supervisionItemId: id, answerId: id, answeredAt: at })

const SupervisionOrder = z.object({
  orderId: id,
  number: z.int(),
  ...aboutCase,
  version: z.int(),
  officeName: z.string(),
  issuedByName: z.string(),
  issuedAt: at,
  text: z.string().nullable(),
  answerDueOn: day,
  answeredByName: z.string().nullable(),
  answeredAt: at.nullable(),
  answerText: z.string().nullable(),
  closedAt: at.nullable(),
})

/** Supervision orders (督办单), newest first. */
export const SupervisionOrders = z
  .object({ orders: z.array(SupervisionOrder), nextCursor: cursor.nullable() })
  .meta({ id: 'SupervisionOrders' })
export type SupervisionOrders = z.infer<typeof SupervisionOrders>
