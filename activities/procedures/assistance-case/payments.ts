import type { CaseDuty } from '../../../domain/procedures/assistance-case/duties.ts'
import type { BankCallback } from '../../../platform/callbacks/bank-callback.ts'
import { type Instant, addMs, instant } from '../../../domain/time/plain-date.ts'
import type { Archive } from '../../../prisma/client.ts'
import {
  asCase,
  type LockedCase,
  type LockedMatter,
  withLockedCase,
} from '../../../prisma/stores/matter/locked-matter.ts'
import { getPayeeAccount } from '../../../prisma/stores/money/payee-accounts.ts'
import { type PaymentOrder, readPayment } from '../../../prisma/stores/money/payment-orders.ts'
import { askBankAgainAt } from '../../../prisma/stores/money/payments.ts'
import type { PaymentActivities, MatterStatus } from '../../contract.ts'
import { boundedDuty, type DutyTowards } from '../../bounded-duty.ts'
import { appendOwn } from '../../filing/append-own.ts'
import { stableId } from '../../../platform/stable-id.ts'
import { endHold, holdPayment } from './hold-payment.ts'
import { bringUpToDate } from '../../filing/look-at-case.ts'
import { statusOf } from '../../filing/status.ts'
import { takeAnswers } from '../../filing/inbox.ts'
import type { AskResult, Bank, SendResult } from '../../gateways/bank.ts'

/** How long an instruction may lie with the bank before the bank is asked; sooner when the sending was in doubt. */
const askAgainAfterMs = { sent: 60 * 60 * 1000, unknown: 5_000 }

/**
 * Written, sent, asked for. What the bank did not answer is unknown, and unknown means: ask. The same number goes out
 * again only after the bank has said that it does not know it, and never as anything but what was decided and released.
 */
export function createPaymentActivities(deps: { archive: Archive; bank: Bank }): PaymentActivities {
  const { archive, bank } = deps

  /** A worker that died after sending left no trace here, so the bank is asked before every sending. */
  async function askAndSend(matterId: string, state: 'RELEASED' | 'SENT'): Promise<MatterStatus> {
    const instructionId = await withLockedCase(archive, matterId, async (matter) => instructionIn(matter, state))
    if (instructionId === null) return stand(archive, matterId)
    const known = await bank.ask(instructionId)
    if (known.kind !== 'notKnown') return settle(archive, matterId, instructionId, known)
    const order = await takeOrder(archive, matterId, instructionId)
    return order === null
      ? stand(archive, matterId)
      : fileSent(archive, matterId, instructionId, await bank.send(order))
  }

  return {
    sendPayment: boundedDuty(archive, towardsBank('SEND_PAYMENT'), ({ caseId: matterId }) =>
      askAndSend(matterId, 'RELEASED'),
    ),
    askBank: boundedDuty(archive, towardsBank('ASK_BANK'), ({ caseId: matterId }) => askAndSend(matterId, 'SENT')),

    checkAccount: boundedDuty(archive, towardsBank('CHECK_ACCOUNT'), async ({ caseId: matterId }) => {
      const account = await withLockedCase(archive, matterId, async (matter) => accountToCheck(matter))
      if (account === null) return stand(archive, matterId)
      const { accountId, accountNumber, holderName } = account
      const result = await bank.checkAccount({ account: accountNumber, holderName })
      return withLockedCase(archive, matterId, async (matter) => {
        if ((await accountToCheck(matter))?.accountId !== accountId) return statusOf(await bringUpToDate(matter))
        const checked = { type: 'ACCOUNT_CHECKED' as const, data: { accountId, result } }
        return statusOf(await appendOwn(matter, stableId(accountId, 'CHECKED'), checked, accountId))
      })
    }),
  }
}

function towardsBank(duty: CaseDuty): DutyTowards {
  const aboutOf = (matter: LockedMatter) => asCase(matter).state.instruction?.instructionId ?? null
  return { duty, source: 'BANK', aboutOf }
}

/** Enters how the bank settled an instruction, as it answered or as it refused. */
async function enterSettlement(aCase: LockedCase, body: BankCallback, instructionId: string): Promise<LockedMatter> {
  return takeAnswers(aCase, [{ source: 'BANK', body, cause: { kind: 'PROCEDURE', id: instructionId } }])
}

function instructionIn({ state: { instruction } }: LockedCase, state: 'RELEASED' | 'SENT'): string | null {
  return instruction?.state === state ? instruction.instructionId : null
}

/** An account put right of which the bank has not said whether name and number belong together. */
async function accountToCheck({ state, tx, cipher }: LockedCase) {
  const { proposedAccount } = state
  if (state.stage !== 'FIRST_PAYMENT' || proposedAccount === null || proposedAccount.checked !== null) return null
  return getPayeeAccount({ db: tx, cipher }, proposedAccount.accountId)
}

/** What is sent, read and compared in one; nothing where it is held, or where it was settled meanwhile. */
async function takeOrder(archive: Archive, matterId: string, instructionId: string): Promise<PaymentOrder | null> {
  return withLockedCase(archive, matterId, async (matter) => {
    const { instruction } = matter.state
    const isToSend = instruction?.state === 'RELEASED' || instruction?.state === 'SENT'
    if (!isToSend || instruction.instructionId !== instructionId) return null
    const { order, differs } = await readPayment({ db: matter.tx, cipher: matter.cipher }, matter)
    const isAsSigned = order !== null && differs.length === 0
    if (!isAsSigned) await holdPayment(matter, instruction, differs)
    else if (instruction.heldFor.length > 0) await endHold(matter, instructionId)
    return isAsSigned ? order : null
  })
}

async function stand(archive: Archive, matterId: string): Promise<MatterStatus> {
  return withLockedCase(archive, matterId, async (matter) => statusOf(await bringUpToDate(matter)))
}

/** The instruction counts as sent whether or not the answer came; doubt only means asking sooner. */
async function fileSent(
  archive: Archive,
  matterId: string,
  instructionId: string,
  result: SendResult,
): Promise<MatterStatus> {
  return withLockedCase(archive, matterId, async (matter) => {
    const after = await enterSent(matter, instructionId)
    if (result.kind === 'refused') {
      const settledAt = matter.now
      const callbackId = `${instructionId}-refused`
      const refused = { callbackId, instructionId, state: 'RETURNED' as const, reason: 'OTHER' as const, settledAt }
      return statusOf(await enterSettlement(after, refused, instructionId))
    }
    await askBankAgainAt(after.tx, instructionId, nextAsk(after.now, result.kind))
    return statusOf(await bringUpToDate(after))
  })
}

async function settle(
  archive: Archive,
  matterId: string,
  instructionId: string,
  known: AskResult,
): Promise<MatterStatus> {
  return withLockedCase(archive, matterId, async (matter) => {
    const sent = await enterSent(matter, instructionId)
    await askBankAgainAt(sent.tx, instructionId, nextAsk(sent.now, 'accepted'))
    if (known.kind !== 'paid' && known.kind !== 'returned') return statusOf(await bringUpToDate(sent))
    const common = {
      callbackId: `${instructionId}-asked`,
      instructionId,
      settledAt: instant(Date.parse(known.settledAt)),
    }
    const news =
      known.kind === 'paid'
        ? { ...common, state: 'PAID' as const }
        : { ...common, state: 'RETURNED' as const, reason: known.reason }
    return statusOf(await bringUpToDate(await enterSettlement(sent, news, instructionId)))
  })
}

async function enterSent(matter: LockedCase, instructionId: string): Promise<LockedCase> {
  const { instruction } = matter.state
  if (instruction?.instructionId !== instructionId || instruction.state !== 'RELEASED') return matter
  const sent = { type: 'PAYMENT_SENT' as const, data: { instructionId } }
  return asCase(await appendOwn(matter, stableId(instructionId, 'SENT'), sent, instructionId))
}

function nextAsk(now: Instant, kind: 'accepted' | 'unknown'): Instant {
  return addMs(now, kind === 'accepted' ? askAgainAfterMs.sent : askAgainAfterMs.unknown)
}
