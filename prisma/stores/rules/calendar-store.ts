import { nameCalendar, readCalendarName } from '../../../domain/time/calendar-name.ts'
import { type LocalCalendarDay, localDaysOf } from '../../../domain/time/local-calendar.ts'
import { type CalendarYear, createWorkCalendar, type WorkCalendar } from '../../../domain/time/work-calendar.ts'
import type { Db } from '../../client.ts'
import { dayOfRow } from '../system/rows.ts'

type Edition = CalendarYear & { edition: number }

/** Every edition that was ever entered, in the order of entering, so that a calendar can be had as it was known. */
export type CalendarArchive = {
  placesWithOwnDays: ReadonlySet<string>
  calendarOf(placeChain: readonly string[], knownAs?: string): WorkCalendar
}

export async function readCalendarArchive(db: Db): Promise<CalendarArchive> {
  const editions = await readEditions(db)
  const localDays = await readLocalDays(db)
  return {
    placesWithOwnDays: new Set(localDays.map(({ place }) => place)),
    calendarOf(placeChain, knownAs) {
      const extent = knownAs === undefined ? null : readCalendarName(knownAs)
      const known = editions.slice(0, extent?.editions)
      const ownDays = localDays.filter(({ place }) => placeChain.includes(place)).slice(0, extent?.localDays)
      return createWorkCalendar({
        version: nameCalendar(known, { localDays: ownDays.length }),
        years: latestOfEachYear(known),
        local: localDaysOf(ownDays, placeChain),
      })
    },
  }
}

async function readEditions(db: Db): Promise<Edition[]> {
  const rows = await db.calendarYear.findMany({ orderBy: [{ recordedAt: 'asc' }, { year: 'asc' }, { edition: 'asc' }] })
  return rows.map(
    ({ year, edition, status, notice, days }) => ({ year, edition, status, notice, days }) as unknown as Edition,
  )
}

async function readLocalDays(db: Db): Promise<LocalCalendarDay[]> {
  const rows = await db.localCalendarDay.findMany({ orderBy: [{ recordedAt: 'asc' }, { id: 'asc' }] })
  return rows.map(({ placeId, day, edition, kind, name, source }) => ({
    place: placeId,
    day: dayOfRow(day),
    edition,
    kind: kind as LocalCalendarDay['kind'],
    name,
    source,
  }))
}

/** A later notice for a year is a later edition; the earlier one stays for what was known before. */
function latestOfEachYear(editions: readonly Edition[]): CalendarYear[] {
  const latest = new Map<number, Edition>()
  for (const one of editions) {
    const known = latest.get(one.year)
    if (known === undefined || known.edition < one.edition) latest.set(one.year, one)
  }
  return [...latest.values()].sort((a, b) => a.year - b.year)
}
