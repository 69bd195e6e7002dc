import { z } from '../../domain/schemas/zod.ts'
import { closeSetAsideItem, readSetAsideItem } from './see-set-aside.ts'
import { id } from '../http/nouns.ts'
import { SetAsideClosed, SetAsideItems, SetAsideItemView, SetAsideQuery } from './set-aside-contract.ts'
import { alarmReadingRoles, setAsideReadingRoles } from '../http/roles.ts'
import { route, type Route, type Services } from '../http/route.ts'
import { setAsideView } from './set-aside-view.ts'

const Item = z.strictObject({ itemId: id })

/** What came from outside, or was asked for, and could not be taken as it is. */
export function setAsideRoutes({ archive }: Services): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/set-aside-items',
      summary: '搁置待查内容',
      policy: alarmReadingRoles,
      audits: { look: 'LIST_CASES' },
      query: SetAsideQuery,
      answer: { status: 200, schema: SetAsideItems, description: '辖区内被搁置待查的内容，不含原文' },
      handle: async ({ asker, query }) => ({ body: await setAsideView(archive, asker, query) }),
    }),
    route({
      method: 'get',
      path: '/api/set-aside-items/{itemId}',
      summary: '查看搁置内容原文',
      policy: setAsideReadingRoles,
      audits: { look: 'READ_SET_ASIDE' },
      params: Item,
      answer: { status: 200, schema: SetAsideItemView, description: '收到时的原文' },
      handle: async (ask) => ({ body: await readSetAsideItem(archive, ask) }),
    }),
    route({
      method: 'post',
      path: '/api/set-aside-items/{itemId}/closing',
      summary: '搁置内容查看完毕',
      policy: setAsideReadingRoles,
      audits: { look: 'CLOSE_SET_ASIDE' },
      params: Item,
      answer: { status: 200, schema: SetAsideClosed, description: '已查看完毕' },
      handle: async (ask) => ({ body: await closeSetAsideItem(archive, ask) }),
    }),
  ]
}
