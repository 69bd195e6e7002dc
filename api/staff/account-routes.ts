import { hash } from '@node-rs/argon2'
import { StaffRefused } from '../../domain/staff/staff-refusals.ts'
import { weaknessesOf } from '../../domain/staff/password-strength.ts'
import { z } from '../../domain/schemas/zod.ts'
import { stableId } from '../../platform/stable-id.ts'
import { changePassword, unlockSignIn } from '../../prisma/stores/staff/accounts.ts'
import { recallAnswer } from '../../prisma/stores/matter/answered-requests.ts'
import { NewPassword, PasswordChanged, SignInUnlocked } from './account-contract.ts'
import { id } from '../http/nouns.ts'
import { once } from '../http/once.ts'
import type { PasswordGate } from '../sessions/password-gate.ts'
import { inputFault } from '../http/problem.ts'
import { route, type Route, type Services } from '../http/route.ts'
import { actorOf, changeStaffOnce } from './staff-change.ts'

/** One's own password, and how somebody who is locked out gets in again. */
export function accountRoutes({ archive, wallClock }: Services, gate: PasswordGate): Route[] {
  return [
    route({
      method: 'post',
      path: '/api/password-changes',
      summary: '修改本人密码',
      policy: 'session',
      withFirstPassword: true,
      audits: { chained: 'staff' },
      body: NewPassword,
      answer: { status: 201, schema: PasswordChanged, description: '已修改，本人的其他登录已全部结束' },
      handle: async (ask) => {
        const { asker, requestId, body } = ask
        const action = 'CHANGE_PASSWORD'
        // A digest of the content would be one of the passwords in it, and quick to guess them by.
        const named = { asker, requestId, contentDigest: stableId(action, asker.officerId, requestId) }
        const done = await recallAnswer<{ changedAt: string }>(archive, { officerId: asker.officerId, requestId })
        if (done !== null)
          return { body: await once(archive, named, { action, matterId: null }, async () => done.answer) }

        const { oldPassword, newPassword } = body
        const oldHash = await gate.confirm(asker, oldPassword)
        const weaknesses = weaknessesOf(newPassword, { staffNumber: asker.staffNumber, oldPassword })
        if (weaknesses.length > 0) throw inputFault(weaknesses.map((message) => ({ path: ['newPassword'], message })))
        const newHash = await hash(newPassword)
        return {
          body: await once(archive, named, { action, matterId: null }, async (tx) =>
            changePassword(tx, { oldHash, newHash, keep: asker.tokenHash }, actorOf(ask)),
          ),
        }
      },
    }),
    route({
      method: 'post',
      path: '/api/officers/{officerId}/sign-in-unlocks',
      summary: '解除登录限制',
      policy: ['ADMINISTRATOR'],
      audits: { chained: 'staff' },
      params: z.strictObject({ officerId: id }),
      answer: { status: 201, schema: SignInUnlocked, description: '已解除，该人员十五分钟内可再次尝试登录' },
      handle: async (ask) => {
        const { officerId } = ask.params
        const unlockId = stableId(ask.asker.officerId, ask.requestId, 'SIGN_IN_UNLOCK')
        return {
          body: await changeStaffOnce(archive, ask, 'UNLOCK_SIGN_IN', async (tx, by) => {
            if (officerId === by.officerId) throw new StaffRefused('notOwnAccount')
            return unlockSignIn(tx, { officerId, unlockId, at: wallClock() }, by)
          }),
        }
      },
    }),
  ]
}
