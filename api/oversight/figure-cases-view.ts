import { stageLabels } from '../../domain/procedures/words.ts'
import { limitLabels } from '../../domain/matter/limit-keys.ts'
import { lineText } from '../../domain/schemas/nouns.ts'
import { z } from '../../domain/schemas/zod.ts'
import { figures } from '../../domain/supervision/bulletin.ts'
import type { ReportingPeriod } from '../../domain/supervision/reporting-period.ts'
import { dayOf } from '../../domain/time/plain-date.ts'
import type { Archive } from '../../prisma/client.ts'
import { readFigureCases } from '../../prisma/stores/oversight/bulletin-figures.ts'
import { readClock } from '../../prisma/stores/system/clock.ts'
import { readCountiesOf } from '../../prisma/stores/staff/place-branches.ts'
import { readPlaces } from '../../prisma/stores/staff/places.ts'
import type { FigureCases, FigureQuery } from './bulletin-contract.ts'
import type { Asker } from '../http/identity.ts'
import { askedPlace } from '../matters/asked-place.ts'
import { readCursor, writeCursor } from '../http/cursor.ts'

const Mark = z.strictObject({ matterNumber: lineText(64) })

/** One page of the cases behind a figure, of those that the asker may see. Numbers of cases, no names of people. */
export async function figureCasesView(
  { db }: Archive,
  asker: Asker,
  period: ReportingPeriod,
  query: FigureQuery,
): Promise<FigureCases> {
  const now = await readClock(db)
  const today = dayOf(now)
  const { placeId, scope } = await askedPlace(db, asker, { ...query, today })
  const { facts, label, limit = query.limit } = figures[query.figure]
  const rows = await readFigureCases(
    db,
    { period, countyIds: await readCountiesOf(db, placeId), now },
    { scope, facts, limit, after: readCursor(Mark, query.cursor)?.matterNumber, take: query.pageSize + 1 },
  )
  const page = rows.slice(0, query.pageSize)
  const last = page.at(-1)
  const places = await readPlaces(db, [...new Set(page.map((row) => row.placeId))], today)
  const names = new Map(places.map((place) => [place.placeId, place.name]))
  return {
    figure: query.figure,
    label: limit === undefined ? label : `${limitLabels[limit]}：${label}`,
    items: page.map((row) => ({
      ...row,
      placeName: names.get(row.placeId) ?? '',
      stageLabel: stageLabels[row.stage],
    })),
    nextCursor: rows.length > page.length && last ? writeCursor({ matterNumber: last.matterNumber }) : null,
  }
}
