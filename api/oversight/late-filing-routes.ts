import { dayOf } from '../../domain/time/plain-date.ts'
import { readClock } from '../../prisma/stores/system/clock.ts'
import { readActsOfKin } from '../../prisma/stores/oversight/late-filings.ts'
import { caseScopeOf } from '../../prisma/stores/matter/scope.ts'
import { namesOfOfficers } from '../../prisma/stores/staff/staff.ts'
import { factLabels } from '../../domain/procedures/words.ts'
import { LateFilings } from './late-filing-contract.ts'
import { route, type Route, type Services } from '../http/route.ts'

const mostShown = 200

/** Relatives who were filed after their officer had acted (57 Art. 11), for those who watch over both. */
export function lateFilingRoutes({ archive }: Services): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/late-filings',
      summary: '回避备案前已办理的事项',
      policy: ['COUNTY_SUPERVISOR', 'CITY_SUPERVISOR', 'AUDITOR'],
      audits: { look: 'LIST_CASES' },
      answer: { status: 200, schema: LateFilings, description: '人员应当回避的案件中，其在备案之前已经办理的事项' },
      handle: async ({ asker }) => {
        const { db } = archive
        const today = dayOf(await readClock(db))
        const acts = await readActsOfKin(db, { scope: await caseScopeOf(db, asker, today), take: mostShown + 1 })
        const names = await namesOfOfficers(
          db,
          acts.map(({ officerId }) => officerId),
        )
        const items = acts.slice(0, mostShown).map(({ officerId, ...act }) => ({
          ...act,
          label: factLabels[act.type],
          officerName: names.get(officerId) ?? '',
        }))
        return { body: { items, more: acts.length > mostShown } }
      },
    }),
  ]
}
