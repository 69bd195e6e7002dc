import type { LimitKey } from '../../../domain/matter/limit-keys.ts'
import { seatAbove } from '../../../domain/matter/audience.ts'
import type { Seat } from '../../../domain/matter/desk.ts'
import type { Instant, PlainDate } from '../../../domain/time/plain-date.ts'
import type { Level, Role, SupervisionRung } from '../../../domain/vocabulary.ts'
import type { Db } from '../../client.ts'
import type { Matter } from '../../generated/client.ts'
import { presentOn } from '../staff/post-fillings.ts'
import { readRecusedOfficers } from '../matter/recusals.ts'
import { rowOfInstant } from '../system/rows.ts'
import { findOfficeOf } from '../matter/tasks.ts'

/** One rung climbed for one run of a limit, or an urging by hand (`number` from 1, with who urged and what was said). */
export type RaisedItem = {
  id: string
  limit: LimitKey
  run: number
  rung: SupervisionRung
  number: number
  raisedBy: string | null
  paperId: string | null
  shownTo: Level
  audience: readonly Seat[]
  /** Posts of an office that is known by name, besides. */
  addressee?: { officeId: string; roles: readonly Role[] }
}

/**
 * Shows a rung of the ladder to the posts that it concerns, by office. It adds watchers; the task stays where it is. A seat
 * for which no office answers is left out: it must not keep anybody from filing.
 */
export async function openSupervisionItem(
  db: Db,
  { row, placeChain, now, today }: { row: Matter; placeChain: readonly string[]; now: Instant; today: PlainDate },
  { audience, addressee, ...item }: RaisedItem,
): Promise<void> {
  const key = { matterId: row.id, limit: item.limit, run: item.run }
  const { dueAt } = await db.deadline.findUniqueOrThrow({ where: { matterId_limit_run: key }, select: { dueAt: true } })
  const { count } = await db.supervisionItem.createMany({
    data: [
      { ...item, matterId: row.id, countyId: row.countyId, placeId: row.placeId, dueAt, openedAt: rowOfInstant(now) },
    ],
    skipDuplicates: true,
  })
  if (count === 0) return
  const offices = await Promise.all(audience.map(async (seat) => findOfficeOf(db, seat, placeChain, today)))
  const bySeat = audience.flatMap(({ role }, index) => {
    const officeId = offices[index] ?? null
    return officeId === null ? [] : [{ itemId: item.id, officeId, role }]
  })
  const recipients = [...bySeat, ...(await recipientsIn(db, item.id, addressee))]
  const instead = await recipientsInstead(db, recipients, { matterId: row.id, placeChain, today })
  await db.supervisionRecipient.createMany({ data: [...recipients, ...instead], skipDuplicates: true })
}

type Recipient = { itemId: string; officeId: string; role: Role }

/**
 * Where all who fill a seat have to keep away from the case, the one above is shown the item as well, and so on up. Of a
 * seat that nobody fills the alarm of its post tells.
 */
async function recipientsInstead(
  db: Db,
  recipients: readonly Recipient[],
  { matterId, placeChain, today }: { matterId: string; placeChain: readonly string[]; today: PlainDate },
): Promise<Recipient[]> {
  const recused = await readRecusedOfficers(db, matterId, today)
  const instead: Recipient[] = []
  if (recused.length === 0) return instead
  const asked = [...recipients]
  for (let next = asked.shift(); next !== undefined; next = asked.shift()) {
    const filling = await fillersOf(db, next, today)
    const above = seatAbove(next.role)
    if (above === null || filling.length === 0 || filling.some((officerId) => !recused.includes(officerId))) continue
    const officeId = await findOfficeOf(db, above, placeChain, today)
    if (officeId === null) continue
    const further = { itemId: next.itemId, officeId, role: above.role }
    instead.push(further)
    asked.push(further)
  }
  return instead
}

async function fillersOf(db: Db, { officeId, role }: Recipient, today: PlainDate): Promise<string[]> {
  const rows = await db.$queryRaw<{ officerId: string }[]>`
    SELECT DISTINCT f."officerId" FROM ${presentOn(today)} f JOIN post p ON p.id = f."postId"
    WHERE p."officeId" = ${officeId} AND p.role = ${role}::"Role"`
  return rows.map(({ officerId }) => officerId)
}

/** The posts of an office that somebody of these roles may fill. */
async function recipientsIn(db: Db, itemId: string, addressee: RaisedItem['addressee']) {
  if (addressee === undefined) return []
  const { officeId, roles } = addressee
  const posts = await db.post.findMany({ where: { officeId, role: { in: [...roles] } }, select: { role: true } })
  return posts.map(({ role }) => ({ itemId, officeId, role }))
}

/** Closes what was raised for limits that have stopped: the work is done, or nobody has to do it any more. */
export async function closeSupervisionItems(db: Db, matterId: string, now: Instant): Promise<void> {
  await db.$executeRaw`
    UPDATE supervision_item i SET "closedAt" = ${rowOfInstant(now)} FROM deadline d
    WHERE i."matterId" = ${matterId} AND i."closedAt" IS NULL AND d."matterId" = i."matterId" AND d."limit" = i."limit"
      AND d.run = i.run AND d."stoppedOn" IS NOT NULL`
}
