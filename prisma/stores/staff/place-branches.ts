import type { Level } from '../../../domain/vocabulary.ts'
import type { Db } from '../../client.ts'

/**
 * For everything below some places, the place directly below them under which it lies: a county's villages by township, a
 * city's by county. What lies directly below is its own branch.
 */
export async function readBranches(db: Db, placeIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await db.$queryRaw<{ id: string; branch: string }[]>`
    WITH RECURSIVE below AS (
      SELECT id, id AS branch FROM place WHERE "parentId" = ANY(${[...placeIds]})
      UNION ALL
      SELECT p.id, below.branch FROM place p JOIN below ON p."parentId" = below.id
    )
    SELECT id, branch FROM below`
  return new Map(rows.map(({ id, branch }) => [id, branch]))
}

/** The counties that a place belongs to or holds: its own where it is one or lies in one, else all below it. */
export async function readCountiesOf(db: Db, placeId: string): Promise<string[]> {
  const place = await db.place.findUnique({ where: { id: placeId }, select: { countyId: true } })
  if (place?.countyId) return [place.countyId]
  const county: Level = 'COUNTY'
  const rows = await db.$queryRaw<{ id: string }[]>`
    WITH RECURSIVE area AS (
      SELECT id, level FROM place WHERE id = ${placeId}
      UNION
      SELECT p.id, p.level FROM place p JOIN area ON p."parentId" = area.id
    )
    SELECT id FROM area WHERE level = ${county}::"Level" ORDER BY id`
  return rows.map(({ id }) => id)
}
