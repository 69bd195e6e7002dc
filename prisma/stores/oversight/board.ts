import type { CaseDue, DueStanding, SoonUntil, SoonWorkingDays } from '../../../domain/supervision/due-standing.ts'
import type { LimitKey } from '../../../domain/matter/limit-keys.ts'
import type { Instant } from '../../../domain/time/plain-date.ts'
import type { Stage } from '../../../domain/procedures/words.ts'
import type { Db } from '../../client.ts'
import { Prisma } from '../../generated/client.ts'
import { instantOfRow, rowOfInstant } from '../system/rows.ts'
import { type CaseArea, filedWithinScopeSql, placesWithin } from '../matter/scope.ts'

/** A place that is looked at: the row that it is counted in, and which of the calendars in `soon` is its own. */
export type BoardPlace = { placeId: string; rowId: string; calendar: number }

/** Where a board looks and by which clock. What lies outside of the scope is never in it, whatever the places say. */
export type BoardFrame = { scope: CaseArea; places: readonly BoardPlace[]; soon: readonly SoonUntil[]; now: Instant }

/** Open cases of a row at a stage, by how they stand. `oldestSince`: when the first of them reached the stage. */
export type BoardCount = {
  rowId: string
  stage: Stage
  calendar: number
  open: number
  notDue: number
  dueIn1: number
  dueIn2: number
  dueIn3: number
  overdue: number
  overdueWaiting: number
  noLimit: number
  oldestSince: Instant
}

/** Which of the cases a list shows; with a `limit`, they are judged by that limit instead of by their soonest. */
export type BoardFilter = {
  stage?: Stage | undefined
  standing?: DueStanding | undefined
  dueIn?: SoonWorkingDays | undefined
  limit?: LimitKey | undefined
  assigneeId?: string | undefined
}

/** Where a page ends: the due instant, null where nothing runs, and the case. */
export type BoardMark = { at: Instant | null; matterId: string }

/** A case on a list, with the instants that it is sorted and judged by. */
export type BoardEntry = CaseDue & { matterId: string; placeId: string }

/** Every open case of the places, counted once. Places are gone through one by one, each in one index alone. */
export async function countBoard(db: Db, frame: BoardFrame): Promise<BoardCount[]> {
  const count = (which: Prisma.Sql) => Prisma.sql`count(*) FILTER (WHERE ${which})`
  const sum = (name: string) => Prisma.sql`sum(x.${Prisma.raw(name)})::int`
  const rows = await db.$queryRaw<(Omit<BoardCount, 'oldestSince'> & { oldestSince: Date })[]>`
    SELECT p."rowId", x.stage::text AS stage, p.calendar, ${sum('open')} AS open, ${sum('not_due')} AS "notDue",
      ${sum('due_in_1')} AS "dueIn1", ${sum('due_in_2')} AS "dueIn2", ${sum('due_in_3')} AS "dueIn3",
      ${sum('overdue')} AS overdue, ${sum('overdue_waiting')} AS "overdueWaiting", ${sum('no_limit')} AS "noLimit",
      min(x.oldest) AS "oldestSince"
    FROM ${placesSql(frame)} CROSS JOIN LATERAL (
      SELECT c.stage, count(*) AS open, ${count(standsSql('NOT_DUE', frame))} AS not_due,
        ${count(dueInSql(1, frame))} AS due_in_1, ${count(dueInSql(2, frame))} AS due_in_2,
        ${count(dueInSql(3, frame))} AS due_in_3, ${count(standsSql('OVERDUE', frame))} AS overdue,
        ${count(standsSql('OVERDUE_WAITING', frame))} AS overdue_waiting, ${count(standsSql('NO_LIMIT', frame))} AS no_limit,
        min(c."stageSince") AS oldest
      FROM matter c CROSS JOIN LATERAL (SELECT c."dueAt", c."ownDueAt") d
      WHERE c."placeId" = p."placeId" AND c."closedAt" IS NULL AND ${filedWithinScopeSql(frame.scope)} GROUP BY c.stage
    ) x GROUP BY p."rowId", x.stage, p.calendar`
  return rows.map((row) => ({ ...row, oldestSince: instantOfRow(row.oldestSince) }))
}

/** Open cases of the places, soonest due first; without any limit running, last. */
export async function findBoardCases(
  db: Db,
  frame: BoardFrame,
  { after, take, ...filter }: BoardFilter & { after?: BoardMark | undefined; take: number },
): Promise<BoardEntry[]> {
  const { stage, standing, dueIn, limit, assigneeId } = filter
  const mark = after?.at ? Prisma.sql`${rowOfInstant(after.at)}::timestamptz` : Prisma.sql`'infinity'::timestamptz`
  const conditions = [
    filedWithinScopeSql(frame.scope),
    ...(stage === undefined ? [] : [Prisma.sql`c.stage = ${stage}`]),
    ...(standing === undefined ? [] : [standsSql(standing, frame)]),
    ...(dueIn === undefined ? [] : [dueInSql(dueIn, frame)]),
    ...(assigneeId === undefined ? [] : [assignedSql(assigneeId)]),
    ...(after === undefined ? [] : [Prisma.sql`(${dueAtOrNever}, c.id) > (${mark}, ${after.matterId})`]),
  ]
  const rows = await db.$queryRaw<{ matterId: string; placeId: string; dueAt: Date | null; ownDueAt: Date | null }[]>`
    SELECT c.id AS "matterId", c."placeId", d."dueAt", d."ownDueAt"
    FROM ${placesSql(frame)} JOIN matter c ON c."placeId" = p."placeId" AND c."closedAt" IS NULL
    ${limit === undefined ? Prisma.sql`CROSS JOIN LATERAL (SELECT c."dueAt", c."ownDueAt") d` : ofLimitSql(limit)}
    WHERE ${Prisma.join(conditions, ' AND ')}
    ORDER BY ${dueAtOrNever}, c.id LIMIT ${take}`
  return rows.map((row) => ({
    ...row,
    dueAt: row.dueAt === null ? null : instantOfRow(row.dueAt),
    ownDueAt: row.ownDueAt === null ? null : instantOfRow(row.ownDueAt),
  }))
}

const dueAtOrNever = Prisma.sql`COALESCE(d."dueAt", 'infinity'::timestamptz)`

/** The places as a table `p`, each with the instants until which something there is due soon. */
function placesSql({ scope, places, soon }: BoardFrame): Prisma.Sql {
  const held = placesWithin(scope, places)
  const until = (days: SoonWorkingDays) => Prisma.sql`${soon.map((instants) => instants[days])}::timestamptz[]`
  return Prisma.sql`(
    SELECT p."placeId", p."rowId", p.calendar, k.in_1, k.in_2, k.in_3
    FROM unnest(${held.map(({ placeId }) => placeId)}::text[], ${held.map(({ rowId }) => rowId)}::text[],
      ${held.map(({ calendar }) => calendar)}::int[]) AS p ("placeId", "rowId", calendar)
    JOIN unnest(${until(1)}, ${until(2)}, ${until(3)}) WITH ORDINALITY AS k (in_1, in_2, in_3, number)
      ON k.number = p.calendar + 1
  ) p`
}

function ofLimitSql(limit: LimitKey): Prisma.Sql {
  return Prisma.sql`JOIN deadline d ON d."placeId" = p."placeId" AND d."limit" = ${limit} AND d."stoppedOn" IS NULL
    AND d."matterId" = c.id`
}

function assignedSql(officerId: string): Prisma.Sql {
  return Prisma.sql`c.id IN (SELECT t."matterId" FROM task t WHERE t."assigneeId" = ${officerId} AND t."closedAt" IS NULL)`
}

/** True of what stands so: `dueStandingOf` for a whole set; a test holds the two against each other. */
function standsSql(standing: DueStanding, frame: BoardFrame): Prisma.Sql {
  const now = nowSql(frame)
  const notOverdue = Prisma.sql`(d."ownDueAt" > ${now} OR d."ownDueAt" IS NULL)`
  switch (standing) {
    case 'OVERDUE':
      return Prisma.sql`d."ownDueAt" <= ${now}`
    case 'OVERDUE_WAITING':
      return Prisma.sql`d."dueAt" <= ${now} AND ${notOverdue}`
    case 'DUE_SOON':
      return Prisma.sql`d."dueAt" > ${now} AND d."dueAt" <= p.in_3 AND ${notOverdue}`
    case 'NOT_DUE':
      return Prisma.sql`d."dueAt" > ${now} AND d."dueAt" > p.in_3 AND ${notOverdue}`
    case 'NO_LIMIT':
      return Prisma.sql`d."dueAt" IS NULL AND ${notOverdue}`
  }
}

function dueInSql(days: SoonWorkingDays, frame: BoardFrame): Prisma.Sql {
  const after = { 1: nowSql(frame), 2: Prisma.sql`p.in_1`, 3: Prisma.sql`p.in_2` }[days]
  const until = { 1: Prisma.sql`p.in_1`, 2: Prisma.sql`p.in_2`, 3: Prisma.sql`p.in_3` }[days]
  return Prisma.sql`d."dueAt" > ${after} AND d."dueAt" <= ${until} AND ${standsSql('DUE_SOON', frame)}`
}

function nowSql({ now }: BoardFrame): Prisma.Sql {
  return Prisma.sql`${rowOfInstant(now)}::timestamptz`
}
