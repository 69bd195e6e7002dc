import type { LimitKey } from '../../domain/policy/step-limits.ts'
import type { Seat } from '../../domain/supervision/audience.ts'
import type { Instant, PlainDate } from '../../domain/time/plain-date.ts'
import type { Level, Role, SupervisionRung } from '../../domain/vocabulary.ts'
import type { Db } from '../client.ts'
import type { AssistanceCase } from '../generated/client.ts'
import { rowOfInstant } from './rows.ts'
import { findOfficeOf } from './tasks.ts'

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
  {
    row,
    placeChain,
    now,
    today,
  }: { row: AssistanceCase; placeChain: readonly string[]; now: Instant; today: PlainDate },
  { audience, addressee, ...item }: RaisedItem,
): Promise<void> {
  const key = { caseId: row.id, limit: item.limit, run: item.run }
  const { dueAt } = await db.deadline.findUniqueOrThrow({ where: { caseId_limit_run: key }, select: { dueAt: true } })
  const { count } = await db.supervisionItem.createMany({
    data: [
      { ...item, caseId: row.id, countyId: row.countyId, placeId: row.placeId, dueAt, openedAt: rowOfInstant(now) },
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
  await db.supervisionRecipient.createMany({ data: recipients, skipDuplicates: true })
}

/** The posts of an office that somebody of these roles may fill. */
async function recipientsIn(db: Db, itemId: string, addressee: RaisedItem['addressee']) {
  if (addressee === undefined) return []
  const { officeId, roles } = addressee
  const posts = await db.post.findMany({ where: { officeId, role: { in: [...roles] } }, select: { role: true } })
  return posts.map(({ role }) => ({ itemId, officeId, role }))
}

/** Closes what was raised for limits that have stopped: the work is done, or nobody has to do it any more. */
export async function closeSupervisionItems(db: Db, caseId: string, now: Instant): Promise<void> {
  await db.$executeRaw`
    UPDATE supervision_item i SET "closedAt" = ${rowOfInstant(now)} FROM deadline d
    WHERE i."caseId" = ${caseId} AND i."closedAt" IS NULL AND d."caseId" = i."caseId" AND d."limit" = i."limit"
      AND d.run = i.run AND d."stoppedOn" IS NOT NULL`
}
