import { contentOfEvent } from '../../domain/audit/event-content.ts'
import type { CaseEvent, CaseFact, CitedPaper, EventActor, EventCause } from '../../domain/case/case-events.ts'
import { applyEvent, type CaseState, isOpen } from '../../domain/case/case-state.ts'
import { desksOf, type DueRun, dueRuns } from '../../domain/case/work-at-hand.ts'
import { ruleVersion } from '../../domain/policy/assessment.ts'
import type { Instant, PlainDate } from '../../domain/time/plain-date.ts'
import type { WorkCalendar } from '../../domain/time/work-calendar.ts'
import type { Action, Role } from '../../domain/vocabulary.ts'
import { chainAudit } from '../../prisma/stores/audit.ts'
import { appendCaseEvents, typeVersionOf } from '../../prisma/stores/case-events.ts'
import { fileDeadlines, refreshDue } from '../../prisma/stores/deadlines.ts'
import type { Dossier } from '../../prisma/stores/dossier.ts'
import { parametersOfCase } from '../../prisma/stores/case-parameters.ts'
import { moveCase } from '../../prisma/stores/cases.ts'
import { closeOrder } from '../../prisma/stores/supervision-orders.ts'
import { closeSupervisionItems } from '../../prisma/stores/supervision.ts'
import { fileTasks } from '../../prisma/stores/tasks.ts'
import { fileEffects } from './file-effects.ts'
import { clearStuckDuties } from './stuck-duties.ts'

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
  const calendarVersion = calendarOf(dossier).version
  await appendCaseEvents(tx, { caseId, countyId, ruleVersion, calendarVersion }, events)
  if (clocksMoved(dossier.state, state)) await fileClocks(after)
  for (const event of events) await fileEffects(after, event)
  const last = entries[entries.length - 1] as Entry
  const by = last.actor?.officerId ?? null
  if (desksChanged(dossier.state, state))
    await fileTasks(
      tx,
      { caseId, countyId, placeId, placeChain: dossier.placeChain, stage: state.stage },
      desksWithAssignees(dossier.state, state),
      { now, today: dossier.today, eventId: last.eventId, by, action: last.action },
    )
  await fileSupervision(dossier, state, last)
  if (isOpen(dossier.state) && !isOpen(state)) await clearStuckDuties(after)
  const moved = await moveCase(tx, row, state, { now, open: isOpen(state), fromVersion: dossier.state.version })
  await chainAudit(
    tx,
    `case:${caseId}`,
    events.map((event, index) => auditOf(event, (entries[index] as Entry).action, { dossier: after, calendarVersion })),
  )
  return { ...after, row: moved }
}

/** Brings due instants, own days and rungs in line with the log and with the calendar and parameters of this moment. */
export async function fileClocks(dossier: Dossier): Promise<void> {
  const { tx, row, state } = dossier
  await fileDeadlines(
    tx,
    {
      caseId: row.id,
      countyId: row.countyId,
      placeId: row.placeId,
      calendarVersion: calendarOf(dossier).version,
      withdrawn: state.outcome === 'WITHDRAWN',
      calendarEnteredAt: dossier.ruleBook.redating?.requestedAt ?? null,
    },
    runsOf(dossier),
    breaches(dossier),
  )
}

/** The limits of the case as they are counted at this moment. */
export function runsOf(dossier: Dossier): DueRun[] {
  return dueRuns(dossier.state, parametersOfCase(dossier, dossier.today), calendarOf(dossier))
}

/** Keeps in step what lists, boards and watchers look at. */
async function fileSupervision({ tx, row, state: before, now }: Dossier, after: CaseState, last: Entry): Promise<void> {
  if (clocksMoved(before, after) || desksChanged(before, after)) await refreshDue(tx, [row.id])
  if (before.limits !== after.limits && (after.climbed.length > 0 || after.urged.length > 0))
    await closeSupervisionItems(tx, row.id, now)
  if (before.order !== null && after.order?.orderId !== before.order.orderId) {
    const closedBy = last.fact.type === 'ORDER_CLOSED' ? (last.actor?.officerId ?? null) : null
    await closeOrder(tx, before.order.orderId, { closedBy, at: now })
  }
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
    before.climbed !== after.climbed ||
    before.waits !== after.waits ||
    before.extended !== after.extended ||
    before.firstMonth !== after.firstMonth
  )
}

function desksChanged(before: CaseState, after: CaseState): boolean {
  const [then, now] = [desksOf(before), desksOf(after)]
  const others =
    then.length !== now.length ||
    then.some(({ role, capacity }, index) => role !== now[index]?.role || capacity !== now[index]?.capacity)
  return before.stage !== after.stage || others || before.version === 0 || before.assignees !== after.assignees
}

/** Who is named changes only on the desk where somebody was named; a name that a hand-over passed on stays. */
function desksWithAssignees(before: CaseState, after: CaseState) {
  const namedFor = ({ assignees }: CaseState, role: Role) =>
    assignees.find((assignee) => assignee.role === role)?.officerId ?? null
  return desksOf(after).map((desk) => {
    const assigneeId = namedFor(after, desk.role)
    return assigneeId === namedFor(before, desk.role) ? desk : { ...desk, assigneeId }
  })
}

function numbered(
  { fact, eventId, occurredOn, actor, cause, papers }: Entry,
  seq: number,
  recordedAt: Instant,
): CaseEvent {
  return { ...fact, eventId, seq, occurredOn, recordedAt, actor, cause, papers: [...papers] }
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

function auditOf(
  event: CaseEvent,
  action: Action | null,
  { dossier: { row, now }, calendarVersion }: { dossier: Dossier; calendarVersion: string },
) {
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
    detail: contentOfEvent(event, {
      countyId: row.countyId,
      typeVersion: typeVersionOf(event.type),
      ruleVersion,
      calendarVersion,
    }),
  }
}
