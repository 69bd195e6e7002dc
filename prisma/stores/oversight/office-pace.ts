import type { LimitKey } from '../../../domain/matter/limit-keys.ts'
import type { DayCounter } from '../../../domain/supervision/day-counter.ts'
import { type Durations, hasTownshipPace, type Pace, recentDays } from '../../../domain/supervision/forecast.ts'
import { addDays, type PlainDate } from '../../../domain/time/plain-date.ts'
import type { ClockKind } from '../../../domain/vocabulary.ts'
import type { Db } from '../../client.ts'
import { foreseenLimits } from './open-clocks.ts'
import { readBranches } from '../staff/place-branches.ts'
import { dayOfRow, rowOfDay } from '../system/rows.ts'

/** The recent pace at a limit where a place lies. */
export type PaceOf = (at: { countyId: string; placeId: string; limit: LimitKey }) => Pace

type RecentRuns = {
  countyId: string
  placeId: string
  limit: LimitKey
  kind: ClockKind
  startedOn: PlainDate
  dueOn: PlainDate
  /** Null for a run that is late and still open. */
  stoppedOn: PlainDate | null
  runs: number
}

/**
 * How fast these counties and their townships were of late: every run that ended in the last 90 days, and every one that
 * fell due in them and is late and still open, for who leaves work lying is not fast. What was withdrawn says nothing.
 */
export async function readPace(
  db: Db,
  countyIds: readonly string[],
  { today, dayCounterOf }: { today: PlainDate; dayCounterOf: (placeId: string) => DayCounter },
): Promise<PaceOf> {
  const townshipOf = await readBranches(db, countyIds)
  const tally = new Map<string, Map<number, number>>()
  for (const recent of await readRecentRuns(db, countyIds, today)) {
    const { countyId, placeId, limit, runs } = recent
    const days = lasted(recent, today, dayCounterOf(placeId))
    for (const office of [countyId, townshipOf.get(placeId)]) {
      if (office !== undefined) add(tally, `${office} ${limit}`, days, runs)
    }
  }
  const durations = new Map([...tally].map(([key, byDays]) => [key, listed(byDays)]))
  const paceAt = (office: string, limit: LimitKey) => durations.get(`${office} ${limit}`) ?? []
  return ({ countyId, placeId, limit }) => ({
    office: hasTownshipPace(limit) ? paceAt(townshipOf.get(placeId) ?? countyId, limit) : null,
    county: paceAt(countyId, limit),
  })
}

/** Days that a run lasted. One that was late lasted longer than it had, though no further working day went by. */
function lasted({ kind, startedOn, dueOn, stoppedOn }: RecentRuns, today: PlainDate, count: DayCounter): number {
  const days = count(kind, startedOn, stoppedOn ?? today)
  const late = stoppedOn === null || stoppedOn > dueOn
  return late ? Math.max(days, count(kind, startedOn, dueOn) + 1) : days
}

async function readRecentRuns(db: Db, countyIds: readonly string[], today: PlainDate): Promise<RecentRuns[]> {
  const since = rowOfDay(addDays(today, -recentDays))
  const rows = await db.$queryRaw<
    (Omit<RecentRuns, 'startedOn' | 'dueOn' | 'stoppedOn'> & { startedOn: Date; dueOn: Date; stoppedOn: Date | null })[]
  >`
    SELECT d."countyId", d."placeId", d."limit", d.kind::text AS kind, d."startedOn", d."dueOn", d."stoppedOn",
      count(*)::int AS runs
    FROM deadline d
    WHERE d."countyId" = ANY(${[...countyIds]}) AND d."limit" = ANY(${[...foreseenLimits]}) AND d.state <> 'CANCELLED'
      AND (d."stoppedOn" >= ${since}::date
        OR (d."stoppedOn" IS NULL AND d."dueOn" >= ${since}::date AND d."dueOn" < ${rowOfDay(today)}::date))
    GROUP BY d."countyId", d."placeId", d."limit", d.kind, d."startedOn", d."dueOn", d."stoppedOn"`
  return rows.map((row) => ({
    ...row,
    startedOn: dayOfRow(row.startedOn),
    dueOn: dayOfRow(row.dueOn),
    stoppedOn: row.stoppedOn === null ? null : dayOfRow(row.stoppedOn),
  }))
}

function add(tally: Map<string, Map<number, number>>, key: string, days: number, runs: number): void {
  const byDays = tally.get(key) ?? new Map<number, number>()
  byDays.set(days, (byDays.get(days) ?? 0) + runs)
  tally.set(key, byDays)
}

function listed(byDays: ReadonlyMap<number, number>): Durations {
  return [...byDays].map(([days, runs]) => ({ days, runs }))
}
