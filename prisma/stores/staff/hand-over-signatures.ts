import { changeoverOf, refuseGiving, refuseTaking } from '../../../domain/staff/hand-over.ts'
import { StaffRefused } from '../../../domain/staff/staff-refusals.ts'
import { dayOf, type Instant } from '../../../domain/time/plain-date.ts'
import { stableId } from '../../../platform/stable-id.ts'
import type { HandOver, Prisma } from '../../generated/client.ts'
import { passOnTasks } from './assignments.ts'
import { readClock } from '../system/clock.ts'
import { digestOfList, readPostList } from './hand-over-list.ts'
import { askedOf, auditHandOver, leaverHolds, lockHandOver, standingOf } from './hand-over-rows.ts'
import { refuseTaker } from './hand-overs.ts'
import { beginHolding, holdsPost, shortenHoldings } from './holdings.ts'
import { refuseLastAdministrator } from './last-administrator.ts'
import type { PostRow } from './offices.ts'
import { dayOfRow, instantOfRow, rowOfInstant } from '../system/rows.ts'
import { changeStaff } from './staff-changes.ts'
import type { StaffActor } from './staff-register.ts'

type Tx = Prisma.TransactionClient
type By = NonNullable<StaffActor>

/** A signature under a list, by its digest. */
export type SignedList = { handOverId: string; listDigest: string }

/** The one who leaves signs the list that they were shown; it is frozen as it is then. @throws StaffRefused */
export async function giveHandOver(
  tx: Tx,
  { handOverId, listDigest }: SignedList,
  by: By,
): Promise<SignedList & { givenAt: Instant }> {
  const { row, post } = await lockHandOver(tx, handOverId, by)
  const now = await readClock(tx)
  const list = await readPostList(tx, post, now)
  const digestNow = digestOfList(askedOf(row), list)
  const refused = refuseGiving(standingOf(row), { officerId: by.officerId, digest: listDigest, digestNow })
  if (refused !== null) throw refused
  if (row.givenAt !== null) return { handOverId, listDigest, givenAt: instantOfRow(row.givenAt) }
  if (!(await leaverHolds(tx, askedOf(row), dayOf(now)))) throw new StaffRefused('officerNotOnPost')
  await tx.handOver.update({
    where: { id: handOverId },
    data: { list: list as unknown as Prisma.InputJsonValue, listDigest, givenAt: rowOfInstant(now) },
  })
  const tasks = list.tasks.length
  const detail = { listDigest, tasks }
  await auditHandOver(tx, { post, action: 'GIVE_HAND_OVER', handOverId, detail }, { by, at: now })
  return { handOverId, listDigest, givenAt: now }
}

/**
 * The one who takes over signs the same list; with that the post changes hands, in this transaction and not in part.
 * Signed again it is the same answer. @throws StaffRefused
 */
export async function takeHandOver(
  tx: Tx,
  { handOverId, listDigest }: SignedList,
  by: By,
  rules: { twoAdministrators: boolean },
): Promise<SignedList & { takenAt: Instant }> {
  const { row, post } = await lockHandOver(tx, handOverId, by)
  const refused = refuseTaking(standingOf(row), { officerId: by.officerId, digest: listDigest })
  if (refused !== null) throw refused
  if (row.takenAt !== null) return { handOverId, listDigest, takenAt: instantOfRow(row.takenAt) }
  return { handOverId, listDigest, takenAt: await changeHands(tx, row, { post, by, rules }) }
}

async function changeHands(
  tx: Tx,
  row: HandOver,
  { post, by, rules }: { post: PostRow; by: By; rules: { twoAdministrators: boolean } },
): Promise<Instant> {
  const { id: handOverId, postId, fromOfficerId, toOfficerId, listDigest } = row
  const about = { officeIds: [post.office.officeId], officerIds: [fromOfficerId, toOfficerId], by }
  const { result } = await changeStaff(tx, about, async ({ now, today }) => {
    if (!(await leaverHolds(tx, askedOf(row), today))) throw new StaffRefused('officerNotOnPost')
    await refuseTaker(tx, { ...askedOf(row), role: post.role }, today, rules)
    const { leaverThroughOn, takerFromOn } = changeoverOf(dayOfRow(row.lastDay), today)
    await tx.handOver.update({ where: { id: handOverId }, data: { takenAt: rowOfInstant(now) } })
    await shortenHoldings(tx, { postId, officerId: fromOfficerId, lastDay: leaverThroughOn })
    if (!(await holdsPost(tx, { postId, officerId: toOfficerId }, takerFromOn))) {
      const holdingId = stableId('POST_HOLDING', handOverId)
      await beginHolding(tx, { holdingId, postId, officerId: toOfficerId, fromOn: takerFromOn })
    }
    await refuseLastAdministrator(tx, [post], takerFromOn)
    const passedOn = await passOnTasks(tx, { day: today, handOverId })
    const tasksPassedOn = passedOn.reduce((sum, { tasks }) => sum + tasks, 0)
    const detail = { listDigest, leaverThroughOn, takerFromOn, tasksPassedOn }
    await auditHandOver(tx, { post, action: 'TAKE_HAND_OVER', handOverId, detail }, { by, at: now })
    return now
  })
  return result
}
