import type { PlainDate } from '../../domain/time/plain-date.ts'
import type { Archive } from '../../prisma/client.ts'
import { type PlaceStep, readPlaceChain } from '../../prisma/stores/staff/places.ts'
import { type CaseScope, caseScopeOf, placesBelow } from '../../prisma/stores/matter/scope.ts'
import type { Asker } from '../http/identity.ts'
import { fault } from '../http/problem.ts'
import { topOfArea } from './area.ts'
import { placeAt } from './place-names.ts'

/** The place that somebody asks about, what the asker may see of it and below, and all that the asker may see. */
export type AskedPlace = { placeId: string; name: string; chain: PlaceStep[]; scope: CaseScope; area: CaseScope }

/** The asker's highest place where none is named. @throws placeUnknown for a place outside the asker's area. */
export async function askedPlace(
  db: Archive['db'],
  asker: Asker,
  asked: { placeId?: string | undefined; today: PlainDate },
): Promise<AskedPlace> {
  const { today } = asked
  const area = await caseScopeOf(db, asker, today)
  const placeId = asked.placeId ?? (await topOfArea(db, area.placeIds, today))
  if (placeId === undefined || !area.placeIds.includes(placeId)) throw fault('placeUnknown')
  const below = new Set(await placesBelow(db, placeId))
  const chain = await readPlaceChain(db, placeId, today)
  const scope = { ...area, placeIds: area.placeIds.filter((one) => below.has(one)) }
  return { placeId, name: placeAt(chain).name, chain, scope, area }
}
