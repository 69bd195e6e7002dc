import { createHash } from 'node:crypto'
import { rolesAllowed } from '../../../domain/procedures/authority.ts'
import type { HandOverList } from '../../../domain/staff/hand-over.ts'
import type { Instant, PlainDate } from '../../../domain/time/plain-date.ts'
import type { Role } from '../../../domain/vocabulary.ts'
import type { Db } from '../../client.ts'
import type { PostRow } from './offices.ts'
import { dayOfRow, instantOfRow, rowOfInstant } from '../system/rows.ts'

/**
 * Everything that lies on a post now: its open tasks, and what supervision addressed to it and is not closed. The order
 * is part of what is signed, so that it follows the bytes and not the collation of a database.
 */
export async function readPostList(db: Db, post: PostRow, now: Instant): Promise<HandOverList> {
  const desk = { officeId: post.office.officeId, role: post.role }
  return {
    tasks: await readTasks(db, desk, now),
    supervision: await readItems(db, desk),
    orders: await readOrders(db, desk),
  }
}

/** Names a list and what it was signed for: who hands over which post to whom, and until when. */
export function digestOfList(
  {
    handOverId,
    postId,
    fromOfficerId,
    toOfficerId,
    lastDay,
  }: {
    handOverId: string
    postId: string
    fromOfficerId: string
    toOfficerId: string
    lastDay: PlainDate
  },
  { tasks, supervision, orders }: HandOverList,
): string {
  const said = [
    [handOverId, postId, fromOfficerId, toOfficerId, lastDay],
    tasks.map((task) => [
      task.taskId,
      task.caseNumber,
      task.stage,
      task.limit,
      task.dueOn,
      task.overdue,
      task.assigneeId,
    ]),
    supervision.map((item) => [item.supervisionItemId, item.caseNumber, item.limit, item.rung, item.openedAt]),
    orders.map((order) => [order.orderId, order.caseNumber, order.number, order.limit, order.issuedAt, order.answered]),
  ]
  return createHash('sha256').update(JSON.stringify(said)).digest('hex')
}

type Desk = { officeId: string; role: Role }
type TaskRow = Omit<HandOverList['tasks'][number], 'dueOn'> & { dueOn: Date | null }

async function readTasks(db: Db, { officeId, role }: Desk, now: Instant): Promise<HandOverList['tasks']> {
  const rows = await db.$queryRaw<TaskRow[]>`
    SELECT t.id AS "taskId", t."matterId" AS "caseId", c.number AS "caseNumber", t.stage, d."limit", d."dueOn",
      COALESCE(d."dueAt" <= ${rowOfInstant(now)}, false) AS overdue, t."assigneeId"
    FROM task t JOIN matter c ON c.id = t."matterId"
    LEFT JOIN LATERAL (SELECT "limit", "dueOn", "dueAt" FROM deadline
      WHERE "matterId" = t."matterId" AND "stoppedOn" IS NULL ORDER BY "dueAt", "limit" LIMIT 1) d ON true
    WHERE t."closedAt" IS NULL AND t."officeId" = ${officeId} AND t.role = ${role}::"Role" ORDER BY c.number COLLATE "C", t.id`
  return rows.map((row) => ({ ...row, dueOn: row.dueOn === null ? null : dayOfRow(row.dueOn) }))
}

type ItemRow = Omit<HandOverList['supervision'][number], 'openedAt'> & { openedAt: Date }

async function readItems(db: Db, { officeId, role }: Desk): Promise<HandOverList['supervision']> {
  const rows = await db.$queryRaw<ItemRow[]>`
    SELECT i.id AS "supervisionItemId", c.number AS "caseNumber", i."limit", i.rung::text AS rung, i."openedAt"
    FROM supervision_recipient r JOIN supervision_item i ON i.id = r."itemId" JOIN matter c ON c.id = i."matterId"
    WHERE r."officeId" = ${officeId} AND r.role = ${role}::"Role" AND i."closedAt" IS NULL ORDER BY c.number COLLATE "C", i.id`
  return rows.map((row) => ({ ...row, openedAt: instantOfRow(row.openedAt) }))
}

type OrderRow = Omit<HandOverList['orders'][number], 'issuedAt'> & { issuedAt: Date }

/** An order is addressed to an office; it stands on the list of every post there that may answer it. */
async function readOrders(db: Db, { officeId, role }: Desk): Promise<HandOverList['orders']> {
  if (!answersOrders(role)) return []
  const rows = await db.$queryRaw<OrderRow[]>`
    SELECT o.id AS "orderId", c.number AS "caseNumber", o.number, o."limit", o."issuedAt", o."answeredAt" IS NOT NULL AS answered
    FROM supervision_order o JOIN matter c ON c.id = o."matterId"
    WHERE o."officeId" = ${officeId} AND o."closedAt" IS NULL ORDER BY c.number COLLATE "C", o.id`
  return rows.map((row) => ({ ...row, issuedAt: instantOfRow(row.issuedAt) }))
}

function answersOrders(role: Role): boolean {
  return rolesAllowed('ANSWER_ORDER').includes(role)
}
