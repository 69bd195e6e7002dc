import type { LimitKey } from '../../domain/matter/limit-keys.ts'
import { dayOf, endOf, type Instant, instant, plainDate, startOf } from '../../domain/time/plain-date.ts'
import type { DeadlineState } from '../../domain/vocabulary.ts'
import { loadConfig } from '../../platform/config.ts'
import { createFieldCipher } from '../../platform/field-cipher.ts'
import { type Archive, openArchive } from '../../prisma/client.ts'
import { villages } from '../../prisma/seed/places.ts'
import { seed } from '../../prisma/seed/seed.ts'
import { setTrainingClock } from '../../prisma/stores/system/training-clock.ts'
import { createTestDatabase } from './database.ts'
import { openOwnerArchive } from './owner-archive.ts'

/** An archive by itself, whose clock stands at an instant ahead, with the seeded places and people. */
export type ArchiveRoom = {
  /** With the rights of a worker. */
  archive: Archive
  /** With every right, to plant. */
  owner: Archive
  untilClock(at: string): Promise<void>
  close(): Promise<void>
}

export async function openArchiveRoom(at: string): Promise<ArchiveRoom> {
  const database = await createTestDatabase()
  const config = loadConfig({ DATABASE_URL: database.url, DATABASE_APP_URL: database.appUrl })
  await seed(database.url, config)
  const archive = openArchive({
    url: database.appUrl,
    process: 'worker',
    cipher: createFieldCipher(config.keys),
    maxConnections: 4,
  })
  const owner = openOwnerArchive(database.url, config)
  const untilClock = (target: string) => setTrainingClock(owner, instant(target))
  await untilClock(at)
  return {
    archive,
    owner,
    untilClock,
    async close() {
      await owner.close()
      await archive.close()
      await database.drop()
    },
  }
}

/** One run of a limit as the archive would hold it, in a case of its own. Days are text; it is open while nothing stops it. */
export type PlantedRun = {
  village?: keyof typeof villages
  limit?: LimitKey
  kind?: 'WORKING_DAYS' | 'NATURAL_DAYS'
  startedOn: string
  dueOn: string
  stoppedOn?: string
  state?: DeadlineState
  /** When it was missed, where that is not its due day: an extension came too late. */
  missedOn?: string
  /** When the office's own days are used up; as the due instant when left out, null while it waits without an end. */
  ownDueOn?: string | null
  waits?: object[]
}

let planted = 0

/** Plants runs without log and procedure. Returns the ids of their cases, in the same order. */
export async function plantRuns({ db }: Archive, runs: readonly PlantedRun[]): Promise<string[]> {
  const ids: string[] = []
  for (const run of runs) {
    planted += 1
    const id = `planted-${String(planted).padStart(5, '0')}`
    ids.push(id)
    const place = placeOf(run)
    const open = run.stoppedOn === undefined
    const since = new Date(startOf(plainDate(run.startedOn)))
    await db.matter.create({
      data: {
        id,
        kind: 'ASSISTANCE_CASE',
        number: `N-${id}`,
        programme: 'DIBAO',
        procedureVersion: 'DIBAO-2021',
        ...place,
        residenceKind: 'URBAN',
        stage: open ? 'SURVEY' : 'CLOSED',
        version: 1,
        title: '某某',
        memberCount: 1,
        stageSince: since,
        createdAt: since,
        closedAt: open ? null : new Date(endOf(plainDate(run.stoppedOn as string))),
      },
    })
    await db.deadline.create({ data: { matterId: id, ...place, ...deadlineOf(run) } })
  }
  return ids
}

/** One more thing in the log of a planted case, recorded at an instant; it happened on that day unless told otherwise. */
export async function plantEvent(
  { db }: Archive,
  matterId: string,
  { type, at, occurredOn, data = {} }: { type: string; at: string; occurredOn?: string; data?: object },
): Promise<void> {
  const { countyId } = await db.matter.findUniqueOrThrow({ where: { id: matterId } })
  const seq = (await db.matterEventRow.count({ where: { matterId } })) + 1
  const recordedAt: Instant = instant(at)
  await db.matterEventRow.create({
    data: {
      eventId: `${matterId}.${seq}`,
      matterId,
      countyId,
      seq,
      type,
      typeVersion: 1,
      data,
      occurredOn: rowOf(occurredOn ?? dayOf(recordedAt)),
      recordedAt: new Date(recordedAt),
      causeKind: 'PROCEDURE',
      causeId: matterId,
      papers: [],
      ruleVersion: 'test',
      calendarVersion: 'test',
    },
  })
}

function placeOf({ village = 'beijie' }: PlantedRun) {
  const placeId = villages[village]
  return { placeId, countyId: placeId.split('-').slice(0, 2).join('-') }
}

function deadlineOf(run: PlantedRun) {
  const { limit = 'SURVEY_START', kind = 'WORKING_DAYS', startedOn, dueOn, stoppedOn, ownDueOn = dueOn } = run
  const state = run.state ?? stateOf(run)
  const missed = state === 'BREACHED' || state === 'MET_LATE' || state === 'ENTERED_LATE'
  return {
    limit,
    run: 1,
    kind,
    amount: 3,
    startedOn: rowOf(startedOn),
    dueOn: rowOf(dueOn),
    dueAt: new Date(endOf(plainDate(dueOn))),
    provisional: false,
    assumed: false,
    source: '测试',
    calendarVersion: 'test',
    state,
    stoppedOn: stoppedOn === undefined ? null : rowOf(stoppedOn),
    breachedAt: missed ? new Date(endOf(plainDate(run.missedOn ?? dueOn))) : null,
    ownDueAt: ownDueOn === null ? null : new Date(endOf(plainDate(ownDueOn))),
    waits: run.waits ?? [],
  }
}

function stateOf({ dueOn, stoppedOn }: PlantedRun): DeadlineState {
  if (stoppedOn === undefined) return 'OPEN'
  return stoppedOn > dueOn ? 'MET_LATE' : 'MET'
}

function rowOf(day: string): Date {
  return new Date(`${day}T00:00:00.000Z`)
}
