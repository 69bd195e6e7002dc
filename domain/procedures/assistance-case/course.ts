import type { PlainDate } from '../../time/plain-date.ts'
import type { CaseEvent } from './facts.ts'

/** One time that a household was asked to mend its application. */
export type AskedToMend = {
  eventId: string
  occurredOn: PlainDate
  /** The list of what was asked for, if it is still in the archive. */
  paperId: string | null
  /** They had been asked before: what could be seen then should have been asked at once (一次性告知). */
  again: boolean
}

/** How a case has gone, beside its limits: these begin anew with each return, and a household waits through all of it. */
export type CourseOfCase = {
  /** When the application that was accepted had been handed in complete; null before. */
  firstCompleteOn: PlainDate | null
  askedToMend: AskedToMend[]
}

/** Source: 57 Art. 8 (what is missing is told at once); that the whole time is counted is a design choice. */
export function courseOf(events: readonly CaseEvent[]): CourseOfCase {
  const accepted = events.findIndex(({ type }) => type === 'APPLICATION_ACCEPTED')
  const handedIn = events
    .slice(0, Math.max(0, accepted))
    .findLast(({ type }) => type === 'APPLICATION_SUBMITTED' || type === 'APPLICATION_RESUBMITTED')
  const returns = events.filter((event) => event.type === 'CASE_RETURNED' && event.data.to === 'CORRECTION')
  return {
    firstCompleteOn: handedIn?.occurredOn ?? null,
    askedToMend: returns.map(({ eventId, occurredOn, papers }, index) => ({
      eventId,
      occurredOn,
      paperId: papers.find(({ kind }) => kind === 'MENDING_LIST')?.paperId ?? null,
      again: index > 0,
    })),
  }
}
