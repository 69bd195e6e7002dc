import { z } from '../../domain/schemas/zod.ts'
import { stableId } from '../../platform/stable-id.ts'
import { disableOfficer, enableOfficer } from '../../prisma/stores/staff/accounts.ts'
import { endHolding, givePost } from '../../prisma/stores/staff/holdings.ts'
import { refuseAlone } from '../../prisma/stores/staff/staff-proposals.ts'
import { id } from '../http/nouns.ts'
import { HolderEnd, HolderEnded, HolderGiven, NewHolder, OfficerSwitched, Posts, PostsQuery } from './post-contract.ts'
import { route, type Route, type Services } from '../http/route.ts'
import { changeStaffOnce, staffRules } from './staff-change.ts'
import { postsView } from './posts-view.ts'

const administrators = ['ADMINISTRATOR'] as const

/** Posts and who sits on them; what administrators do about it, where one alone may. */
export function postRoutes({ archive, config }: Services): Route[] {
  const common = { method: 'post', policy: administrators, audits: { chained: 'staff' } } as const
  const rules = staffRules(config)
  return [
    route({
      method: 'get',
      path: '/api/posts',
      summary: '岗位与在岗人员',
      policy: 'session',
      audits: { look: 'READ_STAFF' },
      query: PostsQuery,
      answer: { status: 200, schema: Posts, description: '本单位、上一级单位和辖区的岗位' },
      handle: async ({ asker, query }) => ({ body: await postsView(archive, asker, query) }),
    }),
    route({
      ...common,
      path: '/api/posts/{postId}/holders',
      summary: '安排人员到岗',
      params: z.strictObject({ postId: id }),
      body: NewHolder,
      answer: { status: 201, schema: HolderGiven, description: '已安排' },
      handle: async (ask) => {
        const holdingId = stableId(ask.asker.officerId, ask.requestId, 'POST_HOLDING')
        return {
          body: await changeStaffOnce(archive, ask, 'GIVE_POST', async (tx, by) => {
            const changed = await givePost(tx, { ...ask.params, ...ask.body, holdingId }, by)
            await refuseAlone(tx, { kind: 'GIVE_POST', officerId: ask.body.officerId }, rules)
            return changed
          }),
        }
      },
    }),
    route({
      ...common,
      path: '/api/posts/{postId}/holders/{officerId}/ends',
      summary: '结束在岗',
      params: z.strictObject({ postId: id, officerId: id }),
      body: HolderEnd,
      answer: { status: 200, schema: HolderEnded, description: '已结束；岗位因此空缺的，一并列出警报' },
      handle: async (ask) => ({
        body: await changeStaffOnce(archive, ask, 'END_POST', async (tx, by) => {
          const changed = await endHolding(tx, { ...ask.params, ...ask.body }, by)
          await refuseAlone(tx, { kind: 'END_POST', officerId: ask.params.officerId }, rules)
          return changed
        }),
      }),
    }),
    route({
      ...common,
      path: '/api/officers/{officerId}/disables',
      summary: '停用账号',
      params: z.strictObject({ officerId: id }),
      answer: { status: 200, schema: OfficerSwitched, description: '已停用；因此产生的警报一并列出' },
      handle: async (ask) => ({
        body: await changeStaffOnce(archive, ask, 'DISABLE_OFFICER', async (tx, by) => {
          const changed = await disableOfficer(tx, ask.params.officerId, by)
          await refuseAlone(tx, { kind: 'DISABLE_OFFICER', officerId: ask.params.officerId }, rules)
          return changed
        }),
      }),
    }),
    route({
      ...common,
      path: '/api/officers/{officerId}/enables',
      summary: '恢复账号',
      params: z.strictObject({ officerId: id }),
      answer: { status: 200, schema: OfficerSwitched, description: '已恢复' },
      handle: async (ask) => ({
        body: await changeStaffOnce(archive, ask, 'ENABLE_OFFICER', async (tx, by) => {
          const changed = await enableOfficer(tx, ask.params.officerId, by)
          await refuseAlone(tx, { kind: 'ENABLE_OFFICER', officerId: ask.params.officerId }, rules)
          return changed
        }),
      }),
    }),
  ]
}
