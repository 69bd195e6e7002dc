import type { HandOverAsked, HandOverStanding } from '../../../domain/staff/hand-over.ts'
import { StaffRefused } from '../../../domain/staff/staff-refusals.ts'
import { dayOf, type Instant, type PlainDate } from '../../../domain/time/plain-date.ts'
import type { Role } from '../../../domain/vocabulary.ts'
import type { Db } from '../../client.ts'
import type { HandOver, Prisma } from '../../generated/client.ts'
import { officesArrangedBy } from './arranging.ts'
import { readClock } from '../system/clock.ts'
import { holdsPost } from './holdings.ts'
import { findPost, type PostRow } from './offices.ts'
import { dayOfRow } from '../system/rows.ts'
import { auditStaff, lockRegisters, type StaffActor, staffRegistersOf } from './staff-register.ts'

type Tx = Prisma.TransactionClient
type By = NonNullable<StaffActor>

/** A hand-over under its lock, for one of those whom it concerns; for anybody else there is none. @throws StaffRefused */
export async function lockHandOver(tx: Tx, handOverId: string, by: By): Promise<{ row: HandOver; post: PostRow }> {
  await tx.$queryRaw`SELECT 1 FROM hand_over WHERE id = ${handOverId} FOR UPDATE`
  const concerned = await handOversConcerning(tx, by, dayOf(await readClock(tx)))
  const row = await tx.handOver.findFirst({ where: { id: handOverId, OR: concerned } })
  const post = row === null ? null : await findPost(tx, row.postId)
  if (row === null || post === null) throw new StaffRefused('staffNotThere')
  return { row, post }
}

/** Hand-overs in which somebody takes part, or of offices in which they arrange who works there. */
export async function handOversConcerning(
  db: Db,
  { officerId, ...asker }: { officerId: string; officeId: string; role: Role },
  today: PlainDate,
): Promise<Prisma.HandOverWhereInput[]> {
  const offices = (await officesArrangedBy(db, asker, today)).map(({ officeId }) => officeId)
  const posts = await db.post.findMany({ where: { officeId: { in: offices } }, select: { id: true } })
  return [
    { fromOfficerId: officerId },
    { toOfficerId: officerId },
    { openedBy: officerId },
    { postId: { in: posts.map(({ id }) => id) } },
  ]
}

export function askedOf(row: HandOver): HandOverAsked & { handOverId: string; postId: string } {
  const { id: handOverId, postId, fromOfficerId, toOfficerId } = row
  return { handOverId, postId, fromOfficerId, toOfficerId, lastDay: dayOfRow(row.lastDay) }
}

export function standingOf(row: HandOver): HandOverStanding {
  return {
    openedBy: row.openedBy,
    fromOfficerId: row.fromOfficerId,
    toOfficerId: row.toOfficerId,
    frozenDigest: row.listDigest,
    taken: row.takenAt !== null,
    cancelled: row.cancelledAt !== null,
  }
}

/** Whoever hands a post over has it today and until the last day: a gap would have no owner. */
export async function leaverHolds(
  tx: Tx,
  { postId, fromOfficerId, lastDay }: HandOverAsked & { postId: string },
  today: PlainDate,
): Promise<boolean> {
  const leaver = { postId, officerId: fromOfficerId }
  return (await holdsPost(tx, leaver, today)) && (lastDay <= today || (await holdsPost(tx, leaver, lastDay)))
}

export async function auditHandOver(
  tx: Tx,
  {
    post: { office },
    action,
    handOverId,
    detail,
  }: {
    post: PostRow
    action: string
    handOverId: string
    detail: Record<string, unknown>
  },
  who: { by: By; at: Instant },
): Promise<void> {
  const { officeId } = office
  await lockRegisters(tx, (await staffRegistersOf(tx, [officeId])).values())
  await auditStaff(tx, [{ officeId, action, subject: handOverId, detail }], who)
}
