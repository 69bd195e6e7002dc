import { type Outcome, outcomeLabels, type Stage, stageLabels } from '../../domain/procedures/words.ts'
import { dayOf, type PlainDate } from '../../domain/time/plain-date.ts'
import type { Db } from '../../prisma/client.ts'
import { searchCases } from '../../prisma/stores/matter/case-search.ts'
import { readClock } from '../../prisma/stores/system/clock.ts'
import { readPlaces } from '../../prisma/stores/staff/places.ts'
import { instantOfRow } from '../../prisma/stores/system/rows.ts'
import { caseScopeOf } from '../../prisma/stores/matter/scope.ts'
import { CaseSearch, CasesFound, mostFound } from './search-contract.ts'
import { caseReadingRoles } from '../http/roles.ts'
import { route, type Route, type Services } from '../http/route.ts'

/** Cases found again by whoever had or has to do with them. What is looked for travels in the body: addresses are logged. */
export function caseSearchRoutes({ archive }: Services): Route[] {
  return [
    route({
      method: 'post',
      path: '/api/matter-searches',
      summary: '查找案件',
      policy: caseReadingRoles,
      audits: {
        look: 'SEARCH_CASES',
        about: async ({ body }) => ({ subject: Object.keys(body ?? {})[0] ?? null }),
      },
      body: CaseSearch,
      answer: { status: 200, schema: CasesFound, description: '辖区内、可以查看的案件' },
      handle: async ({ asker, body }) => {
        const { db } = archive
        const today = dayOf(await readClock(db))
        const scope = await caseScopeOf(db, asker, today)
        const ids = await searchCases(archive, body, { scope, take: mostFound + 1 })
        const items = await itemsOf(db, ids.slice(0, mostFound), today)
        return { body: { items, more: ids.length > mostFound } }
      },
    }),
  ]
}

async function itemsOf(db: Db, ids: readonly string[], today: PlainDate): Promise<CasesFound['items']> {
  const rows = await db.matter.findMany({
    where: { id: { in: [...ids] } },
    orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
  })
  const places = await readPlaces(db, [...new Set(rows.map(({ placeId }) => placeId))], today)
  return rows.map(({ id, number, title, placeId, stage, outcome, createdAt }) => ({
    matterId: id,
    matterNumber: number,
    title,
    placeName: places.find((place) => place.placeId === placeId)?.name ?? '',
    stage: stage as Stage,
    stageLabel: stageLabels[stage as Stage],
    outcome: outcome as Outcome | null,
    outcomeLabel: outcome === null ? null : outcomeLabels[outcome as Outcome],
    handedInOn: dayOf(instantOfRow(createdAt)),
  }))
}
