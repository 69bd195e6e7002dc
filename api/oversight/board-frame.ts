import { type SoonUntil, soonUntil } from '../../domain/supervision/due-standing.ts'
import { dayOf, type Instant, type PlainDate } from '../../domain/time/plain-date.ts'
import type { WorkCalendar } from '../../domain/time/work-calendar.ts'
import type { BoardFrame } from '../../prisma/stores/oversight/board.ts'
import { readCalendarsOf } from '../../prisma/stores/rules/place-calendars.ts'
import { readParents } from '../../prisma/stores/staff/places.ts'
import { readReferenceData } from '../../prisma/stores/rules/reference-data.ts'
import { type CaseScope, caseScopeOf } from '../../prisma/stores/matter/scope.ts'
import type { Asker } from '../http/identity.ts'
import { fault } from '../http/problem.ts'
import { type AreaRows, areaRows } from '../matters/area-rows.ts'

type Db = Parameters<typeof readParents>[0]

/** What a board is about: where the asker looks, by the calendars of which places, on which day. */
export type AskedBoard = Omit<AreaRows, 'rowOf'> &
  BoardFrame & {
    scope: CaseScope
    today: PlainDate
    calendars: readonly WorkCalendar[]
    calendarOf: (placeId: string) => WorkCalendar
    /** Until when something in a place is due soon. */
    soonOf: (placeId: string) => SoonUntil
  }

/** @throws placeUnknown for a place outside the asker's area. */
export async function askedBoard(
  db: Db,
  asker: Pick<Asker, 'officerId' | 'officeId' | 'role'>,
  { placeId, now }: { placeId: string | undefined; now: Instant },
): Promise<AskedBoard> {
  const today = dayOf(now)
  const scope = await caseScopeOf(db, asker, today)
  const rows = areaRows(await readParents(db, scope.placeIds), placeId)
  if (rows === null) throw fault('placeUnknown')
  const { topIds, rowIds, rowOf } = rows
  const calendarOf = await readCalendarsOf(db, await readReferenceData(db), [...rowOf.keys()])
  const numbers = new Map<WorkCalendar, number>()
  const numberOf = (calendar: WorkCalendar): number => {
    const number = numbers.get(calendar) ?? numbers.size
    numbers.set(calendar, number)
    return number
  }
  const places = [...rowOf].map(([place, rowId]) => ({
    placeId: place,
    rowId,
    calendar: numberOf(calendarOf(place)),
  }))
  const calendars = [...numbers.keys()]
  const soonBy = new Map(calendars.map((calendar) => [calendar, soonUntil(today, calendar)]))
  const soon = [...soonBy.values()]
  const soonOf = (place: string) => {
    const calendar = calendarOf(place)
    return soonBy.get(calendar) ?? soonUntil(today, calendar)
  }
  return { topIds, rowIds, scope, places, soon, now, today, calendars, calendarOf, soonOf }
}
