import { type Instant, addMs, instant } from '../domain/time/plain-date.ts'
import type { Archive } from '../prisma/client.ts'
import { type Dossier, withDossier } from '../prisma/stores/dossier.ts'
import { getPayeeAccount } from '../prisma/stores/payee-accounts.ts'
import { type PaymentOrder, readPayment } from '../prisma/stores/payment-orders.ts'
import { askBankAgainAt } from '../prisma/stores/payments.ts'
import type { PaymentActivities, Standing } from './contract.ts'
import { boundedDuty } from './bounded-duty.ts'
import { enterOwn } from './filing/enter-own.ts'
import { stableId } from '../platform/stable-id.ts'
import { endHold, holdPayment } from './filing/hold-payment.ts'
import { bringUpToDate } from './filing/look-at-case.ts'
import { standingOf } from './filing/standing.ts'
import { enterSettlement } from './filing/what-arrived.ts'
import type { AskResult, Bank, SendResult } from './gateways/bank.ts'

/** How long an instruction may lie with the bank before the bank is asked; sooner when the sending was in doubt. */
const askAgainAfterMs = { sent: 60 * 60 * 1000, unknown: 5_000 }

/**
 * Written, sent, asked for. What the bank did not answer is unknown, and unknown means: ask. The same number goes out
 * again only after the bank has said that it does not know it, and never as anything but what was decided and released.
 */
export function createPaymentActivities(deps: { archive: Archive; bank: Bank }): PaymentActivities {
  const { archive, bank } = deps

  /** A worker that died after sending left no trace here, so the bank is asked before every sending. */
  async function askAndSend(caseId: string, state: 'RELEASED' | 'SENT'): Promise<Standing> {
    const instructionId = await withDossier(archive, caseId, async (dossier) => instructionIn(dossier, state))
    if (instructionId === null) return stand(archive, caseId)
    const known = await bank.ask(instructionId)
    if (known.kind !== 'notKnown') return settle(archive, caseId, instructionId, known)
    const order = await takeOrder(archive, caseId, instructionId)
    return order === null ? stand(archive, caseId) : fileSent(archive, caseId, instructionId, await bank.send(order))
  }

  return {
    sendPayment: boundedDuty(archive, 'SEND_PAYMENT', ({ caseId }) => askAndSend(caseId, 'RELEASED')),
    askBank: boundedDuty(archive, 'ASK_BANK', ({ caseId }) => askAndSend(caseId, 'SENT')),

    checkAccount: boundedDuty(archive, 'CHECK_ACCOUNT', async ({ caseId }) => {
      const account = await withDossier(archive, caseId, async (dossier) => accountToCheck(dossier))
      if (account === null) return stand(archive, caseId)
      const { accountId, accountNumber, holderName } = account
      const result = await bank.checkAccount({ account: accountNumber, holderName })
      return withDossier(archive, caseId, async (dossier) => {
        if ((await accountToCheck(dossier))?.accountId !== accountId) return standingOf(await bringUpToDate(dossier))
        const checked = { type: 'ACCOUNT_CHECKED' as const, data: { accountId, result } }
        return standingOf(await enterOwn(dossier, stableId(accountId, 'CHECKED'), checked, accountId))
      })
    }),
  }
}

function instructionIn({ state: { instruction } }: Dossier, state: 'RELEASED' | 'SENT'): string | null {
  return instruction?.state === state ? instruction.instructionId : null
}

/** An account put right of which the bank has not said whether name and number belong together. */
async function accountToCheck({ state, tx, cipher }: Dossier) {
  const { proposedAccount } = state
  if (state.stage !== 'FIRST_PAYMENT' || proposedAccount === null || proposedAccount.checked !== null) return null
  return getPayeeAccount({ db: tx, cipher }, proposedAccount.accountId)
}

/** What is sent, read and compared in one; nothing where it is held, or where it was settled meanwhile. */
async function takeOrder(archive: Archive, caseId: string, instructionId: string): Promise<PaymentOrder | null> {
  return withDossier(archive, caseId, async (dossier) => {
    const { instruction } = dossier.state
    const isToSend = instruction?.state === 'RELEASED' || instruction?.state === 'SENT'
    if (!isToSend || instruction.instructionId !== instructionId) return null
    const { order, differs } = await readPayment({ db: dossier.tx, cipher: dossier.cipher }, dossier)
    const isAsSigned = order !== null && differs.length === 0
    if (!isAsSigned) await holdPayment(dossier, instruction, differs)
    else if (instruction.heldFor.length > 0) await endHold(dossier, instructionId)
    return isAsSigned ? order : null
  })
}

async function stand(archive: Archive, caseId: string): Promise<Standing> {
  return withDossier(archive, caseId, async (dossier) => standingOf(await bringUpToDate(dossier)))
}

/** The instruction counts as sent whether or not the answer came; doubt only means asking sooner. */
async function fileSent(
  archive: Archive,
  caseId: string,
  instructionId: string,
  result: SendResult,
): Promise<Standing> {
  return withDossier(archive, caseId, async (dossier) => {
    const after = await enterSent(dossier, instructionId)
    if (result.kind === 'refused') {
      const settledAt = dossier.now
      const callbackId = `${instructionId}-refused`
      const refused = { callbackId, instructionId, state: 'RETURNED' as const, reason: 'OTHER' as const, settledAt }
      return standingOf(await enterSettlement(after, refused, { kind: 'PROCEDURE', id: instructionId }))
    }
    await askBankAgainAt(after.tx, instructionId, nextAsk(after.now, result.kind))
    return standingOf(await bringUpToDate(after))
  })
}

async function settle(archive: Archive, caseId: string, instructionId: string, known: AskResult): Promise<Standing> {
  return withDossier(archive, caseId, async (dossier) => {
    const sent = await enterSent(dossier, instructionId)
    await askBankAgainAt(sent.tx, instructionId, nextAsk(sent.now, 'accepted'))
    if (known.kind !== 'paid' && known.kind !== 'returned') return standingOf(await bringUpToDate(sent))
    const common = {
      callbackId: `${instructionId}-asked`,
      instructionId,
      settledAt: instant(Date.parse(known.settledAt)),
    }
    const news =
      known.kind === 'paid'
        ? { ...common, state: 'PAID' as const }
        : { ...common, state: 'RETURNED' as const, reason: known.reason }
    return standingOf(await bringUpToDate(await enterSettlement(sent, news, { kind: 'PROCEDURE', id: instructionId })))
  })
}

async function enterSent(dossier: Dossier, instructionId: string): Promise<Dossier> {
  const { instruction } = dossier.state
  if (instruction?.instructionId !== instructionId || instruction.state !== 'RELEASED') return dossier
  const sent = { type: 'PAYMENT_SENT' as const, data: { instructionId } }
  return enterOwn(dossier, stableId(instructionId, 'SENT'), sent, instructionId)
}

function nextAsk(now: Instant, kind: 'accepted' | 'unknown'): Instant {
  return addMs(now, kind === 'accepted' ? askAgainAfterMs.sent : askAgainAfterMs.unknown)
}
