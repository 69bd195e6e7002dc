import type { WorkCalendar } from '../../../domain/time/work-calendar.ts'
import type { Db } from '../../client.ts'
import type { RuleBook } from './reference-data.ts'

/** The calendar of each of these places, looked up along its chain; one query, and none while no place has own days. */
export async function readCalendarsOf(
  db: Db,
  ruleBook: RuleBook,
  placeIds: readonly string[],
): Promise<(placeId: string) => WorkCalendar> {
  if (ruleBook.placesWithOwnDays.size === 0) return () => ruleBook.calendar
  const chains = await readPlaceChains(db, placeIds)
  return (placeId) => ruleBook.calendarFor(chains.get(placeId) ?? [])
}

/** The places whose calendar is not the nation's, each with the name of its own. */
export async function readOwnCalendarNames(db: Db, ruleBook: RuleBook): Promise<{ place: string; name: string }[]> {
  if (ruleBook.placesWithOwnDays.size === 0) return []
  const rows = await db.$queryRaw<{ id: string }[]>`
    WITH RECURSIVE area AS (
      SELECT id FROM place WHERE id = ANY(${[...ruleBook.placesWithOwnDays]})
      UNION
      SELECT p.id FROM place p JOIN area ON p."parentId" = area.id
    )
    SELECT id FROM area`
  const chains = await readPlaceChains(
    db,
    rows.map(({ id }) => id),
  )
  return [...chains].map(([place, chain]) => ({ place, name: ruleBook.calendarFor(chain).version }))
}

async function readPlaceChains(db: Db, placeIds: readonly string[]): Promise<Map<string, string[]>> {
  const rows = await db.$queryRaw<{ place: string; chain: string[] }[]>`
    WITH RECURSIVE chain AS (
      SELECT p.id AS place, p.id, p."parentId", 1 AS depth FROM place p WHERE p.id = ANY(${[...new Set(placeIds)]})
      UNION ALL
      SELECT c.place, p.id, p."parentId", depth + 1 FROM chain c JOIN place p ON p.id = c."parentId"
    )
    SELECT place, array_agg(id ORDER BY depth) AS chain FROM chain GROUP BY place`
  return new Map(rows.map(({ place, chain }) => [place, chain]))
}
