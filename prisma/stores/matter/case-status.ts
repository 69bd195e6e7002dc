import { reviewKindLabels } from '../../../domain/labels.ts'
import type { LimitKey } from '../../../domain/matter/limit-keys.ts'
import type { Db } from '../../client.ts'
import type { Deadline } from '../../generated/client.ts'
import { dayOfRow, fenOfRow, instantOfRow, waitsOfRow } from '../system/rows.ts'

/** Rows that show where a case stands, in the words of the rule book. */

/** Closed is closed: nothing that is asked of such a case needs its procedure. */
export async function isCaseClosed(db: Db, matterId: string): Promise<boolean> {
  return (await db.matter.count({ where: { id: matterId, stage: 'CLOSED' } })) > 0
}

/** On whose desk a case lies. */
export async function readHolders(db: Db, matterIds: readonly string[]) {
  const tasks = await db.task.findMany({
    where: { matterId: { in: [...matterIds] }, closedAt: null },
    orderBy: { openedAt: 'asc' },
  })
  const offices = await db.office.findMany({ where: { id: { in: tasks.map(({ officeId }) => officeId) } } })
  const nameOf = new Map(offices.map(({ id, name }) => [id, name]))
  return tasks.map(({ matterId, officeId, role, assigneeId, openedAt }) => ({
    matterId,
    officeId,
    officeName: nameOf.get(officeId) ?? officeId,
    role,
    assigneeId,
    since: instantOfRow(openedAt),
  }))
}

export async function readDeadlines(db: Db, matterId: string) {
  const rows = await db.deadline.findMany({ where: { matterId }, orderBy: [{ startedOn: 'asc' }, { dueAt: 'asc' }] })
  return rows.map(deadlineOfRow)
}

export async function findDeadline(db: Db, key: { matterId: string; limit: string; run: number }) {
  const row = await db.deadline.findUnique({ where: { matterId_limit_run: key } })
  return row === null ? null : deadlineOfRow(row)
}

function deadlineOfRow(row: Deadline) {
  return {
    limit: row.limit as LimitKey,
    run: row.run,
    kind: row.kind,
    amount: row.amount,
    startedOn: dayOfRow(row.startedOn),
    dueOn: dayOfRow(row.dueOn),
    dueAt: instantOfRow(row.dueAt),
    state: row.state,
    provisional: row.provisional,
    assumed: row.assumed,
    source: row.source,
    calendarVersion: row.calendarVersion,
    stoppedOn: row.stoppedOn === null ? null : dayOfRow(row.stoppedOn),
    ownDueAt: row.ownDueAt === null ? null : instantOfRow(row.ownDueAt),
    waits: waitsOfRow(row.waits),
  }
}

/** The benefit that a case granted, as it is known now. */
export async function findBenefitOf(db: Db, matterId: string) {
  const benefit = await db.benefit.findUnique({ where: { matterId } })
  if (benefit === null) return null
  const version = await db.benefitVersion.findFirstOrThrow({
    where: { benefitId: benefit.id, knownTo: null },
    orderBy: { validFrom: 'desc' },
  })
  const members = await db.benefitMember.findMany({
    where: { versionId: version.id },
    select: { personId: true },
    orderBy: { personId: 'asc' },
  })
  const reviews = await db.reviewObligation.findMany({
    where: { benefitId: benefit.id, open: true },
    orderBy: { dueOn: 'asc' },
  })
  return {
    benefitId: benefit.id,
    memberPersonIds: members.map(({ personId }) => personId),
    active: benefit.active,
    firstMonth: benefit.firstMonth,
    monthlyAmountFen: fenOfRow(version.monthlyAmountFen),
    category: version.category,
    nextReviewOn: dayOfRow(benefit.nextReviewOn),
    reviews: reviews.map(({ kind, dueOn }) => ({ kind, label: reviewKindLabels[kind], dueOn: dayOfRow(dueOn) })),
  }
}

/** The last instruction to the bank in a case. */
export async function findLastInstruction(db: Db, matterId: string) {
  const row = await db.paymentInstruction.findFirst({ where: { matterId }, orderBy: { writtenAt: 'desc' } })
  if (row === null) return null
  const line = await db.paymentLine.findUniqueOrThrow({ where: { id: row.lineId } })
  return {
    instructionId: row.id,
    month: line.month,
    issue: row.issue,
    amountFen: fenOfRow(row.amountFen),
    state: row.state,
    sentAt: row.sentAt === null ? null : instantOfRow(row.sentAt),
    settledAt: row.settledAt === null ? null : instantOfRow(row.settledAt),
    returnReason: row.returnReason,
  }
}

/** The account of a household with all of its number but the end left out. */
export async function findAccountTail(db: Db, accountId: string) {
  return db.payeeAccount.findUnique({
    where: { id: accountId },
    select: {
      holderName: true,
      nameAtBank: true,
      kind: true,
      bankName: true,
      numberTail: true,
      numberLooksWrong: true,
    },
  })
}

/** The assessment that was stored last, signed for or not. */
export async function findLastAssessmentId(db: Db, matterId: string): Promise<string | null> {
  const row = await db.paper.findFirst({
    where: { matterId, kind: 'ASSESSMENT', erasedAt: null },
    orderBy: [{ writtenAt: 'desc' }, { id: 'asc' }],
    select: { id: true },
  })
  return row?.id ?? null
}
