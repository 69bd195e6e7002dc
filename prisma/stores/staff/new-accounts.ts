import type { NewOfficer, StaffChange } from '../../../domain/staff/staff-proposal.ts'
import { type StaffRefusalCode, StaffRefused } from '../../../domain/staff/staff-refusals.ts'
import type { Db } from '../../client.ts'
import type { Prisma } from '../../generated/client.ts'
import { officeForNewcomer } from './accounts.ts'
import { personsOf } from './duties.ts'
import { rowOfInstant } from '../system/rows.ts'
import { endSessionsOf } from './sessions.ts'
import { type Changed, changeStaff } from './staff-changes.ts'
import { auditStaff, type StaffActor } from './staff-register.ts'

type Tx = Prisma.TransactionClient
type By = NonNullable<StaffActor>

/** The argon2id hash of a first password; the password itself never comes here. */
export type FirstPassword = () => Promise<string>

type Hands = { by: By; firstPassword: FirstPassword }

/** Makes an account without a post, whose officer must change the password before anything else. @throws StaffRefused */
export async function createOfficer(
  tx: Tx,
  change: NewOfficer,
  { by, firstPassword }: Hands,
): Promise<Changed<{ officerId: string }>> {
  const { officerId, staffNumber, name, identityIndex } = change
  return changeStaff(tx, { officeIds: [by.officeId], officerIds: [], by }, async ({ now }) => {
    if ((await personsOf(tx, [by.officerId]))(by.officerId) === identityIndex) throw new StaffRefused('ownNewAccount')
    // The archive's own function: no process may add an account otherwise.
    const [row] = await tx.$queryRaw<{ made: boolean }[]>`
      SELECT create_officer(${officerId}, ${staffNumber}, ${name}, ${bytesOf(identityIndex)}, ${await firstPassword()}) AS made`
    if (row?.made !== true) throw new StaffRefused('staffNumberTaken')
    const detail = { staffNumber, personHasOtherAccounts: await personHasOtherAccounts(tx, change) }
    const { officeId } = by
    await auditStaff(tx, [{ officeId, action: 'NEW_OFFICER', subject: officerId, detail }], { by, at: now })
    return { officerId }
  })
}

/** Another first password for who lost theirs, or was never told it; whoever came in by the old one is out. @throws StaffRefused */
export async function renewFirstPassword(
  tx: Tx,
  officerId: string,
  hands: Hands,
): Promise<Changed<{ officerId: string }>> {
  return replacePassword(
    tx,
    { officerId, action: 'NEW_FIRST_PASSWORD', unless: 'passwordAlreadyChosen' },
    hands,
    (hash) => tx.$queryRaw`SELECT renew_first_password(${officerId}, ${hash}) AS done`,
  )
}

/**
 * A first password for who has forgotten the one that they chose: it is changed before anything else, and whoever came in by
 * the old one is out. @throws StaffRefused
 */
export async function resetPassword(tx: Tx, officerId: string, hands: Hands): Promise<Changed<{ officerId: string }>> {
  return replacePassword(
    tx,
    { officerId, action: 'RESET_PASSWORD', unless: 'passwordNotYetChosen' },
    hands,
    (hash) => tx.$queryRaw`SELECT reset_password(${officerId}, ${hash}) AS done`,
  )
}

async function replacePassword(
  tx: Tx,
  { officerId, action, unless }: { officerId: string; action: string; unless: StaffRefusalCode },
  { by, firstPassword }: Hands,
  replace: (hash: string) => Promise<{ done: boolean }[]>,
): Promise<Changed<{ officerId: string }>> {
  return changeStaff(tx, { officeIds: [by.officeId], officerIds: [officerId], by }, async ({ now, today }) => {
    const officeId = await officeForNewcomer(tx, officerId, by, today)
    const personOf = await personsOf(tx, [officerId, by.officerId])
    if (personOf(officerId) === personOf(by.officerId)) throw new StaffRefused('notOwnAccount')
    const [row] = await replace(await firstPassword())
    if (row?.done !== true) throw new StaffRefused(unless)
    await endSessionsOf(tx, { officerId, now: rowOfInstant(now) })
    await auditStaff(tx, [{ officeId, action, subject: officerId, detail: {} }], { by, at: now })
    return { officerId }
  })
}

/** Whether the person of a new account has another one; their duties are judged over all of them. */
export async function personHasOtherAccounts(db: Db, change: StaffChange): Promise<boolean> {
  if (change.kind !== 'NEW_OFFICER') return false
  const { officerId, identityIndex } = change
  return (await db.officer.count({ where: { identityIndex: bytesOf(identityIndex), id: { not: officerId } } })) > 0
}

/** Whether a hash is the one that an account has now. */
export async function isPasswordHashOf(db: Db, officerId: string, passwordHash: string): Promise<boolean> {
  return (await db.officer.count({ where: { id: officerId, passwordHash } })) > 0
}

function bytesOf(hexadecimal: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Buffer.from(hexadecimal, 'hex'))
}
