import {
  changeoverOf,
  type HandOverAsked,
  type HandOverList,
  refuseCancelling,
  refuseHandOver,
  supplementOf,
} from '../../../domain/staff/hand-over.ts'
import { StaffRefused } from '../../../domain/staff/staff-refusals.ts'
import { dayOf, type Instant, type PlainDate } from '../../../domain/time/plain-date.ts'
import type { Role } from '../../../domain/vocabulary.ts'
import type { Db } from '../../client.ts'
import type { HandOver, Prisma } from '../../generated/client.ts'
import { refuseNamer, refuseStranger } from './arranging.ts'
import { readClock } from '../system/clock.ts'
import { personsOf, refuseOtherDuties } from './duties.ts'
import { digestOfList, readPostList } from './hand-over-list.ts'
import { askedOf, auditHandOver, handOversConcerning, leaverHolds, lockHandOver, standingOf } from './hand-over-rows.ts'
import { holdsPost, worksIn } from './holdings.ts'
import { findPost, findPosts, officesInArea, type PostRow } from './offices.ts'
import { instantOfRow, rowOfDay, rowOfInstant } from '../system/rows.ts'
import { changeStaff } from './staff-changes.ts'
import type { StaffActor } from './staff-register.ts'

type Tx = Prisma.TransactionClient
type By = NonNullable<StaffActor>

/**
 * Opens the hand-over of a post; nothing changes hands before both have signed. Where posts are given by two
 * administrators, the successor has been given this one already, from the changeover on. @throws StaffRefused
 */
export async function openHandOver(
  tx: Tx,
  asked: HandOverAsked & { handOverId: string; postId: string },
  by: By,
  rules: { twoAdministrators: boolean },
): Promise<{ handOverId: string }> {
  const { handOverId, postId, fromOfficerId, toOfficerId, lastDay } = asked
  const post = await findPost(tx, postId)
  if (post === null) throw new StaffRefused('staffNotThere')
  const { result } = await changeStaff(tx, { officeIds: [post.office.officeId], officerIds: [], by }, async (at) => {
    await refuseStranger(tx, post, by, at.today)
    const personOf = await personsOf(tx, [toOfficerId, by.officerId])
    if (personOf(toOfficerId) === personOf(by.officerId)) throw new StaffRefused('notToOneself')
    await refuseNamer(tx, post, by, at.today)
    const refused = refuseHandOver(asked, await circumstancesOf(tx, asked, by, at.today))
    if (refused !== null) throw refused
    await refuseTaker(tx, { ...asked, role: post.role }, at.today, rules)
    await tx.handOver.create({
      data: {
        id: handOverId,
        postId,
        fromOfficerId,
        toOfficerId,
        lastDay: rowOfDay(lastDay),
        openedBy: by.officerId,
        openedAt: rowOfInstant(at.now),
      },
    })
    const detail = { post: postId, from: fromOfficerId, to: toOfficerId, lastDay }
    await auditHandOver(tx, { post, action: 'OPEN_HAND_OVER', handOverId, detail }, { by, at: at.now })
    return { handOverId }
  })
  return result
}

/** @throws StaffRefused for a successor who has other duties, or has not been given the post where two give it */
export async function refuseTaker(
  tx: Tx,
  { postId, toOfficerId, lastDay, role }: HandOverAsked & { postId: string; role: Role },
  today: PlainDate,
  { twoAdministrators }: { twoAdministrators: boolean },
): Promise<void> {
  const { takerFromOn } = changeoverOf(lastDay, today)
  await refuseOtherDuties(tx, { officerId: toOfficerId, role, fromOn: takerFromOn, throughOn: null })
  if (twoAdministrators && !(await holdsPost(tx, { postId, officerId: toOfficerId }, takerFromOn)))
    throw new StaffRefused('successorNotAppointed')
}

async function circumstancesOf(tx: Tx, asked: HandOverAsked & { postId: string }, by: By, today: PlainDate) {
  const { postId, fromOfficerId, toOfficerId } = asked
  const area = (await officesInArea(tx, by.officeId, today)).map(({ officeId }) => officeId)
  const open = { postId, fromOfficerId, takenAt: null, cancelledAt: null }
  return {
    today,
    leaverHoldsPost: await leaverHolds(tx, asked, today),
    takerAvailable: await worksIn(tx, toOfficerId, area, today),
    alreadyOpen: (await tx.handOver.count({ where: open })) > 0,
  }
}

/** Called off by who opened it, while it is not completed; a second time it is the same answer. @throws StaffRefused */
export async function cancelHandOver(
  tx: Tx,
  handOverId: string,
  by: By,
): Promise<{ handOverId: string; cancelledAt: Instant }> {
  const { row, post } = await lockHandOver(tx, handOverId, by)
  const refused = refuseCancelling(standingOf(row), by.officerId)
  if (refused !== null) throw refused
  if (row.cancelledAt !== null) return { handOverId, cancelledAt: instantOfRow(row.cancelledAt) }
  const now = await readClock(tx)
  await tx.handOver.update({ where: { id: handOverId }, data: { cancelledAt: rowOfInstant(now) } })
  await auditHandOver(tx, { post, action: 'CANCEL_HAND_OVER', handOverId, detail: {} }, { by, at: now })
  return { handOverId, cancelledAt: now }
}

/** A hand-over as people are shown it, without its list. */
export type HandOverRow = HandOverAsked & {
  handOverId: string
  postId: string
  title: string
  role: Role
  officeName: string
  openedBy: string
  openedAt: Instant
  givenAt: Instant | null
  takenAt: Instant | null
  cancelledAt: Instant | null
  /** From when the other has the post; known when both have signed. */
  takerFromOn: PlainDate | null
}

/**
 * With its list: before the first signature what lies on the post now, afterwards the frozen one and, until the other has
 * the post, what came since.
 */
export type HandOverInView = HandOverRow & { list: HandOverList; listDigest: string; supplement: HandOverList | null }

type Asker = { officerId: string; officeId: string; role: Role }

/** Hand-overs that somebody takes part in or has to arrange, the latest first. */
export async function readHandOvers(
  db: Db,
  asker: Asker,
  page: { today: PlainDate; after?: { openedAt: Instant; handOverId: string } | undefined; take: number },
): Promise<HandOverRow[]> {
  const { after } = page
  const rows = await db.handOver.findMany({
    where: {
      AND: [
        { OR: await handOversConcerning(db, asker, page.today) },
        after === undefined
          ? {}
          : {
              OR: [
                { openedAt: { lt: rowOfInstant(after.openedAt) } },
                { openedAt: rowOfInstant(after.openedAt), id: { gt: after.handOverId } },
              ],
            },
      ],
    },
    orderBy: [{ openedAt: 'desc' }, { id: 'asc' }],
    take: page.take,
  })
  const posts = await findPosts(
    db,
    rows.map(({ postId }) => postId),
  )
  return rows.map((row) => rowInView(row, posts.get(row.postId) as PostRow))
}

/** One hand-over with its list, for those whom it concerns. */
export async function findHandOver(
  db: Db,
  asker: Asker,
  { handOverId, now }: { handOverId: string; now: Instant },
): Promise<HandOverInView | null> {
  const concerned = await handOversConcerning(db, asker, dayOf(now))
  const row = await db.handOver.findFirst({ where: { id: handOverId, OR: concerned } })
  if (row === null) return null
  const post = (await findPost(db, row.postId)) as PostRow
  const onPostNow = await readPostList(db, post, now)
  const shown = rowInView(row, post)
  if (row.list === null || row.listDigest === null)
    return { ...shown, list: onPostNow, listDigest: digestOfList(askedOf(row), onPostNow), supplement: null }
  const list = row.list as unknown as HandOverList
  const theirs = shown.takerFromOn !== null && shown.takerFromOn <= dayOf(now)
  return { ...shown, list, listDigest: row.listDigest, supplement: theirs ? null : supplementOf(list, onPostNow) }
}

function rowInView(row: HandOver, { title, role, office }: PostRow): HandOverRow {
  const asked = askedOf(row)
  const instantOrNull = (at: Date | null) => (at === null ? null : instantOfRow(at))
  const takenAt = instantOrNull(row.takenAt)
  return {
    ...asked,
    title,
    role,
    officeName: office.name,
    openedBy: row.openedBy,
    openedAt: instantOfRow(row.openedAt),
    givenAt: instantOrNull(row.givenAt),
    takenAt,
    cancelledAt: instantOrNull(row.cancelledAt),
    takerFromOn: takenAt === null ? null : changeoverOf(asked.lastDay, dayOf(takenAt)).takerFromOn,
  }
}
