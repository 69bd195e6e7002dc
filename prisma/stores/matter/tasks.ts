import type { Desk } from '../../../domain/matter/desk.ts'
import type { Instant, PlainDate } from '../../../domain/time/plain-date.ts'
import type { Capacity, Role } from '../../../domain/vocabulary.ts'
import type { Seat } from '../../../domain/matter/desk.ts'
import type { Db } from '../../client.ts'
import type { Task } from '../../generated/client.ts'
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

/**
 * Puts a case on the desks where it now lies and takes it off the others. A task belongs to an office and a role, never
 * to a person, so that nobody's absence orphans it; an assignee is named beside, and bars nobody.
 */
export async function fileTasks(
  db: Db,
  at: {
    matterId: string
    countyId: string
    placeId: string
    placeChain: readonly string[]
    kind: string
    stage: string
  },
  desks: readonly (Desk & { assigneeId?: string | null })[],
  when: { now: Instant; today: PlainDate; eventId: string; by: string | null; action: string | null },
): Promise<void> {
  const wanted = await Promise.all(
    desks.map(async ({ role, capacity, assigneeId, ...seat }): Promise<WantedTask> => {
      const officeId = await findOfficeOf(db, { ...seat, role }, at.placeChain, when.today)
      if (officeId === null) throw new NoOfficeForDesk({ ...seat, role }, at.placeChain)
      return { officeId, role, capacity, ...(assigneeId === undefined ? {} : { assigneeId }) }
    }),
  )
  const open = await db.task.findMany({ where: { matterId: at.matterId, closedAt: null } })
  const deskOf = (task: Task) =>
    task.stage === at.stage
      ? wanted.find(({ officeId, role }) => officeId === task.officeId && role === task.role)
      : undefined

  const done = open.filter((task) => deskOf(task) === undefined).map((task) => task.id)
  if (done.length > 0) {
    await db.task.updateMany({
      where: { id: { in: done } },
      data: { closedAt: rowOfInstant(when.now), closedBy: when.by, closedWith: when.action },
    })
  }
  for (const task of open) {
    const desk = deskOf(task)
    const { capacity = task.capacity, assigneeId = task.assigneeId } = desk ?? {}
    if (desk !== undefined && (task.capacity !== capacity || task.assigneeId !== assigneeId))
      await db.task.update({ where: { id: task.id }, data: { capacity, assigneeId } })
  }
  const missing = wanted.filter((desk) => !open.some((task) => deskOf(task) === desk))
  if (missing.length > 0) {
    await db.task.createMany({
      data: missing.map((desk, index) => ({
        id: `${when.eventId}.${index}`,
        matterId: at.matterId,
        countyId: at.countyId,
        placeId: at.placeId,
        kind: at.kind,
        stage: at.stage,
        ...desk,
        openedAt: rowOfInstant(when.now),
      })),
    })
  }
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
