import type { Archive } from '../../prisma/client.ts'
import { findAccount } from '../../prisma/stores/staff/staff.ts'
import type { SessionView } from './session-contract.ts'
import type { LookAbout, Reply } from '../http/route.ts'

/**
 * Whose sign-in it was. A staff number that nobody has is not kept as it was typed, because people type their password
 * there: only the beginning of its keyed digest is, by which equal ones are known.
 */
export function signInLook(archive: Archive) {
  return async ({ body }: { body: { staffNumber: string } }, reply: Reply | null): Promise<LookAbout> => {
    if (reply !== null) {
      const { officer, post } = reply.body as Pick<SessionView, 'officer' | 'post'>
      const { postId, officeId, role } = post
      return { officerId: officer.officerId, postId, officeId, role }
    }
    const account = await findAccount(archive.db, body.staffNumber)
    if (account !== null) return { officerId: account.officerId }
    return { subject: `unknown:${digestOf(archive, body.staffNumber)}` }
  }
}

function digestOf({ cipher }: Archive, typed: string): string {
  return Buffer.from(cipher.blindIndex('staff-number-as-typed', typed)).subarray(-32).toString('hex').slice(0, 12)
}
