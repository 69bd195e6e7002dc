import type { Desk } from '../../domain/case/work-at-hand.ts'
import type { Instant, PlainDate } from '../../domain/time/plain-date.ts'
import type { Action, Stage } from '../../domain/vocabulary.ts'
import type { Db } from '../client.ts'
import { rowOfDay, rowOfInstant } from './rows.ts'

/** No office answers for a place at a level: the office-to-place table has a hole. */
export class NoOfficeForDesk extends Error {
  override readonly name = 'NoOfficeForDesk'
  constructor(desk: Desk, placeChain: readonly string[]) {
    super(`No ${desk.officeKind} at ${desk.level} covers ${placeChain[0]}: add it to the office-to-place table`)
  }
}

/**
 * Puts a case on the desks where it now lies and takes it off the others. A task belongs to an office and a role, never
 * to a person, so that nobody's absence orphans it.
 */
export async function fileTasks(
  db: Db,
  at: { caseId: string; countyId: string; placeId: string; placeChain: readonly string[]; stage: Stage },
  desks: readonly Desk[],
  when: { now: Instant; today: PlainDate; eventId: string; by: string | null; action: Action | null },
): Promise<void> {
  const offices = await Promise.all(desks.map((desk) => officeFor(db, desk, at.placeChain, when.today)))
  const wanted = desks.map((desk, index) => ({ officeId: offices[index] as string, role: desk.role }))
  const open = await db.task.findMany({ where: { caseId: at.caseId, closedAt: null } })
  const stays = (task: (typeof open)[number]) =>
    task.stage === at.stage && wanted.some((desk) => desk.officeId === task.officeId && desk.role === task.role)

  const done = open.filter((task) => !stays(task)).map((task) => task.id)
  if (done.length > 0) {
    await db.task.updateMany({
      where: { id: { in: done } },
      data: { closedAt: rowOfInstant(when.now), closedBy: when.by, closedWith: when.action },
    })
  }
  const missing = wanted.filter(
    (desk) => !open.some((task) => stays(task) && task.officeId === desk.officeId && task.role === desk.role),
  )
  if (missing.length > 0) {
    await db.task.createMany({
      data: missing.map((desk, index) => ({
        id: `${when.eventId}.${index}`,
        caseId: at.caseId,
        countyId: at.countyId,
        placeId: at.placeId,
        stage: at.stage,
        ...desk,
        openedAt: rowOfInstant(when.now),
      })),
    })
  }
}

async function officeFor(db: Db, desk: Desk, placeChain: readonly string[], today: PlainDate): Promise<string> {
  const office = await db.office.findFirst({
    where: {
      kind: desk.officeKind,
      level: desk.level,
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
  if (office === null) throw new NoOfficeForDesk(desk, placeChain)
  return office.id
}
