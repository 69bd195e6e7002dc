import type { PlaceInTree } from '../../prisma/stores/staff/places.ts'

/** A table by place: what it is about, and the row in which each place of it is counted. */
export type AreaRows = { topIds: string[]; rowIds: string[]; rowOf: ReadonlyMap<string, string> }

/**
 * The rows of a table about a place of an area: the places directly below it, each with all that lies in it. What has
 * nothing below it is its own row, and so is each part of an area that has several. What should lie right in the place
 * itself is counted as a row that is not among `rowIds`. Null for a place outside the area.
 */
export function areaRows(area: readonly PlaceInTree[], placeId?: string): AreaRows | null {
  const known = new Set(area.map((place) => place.placeId))
  if (placeId !== undefined && !known.has(placeId)) return null
  const below = Map.groupBy(area, ({ parentId }) => parentId ?? '')
  const childrenOf = (place: string) => (below.get(place) ?? []).map((child) => child.placeId)
  const topIds =
    placeId === undefined
      ? area.filter(({ parentId }) => !known.has(parentId ?? '')).map((place) => place.placeId)
      : [placeId]
  const children = topIds.length === 1 ? topIds.flatMap(childrenOf) : []
  const rowIds = children.length > 0 ? children : topIds
  const rowOf = new Map(topIds.map((top) => [top, top]))
  const count = (place: string, rowId: string): void => {
    rowOf.set(place, rowId)
    for (const child of childrenOf(place)) count(child, rowId)
  }
  for (const rowId of rowIds) count(rowId, rowId)
  return { topIds, rowIds, rowOf }
}
