import { instantText, recordId } from '../../domain/schemas/nouns.ts'
import { z } from '../../domain/schemas/zod.ts'
import { reportingPeriod } from '../../domain/supervision/reporting-period.ts'
import { dayOf } from '../../domain/time/plain-date.ts'
import type { Archive } from '../../prisma/client.ts'
import { type BulletinMark, listBulletins } from '../../prisma/stores/oversight/bulletins.ts'
import { readClock } from '../../prisma/stores/system/clock.ts'
import { readCountiesOf } from '../../prisma/stores/staff/place-branches.ts'
import { readPlaces } from '../../prisma/stores/staff/places.ts'
import type { Bulletins, BulletinsQuery } from './bulletin-contract.ts'
import type { Asker } from '../http/identity.ts'
import { askedPlace } from '../matters/asked-place.ts'
import { readCursor, writeCursor } from '../http/cursor.ts'
import { periodView } from '../matters/period-view.ts'

const Mark = z.strictObject({ issuedAt: instantText, bulletinId: recordId })

/** One page of the bulletins issued for the county of a place, or for the counties below it. */
export async function bulletinsView({ db }: Archive, asker: Asker, query: BulletinsQuery): Promise<Bulletins> {
  const today = dayOf(await readClock(db))
  const { placeId } = await askedPlace(db, asker, { ...query, today })
  const after = readCursor(Mark, query.cursor) as BulletinMark | undefined
  const rows = await listBulletins(db, await readCountiesOf(db, placeId), { after, take: query.pageSize + 1 })
  const page = rows.slice(0, query.pageSize)
  const last = page.at(-1)
  const counties = await readPlaces(db, [...new Set(page.map(({ countyId }) => countyId))], today)
  const names = new Map(counties.map((county) => [county.placeId, county.name]))
  return {
    items: page.map(({ countyId, period, issuedAt, digest }) => ({
      county: { placeId: countyId, name: names.get(countyId) ?? countyId },
      ...periodView(reportingPeriod(period)),
      issuedAt,
      digest,
    })),
    nextCursor: rows.length > page.length && last ? writeCursor(markOf(last)) : null,
  }
}

function markOf({ issuedAt, bulletinId }: BulletinMark): BulletinMark {
  return { issuedAt, bulletinId }
}
