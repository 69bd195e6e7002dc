import type { PlainDate } from '../../domain/time/plain-date.ts'
import type { Archive } from '../../prisma/client.ts'
import { readParents, readPlaces } from '../../prisma/stores/staff/places.ts'
import { areaRows } from '../matters/area-rows.ts'
import type { AskedPlace } from '../matters/asked-place.ts'

/** The rows of a table of weather, and which place is told in which. */
export type WeatherRows = { rowOf: ReadonlyMap<string, string>; places: { placeId: string; name: string }[] }

/**
 * A row for what lies directly below a place, each with everything further down. A place with nothing below it is its own
 * row, and has one besides where something lies right in it.
 */
export async function weatherRows(
  db: Archive['db'],
  { placeId, area }: AskedPlace,
  { told, today }: { told: readonly { placeId: string }[]; today: PlainDate },
): Promise<WeatherRows> {
  const rows = areaRows(await readParents(db, area.placeIds), placeId)
  const rowOf = rows?.rowOf ?? new Map<string, string>()
  const shown = new Set([...(rows?.rowIds ?? []), ...told.flatMap((one) => rowOf.get(one.placeId) ?? [])])
  const places = await readPlaces(db, [...shown], today)
  return { rowOf, places: places.map((place) => ({ placeId: place.placeId, name: place.name })) }
}
