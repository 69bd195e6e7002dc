import { describe, expect, it } from 'vitest'
import { readCalendarNotice } from '../../../domain/time/calendar-notice.ts'
import { readLocalNotice } from '../../../domain/time/local-notice.ts'
import { plainDate } from '../../../domain/time/plain-date.ts'
import { listedHolidays } from '../../../domain/time/statutory-holidays.ts'
import { seededYears } from './calendar-data.ts'

const today = plainDate('2026-11-23')
const head = {
  year: 2027,
  title: '国务院办公厅关于2027年部分节假日安排的通知',
  number: '国办发明电〔2026〕1号',
  publishedOn: '2026-11-05',
}
const statutory = [
  ...new Map(listedHolidays(2027).map(({ day, name }) => [day, { day, kind: 'HOLIDAY', name }])).values(),
]

const messagesOf = (typed: unknown) => {
  const read = readCalendarNotice(typed, today)
  return 'faults' in read ? read.faults.map(({ message }) => message) : []
}

describe('a notice as it is typed in', () => {
  it('becomes an edition, its days in order, each citing the number', () => {
    const days = [{ day: '2027-02-20', kind: 'MAKE_UP_WORKDAY', name: '春节' }, ...statutory]
    const read = readCalendarNotice({ ...head, days }, today)
    expect(read).toMatchObject({
      notice: {
        year: 2027,
        status: 'CONFIRMED',
        publishedOn: '2026-11-05',
        notice: '国务院办公厅关于2027年部分节假日安排的通知（国办发明电〔2026〕1号）',
      },
    })
    const listed = 'notice' in read ? read.notice.days : []
    expect(listed.map(({ day }) => day)).toEqual(listed.map(({ day }) => day).toSorted())
    expect(new Set(listed.map(({ source }) => source))).toEqual(new Set(['国办发明电〔2026〕1号']))
  })

  it('is told everything that is wrong with it at once', () => {
    const days = [
      ...statutory.filter(({ day }) => day !== '2027-05-01'),
      { day: '2027-02-06', kind: 'HOLIDAY', name: '春节' },
      { day: '2028-01-03', kind: 'HOLIDAY', name: '元旦' },
      { day: '2027-02-17', kind: 'MAKE_UP_WORKDAY', name: '春节' },
      { day: '2027-02-30', kind: 'HOLIDAY', name: '春节' },
      { day: '2027-06-10', kind: 'OFF', name: '' },
    ]
    expect(messagesOf({ year: 2027, publishedOn: '2026-12-01', days })).toEqual([
      '缺少通知标题。',
      '缺少发文字号，应写作“国办发明电〔2025〕7号”的形式。',
      '发布日期晚于今天。',
      '2028-01-03不属于2027年（至多可含上年12月29日至31日）。',
      '2027-02-17不是周末，不能列为调休上班日。',
      '日期“2027-02-30”不存在或写法有误，应写作“2026-01-01”的形式。',
      '2027-06-10的类型应为HOLIDAY（放假）或MAKE_UP_WORKDAY（调休上班）。',
      '2027-06-10缺少节日名称。',
      '2027-02-06重复列出。',
      '缺少法定节假日2027-05-01（劳动节）。',
    ])
  })

  it.each([undefined, null, [], 'text', {}])('that is %j is refused with a reason', (typed) => {
    expect(messagesOf(typed).length).toBeGreaterThan(0)
  })

  it('reaches into the last days of the December before, and no further', () => {
    const with31 = [{ day: '2026-12-31', kind: 'HOLIDAY', name: '元旦' }, ...statutory]
    expect(messagesOf({ ...head, days: with31 })).toEqual([])
    const with28 = [{ day: '2026-12-28', kind: 'HOLIDAY', name: '元旦' }, ...statutory]
    expect(messagesOf({ ...head, days: with28 })).toHaveLength(1)
  })

  it('was without a fault for each year since 2007', () => {
    for (const { year, notice, publishedOn, days } of seededYears) {
      // Since its number could not be found, the notice for 2008 is cited by its title.
      const typed = { year, title: notice, number: '国办发明电〔2000〕1号', publishedOn, days }
      expect([year, messagesOf(typed)]).toEqual([year, []])
    }
  })
})

describe('days that a place sets for itself', () => {
  const typed = {
    place: 'liangshan',
    title: '凉山州人民政府办公室关于2011年部分节假日安排的通知',
    number: '凉府办发〔2010〕31号',
  }

  it('cite the local document', () => {
    const days = [{ day: '2011-07-25', kind: 'HOLIDAY', name: '火把节' }]
    expect(readLocalNotice({ ...typed, days })).toEqual({
      notice: {
        place: 'liangshan',
        notice: '凉山州人民政府办公室关于2011年部分节假日安排的通知（凉府办发〔2010〕31号）',
        days: [{ day: '2011-07-25', kind: 'HOLIDAY', name: '火把节', source: '凉府办发〔2010〕31号' }],
      },
    })
  })

  it('are told everything that is wrong with them at once', () => {
    const days = [{ day: '2011-07-25', kind: 'HOLIDAY' }, { day: '2011-07-25', kind: 'FREE', name: '火把节' }, null]
    const read = readLocalNotice({ place: 'liangshan', days })
    expect('faults' in read && read.faults.map(({ message }) => message)).toEqual([
      '缺少地方文件标题。',
      '缺少地方文件字号。',
      '2011-07-25缺少名称。',
      '2011-07-25重复列出。',
      '2011-07-25的类型应为HOLIDAY（放假）或MAKE_UP_WORKDAY（上班）。',
      '日期“undefined”不存在或写法有误，应写作“2026-01-01”的形式。',
    ])
  })
})
