import { type Instant, addMs, instant } from '../domain/time/plain-date.ts'
import type { Archive } from '../prisma/client.ts'
import { type Dossier, withDossier } from '../prisma/stores/dossier.ts'
import { readPaymentOrder } from '../prisma/stores/payment-orders.ts'
import { askBankAgainAt } from '../prisma/stores/payments.ts'
import type { PaymentActivities, Standing } from './contract.ts'
import { boundedDuty } from './bounded-duty.ts'
import { enterEvents } from './filing/enter-events.ts'
import { stableId } from '../platform/stable-id.ts'
import { bringUpToDate } from './filing/look-at-case.ts'
import { standingOf } from './filing/standing.ts'
import { enterSettlement } from './filing/what-arrived.ts'
import type { AskResult, Bank, BankInstruction, SendResult } from './gateways/bank.ts'

/** How long an instruction may lie with the bank before the bank is asked; sooner when the sending was in doubt. */
const askAgainAfterMs = { sent: 60 * 60 * 1000, unknown: 5_000 }

/**
 * Written, sent, asked for. What the bank did not answer is unknown, and unknown means: ask. The same number goes out
 * again only after the bank has said that it does not know it.
 */
export function createPaymentActivities(deps: { archive: Archive; bank: Bank }): PaymentActivities {
  const { archive, bank } = deps
  return {
    sendPayment: boundedDuty(archive, 'SEND_PAYMENT', async ({ caseId }) => {
      const order = await withDossier(archive, caseId, async (dossier) => orderIn(dossier, 'RELEASED'))
      if (order === null) return stand(archive, caseId)
      // A worker that died after sending left no trace here, so the bank is asked before every sending.
      const known = await bank.ask(order.instructionId)
      if (known.kind !== 'notKnown') return settle(archive, caseId, order.instructionId, known)
      return fileSent(archive, caseId, order.instructionId, await bank.send(order))
    }),

    askBank: boundedDuty(archive, 'ASK_BANK', async ({ caseId }) => {
      const order = await withDossier(archive, caseId, async (dossier) => orderIn(dossier, 'SENT'))
      if (order === null) return stand(archive, caseId)
      const known = await bank.ask(order.instructionId)
      if (known.kind !== 'notKnown') return settle(archive, caseId, order.instructionId, known)
      return fileSent(archive, caseId, order.instructionId, await bank.send(order))
    }),
  }
}

async function orderIn(dossier: Dossier, state: 'RELEASED' | 'SENT'): Promise<BankInstruction | null> {
  const { instruction } = dossier.state
  if (instruction?.state !== state) return null
  return readPaymentOrder({ db: dossier.tx, cipher: dossier.cipher }, instruction.instructionId, dossier.row)
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
  return enterEvents(dossier, [
    {
      eventId: stableId(instructionId, 'SENT'),
      fact: { type: 'PAYMENT_SENT', data: { instructionId } },
      occurredOn: dossier.today,
      actor: null,
      action: null,
      cause: { kind: 'PROCEDURE', id: instructionId },
      papers: [],
    },
  ])
}

function nextAsk(now: Instant, kind: 'accepted' | 'unknown'): Instant {
  return addMs(now, kind === 'accepted' ? askAgainAfterMs.sent : askAgainAfterMs.unknown)
}
