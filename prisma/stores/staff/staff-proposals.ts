import {
  expiryOf,
  gainerOf,
  refuseAgreeing,
  refuseWithdrawing,
  type StaffChange,
  takesTwo,
} from '../../../domain/staff/staff-proposal.ts'
import { StaffRefused } from '../../../domain/staff/staff-refusals.ts'
import { refuseSecondSignature } from '../../../domain/staff/two-signatures.ts'
import { dayOf, type Instant, type PlainDate } from '../../../domain/time/plain-date.ts'
import type { StaffProposalKind } from '../../../domain/vocabulary.ts'
import { stableId } from '../../../platform/stable-id.ts'
import type { Db } from '../../client.ts'
import type { Prisma, StaffProposal } from '../../generated/client.ts'
import {
  createOfficer,
  type FirstPassword,
  personHasOtherAccounts,
  renewFirstPassword,
  resetPassword,
} from './new-accounts.ts'
import { administratorPostsOf, disableOfficer, enableOfficer, recordIdentity } from './accounts.ts'
import { readClock } from '../system/clock.ts'
import { personsOf } from './duties.ts'
import { endHolding, givePost } from './holdings.ts'
import { findPosts, officesInArea } from './offices.ts'
import { seatedOn } from './post-fillings.ts'
import { instantOfRow, rowOfInstant } from '../system/rows.ts'
import { namesOfOfficers } from './staff.ts'
import type { Changed } from './staff-changes.ts'
import { auditStaff, lockRegisters, type StaffActor, staffRegistersOf } from './staff-register.ts'

type Tx = Prisma.TransactionClient
type By = NonNullable<StaffActor>

/** A proposal after it was made: done at once where one administrator suffices. */
export type Proposed = Changed<{ proposalId: string; done: boolean; expiresAt: Instant } & About>

/** Whose account a change is about; whether a new one is not their only one, which is allowed but told. */
type About = { officerId: string; personHasOtherAccounts: boolean }

/**
 * Proposes a change of the staff. It is tried at once and taken back, so that nothing is proposed which could not be done
 * now; where one administrator suffices it stays. @throws StaffRefused
 */
export async function propose(
  tx: Tx,
  { proposalId, change }: { proposalId: string; change: StaffChange },
  by: By,
  { twoAdministrators, firstPassword }: { twoAdministrators: boolean; firstPassword: FirstPassword },
): Promise<Proposed> {
  const now = await readClock(tx)
  const ofAdministrator = (await administratorPostsOf(tx, change.officerId, dayOf(now))).length > 0
  const waits = twoAdministrators && takesTwo(change.kind, { ofAdministrator })
  const hands = { by, firstPassword }
  const alarms = waits
    ? await tryOut(tx, proposalId, change, hands)
    : (await perform(tx, proposalId, change, hands)).alarms
  const { kind, ...content } = change
  const officeId = await officeOf(tx, change, by)
  const expiresAt = expiryOf(now)
  await tx.staffProposal.create({
    data: {
      id: proposalId,
      kind,
      content,
      officeId,
      proposedBy: by.officerId,
      proposedAt: rowOfInstant(now),
      expiresAt: rowOfInstant(expiresAt),
      doneAt: waits ? null : rowOfInstant(now),
    },
  })
  await audit(tx, { officeId, action: 'PROPOSE_STAFF_CHANGE', proposalId, detail: told(change) }, { by, at: now })
  return { result: { proposalId, done: !waits, expiresAt, ...(await aboutOf(tx, change)) }, alarms }
}

/** Another administrator agrees, and the change is made. @throws StaffRefused */
export async function agreeToProposal(
  tx: Tx,
  proposalId: string,
  by: By,
  firstPassword: FirstPassword,
): Promise<Changed<{ proposalId: string; doneAt: Instant } & About>> {
  const row = await lockProposal(tx, proposalId, by)
  const change = changeOfRow(row)
  const now = await readClock(tx)
  const gainer = gainerOf(change)
  const personOf = await personsOf(tx, [row.proposedBy, by.officerId, change.officerId])
  const refused =
    refuseSecondSignature({
      first: personOf(row.proposedBy),
      second: personOf(by.officerId),
      gainer: gainer === null ? null : personOf(gainer),
    }) ??
    refuseAgreeing(
      {
        expiresAt: instantOfRow(row.expiresAt),
        done: row.doneAt !== null,
        withdrawn: row.withdrawnAt !== null,
        proposerInOffice: await isAdministrator(tx, row.proposedBy, dayOf(now)),
      },
      now,
    )
  if (refused !== null) throw refused
  const { alarms } = await perform(tx, proposalId, change, { by, firstPassword })
  await tx.staffProposal.update({
    where: { id: proposalId },
    data: { agreedBy: by.officerId, doneAt: rowOfInstant(now) },
  })
  const { officeId, proposedBy } = row
  const detail = { ...told(change), proposedBy }
  await audit(tx, { officeId, action: 'AGREE_STAFF_CHANGE', proposalId, detail }, { by, at: now })
  return { result: { proposalId, doneAt: now, ...(await aboutOf(tx, change)) }, alarms }
}

/** An administrator of the area, the proposer or another, takes a proposal off the table. @throws StaffRefused */
export async function withdrawProposal(
  tx: Tx,
  proposalId: string,
  by: By,
): Promise<{ proposalId: string; withdrawnAt: Instant }> {
  const row = await lockProposal(tx, proposalId, by)
  const refused = refuseWithdrawing({ done: row.doneAt !== null, withdrawn: row.withdrawnAt !== null })
  if (refused !== null) throw refused
  const now = await readClock(tx)
  await tx.staffProposal.update({
    where: { id: proposalId },
    data: { withdrawnBy: by.officerId, withdrawnAt: rowOfInstant(now) },
  })
  const { officeId } = row
  await audit(tx, { officeId, action: 'WITHDRAW_STAFF_CHANGE', proposalId, detail: {} }, { by, at: now })
  return { proposalId, withdrawnAt: now }
}

/** @throws StaffRefused for a change that one administrator alone may not make, where there are to be two */
export async function refuseAlone(
  tx: Tx,
  { kind, officerId }: { kind: StaffProposalKind; officerId: string },
  { twoAdministrators }: { twoAdministrators: boolean },
): Promise<void> {
  if (!twoAdministrators) return
  const today = dayOf(await readClock(tx))
  const ofAdministrator = (await administratorPostsOf(tx, officerId, today)).length > 0
  if (takesTwo(kind, { ofAdministrator })) throw new StaffRefused('proposalNeeded')
}

type Hands = { by: By; firstPassword: FirstPassword }

async function perform(
  tx: Tx,
  proposalId: string,
  change: StaffChange,
  { by, firstPassword }: Hands,
): Promise<Changed<object>> {
  switch (change.kind) {
    case 'GIVE_POST':
      return givePost(tx, { ...change, holdingId: stableId('POST_HOLDING', proposalId) }, by)
    case 'END_POST':
      return endHolding(tx, change, by)
    case 'DISABLE_OFFICER':
      return disableOfficer(tx, change.officerId, by)
    case 'ENABLE_OFFICER':
      return enableOfficer(tx, change.officerId, by)
    case 'NEW_OFFICER':
      return createOfficer(tx, change, { by, firstPassword })
    case 'NEW_FIRST_PASSWORD':
      return renewFirstPassword(tx, change.officerId, { by, firstPassword })
    case 'RESET_PASSWORD':
      return resetPassword(tx, change.officerId, { by, firstPassword })
    case 'RECORD_IDENTITY': {
      const { officerId, identityIndex } = change
      return recordIdentity(tx, { officerId, identityIndex: Uint8Array.from(Buffer.from(identityIndex, 'hex')) }, by)
    }
  }
}

async function aboutOf(tx: Tx, change: StaffChange): Promise<About> {
  const { officerId } = change
  return { officerId, personHasOtherAccounts: await personHasOtherAccounts(tx, change) }
}

async function tryOut(
  tx: Tx,
  proposalId: string,
  change: StaffChange,
  hands: Hands,
): Promise<Changed<object>['alarms']> {
  await tx.$executeRaw`SAVEPOINT trial`
  await perform(tx, proposalId, change, hands)
  await tx.$executeRaw`ROLLBACK TO SAVEPOINT trial`
  return []
}

/** The office in whose register a proposal stands: that of the post, or where the officer works. */
async function officeOf(tx: Tx, change: StaffChange, by: By): Promise<string> {
  if ('postId' in change) return (await tx.post.findUniqueOrThrow({ where: { id: change.postId } })).officeId
  const holding = await tx.postHolding.findFirst({
    where: { officerId: change.officerId },
    orderBy: [{ effectiveFrom: 'desc' }, { id: 'asc' }],
    select: { post: { select: { officeId: true } } },
  })
  return holding?.post.officeId ?? by.officeId
}

async function lockProposal(tx: Tx, proposalId: string, by: By): Promise<StaffProposal> {
  await tx.$executeRaw`SELECT FROM staff_proposal WHERE id = ${proposalId} FOR UPDATE`
  const row = await tx.staffProposal.findUnique({ where: { id: proposalId } })
  const area = await officesInArea(tx, by.officeId, dayOf(await readClock(tx)))
  if (row === null || !area.some(({ officeId }) => officeId === row.officeId)) throw new StaffRefused('staffNotThere')
  return row
}

async function isAdministrator(db: Db, officerId: string, today: PlainDate): Promise<boolean> {
  const [row] = await db.$queryRaw<{ is: boolean }[]>`
    SELECT EXISTS (SELECT FROM ${seatedOn(today)} s JOIN post p ON p.id = s."postId" JOIN officer o ON o.id = s."officerId"
      WHERE s."officerId" = ${officerId} AND p.role = 'ADMINISTRATOR' AND o."disabledAt" IS NULL) AS is`
  return (row as { is: boolean }).is
}

function changeOfRow({ kind, content }: StaffProposal): StaffChange {
  return { kind, ...(content as object) } as StaffChange
}

/** A proposal as audit and people are told it: without anything that belongs to a person. */
function told(change: StaffChange) {
  const { kind, officerId } = change
  const post = 'postId' in change ? { postId: change.postId } : {}
  const from = 'fromOn' in change ? { fromOn: change.fromOn } : {}
  const until = 'lastDay' in change ? { lastDay: change.lastDay } : {}
  const number = 'staffNumber' in change ? { staffNumber: change.staffNumber } : {}
  return { kind, officerId, ...number, ...post, ...from, ...until }
}

async function audit(
  tx: Tx,
  about: { officeId: string; action: string; proposalId: string; detail: Record<string, unknown> },
  who: { by: By; at: Instant },
): Promise<void> {
  const { officeId, action, proposalId: subject, detail } = about
  await lockRegisters(tx, (await staffRegistersOf(tx, [officeId])).values())
  await auditStaff(tx, [{ officeId, action, subject, detail }], who)
}

/** A proposal as administrators are shown it. */
export type ProposalRow = {
  proposalId: string
  kind: StaffProposalKind
  officerId: string
  officerName: string
  /** Of an account that is to be made. */
  staffNumber: string | null
  postId: string | null
  postTitle: string | null
  officeName: string | null
  fromOn: PlainDate | null
  lastDay: PlainDate | null
  proposedBy: string
  proposedByName: string
  proposedAt: Instant
  expiresAt: Instant
  agreedByName: string | null
  doneAt: Instant | null
  withdrawnAt: Instant | null
}

export type ProposalMark = { proposedAt: Instant; proposalId: string }

/** Proposals of an administrator's area, the latest first. */
export async function readProposals(
  db: Db,
  page: { officeId: string; today: PlainDate; after?: ProposalMark | undefined; take: number },
): Promise<ProposalRow[]> {
  const { after } = page
  const area = await officesInArea(db, page.officeId, page.today)
  const rows = await db.staffProposal.findMany({
    where: {
      officeId: { in: area.map(({ officeId }) => officeId) },
      ...(after === undefined
        ? {}
        : {
            OR: [
              { proposedAt: { lt: rowOfInstant(after.proposedAt) } },
              { proposedAt: rowOfInstant(after.proposedAt), id: { gt: after.proposalId } },
            ],
          }),
    },
    orderBy: [{ proposedAt: 'desc' }, { id: 'asc' }],
    take: page.take,
  })
  const changes = rows.map(changeOfRow)
  const names = await namesOfOfficers(db, [
    ...changes.map(({ officerId }) => officerId),
    ...rows.flatMap(({ proposedBy, agreedBy }) => (agreedBy === null ? [proposedBy] : [proposedBy, agreedBy])),
  ])
  const posts = await findPosts(
    db,
    changes.flatMap((change) => ('postId' in change ? [change.postId] : [])),
  )
  const nameOf = (officerId: string) => names.get(officerId) ?? officerId
  return rows.map((row) => {
    const change = changeOfRow(row)
    const post = 'postId' in change ? posts.get(change.postId) : undefined
    return {
      proposalId: row.id,
      kind: row.kind,
      officerId: change.officerId,
      officerName: change.kind === 'NEW_OFFICER' ? change.name : nameOf(change.officerId),
      staffNumber: change.kind === 'NEW_OFFICER' ? change.staffNumber : null,
      postId: post?.postId ?? null,
      postTitle: post?.title ?? null,
      officeName: post?.office.name ?? null,
      fromOn: 'fromOn' in change ? (change.fromOn ?? null) : null,
      lastDay: 'lastDay' in change ? (change.lastDay ?? null) : null,
      proposedBy: row.proposedBy,
      proposedByName: nameOf(row.proposedBy),
      proposedAt: instantOfRow(row.proposedAt),
      expiresAt: instantOfRow(row.expiresAt),
      agreedByName: row.agreedBy === null ? null : nameOf(row.agreedBy),
      doneAt: row.doneAt === null ? null : instantOfRow(row.doneAt),
      withdrawnAt: row.withdrawnAt === null ? null : instantOfRow(row.withdrawnAt),
    }
  })
}
