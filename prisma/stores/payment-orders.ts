import type { Archive, Db } from '../client.ts'
import type { AssistanceCase } from '../generated/client.ts'
import { getPayeeAccount } from './payee-accounts.ts'
import { fenOfRow } from './rows.ts'

/** What the bank is told of one instruction, with the account in clear; made for sending and never kept. */
export async function readPaymentOrder(
  archive: Pick<Archive, 'cipher'> & { db: Db },
  instructionId: string,
  row: AssistanceCase,
) {
  const instruction = await archive.db.paymentInstruction.findUniqueOrThrow({ where: { id: instructionId } })
  const line = await archive.db.paymentLine.findUniqueOrThrow({ where: { id: instruction.lineId } })
  const { holderName, accountNumber } = await getPayeeAccount(archive, instruction.accountId)
  return {
    instructionId,
    account: accountNumber,
    holderName,
    amountFen: fenOfRow(instruction.amountFen),
    currency: 'CNY' as const,
    purpose: `最低生活保障 ${line.month}`,
    reference: row.caseNumber,
  }
}
