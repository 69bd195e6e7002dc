import type { PlainDate } from '../../../domain/time/plain-date.ts'
import type { Level, ResidenceKind } from '../../../domain/vocabulary.ts'
import type { Db } from '../../client.ts'
import { rowOfDay } from '../system/rows.ts'

/** A place from itself up to the nation, with its name on a day. */
export type PlaceStep = {
  placeId: string
  level: Level
  residenceKind: ResidenceKind | null
  name: string
  divisionCode: string | null
}

/** A place and the one directly above it. */
export type PlaceInTree = { placeId: string; parentId: string | null }

/** The chain of a place, itself first; empty for a place nobody made. */
export async function readPlaceChain(db: Db, placeId: string, today: PlainDate): Promise<PlaceStep[]> {
  const day = rowOfDay(today)
  return db.$queryRaw<PlaceStep[]>`
    WITH RECURSIVE chain AS (
      SELECT p.id, p."parentId", p.level, p."residenceKind", 1 AS depth FROM place p WHERE p.id = ${placeId}
      UNION ALL
      SELECT p.id, p."parentId", p.level, p."residenceKind", depth + 1 FROM place p JOIN chain ON p.id = chain."parentId"
    )
    SELECT c.id AS "placeId", c.level::text AS level, c."residenceKind"::text AS "residenceKind",
           COALESCE(n.name, c.id) AS name, n."divisionCode"
    FROM chain c LEFT JOIN LATERAL (
      SELECT name, "divisionCode" FROM place_name WHERE "placeId" = c.id AND "effectiveFrom" <= ${day}
        AND ("effectiveTo" IS NULL OR "effectiveTo" >= ${day}) ORDER BY "effectiveFrom" DESC LIMIT 1
    ) n ON true ORDER BY c.depth`
}

/** Places by id with their names on a day, from the top down. */
export async function readPlaces(db: Db, placeIds: readonly string[], today: PlainDate) {
  const day = rowOfDay(today)
  const rows = await db.place.findMany({
    where: { id: { in: [...placeIds] } },
    include: {
      names: {
        where: { effectiveFrom: { lte: day }, OR: [{ effectiveTo: null }, { effectiveTo: { gte: day } }] },
        orderBy: { effectiveFrom: 'desc' },
        take: 1,
      },
    },
    orderBy: [{ level: 'desc' }, { id: 'asc' }],
  })
  return rows.map(({ id, parentId, level, residenceKind, names }) => ({
    placeId: id,
    parentId,
    level,
    residenceKind,
    name: names[0]?.name ?? id,
  }))
}

/** The name on a day of the township that each of these places lies in or is; none for a place above townships. */
export async function readTownshipNames(
  db: Db,
  placeIds: readonly string[],
  today: PlainDate,
): Promise<Map<string, string>> {
  const day = rowOfDay(today)
  const rows = await db.$queryRaw<{ placeId: string; name: string }[]>`
    WITH RECURSIVE chain AS (
      SELECT p.id AS "placeId", p.id, p."parentId", p.level FROM place p WHERE p.id = ANY(${[...placeIds]})
      UNION ALL
      SELECT chain."placeId", p.id, p."parentId", p.level FROM place p JOIN chain ON p.id = chain."parentId"
    )
    SELECT c."placeId", COALESCE(n.name, c.id) AS name
    FROM chain c LEFT JOIN LATERAL (
      SELECT name FROM place_name WHERE "placeId" = c.id AND "effectiveFrom" <= ${day}
        AND ("effectiveTo" IS NULL OR "effectiveTo" >= ${day}) ORDER BY "effectiveFrom" DESC LIMIT 1
    ) n ON true WHERE c.level = 'TOWNSHIP'`
  return new Map(rows.map(({ placeId, name }) => [placeId, name]))
}

/** Each of these places with the one that it lies in. */
export async function readParents(db: Db, placeIds: readonly string[]): Promise<PlaceInTree[]> {
  return db.$queryRaw<PlaceInTree[]>`
    SELECT id AS "placeId", "parentId" FROM place WHERE id = ANY(${[...placeIds]}) ORDER BY id`
}

/** True when a division code, cut to the county, is that of a place of this chain on a day: 户籍 in the county. */
export async function isCodeWithin(
  db: Db,
  placeChain: readonly string[],
  code: string,
  on: PlainDate,
): Promise<boolean> {
  const day = rowOfDay(on)
  const [found] = await db.$queryRaw<{ within: boolean }[]>`
    SELECT EXISTS (SELECT FROM place p JOIN place_name n ON n."placeId" = p.id
      WHERE p.id = ANY(${[...placeChain]}) AND p.level = 'COUNTY' AND left(n."divisionCode", 6) = left(${code}, 6)
        AND n."effectiveFrom" <= ${day}) AS within`
  return found?.within ?? false
}
