import { dayOf } from '../../domain/time/plain-date.ts'
import { isCalendarYearKnown, statutoryHolidays } from '../../domain/time/statutory-holidays.ts'
import { findCalendarYear } from '../../prisma/stores/rules/calendar-years.ts'
import { readClock } from '../../prisma/stores/system/clock.ts'
import { readPlaceChain } from '../../prisma/stores/staff/places.ts'
import { readReferenceData } from '../../prisma/stores/rules/reference-data.ts'
import { placesInScope } from '../../prisma/stores/matter/scope.ts'
import { CalendarParams, CalendarYearView, Parameters, ParametersQuery } from './rule-contract.ts'
import { fault } from '../http/problem.ts'
import { route, type Route, type Services } from '../http/route.ts'
import { topOfArea } from '../matters/area.ts'
import { parametersView } from './parameters-view.ts'

/** The numbers and days that the rules are fed with. */
export function ruleRoutes({ archive: { db } }: Services): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/parameters',
      summary: '现行参数',
      policy: 'session',
      audits: { nothing: 'published rules' },
      query: ParametersQuery,
      answer: { status: 200, schema: Parameters, description: '现行标准与时限及其依据' },
      handle: async ({ asker, query }) => {
        const today = dayOf(await readClock(db))
        const area = await placesInScope(db, asker.officeId, today)
        const placeId = query.placeId ?? (await topOfArea(db, area, today))
        if (placeId === undefined || !area.includes(placeId)) throw fault('placeUnknown')
        const chain = await readPlaceChain(db, placeId, today)
        return { body: parametersView(await readReferenceData(db), chain, query.on ?? today) }
      },
    }),
    route({
      method: 'get',
      path: '/api/calendar/{year}',
      summary: '工作日历',
      policy: 'session',
      audits: { nothing: 'published rules' },
      params: CalendarParams,
      answer: { status: 200, schema: CalendarYearView, description: '放假与调休安排' },
      handle: async ({ params: { year } }) => {
        const arranged = await findCalendarYear(db, year)
        if (arranged === null && !isCalendarYearKnown(year)) throw fault('calendarYearUnknown', { facts: { year } })
        return { body: arranged ?? provisionalYear(year) }
      },
    }),
  ]
}

function provisionalYear(year: number) {
  const days = statutoryHolidays(year).map((holiday) => ({ ...holiday, kind: 'HOLIDAY' }))
  return { year, status: 'PROVISIONAL', notice: null, days }
}
