import { StaffRefused } from '../../../domain/staff/staff-refusals.ts'
import { addDays, type PlainDate } from '../../../domain/time/plain-date.ts'
import type { Db } from '../../client.ts'
import type { Prisma } from '../../generated/client.ts'
import { refuseStranger } from './arranging.ts'
import { personsOf, refuseOtherDuties } from './duties.ts'
import { refuseLastAdministrator } from './last-administrator.ts'
import { findPost, officesInArea } from './offices.ts'
import { heldOn } from './post-fillings.ts'
import { rowOfDay } from '../system/rows.ts'
import { type Changed, changeStaff } from './staff-changes.ts'
import { auditStaff, type StaffActor } from './staff-register.ts'

type Tx = Prisma.TransactionClient
type By = NonNullable<StaffActor>

export type PostGiven = { holdingId: string; postId: string; officerId: string; fromOn?: PlainDate | undefined }
export type PostEnded = { postId: string; officerId: string; lastDay?: PlainDate | undefined }

/** Gives a post to an officer from a day on. @throws StaffRefused */
export async function givePost(
  tx: Tx,
  asked: PostGiven,
  by: By,
): Promise<Changed<{ postId: string; officerId: string; fromOn: PlainDate }>> {
  const { holdingId, postId, officerId } = asked
  const post = await findPost(tx, postId)
  if (post === null) throw new StaffRefused('staffNotThere')
  const { officeId } = post.office
  return changeStaff(tx, { officeIds: [officeId], officerIds: [officerId], by }, async ({ now, today }) => {
    await refuseStranger(tx, post, by, today)
    const fromOn = asked.fromOn ?? today
    const personOf = await personsOf(tx, [officerId, by.officerId])
    if (personOf(officerId) === personOf(by.officerId)) throw new StaffRefused('notToOneself')
    if (fromOn < today) throw new StaffRefused('holdingBeginsInThePast', { today })
    if (!(await isAvailable(tx, officerId, by, today))) throw new StaffRefused('officerNotAvailable')
    if (await holdsPost(tx, { postId, officerId }, fromOn)) throw new StaffRefused('alreadyOnPost')
    await refuseOtherDuties(tx, { officerId, role: post.role, fromOn, throughOn: null })
    await beginHolding(tx, { holdingId, postId, officerId, fromOn })
    const detail = { post: postId, officer: officerId, fromOn }
    await auditStaff(tx, [{ officeId, action: 'GIVE_POST', subject: postId, detail }], { by, at: now })
    return { postId, officerId, fromOn }
  })
}

/**
 * Ends what an officer has of a post; without a last day at once. Nobody can be made to stay, so the last one may go, too:
 * the alarm is raised in the same transaction, or on the day on which the post falls empty. Only the last administrator
 * stays, since without one nobody could ever be appointed again. @throws StaffRefused
 */
export async function endHolding(
  tx: Tx,
  asked: PostEnded,
  by: By,
): Promise<Changed<{ postId: string; officerId: string; lastDay: PlainDate }>> {
  const { postId, officerId } = asked
  const post = await findPost(tx, postId)
  if (post === null) throw new StaffRefused('staffNotThere')
  const { officeId } = post.office
  return changeStaff(tx, { officeIds: [officeId], officerIds: [officerId], by }, async ({ now, today }) => {
    await refuseStranger(tx, post, by, today)
    const yesterday = addDays(today, -1)
    const lastDay = asked.lastDay ?? yesterday
    if (lastDay < yesterday) throw new StaffRefused('holdingEndsTooEarly', { today })
    if ((await shortenHoldings(tx, { postId, officerId, lastDay })) === 0) throw new StaffRefused('officerNotOnPost')
    await refuseLastAdministrator(tx, [post], addDays(lastDay, 1))
    const detail = { post: postId, officer: officerId, lastDay }
    await auditStaff(tx, [{ officeId, action: 'END_POST', subject: postId, detail }], { by, at: now })
    return { postId, officerId, lastDay }
  })
}

export async function beginHolding(
  tx: Tx,
  { holdingId, postId, officerId, fromOn }: { holdingId: string; postId: string; officerId: string; fromOn: PlainDate },
): Promise<void> {
  await tx.postHolding.create({ data: { id: holdingId, postId, officerId, effectiveFrom: rowOfDay(fromOn) } })
}

/** Ends whatever an officer has of a post beyond a day. Returns how many holdings that shortened. */
export async function shortenHoldings(
  tx: Tx,
  { postId, officerId, lastDay }: { postId: string; officerId: string; lastDay: PlainDate },
): Promise<number> {
  // One that had begun later ends before it began, and so was never in force.
  const { count } = await tx.postHolding.updateMany({
    where: { postId, officerId, OR: [{ effectiveTo: null }, { effectiveTo: { gt: rowOfDay(lastDay) } }] },
    data: { effectiveTo: rowOfDay(lastDay) },
  })
  return count
}

export async function holdsPost(
  db: Db,
  { postId, officerId }: { postId: string; officerId: string },
  day: PlainDate,
): Promise<boolean> {
  const [row] = await db.$queryRaw<{ holds: boolean }[]>`
    SELECT EXISTS (SELECT FROM post_holding h WHERE h."postId" = ${postId} AND h."officerId" = ${officerId}
      AND ${heldOn('h', day)}) AS holds`
  return (row as { holds: boolean }).holds
}

/** Holds a post in one of these offices on a day, on an account that is not disabled. */
export async function worksIn(
  db: Db,
  officerId: string,
  officeIds: readonly string[],
  day: PlainDate,
): Promise<boolean> {
  const [row] = await db.$queryRaw<{ works: boolean }[]>`
    SELECT EXISTS (SELECT FROM post_holding h JOIN post p ON p.id = h."postId" JOIN officer o ON o.id = h."officerId"
      WHERE o.id = ${officerId} AND o."disabledAt" IS NULL AND p."officeId" = ANY(${[...officeIds]})
        AND ${heldOn('h', day)}) AS works`
  return (row as { works: boolean }).works
}

/** Works in somebody's area, or has no post anywhere yet; not disabled. */
async function isAvailable(db: Db, officerId: string, { officeId }: By, today: PlainDate): Promise<boolean> {
  const officer = await db.officer.findUnique({ where: { id: officerId }, select: { disabledAt: true } })
  if (officer === null || officer.disabledAt !== null) return false
  const area = await officesInArea(db, officeId, today)
  const officeIds = area.map((office) => office.officeId)
  return (await worksIn(db, officerId, officeIds, today)) || !(await worksAnywhere(db, officerId, today))
}

async function worksAnywhere(db: Db, officerId: string, today: PlainDate): Promise<boolean> {
  const [row] = await db.$queryRaw<{ works: boolean }[]>`
    SELECT EXISTS (SELECT FROM post_holding h WHERE h."officerId" = ${officerId} AND ${heldOn('h', today)}) AS works`
  return (row as { works: boolean }).works
}
