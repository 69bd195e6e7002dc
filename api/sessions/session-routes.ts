import { refuse } from '../../domain/matter/refusals.ts'
import { dayOf } from '../../domain/time/plain-date.ts'
import { readClock } from '../../prisma/stores/system/clock.ts'
import { endSessionsOf } from '../../prisma/stores/staff/sessions.ts'
import { postsHeldBy } from '../../prisma/stores/staff/staff.ts'
import { NewSession, SessionView } from './session-contract.ts'
import { type Asker, cookieName, deviceCookieName, signIn, signOut } from '../http/identity.ts'
import { deviceToken } from './known-device.ts'
import { once } from '../http/once.ts'
import type { PasswordGate } from './password-gate.ts'
import { refusal } from '../http/problem.ts'
import { route, type Route, type Services } from '../http/route.ts'
import { signInLook } from './sign-in-look.ts'

/** Signing in and out. */
export function sessionRoutes({ archive, config, wallClock }: Services, gate: PasswordGate): Route[] {
  const postsOf = async (officerId: string) => postsHeldBy(archive.db, officerId, dayOf(await readClock(archive.db)))

  const signedOut = { name: cookieName(config), value: '', maxAgeMs: 0 }

  return [
    route({
      method: 'post',
      path: '/api/sessions',
      summary: '登录',
      policy: 'anonymous',
      audits: { look: 'SIGN_IN', about: signInLook(archive) },
      body: NewSession,
      answer: { status: 201, schema: SessionView, description: '已登录' },
      handle: async ({ body, source, device }) => {
        const officer = await gate.check(body, { source, device })
        const posts = await postsOf(officer.officerId)
        const post = body.postId === undefined ? posts[0] : posts.find(({ postId }) => postId === body.postId)
        if (post === undefined) throw refusal(refuse('postNotHeld'))
        const { officerId } = officer
        const session = await signIn({ archive, config, now: wallClock() }, { officerId, postId: post.postId })
        return {
          body: { officer, post, posts, expiresAt: session.expiresAt.toISOString() },
          cookies: [
            { name: cookieName(config), value: session.token, maxAgeMs: session.maxAgeMs },
            { name: deviceCookieName(config), ...deviceToken(archive, officerId, wallClock()) },
          ],
        }
      },
    }),
    route({
      method: 'get',
      path: '/api/sessions/current',
      summary: '当前登录',
      policy: 'session',
      withFirstPassword: true,
      audits: { nothing: 'oneself' },
      answer: { status: 200, schema: SessionView, description: '当前登录人员与岗位' },
      handle: async ({ asker }) => ({ body: await currentSession(asker) }),
    }),
    route({
      method: 'delete',
      path: '/api/sessions/current',
      summary: '退出登录',
      policy: 'session',
      withFirstPassword: true,
      audits: { look: 'SIGN_OUT' },
      answer: { status: 204, description: '已退出' },
      handle: async (ask) => {
        await once(archive, ask, { action: 'SIGN_OUT', matterId: null }, async () => ({}))
        await signOut(archive, ask.asker, wallClock())
        return { cookies: [signedOut] }
      },
    }),
    route({
      method: 'delete',
      path: '/api/sessions',
      summary: '退出本人的全部登录',
      policy: 'session',
      withFirstPassword: true,
      audits: { look: 'SIGN_OUT' },
      answer: { status: 204, description: '本人在所有设备和岗位上的登录均已结束' },
      handle: async (ask) => {
        await once(archive, ask, { action: 'SIGN_OUT_EVERYWHERE', matterId: null }, async () => ({}))
        await endSessionsOf(archive.db, { officerId: ask.asker.officerId, now: wallClock() })
        return { cookies: [signedOut] }
      },
    }),
  ]

  async function currentSession({ officerId, name, staffNumber, postId, expiresAt }: Asker) {
    const posts = await postsOf(officerId)
    const post = posts.find((held) => held.postId === postId)
    return { officer: { officerId, name, staffNumber }, post, posts, expiresAt: expiresAt.toISOString() }
  }
}
