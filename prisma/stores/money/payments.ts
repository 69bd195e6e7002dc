import type { CaseEventData } from '../../../domain/procedures/assistance-case/facts.ts'
import type { CaseState } from '../../../domain/procedures/assistance-case/state.ts'
import type { Instant } from '../../../domain/time/plain-date.ts'
import type { Db } from '../../client.ts'
import type { PaymentInstruction } from '../../generated/client.ts'
import { post } from './journal.ts'
import { rowOfInstant } from '../system/rows.ts'

type At = { matterId: string; countyId: string; now: Instant; state: CaseState; officerId: string | null }

/** The line of an entitlement and its next issue, written before anything is sent. */
export async function writeInstruction(db: Db, at: At, data: CaseEventData['PAYMENT_PREPARED']): Promise<void> {
  const { matterId, countyId, state } = at
  const shared = { countyId, programme: 'DIBAO' as const, month: data.month, instalment: 1 }
  if (data.issue === 1) {
    await db.paymentLine.create({
      data: {
        id: data.lineId,
        entitlementKind: 'BENEFIT',
        entitlementId: state.benefitId as string,
        matterId,
        ...shared,
        amountFen: BigInt(data.amountFen),
        createdAt: rowOfInstant(at.now),
      },
    })
    const paidFor = await db.benefitMember.findMany({
      where: { benefitId: state.benefitId as string, active: true },
      select: { personId: true },
    })
    await db.paymentLinePerson.createMany({
      data: paidFor.map(({ personId }) => ({ lineId: data.lineId, personId, ...shared })),
    })
  }
  await db.paymentInstruction.create({
    data: {
      id: data.instructionId,
      lineId: data.lineId,
      matterId,
      countyId,
      issue: data.issue,
      accountId: state.accountId as string,
      amountFen: BigInt(data.amountFen),
      state: 'PREPARED',
      preparedBy: at.officerId as string,
      writtenAt: rowOfInstant(at.now),
    },
  })
}

/** What was prepared for an account that has been put right is never released. */
export async function voidPreparation(db: Db, { instruction }: CaseState): Promise<void> {
  if (instruction?.state !== 'VOIDED') return
  await db.paymentInstruction.updateMany({
    where: { id: instruction.instructionId, state: 'PREPARED' },
    data: { state: 'VOIDED' },
  })
}

export async function releaseInstruction(db: Db, at: At, instructionId: string): Promise<void> {
  await db.paymentInstruction.update({
    where: { id: instructionId },
    data: { state: 'RELEASED', releasedBy: at.officerId },
  })
  const { countyId, now } = at
  const amountFen = preparedFen(at.state)
  await post(db, { kind: 'RELEASE', instructionId, countyId, from: 'BUDGET', to: 'RELEASED', amountFen, at: now })
}

export async function markInstructionSent(db: Db, at: At, instructionId: string): Promise<void> {
  await db.paymentInstruction.update({
    where: { id: instructionId },
    data: { state: 'SENT', sentAt: rowOfInstant(at.now) },
  })
}

export async function settleInstruction(
  db: Db,
  at: At,
  data: CaseEventData['PAYMENT_PAID'] | CaseEventData['PAYMENT_RETURNED'],
): Promise<void> {
  const { instructionId } = data
  const before = await db.paymentInstruction.findUniqueOrThrow({ where: { id: instructionId } })
  const returned = 'reason' in data
  await db.paymentInstruction.update({
    where: { id: instructionId },
    data: {
      state: returned ? 'RETURNED' : 'PAID',
      returnReason: returned ? data.reason : null,
      settledAt: rowOfInstant(data.settledAt),
      nextAskAt: null,
    },
  })
  const { countyId, now } = at
  const shared = { instructionId, countyId, amountFen: preparedFen(at.state), at: now }
  if (!returned) return post(db, { ...shared, kind: 'PAY', from: 'RELEASED', to: 'HOUSEHOLDS' })
  const from = before.state === 'PAID' ? 'HOUSEHOLDS' : 'RELEASED'
  await post(db, { ...shared, kind: 'RETURN', from, to: 'BUDGET' })
}

/** The journal tells of the amount that an event prepared, and never of a row that could be changed. */
function preparedFen({ instruction }: CaseState): bigint {
  if (instruction === null) throw new Error('No payment is prepared in this case')
  return BigInt(instruction.amountFen)
}

export async function findInstruction(db: Db, instructionId: string): Promise<PaymentInstruction | null> {
  return db.paymentInstruction.findUnique({ where: { id: instructionId } })
}

/** When the bank is to be asked about an instruction again. */
export async function askBankAgainAt(db: Db, instructionId: string, at: Instant): Promise<void> {
  await db.paymentInstruction.updateMany({
    where: { id: instructionId, state: { in: ['RELEASED', 'SENT'] } },
    data: { nextAskAt: rowOfInstant(at) },
  })
}
