import { isCommonEvent, type MatterEvent } from '../../domain/matter/facts.ts'
import { applyEvent } from '../../domain/matter/fold.ts'
import type { Procedure } from '../../domain/matter/procedure.ts'
import { isOpen, type MatterState } from '../../domain/matter/state.ts'
import type { Instant } from '../../domain/time/plain-date.ts'
import type { Role } from '../../domain/vocabulary.ts'
import { chainAudit } from '../../prisma/stores/system/audit.ts'
import { appendCaseEvents } from '../../prisma/stores/matter/matter-events.ts'
import { moveCase } from '../../prisma/stores/matter/matters.ts'
import { fileDeadlines, soonestDue } from '../../prisma/stores/matter/deadlines.ts'
import type { LockedMatter } from '../../prisma/stores/matter/locked-matter.ts'
import { closeSupervisionItems } from '../../prisma/stores/oversight/supervision.ts'
import { closeOrder } from '../../prisma/stores/oversight/supervision-orders.ts'
import { dateTasks, fileTasks } from '../../prisma/stores/matter/tasks.ts'
import { auditOfEvent } from './audit-of-event.ts'
import { effectsOf } from './effects.ts'
import type { Entry } from './entry.ts'
import { calendarOf, runsOf } from './runs.ts'
import { clearStuckDuties } from './stuck-duties.ts'

/**
 * Appends facts to the log of a matter and brings every row that shows it in line with the log: the matter itself, its due
 * instants, its desks, what was granted and paid, and the audit. Returns the matter as it is afterwards. The caller
 * commits; nothing is half done.
 */
export async function appendEvents(matter: LockedMatter, entries: readonly Entry[]): Promise<LockedMatter> {
  const { tx, row, now } = matter
  if (entries.length === 0) return matter
  const after = entries.reduce(foresee, matter)
  const { state } = after
  const events = after.events.slice(matter.events.length)

  const { id: matterId, countyId, placeId } = row
  const calendarVersion = calendarOf(matter).version
  const { procedure } = matter
  const filedBy = { matterId, placeId, countyId, ruleVersion: procedure.version, calendarVersion }
  await appendCaseEvents(tx, filedBy, events)
  const dated = clocksMoved(procedure, matter.state, state) ? await fileClocks(after) : after
  for (const event of events) await effectsOf(after, event)
  const last = entries[entries.length - 1] as Entry
  const by = last.actor?.officerId ?? null
  const due = soonestDue(dated.deadlines)
  const tasks = desksChanged(procedure, matter.state, state)
    ? await fileTasks(
        tx,
        {
          matterId,
          countyId,
          placeId,
          placeChain: matter.placeChain,
          offices: matter.offices,
          kind: row.kind,
          stage: state.stage,
          dueAt: due.dueAt,
          tasks: matter.tasks,
        },
        desksWithAssignees(procedure, matter.state, state),
        { now, eventId: last.eventId, by, action: last.action },
      )
    : matter.tasks
  await fileSupervision(matter, state, last)
  if (isOpen(matter.state) && !isOpen(state)) await clearStuckDuties(after)
  const moved = await moveCase(tx, row, state, {
    now,
    open: isOpen(state),
    forFinance: procedure.forFinance(state),
    dormant: row.dormant && !wakes(after, entries),
    due,
    fromVersion: matter.state.version,
  })
  await chainAudit(
    tx,
    `case:${matterId}`,
    events.map((event, index) => auditOfEvent(event, (entries[index] as Entry).action, filedBy)),
  )
  return { ...dated, row: moved, tasks: await dateTasks(tx, tasks, due.dueAt) }
}

/** Whoever acts takes a dormant matter up, and so does a duty of the procedure: a workflow carries it from then on. */
function wakes({ procedure, state }: LockedMatter, entries: readonly Entry[]): boolean {
  return entries.some(({ actor }) => actor !== null) || procedure.dutiesOf(state).length > 0
}

/**
 * Brings due instants, own days and rungs in line with the log and with the calendar and parameters of this moment; returns
 * the matter with them.
 */
export async function fileClocks(matter: LockedMatter): Promise<LockedMatter> {
  const { tx, row, state, deadlines: rows } = matter
  const at = {
    matterId: row.id,
    countyId: row.countyId,
    placeId: row.placeId,
    calendarVersion: calendarOf(matter).version,
    withdrawn: state.outcome === 'WITHDRAWN',
    calendarEnteredAt: matter.ruleBook.redating?.requestedAt ?? null,
  }
  const deadlines = await fileDeadlines(tx, at, runsOf(matter), { rows, breachedAt: breaches(matter) })
  return { ...matter, deadlines }
}

/** Keeps in step what lists, boards and watchers look at. */
async function fileSupervision(
  { tx, row, state: before, now }: LockedMatter,
  after: MatterState,
  last: Entry,
): Promise<void> {
  if (before.limits !== after.limits && (after.climbed.length > 0 || after.urged.length > 0))
    await closeSupervisionItems(tx, row.id, now)
  if (before.order !== null && after.order?.orderId !== before.order.orderId) {
    const closedBy = last.fact.type === 'ORDER_CLOSED' ? (last.actor?.officerId ?? null) : null
    await closeOrder(tx, before.order.orderId, { closedBy, at: now })
  }
}

/** The matter as it will be with one more entry, before anything is written. */
export function foresee(matter: LockedMatter, entry: Entry): LockedMatter {
  const event = numbered(entry, matter.state.version + 1, matter.now)
  return { ...matter, state: applyEvent(matter.procedure, matter.state, event), events: [...matter.events, event] }
}

/**
 * Most news starts, ends or lengthens no limit; its rows then stand as they are. A step makes a new list for whatever it
 * changes, so that a list that is the same one has the same in it.
 */
function clocksMoved(procedure: Procedure, before: MatterState, after: MatterState): boolean {
  return (
    before.limits !== after.limits ||
    before.breached !== after.breached ||
    before.climbed !== after.climbed ||
    before.waits !== after.waits ||
    procedure.lengthsHangOn(before).join() !== procedure.lengthsHangOn(after).join()
  )
}

function desksChanged({ desksOf }: Procedure, before: MatterState, after: MatterState): boolean {
  const [then, now] = [desksOf(before), desksOf(after)]
  const others =
    then.length !== now.length ||
    then.some(({ role, capacity }, index) => role !== now[index]?.role || capacity !== now[index]?.capacity)
  return before.stage !== after.stage || others || before.version === 0 || before.assignees !== after.assignees
}

/** Who is named changes only on the desk where somebody was named; a name that a hand-over passed on stays. */
function desksWithAssignees({ desksOf }: Procedure, before: MatterState, after: MatterState) {
  const namedFor = ({ assignees }: MatterState, role: Role) =>
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
): MatterEvent {
  return { ...fact, eventId, seq, occurredOn, recordedAt, actor, cause, papers: [...papers] }
}

/** When each run of a limit was breached. */
function breaches({ events }: LockedMatter): Map<string, Instant> {
  return new Map(
    events
      .filter(isCommonEvent)
      .flatMap((event) =>
        event.type === 'LIMIT_BREACHED' ? [[`${event.data.limit} ${event.data.run}`, event.data.dueAt] as const] : [],
      ),
  )
}
