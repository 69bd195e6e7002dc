import type { Desk } from '../../../domain/matter/desk.ts'
import type { Instant, PlainDate } from '../../../domain/time/plain-date.ts'
import type { Capacity, Role } from '../../../domain/vocabulary.ts'
import type { Seat } from '../../../domain/matter/desk.ts'
import type { Db } from '../../client.ts'
import type { Task } from '../../generated/client.ts'
import type { SeatedOffice } from './locked-rows.ts'
import { rowOfDay, rowOfInstant } from '../system/rows.ts'

/** No office answers for a place at a level: the office-to-place table has a hole. */
export class NoOfficeForDesk extends Error {
  override readonly name = 'NoOfficeForDesk'
  constructor(desk: Seat, placeChain: readonly string[]) {
    super(`No ${desk.officeKind} at ${desk.level} covers ${placeChain[0]}: add it to the office-to-place table`)
  }
}

/** A desk that a case lies on, and who was named there; `undefined` leaves whoever was named before. */
type WantedTask = { officeId: string; role: Role; capacity: Capacity; assigneeId?: string | null }

/** Where a matter lies, and what is open on desks before. */
type At = {
  matterId: string
  countyId: string
  placeId: string
  placeChain: readonly string[]
  offices: readonly SeatedOffice[]
  kind: string
  stage: string
  /** The soonest due instant, kept here so that a desk's list needs no look at every limit. */
  dueAt: Date | null
  tasks: readonly Task[]
}

/**
 * Puts a matter on the desks where it now lies and takes it off the others; returns what is open then. A task belongs to an
 * office and a role, never to a person, so that nobody's absence orphans it; an assignee is named beside, and bars nobody.
 */
export async function fileTasks(
  db: Db,
  at: At,
  desks: readonly (Desk & { assigneeId?: string | null })[],
  when: { now: Instant; eventId: string; by: string | null; action: string | null },
): Promise<Task[]> {
  const wanted = desks.map((desk) => wantedOn(desk, at))
  const deskOf = (task: Task) =>
    task.stage === at.stage
      ? wanted.find(({ officeId, role }) => officeId === task.officeId && role === task.role)
      : undefined
  const done = at.tasks.filter((task) => deskOf(task) === undefined).map((task) => task.id)
  if (done.length > 0) {
    await db.task.updateMany({
      where: { id: { in: done } },
      data: { closedAt: rowOfInstant(when.now), closedBy: when.by, closedWith: when.action },
    })
  }
  const kept: Task[] = []
  for (const task of at.tasks) {
    const desk = deskOf(task)
    if (desk === undefined) continue
    const { capacity, assigneeId = task.assigneeId } = desk
    if (task.capacity !== capacity || task.assigneeId !== assigneeId)
      await db.task.update({ where: { id: task.id }, data: { capacity, assigneeId } })
    kept.push({ ...task, capacity, assigneeId })
  }
  const missing = wanted.filter((desk) => !at.tasks.some((task) => deskOf(task) === desk))
  const added = missing.map((desk, index) => newTask(desk, at, { id: `${when.eventId}.${index}`, now: when.now }))
  await addTasks(db, added)
  return [...kept, ...added]
}

/** Open desks, all in one statement. */
export async function addTasks(db: Db, rows: readonly Task[]): Promise<void> {
  if (rows.length === 0) return
  await db.$executeRaw`
    INSERT INTO task SELECT * FROM json_populate_recordset(NULL::task, ${JSON.stringify(rows)}::json)`
}

/** Carries a new soonest due instant to the open desks; returns them as they are then. */
export async function dateTasks(db: Db, tasks: readonly Task[], dueAt: Date | null): Promise<Task[]> {
  const stale = tasks.filter((task) => task.dueAt?.getTime() !== dueAt?.getTime()).map(({ id }) => id)
  if (stale.length > 0) await db.task.updateMany({ where: { id: { in: stale } }, data: { dueAt } })
  return tasks.map((task) => ({ ...task, dueAt }))
}

function wantedOn(desk: Desk & { assigneeId?: string | null }, { offices, placeChain }: At): WantedTask {
  const { role, capacity, assigneeId, officeKind, level } = desk
  const office = offices.find((one) => one.kind === officeKind && one.level === level)
  if (office === undefined) throw new NoOfficeForDesk({ officeKind, level, role }, placeChain)
  return { officeId: office.id, role, capacity, ...(assigneeId === undefined ? {} : { assigneeId }) }
}

/** An open desk of a matter, as a row. */
export function newTask(
  { officeId, role, capacity, assigneeId = null }: WantedTask,
  at: Pick<At, 'matterId' | 'countyId' | 'placeId' | 'kind' | 'stage' | 'dueAt'>,
  made: { id: string; now: Instant },
): Task {
  const { matterId, countyId, placeId, kind, stage, dueAt } = at
  const open = { openedAt: rowOfInstant(made.now), closedAt: null, closedBy: null, closedWith: null }
  return { id: made.id, matterId, countyId, placeId, kind, stage, officeId, role, capacity, assigneeId, dueAt, ...open }
}

/** The office that fills a seat for the last of these places; null where the office-to-place table has a hole. */
export async function findOfficeOf(
  db: Db,
  seat: Seat,
  placeChain: readonly string[],
  today: PlainDate,
): Promise<string | null> {
  const office = await db.office.findFirst({
    where: {
      kind: seat.officeKind,
      level: seat.level,
      jurisdictions: {
        some: {
          placeId: { in: [...placeChain] },
          effectiveFrom: { lte: rowOfDay(today) },
          OR: [{ effectiveTo: null }, { effectiveTo: { gte: rowOfDay(today) } }],
        },
      },
    },
    orderBy: { id: 'asc' },
    select: { id: true },
  })
  return office?.id ?? null
}
