import { isSameName } from '../../domain/household/comparable-name.ts'
import { stableId } from '../../platform/stable-id.ts'
import { readApplication } from '../../prisma/stores/household/applications.ts'
import { inputFault } from '../http/problem.ts'
import type { Desk, IntakeOf, WrittenAct } from '../matters/written-act.ts'

/** The account that takes the place of one to which the bank could not pay: a new row, of a member of the household. */
export async function writeCorrectedAccount(
  { bankAccount }: IntakeOf<'CORRECT_ACCOUNT'>,
  { reading, asker, requestId }: Desk,
): Promise<WrittenAct<'CORRECT_ACCOUNT'>> {
  const { intake } = await readApplication(reading, reading.row.id, reading.events)
  if (!intake.members.some(({ name }) => isSameName(name, bankAccount.holderName))) {
    throw inputFault([{ path: ['bankAccount', 'holderName'], message: '银行账户户名应为家庭成员姓名。' }])
  }
  const accountId = stableId(asker.officerId, requestId, 'ACCOUNT')
  return { details: { accountId }, drafts: [], citedPaperIds: [], account: { accountId, ...bankAccount } }
}
