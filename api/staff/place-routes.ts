import { dayOf } from '../../domain/time/plain-date.ts'
import { readClock } from '../../prisma/stores/system/clock.ts'
import { readPlaceChain, readPlaces } from '../../prisma/stores/staff/places.ts'
import { placesInScope } from '../../prisma/stores/matter/scope.ts'
import { officersOfTownship } from '../../prisma/stores/staff/staff.ts'
import { Officers, OfficersQuery, Places } from './place-contract.ts'
import { fault } from '../http/problem.ts'
import { route, type Route, type Services } from '../http/route.ts'

/** Where the asker's office answers, and who works there. */
export function placeRoutes({ archive: { db } }: Services): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/places',
      summary: '辖区',
      policy: 'session',
      audits: { nothing: 'names of places' },
      answer: { status: 200, schema: Places, description: '本单位管辖的地区' },
      handle: async ({ asker }) => {
        const today = dayOf(await readClock(db))
        return { body: { places: await readPlaces(db, await placesInScope(db, asker.officeId, today), today) } }
      },
    }),
    route({
      method: 'get',
      path: '/api/officers',
      summary: '调查人员',
      policy: 'session',
      audits: { look: 'READ_STAFF' },
      query: OfficersQuery,
      answer: { status: 200, schema: Officers, description: '该地村（社区）和乡镇在岗人员' },
      handle: async ({ asker, query: { placeId } }) => {
        const today = dayOf(await readClock(db))
        const area = await placesInScope(db, asker.officeId, today)
        if (!area.includes(placeId)) throw fault('placeUnknown')
        const chain = await readPlaceChain(db, placeId, today)
        const chainIds = chain.map((step) => step.placeId)
        return { body: { officers: await officersOfTownship(db, chainIds, today) } }
      },
    }),
  ]
}
