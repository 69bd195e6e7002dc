import { refuse } from '../../domain/procedures/assistance-case/refusals.ts'
import { holdReasonLabels } from '../../domain/labels.ts'
import type { Archive } from '../../prisma/client.ts'
import { chainAudit } from '../../prisma/stores/system/audit.ts'
import {
  asCase,
  type LockedCase,
  type LockedMatter,
  withLockedMatterAsItIs,
} from '../../prisma/stores/matter/locked-matter.ts'
import { findPayeeAccount } from '../../prisma/stores/money/payee-accounts.ts'
import { readPayment } from '../../prisma/stores/money/payment-orders.ts'
import type { PayeeView } from './payee-contract.ts'
import type { Asker } from '../http/identity.ts'
import { refusal } from '../http/problem.ts'

/**
 * Shows an account in full and writes down who looked at which: finance sees what is prepared, as it would go out now;
 * the township's leader sees the account that waits for an agreement. Read under the case's lock, so that the digest
 * stands for what was shown.
 */
export async function payeeView(archive: Archive, matterId: string, asker: Asker): Promise<PayeeView> {
  return withLockedMatterAsItIs(archive, matterId, async (matter) => {
    const aCase = asCase(matter)
    const shown = asker.role === 'FINANCE_OFFICER' ? await payeeOfPayment(aCase) : await proposedPayee(aCase)
    await noteLook(matter, asker, shown)
    return shown
  })
}

async function payeeOfPayment(matter: LockedCase): Promise<PayeeView> {
  const { instruction } = matter.state
  if (instruction?.state !== 'PREPARED') throw refusal(refuse('paymentNotPrepared'))
  const { account, order, digest, differs } = await readPayment({ db: matter.tx, cipher: matter.cipher }, matter)
  if (account === null || order === null || digest === null)
    throw refusal(refuse('paymentDiffers', { reasons: differs }))
  const { accountId, holderName, bankName, accountNumber } = account
  return {
    accountId,
    holderName,
    bankName,
    accountNumber,
    payment: {
      instructionId: order.instructionId,
      month: instruction.month,
      amountFen: order.amountFen,
      seenDigest: digest,
      differs: differs.map((reason) => ({ reason, label: holdReasonLabels[reason] })),
    },
  }
}

async function proposedPayee({ state, tx, cipher, row }: LockedCase): Promise<PayeeView> {
  const { proposedAccount } = state
  const account = proposedAccount && (await findPayeeAccount({ db: tx, cipher }, row.id, proposedAccount.accountId))
  if (!account) throw refusal(refuse('noAccountToAgree'))
  return { ...account, payment: null }
}

async function noteLook(
  { tx, row, now }: LockedMatter,
  asker: Asker,
  { accountId, payment }: PayeeView,
): Promise<void> {
  const { officerId, postId, officeId, role } = asker
  await chainAudit(tx, `case:${row.id}`, [
    {
      at: now,
      officerId,
      postId,
      officeId,
      role,
      placeId: row.placeId,
      action: 'VIEW_PAYEE',
      result: 'DONE',
      subject: row.id,
      eventId: null,
      detail: { account: accountId, ...(payment === null ? {} : { instruction: payment.instructionId }) },
    },
  ])
}
