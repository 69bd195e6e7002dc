import { MadeOn, Weather, WeatherQuery, WeatherThen } from './forecast-contract.ts'
import { overseeingRoles } from '../http/roles.ts'
import { route, type Route, type Services } from '../http/route.ts'
import { weatherThenView } from './forecast-then-view.ts'
import { weatherView } from './forecast-view.ts'

/** What will be late, for those who can still do something about it; and how well that was foreseen. */
export function weatherRoutes({ archive }: Services): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/deadline-forecast',
      summary: '时限预报',
      policy: overseeingRoles,
      audits: { nothing: 'figures of places' },
      query: WeatherQuery,
      answer: { status: 200, schema: Weather, description: '未来十个工作日预计超期情况' },
      handle: async ({ asker, query }) => ({ body: await weatherView(archive, asker, query) }),
    }),
    route({
      method: 'get',
      path: '/api/deadline-forecast/{madeOn}',
      summary: '时限预报与实际对照',
      policy: overseeingRoles,
      audits: { nothing: 'figures of places' },
      params: MadeOn,
      query: WeatherQuery,
      answer: { status: 200, schema: WeatherThen, description: '当日所作预报及其后的实际情况' },
      handle: async ({ asker, params, query }) => ({
        body: await weatherThenView(archive, asker, params.madeOn, query),
      }),
    }),
  ]
}
