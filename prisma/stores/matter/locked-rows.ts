import type { MatterEvent } from '../../../domain/matter/facts.ts'
import { type Instant, instant } from '../../../domain/time/plain-date.ts'
import type { Level, OfficeKind } from '../../../domain/vocabulary.ts'
import type { Db } from '../../client.ts'
import type { Deadline, Matter, MatterEventRow, Request, Task } from '../../generated/client.ts'
import { editionSql } from '../rules/reference-data.ts'
import { eventOfRow } from './matter-events.ts'
import type { RequestKey } from './requests.ts'

/** What an office answers for, by which a desk is found. */
export type SeatedOffice = { id: string; kind: OfficeKind; level: Level }

/** Everything that a filing reads of a matter, at one moment after its lock. */
export type LockedRows = {
  now: Instant
  placeChain: string[]
  /** Which parameters and calendars are there. */
  edition: string
  events: MatterEvent[]
  deadlines: Deadline[]
  /** The open ones. */
  tasks: Task[]
  /** Offices with one of its places in their area today, by id. */
  offices: SeatedOffice[]
  hasCallbacks: boolean
  /** The request that is being filed, where one is. */
  request: Request | null
}

/**
 * Locks a matter, and returns its row as it is under the lock: what a statement reads beside a lock that it waited for can be
 * older than it.
 */
export async function lockRow(db: Db, matterId: string): Promise<Matter | null> {
  const [row] = await db.$queryRaw<Matter[]>`
    SELECT id, kind, number, title, programme::text AS programme, "procedureVersion", "placeId", "countyId",
      "residenceKind"::text AS "residenceKind", "memberCount", stage, outcome, version, dormant, "wakeAt", "forFinance",
      "benefitId", "causeId", "stageSince", "createdAt", "closedAt", "dueAt", "ownDueAt", "engineId", "engineOffsetMs"
    FROM matter WHERE id = ${matterId} FOR UPDATE`
  return row ?? null
}

type Raw = Record<string, unknown>
type Answer = Omit<LockedRows, 'now' | 'placeChain' | 'events' | 'deadlines' | 'tasks' | 'offices' | 'request'> & {
  now: Date
  chain: string[] | null
  events: Raw[] | null
  deadlines: Raw[] | null
  tasks: Raw[] | null
  offices: SeatedOffice[] | null
  request: Raw | null
}

/** Reads the rest of it in one statement; a filing asks for little else. */
export async function readLockedRows(
  db: Db,
  { id, placeId }: Pick<Matter, 'id' | 'placeId'>,
  request: RequestKey | null,
): Promise<LockedRows> {
  const [answer] = await db.$queryRaw<Answer[]>`
    WITH RECURSIVE chain AS (
      SELECT p.id, p."parentId", 1 AS depth FROM place p WHERE p.id = ${placeId}
      UNION ALL
      SELECT p.id, p."parentId", depth + 1 FROM place p JOIN chain ON p.id = chain."parentId"
    ), clock AS (
      SELECT clock_timestamp() + COALESCE((SELECT "offsetMs" FROM deployment_clock), 0) * interval '1 millisecond' AS now
    )
    SELECT clock.now, ${editionSql} AS edition, (SELECT array_agg(id ORDER BY depth) FROM chain) AS chain,
      (SELECT json_agg(e ORDER BY e.seq) FROM matter_event e WHERE e."matterId" = ${id}) AS events,
      (SELECT json_agg(d ORDER BY d."limit", d.run) FROM deadline d WHERE d."matterId" = ${id}) AS deadlines,
      (SELECT json_agg(t ORDER BY t.id) FROM task t WHERE t."matterId" = ${id} AND t."closedAt" IS NULL) AS tasks,
      (SELECT json_agg(json_build_object('id', o.id, 'kind', o.kind, 'level', o.level) ORDER BY o.id) FROM office o
        WHERE EXISTS (SELECT FROM jurisdiction j JOIN chain ON chain.id = j."placeId" WHERE j."officeId" = o.id
          AND j."effectiveFrom" <= (clock.now AT TIME ZONE 'Asia/Shanghai')::date
          AND (j."effectiveTo" IS NULL OR j."effectiveTo" >= (clock.now AT TIME ZONE 'Asia/Shanghai')::date))) AS offices,
      EXISTS (SELECT FROM callback c WHERE c."matterId" = ${id} AND c."takenAt" IS NULL) AS "hasCallbacks",
      (SELECT row_to_json(r) FROM request r WHERE r."officerId" = ${request?.officerId ?? null}
        AND r."requestId" = ${request?.requestId ?? null}) AS request
    FROM clock`
  const { now, edition, chain, hasCallbacks, ...rows } = answer as Answer
  return {
    now: instant(now.getTime()),
    edition,
    placeChain: chain ?? [],
    events: (rows.events ?? []).map((row) => eventOfRow(dated<MatterEventRow>(row, eventDates))),
    deadlines: (rows.deadlines ?? []).map((row) => dated<Deadline>(row, deadlineDates)),
    tasks: (rows.tasks ?? []).map((row) => dated<Task>(row, taskDates)),
    offices: rows.offices ?? [],
    hasCallbacks,
    request: rows.request === null ? null : dated<Request>(rows.request, requestDates),
  }
}

const eventDates = ['occurredOn', 'recordedAt'] as const satisfies readonly (keyof MatterEventRow)[]
const deadlineDates = [
  'startedOn',
  'dueOn',
  'dueAt',
  'stoppedOn',
  'breachedAt',
  'ownDueAt',
  'nextRungAt',
] as const satisfies readonly (keyof Deadline)[]
const taskDates = ['dueAt', 'openedAt', 'closedAt'] as const satisfies readonly (keyof Task)[]
const requestDates = ['receivedAt', 'answeredAt', 'acknowledgedAt'] as const satisfies readonly (keyof Request)[]

/** A row out of JSON as Prisma would give it, which a test holds: days and instants are text there. */
function dated<Row>(row: Raw, dates: readonly string[]): Row {
  const read = dates.map((name) => [name, row[name] === null ? null : new Date(row[name] as string)] as const)
  return { ...row, ...Object.fromEntries(read) } as Row
}
