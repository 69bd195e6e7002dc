import chineseDays from 'chinese-days'
import { describe, expect, it } from 'vitest'
import { lunarFestivals } from '../../../domain/time/lunar-festivals.ts'
import { addDays, isWeekend, type PlainDate, plainDate, yearOf } from '../../../domain/time/plain-date.ts'
import { CalendarYearUnknown, listedHolidays, statutoryHolidays } from '../../../domain/time/statutory-holidays.ts'
import { calendarYearsKnownOn, createWorkCalendar } from '../../../domain/time/work-calendar.ts'
import { seededCalendar, seededYears } from './calendar-data.ts'

function daysOf(first: string, last: string): PlainDate[] {
  const days: PlainDate[] = []
  for (let day = plainDate(first); day <= last; day = addDays(day, 1)) days.push(day)
  return days
}

describe('work calendar', () => {
  it('agrees with chinese-days on every day from 2007 to 2026', () => {
    const days = daysOf('2007-01-01', '2026-12-31')
    expect(days).toHaveLength(7305)
    expect(days.filter((day) => seededCalendar.isWorkingDay(day) !== chineseDays.isWorkday(day))).toEqual([])
  })

  it('has the six make-up working days of 2026', () => {
    const makeUp = daysOf('2026-01-01', '2026-12-31').filter(
      (day) => seededCalendar.explain(day).reason === 'MAKE_UP_WORKDAY',
    )
    expect(makeUp).toEqual(['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'])
  })

  it('takes make-up days from weekends only, and lists each day once in order', () => {
    for (const { days } of seededYears) {
      expect(days.map(({ day }) => day)).toEqual([...new Set(days.map(({ day }) => day))].sort())
      expect(days.filter(({ day, kind }) => kind === 'MAKE_UP_WORKDAY' && !isWeekend(day))).toEqual([])
    }
  })

  it('names the festival and the document behind a day', () => {
    expect(seededCalendar.explain(plainDate('2026-02-14'))).toEqual({
      day: '2026-02-14',
      working: true,
      reason: 'MAKE_UP_WORKDAY',
      name: '春节',
      source: '国办发明电〔2025〕7号',
      provisional: false,
    })
    expect(seededCalendar.explain(plainDate('2026-11-21')).reason).toBe('WEEKEND')
    expect(seededCalendar.explain(plainDate('2026-11-23')).reason).toBe('WORKDAY')
  })

  it('knows the Spring Festival of 2020 as it stood before and after it was extended', () => {
    const before = createWorkCalendar({
      version: 'known on 20 January',
      years: calendarYearsKnownOn(seededYears, plainDate('2020-01-20')),
    })
    const asked = ['2020-01-31', '2020-02-01', '2020-02-02', '2020-02-03'].map(plainDate)
    expect(asked.map(before.isWorkingDay)).toEqual([true, true, false, true])
    expect(asked.map(seededCalendar.isWorkingDay)).toEqual([false, false, false, true])
  })

  it('lets the order in which years are listed not matter', () => {
    const reversed = createWorkCalendar({ version: 'reversed', years: [...seededYears].reverse() })
    for (const day of daysOf('2020-01-15', '2020-02-10'))
      expect(reversed.explain(day)).toEqual(seededCalendar.explain(day))
  })
})

describe('a year without a notice', () => {
  it('is provisional, and so are the last days of the year before', () => {
    expect(seededCalendar.isProvisional(plainDate('2026-12-28'))).toBe(false)
    expect(seededCalendar.isProvisional(plainDate('2026-12-31'))).toBe(true)
    expect(seededCalendar.isProvisional(plainDate('2027-01-04'))).toBe(true)
    expect(seededCalendar.isProvisional(plainDate('2025-12-31'))).toBe(false)
  })

  it('has the thirteen days of the regulation off in 2027, with those on weekends made up', () => {
    const off = daysOf('2027-01-01', '2027-12-31').filter(
      (day) => seededCalendar.explain(day).reason === 'HOLIDAY' && !isWeekend(day),
    )
    expect(off).toEqual([
      '2027-01-01',
      '2027-02-05',
      '2027-02-08',
      '2027-02-09',
      '2027-02-10',
      '2027-04-05',
      '2027-05-03',
      '2027-05-04',
      '2027-06-09',
      '2027-09-15',
      '2027-10-01',
      '2027-10-04',
      '2027-10-05',
    ])
  })

  it.each([2028, 2031, 2039])('gives thirteen working days off even where festivals meet (%i)', (year) => {
    const off = new Set(statutoryHolidays(year).map(({ day }) => day))
    expect([...off].filter((day) => !isWeekend(day))).toHaveLength(13)
  })

  it.each([2025, 2026])('computes no day off that the notice for %i did not give', (year) => {
    const computed = statutoryHolidays(year).map(({ day }) => day)
    expect(computed.filter((day) => seededCalendar.isWorkingDay(day))).toEqual([])
  })

  it.each([
    [2007, 10, '2007-02-18', 3],
    [2008, 11, '2008-02-06', 1],
    [2013, 11, '2013-02-09', 1],
    [2014, 11, '2014-01-31', 1],
    [2024, 11, '2024-02-10', 1],
    [2025, 13, '2025-01-28', 2],
  ])('in %i gives %i days, the Spring Festival from %s and %i for Labour Day', (year, days, spring, labour) => {
    const listed = listedHolidays(year)
    expect(listed).toHaveLength(days)
    expect(listed.find(({ name }) => name === '春节')?.day).toBe(spring)
    expect(listed.filter(({ name }) => name === '劳动节')).toHaveLength(labour)
  })

  it('says so loudly when not even the lunar festivals are known', () => {
    expect(() => seededCalendar.isWorkingDay(plainDate('2041-03-01'))).toThrow(CalendarYearUnknown)
  })
})

describe('lunar festivals', () => {
  it('agree with the lunar functions of chinese-days', () => {
    for (const [year, [springFestival, qingming, dragonBoat, midAutumn]] of Object.entries(lunarFestivals)) {
      const solar = (lunar: string) => chineseDays.getSolarDateFromLunar(`${year}-${lunar}`).date
      expect([springFestival, dragonBoat, midAutumn].map((day) => `${year}-${day}`)).toEqual(
        ['01-01', '05-05', '08-15'].map(solar),
      )
      expect(`${year}-${qingming}`).toBe(chineseDays.getSolarTermDate(Number(year), 4, 'pure_brightness'))
    }
  })

  it('are known without a gap', () => {
    const years = Object.keys(lunarFestivals).map(Number)
    expect(years).toEqual(years.map((_, index) => (years[0] ?? 0) + index))
    expect(yearOf(plainDate(`${years.at(-1)}-01-01`))).toBe(2040)
  })
})
