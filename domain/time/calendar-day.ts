import type { PlainDate } from './plain-date.ts'

/** A day that a notice takes out of the ordinary week: off (放假, 调休) or worked (上班). */
export type CalendarDay = {
  day: PlainDate
  kind: 'HOLIDAY' | 'MAKE_UP_WORKDAY'
  /** The festival, in Chinese. */
  name: string
  /** The document, for staff to look up: `国办发明电〔2025〕7号`. */
  source: string
}
