import type { CaseEventData } from '../../../domain/procedures/assistance-case/facts.ts'
import type { LimitKey } from '../../../domain/matter/limit-keys.ts'
import type { Instant, PlainDate } from '../../../domain/time/plain-date.ts'
import type { Db } from '../../client.ts'
import { type Matter, Prisma } from '../../generated/client.ts'
import { dayOfRow, instantOfRow, rowOfInstant } from '../system/rows.ts'
import { type CaseScope, withinScopeSql } from '../matter/scope.ts'

/** Who did something about an order, when, and what they wrote. */
type Doing = { officerId: string; at: Instant; paperId: string }

/** Writes a supervision order (督办单) down as its case says; its text is a paper. */
export async function writeOrder(
  db: Db,
  row: Matter,
  { orderId, limit, run, number, officeId: addressee }: CaseEventData['ORDER_ISSUED'],
  { officerId, at, paperId }: Doing,
): Promise<void> {
  const { id: matterId, countyId, placeId } = row
  const issued = { issuedBy: officerId, issuedAt: rowOfInstant(at), paperId }
  await db.supervisionOrder.createMany({
    data: [{ id: orderId, matterId, countyId, placeId, limit, run, number, officeId: addressee, ...issued }],
    skipDuplicates: true,
  })
}

/** Notes the first answer to an order. */
export async function noteOrderAnswered(db: Db, id: string, { officerId, at, paperId }: Doing): Promise<void> {
  const answered = { answeredBy: officerId, answeredAt: rowOfInstant(at), answerPaperId: paperId }
  await db.supervisionOrder.updateMany({ where: { id, answeredAt: null }, data: answered })
}

/** Closes an order: by whoever issued it, or with its case (`closedBy` null). */
export async function closeOrder(
  db: Db,
  id: string,
  { closedBy, at }: { closedBy: string | null; at: Instant },
): Promise<void> {
  await db.supervisionOrder.updateMany({
    where: { id, closedAt: null },
    data: { closedBy, closedAt: rowOfInstant(at) },
  })
}

/** An order with the case it is about and the day until which it is to be answered. */
export type OrderRow = {
  orderId: string
  number: number
  matterId: string
  matterNumber: string
  title: string
  version: number
  placeId: string
  limit: LimitKey
  run: number
  officeId: string
  issuedBy: string
  issuedAt: Instant
  paperId: string
  answerDueOn: PlainDate
  answeredBy: string | null
  answeredAt: Instant | null
  answerPaperId: string | null
  closedAt: Instant | null
}

export type OrderMark = { issuedAt: Instant; id: string }

type Row = Omit<OrderRow, 'issuedAt' | 'answerDueOn' | 'answeredAt' | 'closedAt'> & {
  issuedAt: Date
  answerDueOn: Date
  answeredAt: Date | null
  closedAt: Date | null
}

/** Orders in a scope, newest first; those of one addressee where an office is named. */
export async function readOrders(
  db: Db,
  page: { scope: CaseScope; officeId?: string; open: boolean; after?: OrderMark; take: number },
): Promise<OrderRow[]> {
  const { scope, officeId, open, after, take } = page
  const rows = await db.$queryRaw<Row[]>`
    SELECT o.id AS "orderId", o.number, o."matterId", c.number AS "matterNumber", c.title, c.version, c."placeId", o."limit", o.run,
      o."officeId", o."issuedBy", o."issuedAt", o."paperId", d."dueOn" AS "answerDueOn", o."answeredBy", o."answeredAt",
      o."answerPaperId", o."closedAt"
    FROM supervision_order o JOIN matter c ON c.id = o."matterId"
    JOIN deadline d ON d."matterId" = o."matterId" AND d."limit" = 'SUPERVISION_ORDER' AND d.run = o.number
    WHERE ${withinScopeSql(scope)}
      ${officeId === undefined ? Prisma.empty : Prisma.sql`AND o."officeId" = ${officeId}`}
      ${open ? Prisma.sql`AND o."closedAt" IS NULL` : Prisma.empty}
      ${after ? Prisma.sql`AND (o."issuedAt", o.id) < (${rowOfInstant(after.issuedAt)}::timestamptz, ${after.id})` : Prisma.empty}
    ORDER BY o."issuedAt" DESC, o.id DESC LIMIT ${take}`
  return rows.map((row) => ({
    ...row,
    issuedAt: instantOfRow(row.issuedAt),
    answerDueOn: dayOfRow(row.answerDueOn),
    answeredAt: row.answeredAt === null ? null : instantOfRow(row.answeredAt),
    closedAt: row.closedAt === null ? null : instantOfRow(row.closedAt),
  }))
}
