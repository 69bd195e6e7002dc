import { type DueRun, dueRuns } from '../../domain/matter/due-runs.ts'
import type { WorkCalendar } from '../../domain/time/work-calendar.ts'
import { parametersOfCase } from '../../prisma/stores/matter/parameters-of-matter.ts'
import type { LockedMatter } from '../../prisma/stores/matter/locked-matter.ts'

/** The limits of a matter as they are counted at this moment. */
export function runsOf(matter: LockedMatter): DueRun[] {
  return dueRuns(matter.procedure, matter.state, parametersOfCase(matter, matter.today), calendarOf(matter))
}

/** The calendar of the matter's place. */
export function calendarOf({ ruleBook, placeChain }: Pick<LockedMatter, 'ruleBook' | 'placeChain'>): WorkCalendar {
  return ruleBook.calendarFor(placeChain)
}
