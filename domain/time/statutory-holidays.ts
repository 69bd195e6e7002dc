import { lunarFestivals } from './lunar-festivals.ts'
import { addDays, isWeekend, type PlainDate, plainDate } from './plain-date.ts'

/** A day off by regulation, before any State Council notice arranges the year. */
export type StatutoryHoliday = { day: PlainDate; name: string; source: string }

/** A year for which neither a notice nor the dates of the lunar festivals are known. */
export class CalendarYearUnknown extends Error {
  override name = 'CalendarYearUnknown'
  constructor(year: number) {
    super(
      `No holidays can be computed for ${year}: add the year's notice to the calendar data, ` +
        `or its lunar festivals to lunar-festivals.ts.`,
    )
  }
}

/** True for a year whose holidays can be computed, so that working days can be counted in it. */
export function isCalendarYearKnown(year: number): boolean {
  return year in lunarFestivals
}

/**
 * The days off that the regulation itself gives in a year: 13 days from 2025, 11 days from 2008, 10 before. One that
 * falls on a weekend or on another festival is made up on the next working day (Art. 6). The yearly notice may add
 * swapped days, which nobody can compute. Throws `CalendarYearUnknown` outside the table of lunar festivals.
 *
 * Source: 全国年节及纪念日放假办法, Art. 2 and 6, in the version in force in that year.
 */
export function statutoryHolidays(year: number): StatutoryHoliday[] {
  const taken = new Set<PlainDate>()
  const owed: StatutoryHoliday[] = []
  const days: StatutoryHoliday[] = []
  for (const holiday of listedHolidays(year)) {
    if (isWeekend(holiday.day) || taken.has(holiday.day)) owed.push(holiday)
    if (!taken.has(holiday.day)) days.push(holiday)
    taken.add(holiday.day)
  }
  for (const holiday of owed) {
    const day = nextFreeWorkday(holiday.day, taken)
    taken.add(day)
    days.push({ ...holiday, day, name: `${holiday.name}补假` })
  }
  return days.sort((a, b) => (a.day < b.day ? -1 : 1))
}

/**
 * The days that the regulation names, each where it falls, weekend or not, in order of the regulation. Two festivals
 * may name one day. Throws `CalendarYearUnknown`.
 */
export function listedHolidays(year: number): StatutoryHoliday[] {
  const lunar = lunarFestivals[year]
  if (!lunar) throw new CalendarYearUnknown(year)
  const [springFestival, qingming, dragonBoat, midAutumn] = lunar.map((day) => plainDate(`${year}-${day}`)) as [
    PlainDate,
    PlainDate,
    PlainDate,
    PlainDate,
  ]
  const { order, eveIsOff, springDays, labourDays, ownFestivals } = versionFor(year)
  const source = `全国年节及纪念日放假办法（${order}修订）第二条`
  const named = (name: string, first: PlainDate, count: number) =>
    Array.from({ length: count }, (_, index) => ({ day: addDays(first, index), name, source }))
  return [
    ...named('元旦', plainDate(`${year}-01-01`), 1),
    ...named('春节', eveIsOff ? addDays(springFestival, -1) : springFestival, springDays),
    ...(ownFestivals ? named('清明节', qingming, 1) : []),
    ...named('劳动节', plainDate(`${year}-05-01`), labourDays),
    ...(ownFestivals ? named('端午节', dragonBoat, 1) : []),
    ...named('国庆节', plainDate(`${year}-10-01`), 3),
    ...(ownFestivals ? named('中秋节', midAutumn, 1) : []),
  ]
}

/** What differs between the versions of the regulation. `ownFestivals`: Qingming, Dragon Boat and Mid-Autumn are off. */
const versions = [
  { from: 2025, order: '国务院令第795号', eveIsOff: true, springDays: 4, labourDays: 2, ownFestivals: true },
  { from: 2014, order: '国务院令第644号', eveIsOff: false, springDays: 3, labourDays: 1, ownFestivals: true },
  { from: 2008, order: '国务院令第513号', eveIsOff: true, springDays: 3, labourDays: 1, ownFestivals: true },
] as const
const before2008 = {
  order: '国务院令第270号',
  eveIsOff: false,
  springDays: 3,
  labourDays: 3,
  ownFestivals: false,
} as const

function versionFor(year: number) {
  return versions.find(({ from }) => year >= from) ?? before2008
}

function nextFreeWorkday(after: PlainDate, taken: ReadonlySet<PlainDate>): PlainDate {
  let day = addDays(after, 1)
  while (isWeekend(day) || taken.has(day)) day = addDays(day, 1)
  return day
}
