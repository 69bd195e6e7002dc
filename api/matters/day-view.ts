import { addDays, dayOfWeek, type PlainDate } from '../../domain/time/plain-date.ts'
import type { DayExplanation, WorkCalendar } from '../../domain/time/work-calendar.ts'
import type { DayView } from '../oversight/forecast-contract.ts'

const weekdays = ['周日', '周一', '周二', '周三', '周四', '周五', '周六'] as const

/** Every day after `from` through `until`, with why it is worked or off. */
export function daysView(from: PlainDate, until: PlainDate, calendar: WorkCalendar): (DayView & { day: PlainDate })[] {
  const days = []
  for (let day = addDays(from, 1); day <= until; day = addDays(day, 1)) days.push(dayView(calendar.explain(day)))
  return days
}

function dayView(explained: DayExplanation): DayView & { day: PlainDate } {
  const { day, working, provisional } = explained
  return { day, weekday: weekdays[dayOfWeek(day)], working, explanation: sentenceOf(explained), provisional }
}

function sentenceOf({ reason, name = '' }: DayExplanation): string {
  switch (reason) {
    case 'WORKDAY':
      return '工作日'
    case 'WEEKEND':
      return '周末'
    case 'HOLIDAY':
      return `${name}放假`
    case 'MAKE_UP_WORKDAY':
      return `${name}调休上班`
  }
}
