import type { LimitKey } from '../../../domain/matter/limit-keys.ts'
import type { Instant } from '../../../domain/time/plain-date.ts'
import type { Level, Role, SupervisionRung } from '../../../domain/vocabulary.ts'
import type { Db } from '../../client.ts'
import { Prisma } from '../../generated/client.ts'
import { instantOfRow, rowOfInstant } from '../system/rows.ts'
import { type CaseArea, type CaseScope, withinArea, withinScopeSql } from '../matter/scope.ts'

/** A post as an item is addressed to it: whoever fills it that day is reached. */
export type Addressee = { officeId: string; role: Role }

/** What a post was shown: a rung of the ladder, or an urging by hand. */
export type AddressedItem = {
  supervisionItemId: string
  matterId: string
  matterNumber: string
  title: string
  placeId: string
  limit: LimitKey
  run: number
  rung: SupervisionRung
  number: number
  shownTo: Level
  dueAt: Instant
  raisedBy: string | null
  paperId: string | null
  openedAt: Instant
  closedAt: Instant | null
}

export type ItemMark = { openedAt: Instant; id: string }

type Row = Omit<AddressedItem, 'dueAt' | 'openedAt' | 'closedAt'> & {
  dueAt: Date
  openedAt: Date
  closedAt: Date | null
}

/** Items addressed to a post, newest first; only those still open, or all of them. */
export async function readAddressedItems(
  db: Db,
  { officeId, role }: Addressee,
  page: { scope: CaseScope; open: boolean; matterId?: string; after?: ItemMark; take: number },
): Promise<AddressedItem[]> {
  const { scope, open, matterId, after, take } = page
  const rows = await db.$queryRaw<Row[]>`
    SELECT i.id AS "supervisionItemId", i."matterId", c.number AS "matterNumber", c.title, c."placeId", i."limit", i.run,
      i.rung::text AS rung, i.number, i."shownTo"::text AS "shownTo", i."dueAt", i."raisedBy", i."paperId", i."openedAt",
      i."closedAt"
    FROM supervision_recipient r JOIN supervision_item i ON i.id = r."itemId"
    JOIN matter c ON c.id = i."matterId"
    WHERE r."officeId" = ${officeId} AND r.role = ${role}::"Role" AND ${withinScopeSql(scope)}
      ${open ? Prisma.sql`AND i."closedAt" IS NULL` : Prisma.empty}
      ${matterId === undefined ? Prisma.empty : Prisma.sql`AND i."matterId" = ${matterId}`}
      ${after ? Prisma.sql`AND (i."openedAt", i.id) < (${rowOfInstant(after.openedAt)}::timestamptz, ${after.id})` : Prisma.empty}
    ORDER BY i."openedAt" DESC, i.id DESC LIMIT ${take}`
  return rows.map((row) => ({
    ...row,
    dueAt: instantOfRow(row.dueAt),
    openedAt: instantOfRow(row.openedAt),
    closedAt: row.closedAt === null ? null : instantOfRow(row.closedAt),
  }))
}

/** How many of the open items that an officer is shown on a post they have not seen. */
export async function countUnseen(
  db: Db,
  { officeId, role }: Addressee,
  { scope, officerId }: { scope: CaseScope; officerId: string },
): Promise<number> {
  const [row] = await db.$queryRaw<{ unseen: number }[]>`
    SELECT count(*)::int AS unseen FROM supervision_item i JOIN supervision_recipient r ON r."itemId" = i.id
    JOIN matter c ON c.id = i."matterId"
    WHERE i."closedAt" IS NULL AND ${withinScopeSql(scope)} AND r."officeId" = ${officeId} AND r.role = ${role}::"Role"
      AND NOT EXISTS (SELECT FROM supervision_receipt s WHERE s."itemId" = i.id AND s."officerId" = ${officerId})`
  return row?.unseen ?? 0
}

/** An item, if it is addressed to this post and its case lies in the area. */
export async function findAddressedItem(db: Db, id: string, { area, post }: { area: CaseArea; post: Addressee }) {
  const { officeId, role } = post
  const item = await db.supervisionItem.findFirst({
    where: { id, recipients: { some: { officeId, role } } },
    select: { matterId: true, countyId: true, placeId: true },
  })
  if (item === null) return null
  return (await db.matter.count({ where: { id: item.matterId, ...withinArea(area) } })) === 0 ? null : item
}

/** Notes that an officer saw an item; the first time stands. */
export async function noteReceipt(
  db: Db,
  receipt: { itemId: string; officerId: string; postId: string; seenAt: Instant },
): Promise<Instant> {
  await db.supervisionReceipt.createMany({
    data: [{ ...receipt, seenAt: rowOfInstant(receipt.seenAt) }],
    skipDuplicates: true,
  })
  const { itemId, officerId } = receipt
  const kept = await db.supervisionReceipt.findUniqueOrThrow({ where: { itemId_officerId: { itemId, officerId } } })
  return instantOfRow(kept.seenAt)
}

/** Keeps an answer to an item; what is written is a paper. */
export async function keepAnswer(
  db: Db,
  answer: { id: string; itemId: string; officerId: string; postId: string; paperId: string; answeredAt: Instant },
): Promise<void> {
  await db.supervisionAnswer.createMany({
    data: [{ ...answer, answeredAt: rowOfInstant(answer.answeredAt) }],
    skipDuplicates: true,
  })
}

/** Who saw and who answered these items, in order. */
export async function readResponses(db: Db, itemIds: readonly string[]) {
  const where = { itemId: { in: [...itemIds] } }
  const receipts = await db.supervisionReceipt.findMany({ where, orderBy: [{ seenAt: 'asc' }, { officerId: 'asc' }] })
  const answers = await db.supervisionAnswer.findMany({ where, orderBy: [{ answeredAt: 'asc' }, { id: 'asc' }] })
  return {
    receipts: receipts.map(({ seenAt, ...receipt }) => ({ ...receipt, seenAt: instantOfRow(seenAt) })),
    answers: answers.map(({ answeredAt, ...answer }) => ({ ...answer, answeredAt: instantOfRow(answeredAt) })),
  }
}
