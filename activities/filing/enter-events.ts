import type { CaseEvent, CaseFact, CitedPaper, EventActor, EventCause } from '../../domain/case/case-events.ts'
import { applyEvent, type CaseState, isOpen } from '../../domain/case/case-state.ts'
import { pickingDates } from '../../domain/case/picking-dates.ts'
import { desksOf, dueRuns } from '../../domain/case/work-at-hand.ts'
import { ruleVersion } from '../../domain/policy/assessment.ts'
import type { ParametersInForce } from '../../domain/policy/parameters-in-force.ts'
import type { Instant, PlainDate } from '../../domain/time/plain-date.ts'
import type { WorkCalendar } from '../../domain/time/work-calendar.ts'
import type { Action } from '../../domain/vocabulary.ts'
import { chainAudit } from '../../prisma/stores/audit.ts'
import { appendCaseEvents } from '../../prisma/stores/case-events.ts'
import { fileDeadlines } from '../../prisma/stores/deadlines.ts'
import type { Dossier } from '../../prisma/stores/dossier.ts'
import { moveCase } from '../../prisma/stores/cases.ts'
import { fileTasks } from '../../prisma/stores/tasks.ts'
import { fileEffects } from './file-effects.ts'

/** A fact with everything that filing adds to it but its number. */
export type Entry = {
  eventId: string
  fact: CaseFact
  occurredOn: PlainDate
  actor: EventActor | null
  action: Action | null
  cause: EventCause
  papers: readonly CitedPaper[]
}

/**
 * Enters facts in the log of a case and brings every row that shows the case in line with it: the case itself, its due
 * instants, its desks, what was granted and paid, and the audit. Returns the dossier as it is afterwards. The caller
 * commits; nothing is half entered.
 */
export async function enterEvents(dossier: Dossier, entries: readonly Entry[]): Promise<Dossier> {
  const { tx, row, now } = dossier
  if (entries.length === 0) return dossier
  const after = entries.reduce(foresee, dossier)
  const { state } = after
  const events = after.events.slice(dossier.events.length)

  const { id: caseId, countyId, placeId } = row
  const calendar = calendarOf(dossier)
  const calendarVersion = calendar.version
  await appendCaseEvents(tx, { caseId, countyId, ruleVersion, calendarVersion }, events)
  for (const event of events) await fileEffects(after, event)
  if (clocksMoved(dossier.state, state))
    await fileDeadlines(
      tx,
      {
        caseId,
        countyId,
        placeId,
        calendarVersion,
        withdrawn: state.outcome === 'WITHDRAWN',
        calendarEnteredAt: dossier.ruleBook.redating?.requestedAt ?? null,
      },
      dueRuns(state, parametersOf(after), calendar),
      breaches(after),
    )
  const last = entries[entries.length - 1] as Entry
  if (desksChanged(dossier.state, state))
    await fileTasks(
      tx,
      { caseId, countyId, placeId, placeChain: dossier.placeChain, stage: state.stage },
      desksOf(state),
      { now, today: dossier.today, eventId: last.eventId, by: last.actor?.officerId ?? null, action: last.action },
    )
  const moved = await moveCase(tx, row, state, { now, open: isOpen(state), fromVersion: dossier.state.version })
  await chainAudit(
    tx,
    `case:${caseId}`,
    events.map((event, index) => auditOf(event, (entries[index] as Entry).action, after)),
  )
  return { ...after, row: moved }
}

/** The dossier as it will be with one more entry, before anything is written. */
export function foresee(dossier: Dossier, entry: Entry): Dossier {
  const event = numbered(entry, dossier.state.version + 1, dossier.now)
  return { ...dossier, state: applyEvent(dossier.state, event), events: [...dossier.events, event] }
}

/** Most news starts, ends or lengthens no limit; its rows then stand as they are. */
function clocksMoved(before: CaseState, after: CaseState): boolean {
  return (
    before.limits !== after.limits ||
    before.breached !== after.breached ||
    before.extended !== after.extended ||
    before.firstMonth !== after.firstMonth
  )
}

function desksChanged(before: CaseState, after: CaseState): boolean {
  const [then, now] = [desksOf(before), desksOf(after)]
  return before.stage !== after.stage || then.length !== now.length || before.version === 0
}

function numbered(
  { fact, eventId, occurredOn, actor, cause, papers }: Entry,
  seq: number,
  recordedAt: Instant,
): CaseEvent {
  return { ...fact, eventId, seq, occurredOn, recordedAt, actor, cause, papers: [...papers] }
}

/** The parameters that this case's own days pick. */
export function parametersOf({ row, state, ruleBook, placeChain, today }: Dossier): ParametersInForce {
  const { programme, residenceKind } = row
  return ruleBook.parametersFor({ placeChain, programme, residenceKind, on: today, dates: pickingDates(state, today) })
}

/** The calendar of this case's place. */
function calendarOf({ ruleBook, placeChain }: Dossier): WorkCalendar {
  return ruleBook.calendarFor(placeChain)
}

function breaches({ events }: Dossier): Map<string, Instant> {
  return new Map(
    events.flatMap((event) =>
      event.type === 'LIMIT_BREACHED' ? [[`${event.data.limit} ${event.data.run}`, event.data.dueAt] as const] : [],
    ),
  )
}

function auditOf(event: CaseEvent, action: Action | null, { row, now }: Dossier) {
  return {
    at: now,
    officerId: event.actor?.officerId ?? null,
    postId: event.actor?.postId ?? null,
    officeId: event.actor?.officeId ?? null,
    role: event.actor?.role ?? null,
    placeId: row.placeId,
    action: action ?? event.type,
    result: 'FILED' as const,
    subject: row.id,
    eventId: event.eventId,
    detail: {
      seq: event.seq,
      type: event.type,
      occurredOn: event.occurredOn,
      data: event.data,
      papers: event.papers,
      cause: event.cause,
    },
  }
}
