import type { PlainDate } from '../../domain/time/plain-date.ts'
import type { Archive } from '../../prisma/client.ts'
import { readPlaces } from '../../prisma/stores/staff/places.ts'

/** The highest place of an area; of several the first by id. */
export async function topOfArea(
  db: Archive['db'],
  placeIds: readonly string[],
  today: PlainDate,
): Promise<string | undefined> {
  const places = await readPlaces(db, placeIds, today)
  return places.find(({ parentId }) => parentId === null || !placeIds.includes(parentId))?.placeId
}
