import { StaffRefused } from '../../../domain/staff/staff-refusals.ts'
import type { Instant, PlainDate } from '../../../domain/time/plain-date.ts'
import type { Prisma } from '../../generated/client.ts'
import { readClock } from '../system/clock.ts'
import { refuseTwoFamilies } from './duties.ts'
import { refuseLastAdministrator } from './last-administrator.ts'
import { findPosts, officesInArea, type PostRow } from './offices.ts'
import { rowOfDay, rowOfInstant } from '../system/rows.ts'
import { endSessionsOf } from './sessions.ts'
import { type Changed, changeStaff } from './staff-changes.ts'
import { auditStaff, lockRegisters, type StaffActor, staffRegistersOf } from './staff-register.ts'

type Tx = Prisma.TransactionClient
type By = NonNullable<StaffActor>

/** Disables an officer's account: whoever is signed in on it is out at the next request. @throws StaffRefused */
export async function disableOfficer(tx: Tx, officerId: string, by: By): Promise<Changed<{ officerId: string }>> {
  return switchAccount(tx, { officerId, disabled: true, by })
}

/** Opens a disabled account again. @throws StaffRefused */
export async function enableOfficer(tx: Tx, officerId: string, by: By): Promise<Changed<{ officerId: string }>> {
  return switchAccount(tx, { officerId, disabled: false, by })
}

/** Lets an officer whom failed attempts keep out try again for a while. @throws StaffRefused */
export async function unlockSignIn(
  tx: Tx,
  { officerId, unlockId, at }: { officerId: string; unlockId: string; at: Date },
  by: By,
): Promise<Changed<{ officerId: string }>> {
  return changeStaff(tx, { officerIds: [officerId], by }, async ({ now, today }) => {
    const officeId = await officeWhereKnown(tx, officerId, by, today)
    await tx.signInUnlock.create({ data: { id: unlockId, officerId, unlockedBy: by.officerId, unlockedAt: at } })
    await auditStaff(tx, [{ officeId, action: 'UNLOCK_SIGN_IN', subject: officerId, detail: {} }], { by, at: now })
    return { officerId }
  })
}

/**
 * Puts a new password in the place of the one that was just checked, and ends the officer's other sessions for good.
 * @throws StaffRefused when it was changed meanwhile
 */
export async function changePassword(
  tx: Tx,
  { oldHash, newHash, keep }: { oldHash: string; newHash: string; keep: Uint8Array<ArrayBuffer> },
  by: By,
): Promise<{ changedAt: Instant }> {
  const { officerId, officeId } = by
  await lockRegisters(tx, (await staffRegistersOf(tx, [officeId])).values())
  const now = await readClock(tx)
  // The archive's own function: no process may change a hash otherwise.
  const [row] = await tx.$queryRaw<{ changed: boolean }[]>`
    SELECT set_password_hash(${officerId}, ${oldHash}, ${newHash}) AS changed`
  if (row?.changed !== true) throw new StaffRefused('passwordChangedMeanwhile')
  await endSessionsOf(tx, { officerId, but: keep, now: rowOfInstant(now) })
  await auditStaff(tx, [{ officeId, action: 'CHANGE_PASSWORD', subject: officerId, detail: {} }], { by, at: now })
  return { changedAt: now }
}

async function switchAccount(
  tx: Tx,
  { officerId, disabled, by }: { officerId: string; disabled: boolean; by: By },
): Promise<Changed<{ officerId: string }>> {
  return changeStaff(tx, { officerIds: [officerId], by }, async ({ now, today }) => {
    const officeId = await officeWhereKnown(tx, officerId, by, today)
    if (officerId === by.officerId) throw new StaffRefused('notOwnAccount')
    const { count } = await tx.officer.updateMany({
      where: { id: officerId, disabledAt: disabled ? null : { not: null } },
      data: { disabledAt: disabled ? rowOfInstant(now) : null },
    })
    if (count === 0) throw new StaffRefused(disabled ? 'alreadyDisabled' : 'notDisabled')
    if (disabled) await refuseLastAdministrator(tx, await administratorPostsOf(tx, officerId, today), today)
    else await refuseTwoFamilies(tx, officerId, today)
    const action = disabled ? 'DISABLE_OFFICER' : 'ENABLE_OFFICER'
    await auditStaff(tx, [{ officeId, action, subject: officerId, detail: {} }], { by, at: now })
    return { officerId }
  })
}

/** The posts of administrators that an officer has today or is to have. */
export async function administratorPostsOf(tx: Tx, officerId: string, today: PlainDate): Promise<PostRow[]> {
  const holdings = await tx.postHolding.findMany({
    where: {
      officerId,
      post: { role: 'ADMINISTRATOR' },
      OR: [{ effectiveTo: null }, { effectiveTo: { gte: rowOfDay(today) } }],
    },
    select: { postId: true },
  })
  const posts = await findPosts(
    tx,
    holdings.map(({ postId }) => postId),
  )
  return [...posts.values()]
}

/**
 * Records whose account it is, by the look-up value of the identity number: all accounts of a person are one from then on.
 * @throws StaffRefused
 */
export async function recordIdentity(
  tx: Tx,
  { officerId, identityIndex }: { officerId: string; identityIndex: Uint8Array<ArrayBuffer> },
  by: By,
): Promise<Changed<{ officerId: string }>> {
  return changeStaff(tx, { officerIds: [officerId], by }, async ({ now, today }) => {
    const officeId = await officeForNewcomer(tx, officerId, by, today)
    if (officerId === by.officerId) throw new StaffRefused('notOwnAccount')
    const { identityIndex: before } = await tx.officer.findUniqueOrThrow({ where: { id: officerId } })
    if (before !== null && Buffer.from(before).equals(identityIndex)) throw new StaffRefused('identityTaken')
    await tx.officer.update({ where: { id: officerId }, data: { identityIndex } })
    await refuseTwoFamilies(tx, officerId, today)
    const detail = { corrected: before !== null }
    await auditStaff(tx, [{ officeId, action: 'RECORD_IDENTITY', subject: officerId, detail }], { by, at: now })
    return { officerId }
  })
}

/** Who has no post anywhere yet is known in the administrator's own office. @throws StaffRefused */
export async function officeForNewcomer(tx: Tx, officerId: string, by: By, today: PlainDate): Promise<string> {
  if ((await tx.officer.count({ where: { id: officerId } })) === 0) throw new StaffRefused('staffNotThere')
  if ((await tx.postHolding.count({ where: { officerId } })) === 0) return by.officeId
  return officeWhereKnown(tx, officerId, by, today)
}

/** An office of the area in which somebody holds or held a post; the officers of others are not there for this asker. */
async function officeWhereKnown(tx: Tx, officerId: string, by: By, today: PlainDate): Promise<string> {
  const area = await officesInArea(tx, by.officeId, today)
  const holding = await tx.postHolding.findFirst({
    where: { officerId, post: { officeId: { in: area.map(({ officeId }) => officeId) } } },
    orderBy: [{ effectiveFrom: 'desc' }, { id: 'asc' }],
    select: { post: { select: { officeId: true } } },
  })
  if (holding === null) throw new StaffRefused('staffNotThere')
  return holding.post.officeId
}
