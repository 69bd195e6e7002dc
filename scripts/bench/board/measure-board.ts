import type pg from 'pg'
import { askedBoard } from '../../../api/oversight/board-frame.ts'
import { addMs, dayOf } from '../../../domain/time/plain-date.ts'
import type { Role } from '../../../domain/vocabulary.ts'
import type { Archive } from '../../../prisma/client.ts'
import { countBoard, findBoardCases } from '../../../prisma/stores/oversight/board.ts'
import { readBoardCases } from '../../../prisma/stores/oversight/board-cases.ts'
import { readClock } from '../../../prisma/stores/system/clock.ts'
import { caseScopeOf } from '../../../prisma/stores/matter/scope.ts'
import { countWork, readOpenWork } from '../../../prisma/stores/matter/worklist.ts'
import { type CallOptions, type Caller, deepPage, signIn, timeCalls, type Timed } from './callers.ts'
import { explain } from './explain.ts'
import { createDatabaseClient } from '../../../platform/database-session.ts'

/** What was measured: calls over HTTP, and how the statements behind them are carried out. */
export type BoardFigures = { timed: Timed[]; plans: { name: string; plan: string }[] }

type Desk = { officeId: string; role: Role; tasks: number; level: string }
type Bench = { api: string; archive: Archive; ownerUrl: string; calls: number }

const city = { officeId: 'o-b-1', role: 'CITY_SUPERVISOR' } as const
const county = { officeId: 'o-b-1-1', role: 'COUNTY_SUPERVISOR' } as const
const pageSize = 50
const pagesTurned = 100
const purpose = encodeURIComponent('性能测试')

/** The lists that supervisors and desks open, of the fullest county, its city and the fullest desks. */
export async function measureBoard({ api, archive, ownerUrl, calls }: Bench): Promise<BoardFigures> {
  const client = createDatabaseClient(ownerUrl)
  await client.connect()
  try {
    const desks = await fullestDesks(client)
    return { timed: await callAll(api, desks, calls), plans: await explainAll(archive, client, desks) }
  } finally {
    await client.end()
  }
}

async function callAll(api: string, desks: readonly Desk[], calls: number): Promise<Timed[]> {
  const often: CallOptions = { times: calls, atOnce: 2, mostSeconds: 60 }
  const seldom: CallOptions = { times: 10, atOnce: 2, mostSeconds: 90 }
  const timed: Timed[] = []
  const time = async (name: string, caller: Caller, path: string, options = often) => {
    console.error(`${name} …`)
    timed.push(await timeCalls(name, caller, path, options))
  }
  const [ofCity, ofCounty] = [await signIn(api, postOf(city)), await signIn(api, postOf(county))]
  await time('board of a county', ofCounty, '/api/board')
  await time('board of a city', ofCity, '/api/board')
  const list = `/api/board/cases?pageSize=${pageSize}`
  await time('its list, county, first page', ofCounty, list)
  await time(`its list, county, ${pagesTurned} pages on`, ofCounty, await deepPage(ofCounty, list, pagesTurned))
  await time('its list, city, first page', ofCity, list)
  await time(`its list, city, ${pagesTurned} pages on`, ofCity, await deepPage(ofCity, list, pagesTurned))
  await time('one cell, county', ofCounty, `${list}&stage=SURVEY&status=OVERDUE`)
  await time('one limit, county', ofCounty, `${list}&limit=TOTAL&status=OVERDUE`)
  for (const { officeId, role, tasks, level } of desks) {
    const caller = await signIn(api, postOf({ officeId, role }))
    const of = `worklist, ${level.toLowerCase()} desk of ${tasks}`
    const pages = '/api/worklist?pageSize=20'
    await time(`${of}, first page and counts`, caller, pages)
    await time(`${of}, last page and counts`, caller, await deepPage(caller, pages, pagesTurned))
  }
  await time('deadline weather, county', ofCounty, '/api/deadline-forecast')
  await time('deadline weather, city', ofCity, '/api/deadline-forecast')
  await time('steps that nobody can take, county', ofCounty, '/api/orphans')
  await time('export of a stage, county', ofCounty, `/api/board/export?stage=SURVEY&purpose=${purpose}`, seldom)
  return timed
}

async function explainAll(archive: Archive, client: pg.Client, desks: readonly Desk[]): Promise<BoardFigures['plans']> {
  const { db } = archive
  const now = await readClock(db)
  const plans: BoardFigures['plans'] = []
  const add = async (name: string, send: Parameters<typeof explain>[1]) =>
    void plans.push({ name, plan: await explain(client, send) })
  const ofCounty = await askedBoard(db, { ...county, officerId: `${postOf(county)}.1` }, { placeId: undefined, now })
  const ofCity = await askedBoard(db, { ...city, officerId: `${postOf(city)}.1` }, { placeId: undefined, now })
  await add('Board of a county', (over) => countBoard(over, ofCounty))
  await add('Board of a city', (over) => countBoard(over, ofCity))
  await add('List of a county, first page: which cases', (over) =>
    findBoardCases(over, ofCounty, { take: pageSize + 1 }),
  )
  const page = await findBoardCases(db, ofCounty, { take: pageSize })
  const matterIds = page.map(({ matterId }) => matterId)
  await add('List of a county, first page: what is told of them', (over) => readBoardCases(over, matterIds))
  await add('List of a county by one limit', (over) =>
    findBoardCases(over, ofCounty, { take: pageSize + 1, limit: 'TOTAL', standing: 'OVERDUE' }),
  )
  const desk = desks.find(({ role }) => role === 'COUNTY_HANDLER') as Desk
  const scope = await caseScopeOf(db, { ...desk, officerId: `${postOf(desk)}.1` }, dayOf(now))
  await add('Worklist of a county desk', (over) => readOpenWork(over, desk, { scope, take: 21 }))
  await add('Its counts', (over) => countWork(over, desk, { scope, now, soonUntil: addMs(now, 3 * 86_400_000) }))
  return plans
}

/** The desks with the most on them, of a township and of a county. */
async function fullestDesks(client: pg.ClientBase): Promise<Desk[]> {
  const { rows } = await client.query<Desk>(`
    SELECT DISTINCT ON (o.level) t."officeId", t.role::text AS role, count(*)::int AS tasks, o.level::text AS level
    FROM task t JOIN office o ON o.id = t."officeId"
    WHERE t."closedAt" IS NULL AND t.role IN ('TOWNSHIP_HANDLER', 'COUNTY_HANDLER')
    GROUP BY t."officeId", t.role, o.level ORDER BY o.level, tasks DESC`)
  return rows
}

function postOf({ officeId, role }: Pick<Desk, 'officeId' | 'role'>): string {
  return `${officeId}.${role}`
}
