import type { CaseEvent } from '../../../domain/procedures/assistance-case/facts.ts'
import type { CaseState } from '../../../domain/procedures/assistance-case/state.ts'
import { isSameName } from '../../../domain/household/comparable-name.ts'
import type { Archive, Db } from '../../client.ts'
import type { Matter } from '../../generated/client.ts'
import { readApplication } from '../household/applications.ts'

type Sealed = Pick<Archive, 'cipher'> & { db: Db }
type InView = { row: Matter; events: readonly CaseEvent[]; state: CaseState }

/** The member whose account a case is paid into; null when it is nobody's by name. */
export async function findPayeePerson(archive: Sealed, { row, events, state }: InView): Promise<string | null> {
  if (state.accountId === null) return null
  const holder = await holderOf(archive.db, state.accountId)
  const { intake, personIds } = await readApplication(archive, row.id, events)
  return personIds[intake.members.findIndex(({ name }) => holder !== null && isSameName(name, holder))] ?? null
}

/** Whether an account is of the payee who has died: whatever card it is, nothing is sent there. */
export async function isHolderGone({ db }: Sealed, { state }: InView, accountId: string): Promise<boolean> {
  if (state.payeeGone === null) return false
  const [holder, gone] = [await holderOf(db, accountId), await holderOf(db, state.payeeGone)]
  return holder !== null && gone !== null && isSameName(holder, gone)
}

async function holderOf(db: Db, accountId: string): Promise<string | null> {
  const account = await db.payeeAccount.findUnique({ where: { id: accountId }, select: { holderName: true } })
  return account?.holderName ?? null
}
