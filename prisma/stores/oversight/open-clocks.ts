import { isForeseen } from '../../../domain/supervision/forecast.ts'
import { type LimitKey, limitKeys } from '../../../domain/matter/limit-keys.ts'
import type { Instant, PlainDate } from '../../../domain/time/plain-date.ts'
import type { ClockKind } from '../../../domain/vocabulary.ts'
import type { Db } from '../../client.ts'
import { dayOfRow, rowOfDay, rowOfInstant } from '../system/rows.ts'
import { type CaseArea, countedInAreaSql } from '../matter/scope.ts'

/** Limits whose lateness is foreseen. */
export const foreseenLimits: readonly LimitKey[] = limitKeys.filter(isForeseen)

/** Open runs that began and are due on the same days at one place. */
export type OpenRunsRow = {
  countyId: string
  placeId: string
  limit: LimitKey
  kind: ClockKind
  startedOn: PlainDate
  dueOn: PlainDate
  clocks: number
}

/** Runs of foreseen limits that are open, not late, and due after today until a day; counted where they are alike. */
export async function readOpenRuns(
  db: Db,
  { scope, now, today, until }: { scope: CaseArea; now: Instant; today: PlainDate; until: PlainDate },
): Promise<OpenRunsRow[]> {
  const rows = await db.$queryRaw<(Omit<OpenRunsRow, 'startedOn' | 'dueOn'> & { startedOn: Date; dueOn: Date })[]>`
    SELECT c."countyId", c."placeId", d."limit", d.kind::text AS kind, d."startedOn", d."dueOn", count(*)::int AS clocks
    FROM deadline d JOIN matter c ON c.id = d."matterId"
    WHERE d."stoppedOn" IS NULL AND d."breachedAt" IS NULL AND d."dueAt" > ${rowOfInstant(now)}
      AND d."dueOn" > ${rowOfDay(today)}::date AND d."dueOn" <= ${rowOfDay(until)}::date
      AND d."limit" = ANY(${[...foreseenLimits]}) AND ${countedInAreaSql(scope)}
    GROUP BY c."countyId", c."placeId", d."limit", d.kind, d."startedOn", d."dueOn"`
  return rows.map((row) => ({ ...row, startedOn: dayOfRow(row.startedOn), dueOn: dayOfRow(row.dueOn) }))
}
