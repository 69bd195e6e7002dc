import type { LimitKey } from '../../domain/matter/limit-keys.ts'
import type { ChargedWait } from '../../domain/time/charged-days.ts'
import { addMs, dayOf, type Instant, type PlainDate } from '../../domain/time/plain-date.ts'
import type { Role } from '../../domain/vocabulary.ts'
import type { Stage } from '../../domain/procedures/words.ts'
import type { Archive } from '../../prisma/client.ts'
import { refreshDue } from '../../prisma/stores/matter/deadlines.ts'

export type PlantedLimit = {
  limit: LimitKey
  startedOn: PlainDate
  dueAt: Instant
  /** Null while another is waited for without an end. */
  ownDueAt: Instant | null
  waits?: ChargedWait[]
  stopped?: boolean
}

/** A case as a list finds it in the archive, without log and procedure. */
export type PlantedCase = {
  matterId: string
  placeId: string
  countyId: string
  stage: Stage
  stageSince: Instant
  version?: number
  title?: string
  closed?: boolean
  limits: PlantedLimit[]
  desk?: { officeId: string; role: Role; assigneeId?: string | null }
}

/** Puts such cases into the archive, due when their running limits say. */
export async function plantOpenCases({ db }: Archive, cases: readonly PlantedCase[]): Promise<void> {
  await db.matter.createMany({
    data: cases.map(({ matterId, placeId, countyId, stage, stageSince, version = 1, title = '某某', closed }) => ({
      id: matterId,
      kind: 'ASSISTANCE_CASE',
      number: `N-${matterId}`,
      programme: 'DIBAO' as const,
      procedureVersion: 'DIBAO-2021',
      placeId,
      countyId,
      residenceKind: 'URBAN' as const,
      stage,
      version,
      title,
      memberCount: 1,
      forFinance: stage === 'FIRST_PAYMENT',
      stageSince: new Date(stageSince),
      createdAt: new Date(stageSince),
      closedAt: closed ? new Date(stageSince) : null,
    })),
  })
  await db.deadline.createMany({
    data: cases.flatMap((one) => one.limits.map((limit, run) => limitRow(one, limit, run))),
  })
  await refreshDue(
    db,
    cases.map(({ matterId }) => matterId),
  )
  await db.task.createMany({ data: cases.flatMap(taskRows) })
}

function limitRow({ matterId, placeId, countyId }: PlantedCase, planted: PlantedLimit, run: number) {
  const { limit, startedOn, dueAt, ownDueAt, waits = [], stopped = false } = planted
  const dueOn = dayOf(addMs(dueAt, -1))
  return {
    matterId,
    placeId,
    countyId,
    limit,
    run: run + 1,
    kind: 'WORKING_DAYS' as const,
    amount: 10,
    startedOn: new Date(`${startedOn}T00:00:00.000Z`),
    dueOn: new Date(`${dueOn}T00:00:00.000Z`),
    dueAt: new Date(dueAt),
    ownDueAt: ownDueAt === null ? null : new Date(ownDueAt),
    waits,
    provisional: false,
    assumed: false,
    source: '测试',
    calendarVersion: 'test',
    state: stopped ? ('MET' as const) : ('OPEN' as const),
    stoppedOn: stopped ? new Date(`${startedOn}T00:00:00.000Z`) : null,
  }
}

function taskRows({ matterId, placeId, countyId, stage, stageSince, closed, limits, desk }: PlantedCase) {
  if (desk === undefined || closed) return []
  const running = limits.filter(({ stopped }) => !stopped).map(({ dueAt }) => dueAt)
  const dueAt = running.toSorted()[0]
  return [
    {
      id: `task-${matterId}`,
      matterId,
      placeId,
      countyId,
      kind: 'ASSISTANCE_CASE',
      stage,
      assigneeId: null,
      ...desk,
      dueAt: dueAt === undefined ? null : new Date(dueAt),
      openedAt: new Date(stageSince),
    },
  ]
}
