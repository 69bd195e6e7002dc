import { type LimitKey, limitLabels } from '../../domain/matter/limit-keys.ts'
import { changesSince, factLabels, type PlaceCounts } from '../../domain/supervision/bulletin.ts'
import { previousPeriod, type ReportingPeriod } from '../../domain/supervision/reporting-period.ts'
import { dayOf, type Instant, startOf } from '../../domain/time/plain-date.ts'
import type { Archive } from '../../prisma/client.ts'
import { type CountyPeriod, readCirculars, readFigures } from '../../prisma/stores/oversight/bulletin-figures.ts'
import { findBulletin, type IssuedBulletin } from '../../prisma/stores/oversight/bulletins.ts'
import { readClock } from '../../prisma/stores/system/clock.ts'
import { readCountiesOf } from '../../prisma/stores/staff/place-branches.ts'
import { readPlaces } from '../../prisma/stores/staff/places.ts'
import type { BulletinOfPeriod, BulletinQuery, CountyBulletin } from './bulletin-contract.ts'
import type { Asker } from '../http/identity.ts'
import { fault } from '../http/problem.ts'
import { askedPlace } from '../matters/asked-place.ts'
import { periodView } from '../matters/period-view.ts'
import { placeLine } from '../matters/place-line.ts'

type Db = Archive['db']

/**
 * The bulletins of a period around a place. An issued bulletin is made known to every office of its county, so all its
 * lines are shown, which hold numbers only; cases by number, what has changed since and figures that are not issued yet
 * are shown of the asker's area alone. @throws periodNotBegun
 */
export async function bulletinView(
  { db }: Archive,
  asker: Asker,
  period: ReportingPeriod,
  query: BulletinQuery,
): Promise<BulletinOfPeriod> {
  const now = await readClock(db)
  if (startOf(period.firstDay) > now) throw fault('periodNotBegun')
  const { placeId, area } = await askedPlace(db, asker, { ...query, today: dayOf(now) })
  const counties = await readCountiesOf(db, placeId)
  const bulletins = await Promise.all(
    counties.map((countyId) => countyBulletin(db, { countyId, period, scope: area, now })),
  )
  return { ...periodView(period), previousPeriod: previousPeriod(period).text, countedAt: now, bulletins }
}

async function countyBulletin(db: Db, about: CountyPeriod): Promise<CountyBulletin> {
  const issued = await findBulletin(db, about.countyId, about.period.text)
  const figures = await readFigures(db, about)
  return issued === null ? notIssued(db, about, figures) : asIssued(db, about, issued, figures)
}

async function notIssued(db: Db, about: CountyPeriod, figures: readonly PlaceCounts[]): Promise<CountyBulletin> {
  const circulars = await readCirculars(db, about)
  const named = await namesAt(db, [about.countyId, ...placesIn(figures, circulars)], about.now)
  return {
    county: named(about.countyId),
    issued: false,
    standing: '暂未印发',
    issuedAt: null,
    digest: null,
    places: figures.map((line) => placeLine(line, named(line.placeId))),
    circulars: circulars.map((circular) => circularView(circular, named(circular.placeId).name)),
    changes: [],
  }
}

async function asIssued(
  db: Db,
  { countyId, scope }: CountyPeriod,
  { body, issuedAt, digest }: IssuedBulletin,
  figures: readonly PlaceCounts[],
): Promise<CountyBulletin> {
  // Named as they were called when it was issued.
  const named = await namesAt(db, [countyId, ...placesIn(body.places, body.circulars)], issuedAt)
  const circulars = body.circulars.filter(({ placeId }) => scope.placeIds.includes(placeId))
  return {
    county: named(countyId),
    issued: true,
    standing: '已印发',
    issuedAt,
    digest,
    places: body.places.map((line) => placeLine(line, named(line.placeId))),
    circulars: circulars.map((circular) => circularView(circular, named(circular.placeId).name)),
    changes: figures.flatMap((line) => {
      const then = body.places.find(({ placeId }) => placeId === line.placeId)
      return changesView(then, line).map((change) => ({ ...named(line.placeId), ...change }))
    }),
  }
}

function changesView(then: PlaceCounts | undefined, now: PlaceCounts) {
  return changesSince(then?.counts ?? [], now.counts).map(({ fact, limit, ...change }) => ({
    ...change,
    limit,
    limitLabel: limit === null ? null : limitLabels[limit],
    label: factLabels[fact],
  }))
}

function circularView({ caseNumber: matterNumber, limit }: { caseNumber: string; limit: LimitKey }, placeName: string) {
  return { matterNumber, placeName, limit, limitLabel: limitLabels[limit] }
}

function placesIn(lines: readonly { placeId: string }[], circulars: readonly { placeId: string }[]): string[] {
  return [...lines, ...circulars].map(({ placeId }) => placeId)
}

async function namesAt(db: Db, placeIds: readonly string[], at: Instant) {
  const places = await readPlaces(db, [...new Set(placeIds)], dayOf(at))
  const names = new Map(places.map(({ placeId, name }) => [placeId, name]))
  return (placeId: string) => ({ placeId, name: names.get(placeId) ?? placeId })
}
